package bnn

import (
	"cmp"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
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
			noise(theta, rng)
			for j, e := range theta {
				theta[j] = q.Mu[j] + q.Sigma[j]*e
			}
			if !yield(theta) {
				return
			}
		}
	}
}

// SNR returns the signal-to-noise ratio |μ_j|/σ_j of every parameter: below 1 the
// data hardly say whether it is positive or negative.
func (q *Gaussian) SNR() []float64 {
	snr := make([]float64, len(q.Mu))
	for j, m := range q.Mu {
		snr[j] = math.Abs(m) / q.Sigma[j]
	}
	return snr
}

// Prune returns a copy of q in which the given fraction of the n first parameters
// (a network's weights: Net.Dim()), those with the least [Gaussian.SNR], are 0 for
// certain. It panics unless the fraction is in [0, 1] and n is at most d.
//
// Reference: Blundell et al. 2015, section 5.1; Graves 2011.
func (q *Gaussian) Prune(n int, fraction float64) *Gaussian {
	if !(fraction >= 0 && fraction <= 1) || n < 0 || n > len(q.Mu) {
		panic(badPrune)
	}
	p := &Gaussian{Mu: slices.Clone(q.Mu), Sigma: slices.Clone(q.Sigma)}
	snr, order := q.SNR()[:n], make([]int, n)
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(snr[a], snr[b]) })
	for _, j := range order[:int(fraction*float64(n))] {
		p.Mu[j], p.Sigma[j] = 0, 0
	}
	return p
}

const badPrune = "bnn: Prune needs a fraction in [0, 1] and no more parameters than there are"
