// Package mnist loads all 70,000 handwritten digits of MNIST, 60,000 for training and
// 10,000 for testing. The files are not embedded: `credence data fetch mnist` downloads
// them (11 MB) to mnist/ below [data.Dir]. Package mnist10k has 10,000 of them at hand.
//
// Data: LeCun and Cortes, CC BY-SA 3.0; LeCun, Bottou, Bengio and Haffner, "Gradient-based
// learning applied to document recognition", Proceedings of the IEEE, 1998.
package mnist

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// A File is one of the four files, compressed by gzip as published.
type File struct {
	Name   string // its place below data.Dir
	URL    string // the publisher's address
	SHA256 string // of the compressed file, in hexadecimal
}

// Files returns images and labels for training, then images and labels for testing.
func Files() []File {
	var files []File
	for _, f := range []struct{ name, sum string }{
		{"train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
		{"train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
		{"t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
		{"t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"},
	} {
		files = append(files, File{Name: filepath.Join("mnist", f.name), URL: "https://storage.googleapis.com/cvdf-datasets/mnist/" + f.name, SHA256: f.sum})
	}
	return files
}

// Path returns where the file is: as Name says, or in the data directory itself. Where
// it is in neither, the error wraps fs.ErrNotExist and names the command that fetches it.
func (f File) Path() (string, error) {
	return data.FindFile("mnist", f.Name, filepath.Base(f.Name))
}

// Load reads the four files and compares their checksums with the pinned ones. X is
// 60,000 × 784 and 10,000 × 784, brightness 0 (paper) to 1 (ink), row by row from the
// top left; Y is the digit, 0…9. The two sets hold 440 MB. Errors say in one line what
// is missing or damaged and what to do about it.
func Load() (train, test *data.Set, err error) {
	var content [4][]byte
	for i, f := range Files() {
		if content[i], err = f.read(); err != nil {
			return nil, nil, err
		}
	}
	train, err = data.ReadImages("MNIST, training", "digit", bytes.NewReader(content[0]), bytes.NewReader(content[1]))
	if err != nil {
		return nil, nil, err
	}
	test, err = data.ReadImages("MNIST, test", "digit", bytes.NewReader(content[2]), bytes.NewReader(content[3]))
	return train, test, err
}

// read returns the file's bytes if they are the pinned ones.
func (f File) read() ([]byte, error) {
	path, err := f.Path()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("mnist: %w", err)
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != f.SHA256 {
		return nil, fmt.Errorf("mnist: %s has sha256 %.12s…, not %.12s…, so it is damaged or packed again: delete it and run `credence data fetch mnist`", path, got, f.SHA256)
	}
	return b, nil
}
