// Package data holds data sets as plain matrices: validation, splits,
// standardisation and synthetic sets. It embeds no data file: each embedded set
// is a package of its own below this one, with its licence beside it.
package data

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// A Set is a supervised data set D = {(x_i, y_i)}, i = 1…N.
// It is not modified by anything in this module; treat it as read-only once made.
type Set struct {
	Name           string
	X              *mat.Dense // N × D inputs
	Y              *mat.Dense // N × K targets
	XNames, YNames []string   // column names with units, such as "temperature (°F)"; may be nil
	W              []float64  // N weights: row i counts as W[i] rows in training; nil means 1 each
}

// New returns the set of the N = len(y) pairs (x_i, y_i) with one input and one
// target column. It panics if the lengths differ; the slices are copied.
func New(name string, x, y []float64) *Set {
	if len(x) != len(y) {
		panic("data: x and y have different lengths")
	}
	return &Set{Name: name, X: column(x), Y: column(y)}
}

// column returns v as an N × 1 matrix; an empty v gives an empty matrix.
func column(v []float64) *mat.Dense {
	if len(v) == 0 {
		return &mat.Dense{}
	}
	return mat.NewDense(len(v), 1, append([]float64(nil), v...))
}

// Len returns N, the number of rows.
func (s *Set) Len() int {
	if s.X == nil || s.X.IsEmpty() {
		return 0
	}
	n, _ := s.X.Dims()
	return n
}

// Err reports what is wrong with the set: no rows, X and Y of different length,
// or the first NaN or infinite entry or negative weight, with its row and column. It returns nil
// for a usable set.
func (s *Set) Err() error {
	n := s.Len()
	if n == 0 {
		return fmt.Errorf("data: set %q has no rows", s.Name)
	}
	if s.Y == nil || s.Y.IsEmpty() {
		return fmt.Errorf("data: set %q has %d rows of X but no targets Y", s.Name, n)
	}
	if m, _ := s.Y.Dims(); m != n {
		return fmt.Errorf("data: set %q has %d rows of X but %d of Y", s.Name, n, m)
	}
	if s.W != nil && len(s.W) != n {
		return fmt.Errorf("data: set %q has %d rows but %d weights", s.Name, n, len(s.W))
	}
	for i, w := range s.W {
		if !(w >= 0) || math.IsInf(w, 1) {
			return fmt.Errorf("data: set %q: weight of row %d is %v; weights are finite and not negative", s.Name, i, w)
		}
	}
	if err := finite(s.Name, "X", s.X, s.XNames); err != nil {
		return err
	}
	return finite(s.Name, "Y", s.Y, s.YNames)
}

// finite returns an error that names the first entry of m that is NaN or infinite.
func finite(set, what string, m *mat.Dense, names []string) error {
	r, c := m.Dims()
	for i := range r {
		for j, v := range m.RawRowView(i) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("data: set %q: %s row %d, %s of %d is %v; remove or impute such rows first",
					set, what, i, columnName(j, names), c, v)
			}
		}
	}
	return nil
}

// columnName names column j for an error message.
func columnName(j int, names []string) string {
	if j < len(names) {
		return fmt.Sprintf("column %d (%s)", j, names[j])
	}
	return fmt.Sprintf("column %d", j)
}

// Rows returns a new set with a copy of the given rows, in the given order.
// It panics if an index is out of range.
func (s *Set) Rows(idx []int) *Set {
	out := &Set{Name: s.Name, XNames: s.XNames, YNames: s.YNames, X: &mat.Dense{}, Y: &mat.Dense{}}
	if len(idx) == 0 {
		return out
	}
	_, d := s.X.Dims()
	_, k := s.Y.Dims()
	out.X, out.Y = mat.NewDense(len(idx), d, nil), mat.NewDense(len(idx), k, nil)
	for r, i := range idx {
		out.X.SetRow(r, s.X.RawRowView(i))
		out.Y.SetRow(r, s.Y.RawRowView(i))
		if s.W != nil {
			out.W = append(out.W, s.W[i])
		}
	}
	return out
}
