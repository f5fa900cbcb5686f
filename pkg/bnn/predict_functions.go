package bnn

import (
	"iter"
	"math/rand/v2"
)

// functionsOf returns how to draw functions from p, if p offers it: itself, or as a
// [Mixture] of posteriors that all do, such as an [Ensemble] of [Laplace].
func functionsOf(p Posterior) (Functions, bool) {
	if f, ok := p.(Functions); ok {
		return f, true
	}
	m, ok := p.(Mixture)
	var parts functionMixture
	for _, c := range m {
		f, offers := functionsOf(c)
		parts, ok = append(parts, f), ok && offers
	}
	return parts, ok && len(m) > 0
}

// functionMixture is the equally weighted mixture of its components.
type functionMixture []Functions

// FuncDraws implements [Functions]: n draws that visit the components in turn from a
// random one on. Every component is asked once, as it may work ahead.
func (m functionMixture) FuncDraws(x []float64, n int, rng *rand.Rand) iter.Seq2[[]float64, []float64] {
	return func(yield func(f, phi []float64) bool) {
		first := rng.IntN(len(m))
		next := make([]func() ([]float64, []float64, bool), min(n, len(m)))
		for i := range next {
			stream := rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
			share := (n - i + len(m) - 1) / len(m) // draws k with k mod M = i
			pull, stop := iter.Pull2(m[(first+i)%len(m)].FuncDraws(x, share, stream))
			defer stop()
			next[i] = pull
		}
		for k := range n {
			f, phi, ok := next[k%len(m)]()
			if !ok || !yield(f, phi) {
				return
			}
		}
	}
}
