package data

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

const (
	badScaleX = "data: the inputs have a different number of columns than the Scale"
	badScaleY = "data: the targets have a different number of columns than the Scale"
)

// A Scale standardises inputs and targets column by column and undoes it:
//
//	x̃_ij = (x_ij − XMean_j) / XSD_j,   ỹ_ik = (y_ik − YMean_k) / YSD_k
//
// It is fitted on training rows with [NewScale] and then applied to any rows, so
// that nothing about the test rows leaks into training. Predicted means are
// brought back with [Scale.UnY]; a standard deviation of y in raw units is YSD_k
// times the standardised one, a log density in raw units is the standardised one
// minus Σ_k ln YSD_k.
//
// A Scale is not modified after it is made and is safe for concurrent use.
type Scale struct {
	XMean, XSD []float64 // length D, in the units of the input columns
	YMean, YSD []float64 // length K, in the units of the target columns

	XNames, YNames []string // column names with units, copied from the set; may be nil
}

// NewScale returns the Scale with the means and the population standard
// deviations (divisor N) of the columns of s.
//
// A constant input column gets the standard deviation 1: it becomes a column of
// zeros, which is harmless (a weight on it is simply not used). A constant target
// column is an error, because there is nothing to learn from it and no unit to
// measure an error in. A column counts as constant when max − min ≤ 1e-12 · max|value|.
// NewScale also returns the error of [Set.Err], and one for values so large that
// their mean or spread is not finite.
func NewScale(s *Set) (*Scale, error) {
	if err := s.Err(); err != nil {
		return nil, err
	}
	c := Scale{XNames: s.XNames, YNames: s.YNames}
	var err error
	if c.XMean, c.XSD, err = moments(s.Name, "input", s.X, s.XNames); err != nil {
		return nil, err
	}
	if c.YMean, c.YSD, err = moments(s.Name, "target", s.Y, s.YNames); err != nil {
		return nil, err
	}
	for j, sd := range c.YSD {
		if sd == 0 {
			return nil, fmt.Errorf("data: set %q: target %s is constant (%v; rows: %d), so there is nothing to learn; drop it or check the file",
				s.Name, columnName(j, s.YNames), s.Y.At(0, j), s.Len())
		}
	}
	for j, sd := range c.XSD {
		if sd == 0 {
			c.XSD[j] = 1
		}
	}
	return &c, nil
}

// NewScaleX returns the Scale that standardises the inputs as [NewScale] does and
// leaves the targets as they are: for classes and counts, which are no measurements.
func NewScaleX(s *Set) (*Scale, error) {
	if err := s.Err(); err != nil {
		return nil, err
	}
	mean, sd, err := moments(s.Name, "input", s.X, s.XNames)
	if err != nil {
		return nil, err
	}
	_, k := s.Y.Dims()
	c := &Scale{XMean: mean, XSD: sd, YMean: make([]float64, k), YSD: make([]float64, k), XNames: s.XNames, YNames: s.YNames}
	for j, sd := range c.XSD {
		if sd == 0 {
			c.XSD[j] = 1
		}
	}
	for j := range c.YSD {
		c.YSD[j] = 1
	}
	return c, nil
}

// moments returns mean and population sd of each column of m, with sd 0 for a
// constant one.
func moments(set, what string, m *mat.Dense, names []string) (mean, sd []float64, err error) {
	r, c := m.Dims()
	mean, sd = make([]float64, c), make([]float64, c)
	v := make([]float64, r)
	for j := range c {
		mat.Col(v, j, m)
		mean[j], sd[j] = meanSD(v)
		if math.IsNaN(sd[j]) || math.IsInf(sd[j], 0) || math.IsInf(mean[j], 0) {
			return nil, nil, fmt.Errorf("data: set %q: %s %s has values too large to standardise (mean %v, sd %v); use another unit",
				set, what, columnName(j, names), mean[j], sd[j])
		}
	}
	return mean, sd, nil
}

// meanSD returns the mean and the population sd of v, exactly 0 when v is
// constant. Deviations are divided by the largest one before they are squared, so
// that neither 1e-200 nor 1e200 is lost in the square.
func meanSD(v []float64) (mean, sd float64) {
	lo, hi := v[0], v[0]
	for _, x := range v {
		mean += x / float64(len(v))
		lo, hi = min(lo, x), max(hi, x)
	}
	if hi-lo <= 1e-12*max(math.Abs(lo), math.Abs(hi)) {
		return v[0], 0
	}
	far := max(hi-mean, mean-lo)
	var sum float64
	for _, x := range v {
		d := (x - mean) / far
		sum += d * d
	}
	return mean, far * math.Sqrt(sum/float64(len(v)))
}

// Set returns a standardised copy of s, with the same names.
// It panics if s has other numbers of columns than the set the Scale was made from.
func (c *Scale) Set(s *Set) *Set {
	return &Set{Name: s.Name, X: c.X(s.X), Y: c.Y(s.Y), XNames: s.XNames, YNames: s.YNames, W: s.W}
}

// X returns standardised inputs x̃, N × D, in a new matrix.
// It panics if x does not have D columns; an empty x gives an empty matrix.
func (c *Scale) X(x *mat.Dense) *mat.Dense {
	return standardise(x, c.XMean, c.XSD, badScaleX)
}

// Y returns standardised targets ỹ, N × K, in a new matrix.
// It panics if y does not have K columns; an empty y gives an empty matrix.
func (c *Scale) Y(y *mat.Dense) *mat.Dense {
	return standardise(y, c.YMean, c.YSD, badScaleY)
}

// UnY returns predicted means in raw units, YMean_k + YSD_k ỹ_ik. Both slices hold
// N × K values row by row. It panics if the length is not a multiple of K.
func (c *Scale) UnY(mean []float64) []float64 {
	k := len(c.YMean)
	if len(mean)%k != 0 {
		panic(badScaleY)
	}
	out := make([]float64, len(mean))
	for i, v := range mean {
		out[i] = c.YMean[i%k] + c.YSD[i%k]*v
	}
	return out
}

// standardise returns (m − mean) / sd, column by column, in a new matrix.
func standardise(m *mat.Dense, mean, sd []float64, badCols string) *mat.Dense {
	if m == nil || m.IsEmpty() {
		return &mat.Dense{}
	}
	n, c := m.Dims()
	if c != len(mean) {
		panic(badCols)
	}
	out := mat.NewDense(n, c, nil)
	for i := range n {
		src, dst := m.RawRowView(i), out.RawRowView(i)
		for j, v := range src {
			dst[j] = (v - mean[j]) / sd[j]
		}
	}
	return out
}
