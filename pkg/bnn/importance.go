package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// ImportanceSampling draws θ from a proposal q that is easy to draw from and gives
// each draw the weight
//
//	w_s = p(θ_s, D) / q(θ_s).
//
// Averages with the weights, divided by their sum, are those under the posterior; the
// mean weight is an unbiased estimate of the evidence p(D). It is exact in the long run
// but needs a q that covers the posterior: look at [Weighted.ESS].
//
// Reference: Owen, Monte Carlo Theory, Methods and Examples, 2013, chapter 9.
type ImportanceSampling struct {
	Sample   int       // S, draws from q; 0 means 10000
	Proposal *Gaussian // q, length d; nil means the prior (ability GaussPrior)
	Monitor  func(Progress)
}

var _ Method = ImportanceSampling{}

// Fit implements [Method]. The posterior is a *[Weighted]. The target's log joint must
// be normalised for the evidence to mean something, as that of a [Problem] is. It
// returns an error if no draw has a weight above 0.
func (s ImportanceSampling) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	if p, ok := t.(interface{ Err() error }); ok && p.Err() != nil {
		return nil, p.Err()
	}
	n, q := or(s.Sample, 10000), s.Proposal
	if n < 0 {
		return nil, fmt.Errorf("bnn: ImportanceSampling with a sample of %d; it must be positive (0 means the default)", n)
	}
	if q == nil {
		if g, ok := t.(GaussPrior); ok {
			if mean, sd := g.PriorMoments(); sd != nil {
				q = &Gaussian{Mu: mean, Sigma: sd}
			}
		}
		if q == nil {
			return nil, &NeedsError{Method: "ImportanceSampling without a Proposal", Ability: "GaussPrior", Target: t}
		}
	}
	if len(q.Mu) != t.Dim() || len(q.Sigma) != t.Dim() {
		return nil, fmt.Errorf("bnn: ImportanceSampling with a Proposal of length %d, the target has %d parameters", len(q.Mu), t.Dim())
	}
	w, watch := &Weighted{}, newWatch("ImportanceSampling", n, s.Monitor)
	for theta := range q.Draws(n, rng) {
		if err := ctx.Err(); err != nil {
			err = fmt.Errorf("bnn: ImportanceSampling stopped at step %d of %d: %w", len(w.Theta), n, err)
			if w.normalise() != nil {
				return nil, err
			}
			return w, err
		}
		lp := t.LogJoint(nil, theta, nil)
		w.Theta = append(w.Theta, append([]float64(nil), theta...))
		w.LogWeight = append(w.LogWeight, lp-q.logProb(theta))
		watch.step(len(w.Theta), -lp/float64(t.Len()))
	}
	if err := w.normalise(); err != nil {
		return nil, err
	}
	return w, nil
}

// logProb returns log q(θ), in nats.
func (q *Gaussian) logProb(theta []float64) float64 {
	lp := 0.0
	for j, v := range theta {
		z := (v - q.Mu[j]) / q.Sigma[j]
		lp -= z*z/2 + math.Log(q.Sigma[j]) + halfLog2Pi
	}
	return lp
}
