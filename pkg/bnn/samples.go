package bnn

import (
	"iter"
	"math/rand/v2"
)

// Samples is a posterior of finitely many, equally likely θ: one for [MAP], M for
// an ensemble, S for a sampler. The slices must not be changed.
type Samples [][]float64

var (
	_ Posterior = Samples(nil)
	_ Finite    = Samples(nil)
)

// Len implements [Finite].
func (s Samples) Len() int { return len(s) }

// At implements [Finite].
func (s Samples) At(i int) []float64 { return s[i] }

// Draws implements [Posterior]: n of the θ, spread evenly over the stored ones and
// each repeated equally often, up to one. It takes no random numbers.
func (s Samples) Draws(n int, _ *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		for k := range n {
			if len(s) == 0 || !yield(s[k*len(s)/n]) {
				return
			}
		}
	}
}
