package viz

import (
	"fmt"
	"math"
)

// finite reports the first NaN or Inf of a field.
func finite(figure, field string, v []float64) error {
	for i, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("viz: %s: %s[%d] is %v; a figure needs finite numbers", figure, field, i, x)
		}
	}
	return nil
}

// column is a named slice of a figure's data.
type column struct {
	name string
	v    []float64
}

// sameLength reports the first given (non-nil) column whose length differs from
// the first one's, and any value that is not finite.
func sameLength(figure string, x column, others ...column) error {
	if err := finite(figure, x.name, x.v); err != nil {
		return err
	}
	for _, c := range others {
		if c.v == nil {
			continue
		}
		if len(c.v) != len(x.v) {
			return fmt.Errorf("viz: %s: %s has %d values and %s has %d; they must match", figure, c.name, len(c.v), x.name, len(x.v))
		}
		if err := finite(figure, c.name, c.v); err != nil {
			return err
		}
	}
	return nil
}

// increasing reports the first place where x does not grow.
func increasing(figure, field string, x []float64) error {
	for i := 1; i < len(x); i++ {
		if !(x[i] > x[i-1]) {
			return fmt.Errorf("viz: %s: %s[%d] = %v after %v; the values must increase", figure, field, i, x[i], x[i-1])
		}
	}
	return nil
}

// notNegative reports the first negative value.
func notNegative(figure string, c column, what string) error {
	for i, v := range c.v {
		if v < 0 {
			return fmt.Errorf("viz: %s: %s[%d] = %v; %s cannot be negative", figure, c.name, i, v, what)
		}
	}
	return nil
}

// tellApart reports more named lines than there are colours.
func tellApart(figure, field string, n int) error {
	if n > 6 {
		return fmt.Errorf("viz: %s: %d %s with names; there are 6 colours that one can tell apart (give Color to some, or make two figures)", figure, n, field)
	}
	return nil
}

// limits returns a range for an axis: the given one, or the data's widened by pad
// on both sides; a constant gets a range around it.
func limits(figure string, givenLo, givenHi, lo, hi, pad float64) (float64, float64, error) {
	if givenLo != 0 || givenHi != 0 {
		if !(givenLo < givenHi) || math.IsInf(givenLo, 0) || math.IsInf(givenHi, 0) {
			return 0, 0, fmt.Errorf("viz: %s: YMin = %v, YMax = %v; YMin must be below YMax", figure, givenLo, givenHi)
		}
		return givenLo, givenHi, nil
	}
	if !(lo <= hi) {
		return 0, 1, nil
	}
	if d := hi - lo; d > 1e-12*math.Max(math.Abs(lo), math.Abs(hi)) {
		return lo - pad*d, hi + pad*d, nil
	}
	d := math.Max(1e-3, 0.1*math.Abs(lo))
	return lo - d, hi + d, nil
}

// span widens [lo, hi] to hold v.
func span(lo, hi *float64, v ...float64) {
	for _, x := range v {
		*lo, *hi = math.Min(*lo, x), math.Max(*hi, x)
	}
}

// orText returns s, or other when s is empty.
func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
