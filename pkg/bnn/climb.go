package bnn

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// climb maximises a smooth function from x on by L-BFGS (Liu & Nocedal, 1989) in
// float64, until ten iterations have gained less than gain, the gradient is as small
// as rounding lets it be, or the iterations are over, and returns the best point found, its value, and the largest entry of
// the gradient there. f writes the gradient over grad; where it returns −Inf or NaN
// the line search turns back. It returns ctx.Err() when stopped.
func climb(ctx context.Context, x []float64, iterations int, gain float64, f func(grad, x []float64) float64) (best []float64, value, slope float64, err error) {
	// gonum asks for value and gradient apart and at the same x; one call gives both.
	at, down := make([]float64, len(x)), make([]float64, len(x))
	last, known := 0.0, false
	evaluate := func(x []float64) {
		if known && slices.Equal(at, x) {
			return
		}
		copy(at, x)
		last, known = -f(down, x), true
		for j, g := range down {
			down[j] = -g
			if math.IsNaN(g) || math.IsInf(g, 0) {
				last = math.Inf(1)
			}
		}
		if !(last < math.MaxFloat64) {
			last = math.MaxFloat64 // finite, so that a line search can compare it
			clear(down)
		}
	}
	best, value = slices.Clone(x), math.Inf(-1)
	problem := optimize.Problem{
		Func: func(x []float64) float64 {
			evaluate(x)
			if -last > value {
				value, slope = -last, 0
				copy(best, x)
				for _, g := range down {
					slope = math.Max(slope, math.Abs(g))
				}
			}
			return last
		},
		Grad: func(grad, x []float64) {
			evaluate(x)
			copy(grad, down)
		},
		Status: func() (optimize.Status, error) {
			if err := ctx.Err(); err != nil {
				return optimize.Failure, err
			}
			return optimize.NotTerminated, nil
		},
	}
	var converger optimize.Converger = optimize.NeverTerminate{}
	if gain > 0 {
		converger = &optimize.FunctionConverge{Absolute: gain, Iterations: 10}
	}
	// A line search that can find nothing better is how L-BFGS ends at the limit of
	// rounding, so its error says nothing that slope does not.
	_, _ = optimize.Minimize(problem, x, &optimize.Settings{MajorIterations: iterations, Converger: converger}, &optimize.LBFGS{})
	return best, value, slope, ctx.Err()
}
