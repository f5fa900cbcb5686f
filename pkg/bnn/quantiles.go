package bnn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// QuantileOf says what a quantile is of.
type QuantileOf int

const (
	OfFunction QuantileOf = iota // E[y | x, θ]: a credible interval of the function
	OfTarget                     // y itself, noise included: a predictive interval
)

// quantileBlock bounds how many draws times rows are held at a time.
const quantileBlock = 1 << 20

// Quantiles returns, for each level in (0, 1), the N × K quantiles of the function
// or of the targets at the rows of x, in raw units and row by row, from o.Draws
// draws (0 means 1000). The levels 0.025 and 0.975 make a central 95 % interval.
// Unlike [Predict] it has to hold the draws; it works by blocks of x that see the
// same θ, so memory does not grow with N·S. Errors and panics are those of Predict.
func Quantiles(ctx context.Context, m *Model, p Posterior, x *mat.Dense, levels []float64, of QuantileOf, o PredictOptions) ([][]float64, error) {
	if o.Rand == nil {
		panic(needRand)
	}
	for _, l := range levels {
		if !(l > 0 && l < 1) {
			return nil, fmt.Errorf("bnn: Quantiles at level %v; levels are in (0, 1)", l)
		}
	}
	if x == nil || x.IsEmpty() {
		return nil, fmt.Errorf("bnn: Quantiles with no rows of x")
	}
	o.Draws, o.Y, o.Keep, o.Samples = or(o.Draws, 1000), nil, 0, 0
	if of == OfFunction {
		o.Keep = o.Draws
	} else {
		o.Samples = o.Draws
	}
	a, b := o.Rand.Uint64(), o.Rand.Uint64()
	n, cols := x.Dims()
	block := max(quantileBlock/max(o.Draws, 1), 1)
	out := make([][]float64, len(levels))
	for lo := 0; lo < n; lo += block {
		o.Rand = rand.New(rand.NewPCG(a, b)) // the same θ for every block
		pred, err := Predict(ctx, m, p, x.Slice(lo, min(lo+block, n), 0, cols).(*mat.Dense), o)
		if err != nil {
			return nil, err
		}
		draws := pred.Functions
		if of == OfTarget {
			draws = pred.Samples
		}
		column := make([]float64, len(draws))
		for i := range draws[0] {
			for s, d := range draws {
				column[s] = d[i]
			}
			slices.Sort(column)
			for l, level := range levels {
				out[l] = append(out[l], quantile(column, level))
			}
		}
	}
	return out, nil
}

// quantile interpolates linearly between the order statistics of sorted v
// (definition 7 of Hyndman & Fan 1996, the usual one).
func quantile(v []float64, level float64) float64 {
	h := level * float64(len(v)-1)
	i := int(h)
	if i+1 == len(v) {
		return v[i]
	}
	return v[i] + (h-float64(i))*(v[i+1]-v[i])
}
