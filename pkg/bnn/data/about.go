package data

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// An About says what an embedded set is and where it comes from. The package of each
// set has a function of that name; `credence data list` prints them.
type About struct {
	Name    string // of the package
	What    string // in a few words, with the number of columns or pixels
	Rows    int
	Licence string
	Origin  string // who measured, collected or published it
	Files   []File
}

// A File is one embedded file.
type File struct {
	Name    string // as in the package's directory
	SHA256  string // of the uncompressed content, in hexadecimal
	Content string // as embedded; compressed if Name ends in .gz
}

// Verify recomputes the checksum of each file. The error names the first one that is
// not what was pinned: then the program was built from a changed checkout.
func (a About) Verify() error {
	for _, f := range a.Files {
		var in io.Reader = strings.NewReader(f.Content)
		if strings.HasSuffix(f.Name, ".gz") {
			unpack, err := gzip.NewReader(in)
			if err != nil {
				return fmt.Errorf("data: %s/%s: %w", a.Name, f.Name, err)
			}
			in = unpack
		}
		h := sha256.New()
		if _, err := io.Copy(h, in); err != nil {
			return fmt.Errorf("data: %s/%s: %w", a.Name, f.Name, err)
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != f.SHA256 {
			return fmt.Errorf("data: %s/%s has sha256 %s, want %s: restore the file from the repository and build again", a.Name, f.Name, got, f.SHA256)
		}
	}
	return nil
}
