// Package bnntest holds targets with exact answers, and the checks that every
// target and every method must pass, for tests and exercises.
package bnntest

import (
	"math"
	"math/rand/v2"
)

// Gauss is the two-dimensional Gaussian target N((1, −2), diag(0.5², 2²)), which
// has no data. Its log joint is normalised: its evidence is 1.
type Gauss struct{}

// GaussMean and GaussSD are the moments of [Gauss].
var (
	GaussMean = [2]float64{1, -2}
	GaussSD   = [2]float64{0.5, 2}
)

// Dim returns 2.
func (Gauss) Dim() int { return 2 }

// Len returns 1.
func (Gauss) Len() int { return 1 }

// Init starts at the origin.
func (Gauss) Init(theta []float64, _ *rand.Rand) { clear(theta) }

// LogJoint returns log N(θ) and writes its gradient over grad if not nil.
func (Gauss) LogJoint(grad, theta []float64, _ []int) float64 {
	lp := 0.0
	for j, s := range GaussSD {
		z := (theta[j] - GaussMean[j]) / s
		lp -= z*z/2 + math.Log(s) + math.Log(2*math.Pi)/2
		if grad != nil {
			grad[j] = -z / s
		}
	}
	return lp
}
