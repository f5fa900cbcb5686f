package data

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// ReadCSV reads a table with a header line and numbers below it, separated by commas, or
// by semicolons or tabs where the header has these and no comma. The columns named
// in targets become Y, in that order; all others become X, in the order of the
// file. The header gives the names, which may carry units, as in "height (m)". An
// error names the line and the column: a missing or doubled name, a row of another
// length, or a cell that is not a number (missing values included).
func ReadCSV(name string, r io.Reader, targets ...string) (*Set, error) {
	text := bufio.NewReader(r)
	in := csv.NewReader(text)
	in.Comma = separator(text)
	in.TrimLeadingSpace = in.Comma != '\t' // else an empty first cell would go
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("data: %q is empty; the first line names the columns", name)
	}
	if err != nil {
		return nil, fmt.Errorf("data: %q: %w", name, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff") // a byte order mark
	s := &Set{Name: name, X: &mat.Dense{}, Y: &mat.Dense{}, YNames: targets}
	place := make([]int, len(header)) // column of X, or −1 − column of Y
	for j, h := range header {
		h = strings.TrimSpace(h)
		if slices.Contains(header[:j], h) {
			return nil, fmt.Errorf("data: %q has two columns %q", name, h)
		}
		if k := slices.Index(targets, h); k >= 0 {
			place[j] = -1 - k
		} else {
			place[j] = len(s.XNames)
			s.XNames = append(s.XNames, h)
		}
		header[j] = h
	}
	for _, t := range targets {
		if !slices.Contains(header, t) {
			return nil, fmt.Errorf("data: %q has no column %q; it has %q", name, t, header)
		}
	}
	if len(targets) == 0 || len(s.XNames) == 0 {
		return nil, fmt.Errorf("data: %q needs a target and at least one other column; it has %q", name, header)
	}
	var x, y []float64
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("data: %q: %w", name, err)
		}
		x = append(x, make([]float64, len(s.XNames))...)
		y = append(y, make([]float64, len(targets))...)
		for j, cell := range row {
			v, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
			if err != nil {
				line, _ := in.FieldPos(j)
				return nil, fmt.Errorf("data: %q, line %d, column %q: %q is not a number; %s", name, line, header[j], cell, cure(cell))
			}
			if k := place[j]; k >= 0 {
				x[len(x)-len(s.XNames)+k] = v
			} else {
				y[len(y)-len(targets)-1-k] = v
			}
		}
	}
	if n := len(y) / len(targets); n > 0 {
		s.X, s.Y = mat.NewDense(n, len(s.XNames), x), mat.NewDense(n, len(targets), y)
	}
	return s, s.Err()
}

// separator returns what the first line separates its columns by, without reading on.
func separator(r *bufio.Reader) rune {
	line, _ := r.Peek(r.Size()) // what there is, at most
	line, _, _ = bytes.Cut(line, []byte("\n"))
	for _, c := range ",;\t" {
		if bytes.ContainsRune(line, c) {
			return c
		}
	}
	return ','
}

// Embedded returns the set in a table that is part of the program. Its first line is
// replaced by header, which names the columns with their units; target names the
// column of Y. An embedded table that cannot be read is a broken build, so Embedded
// panics instead of returning an error.
func Embedded(name, header, table, target string) *Set {
	_, rows, _ := strings.Cut(table, "\n")
	s, err := ReadCSV(name, strings.NewReader(header+"\n"+rows), target)
	if err != nil {
		panic("data: embedded set: " + err.Error())
	}
	return s
}

// cure says what to do about a cell that is not a number.
func cure(cell string) string {
	plain := strings.NewReplacer(",", ".", " ", "").Replace(cell)
	if _, err := strconv.ParseFloat(plain, 64); err == nil {
		return "write numbers with a point and without separators, as 1234.5"
	}
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "", "?", "-", "na", "n/a", "nan", "null", "none":
		return "leave out rows with missing values, or fill them in"
	}
	return "give each category a column of 0 and 1"
}
