package bnn

import (
	"iter"
	"math/rand/v2"
)

// Gaussian is the factorised posterior q(θ) = Π_j N(Mu_j, Sigma_j²) of [VI].
// Both slices have length d and must not be changed.
type Gaussian struct{ Mu, Sigma []float64 }

var _ Posterior = (*Gaussian)(nil)

// Draws implements [Posterior]: θ = μ + σ⊙ε, ε ~ N(0, I).
func (q *Gaussian) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		theta := make([]float64, len(q.Mu))
		for range n {
			for j := range theta {
				theta[j] = q.Mu[j] + q.Sigma[j]*rng.NormFloat64()
			}
			if !yield(theta) {
				return
			}
		}
	}
}
