package bnn

import (
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Laplacian is the prior of independent double exponentials,
//
//	p(w) = Π_j exp(−|w_j|/Scale) / (2 Scale),
//
// whose standard deviation is √2 Scale. MAP under it drives weights to exactly
// where the data do not need them: near 0.
type Laplacian struct {
	Scale float64 // 0 means 1/√2, for a standard deviation of 1
}

// LogProb implements [Prior]. At w_j = 0 the gradient is taken as 0.
func (p Laplacian) LogProb(grad, w []float64, _ []nn.Block) float64 {
	s := or(p.Scale, math.Sqrt2/2)
	lp := -float64(len(w)) * math.Log(2*s)
	for j, v := range w {
		lp -= math.Abs(v) / s
		if grad != nil && v != 0 {
			grad[j] -= math.Copysign(1/s, v)
		}
	}
	return lp
}

func (p Laplacian) check() error { return checkSDs("Laplacian prior", p.Scale) }
