// Package kmnist loads 2,000 handwritten hiragana of 28 × 28 pixels, the first of
// Kuzushiji-MNIST's test images: strokes like those of digits, but no digits, and so a
// harder test of what a network knows that it does not know than clothes are. The files
// are not embedded: `credence data fetch kmnist` downloads them (3 MB) to kmnist/ below
// [data.Dir].
//
// Data: Center for Open Data in the Humanities, CC BY-SA 4.0; Clanuwat, Bober-Irizar,
// Kitamoto, Lamb, Yamamoto and Ha, "Deep Learning for Classical Japanese Literature",
// 2018, arXiv:1812.01718.
package kmnist

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Rows is how many images [Load] returns.
const Rows = 2000

// A File is one of the two published files, compressed by gzip.
type File struct {
	Name   string // its place below data.Dir
	URL    string // the publisher's address
	SHA256 string // of the compressed file, in hexadecimal
	cut    string // the name of a file with the first 2,000 entries only, beside it or in data.Dir
	first  string // sha256 of the first 2,000 entries
}

// Files returns the images and the labels of the test part.
func Files() []File {
	const url = "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"
	return []File{
		{filepath.Join("kmnist", "t10k-images-idx3-ubyte.gz"), url + "t10k-images-idx3-ubyte.gz",
			"edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
			"kmnist-test-first2000-images-idx3-ubyte.gz", "4e4a5133b90c7749d510022ddcc2863b7cc10fafac3c59b784aefb7671f65398"},
		{filepath.Join("kmnist", "t10k-labels-idx1-ubyte.gz"), url + "t10k-labels-idx1-ubyte.gz",
			"20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
			"kmnist-test-first2000-labels-idx1-ubyte.gz", "c62075084553df292e5945d22ff8821bb548b6de5265b48c5b74ea4d1ccfffe3"},
	}
}

// Path returns where the file is. Where it is not, the error wraps fs.ErrNotExist and
// names the command that fetches it.
func (f File) Path() (string, error) { return data.FindFile("kmnist", f.Name) }

// Classes returns the ten characters in the order of the labels, as they are read.
func Classes() []string {
	return []string{"o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"}
}

// Load returns the first 2,000 test images, if their checksum is the pinned one. X is
// 2,000 × 784, brightness 0 (paper) to 1 (ink), row by row from the top left; Y is the
// class, 0…9, see [Classes]. Errors say in one line what is missing or damaged and what
// to do about it.
func Load() (*data.Set, error) {
	var content [2][]byte
	var paths [2]string
	for i, f := range Files() {
		path, err := data.FindFile("kmnist", f.Name, filepath.Join("kmnist", f.cut), f.cut)
		if err != nil {
			return nil, err
		}
		if content[i], err = os.ReadFile(path); err != nil {
			return nil, fmt.Errorf("kmnist: %w", err)
		}
		paths[i] = path
	}
	set, err := data.ReadImages("KMNIST, 2,000 characters", "character", bytes.NewReader(content[0]), bytes.NewReader(content[1]))
	if err != nil {
		return nil, fmt.Errorf("kmnist: %w: delete both files in %s and run `credence data fetch kmnist`", err, filepath.Dir(paths[0]))
	}
	first := make([]int, min(Rows, set.Len()))
	for i := range first {
		first[i] = i
	}
	set = set.Rows(first)
	for i, values := range [][]float64{set.X.RawMatrix().Data, set.Y.RawMatrix().Data} {
		if got, want := sum(values, []float64{255, 1}[i]), Files()[i].first; got != want {
			return nil, fmt.Errorf("kmnist: the first %d entries of %s have sha256 %.12s…, not %.12s…, so it is damaged or another file: delete it and run `credence data fetch kmnist`",
				Rows, paths[i], got, want)
		}
	}
	return set, nil
}

// sum is the checksum of the bytes that values were made from.
func sum(values []float64, scale float64) string {
	b := make([]byte, len(values))
	for i, v := range values {
		b[i] = byte(v*scale + 0.5)
	}
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
