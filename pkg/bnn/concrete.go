package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// ConcreteDropout is MC dropout whose probabilities are learned, one for each
// Dropout layer of the network. It minimises
//
//	loss = −(E_q[log p(D | θ)] + E_q[log p(θ)] + Σ_l K_l H(p_l)) / N,
//
// by Adam on (M, a), p_l = 1/(1+e^{−a_l}), with relaxed masks through which p has a
// gradient. H(p) = −p log p − (1−p) log(1−p) is the entropy of a unit's mask and K_l
// the number of units: without it, p would go to 0. More data make p fall, as doubt
// about the function should.
//
// Reference: Gal, Hron & Kendall, Concrete Dropout, 2017.
type ConcreteDropout struct {
	P        float64   // every probability at the start; 0 means 0.1
	Steps    int       // gradient steps; 0 means 5000
	Batch    int       // rows a step; 0 means 128, and never more than N
	Rate     float64   // Adam's learning rate at the start, falling to 0; 0 means 0.01
	Start    []float64 // θ to start from (warm start); nil means the target's own start
	Patience int       // as in [MAP]
	Monitor  func(Progress)
}

var _ Method = ConcreteDropout{}

// Fit implements [Method]. The posterior is a *[Dropped] whose Net carries the
// learned probabilities (Net.Sites). It needs the abilities [Masker], [Noisy] and
// [GaussPrior].
func (c ConcreteDropout) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "ConcreteDropout", steps: or(c.Steps, 5000), batch: c.Batch, rate: or(c.Rate, 0.01), start: c.Start, monitor: c.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	p := or(c.P, 0.1)
	if !(p > 0 && p < 1) {
		return nil, fmt.Errorf("bnn: ConcreteDropout with P = %v; it must be between 0 and 1", c.P)
	}
	mk, ok := t.(Masker)
	if !ok {
		return nil, &NeedsError{Method: "ConcreteDropout", Ability: "Masker", Target: t}
	}
	noisy, ok := t.(Noisy)
	if !ok {
		return nil, &NeedsError{Method: "ConcreteDropout", Ability: "Noisy", Target: t}
	}
	g, ok := t.(GaussPrior)
	if !ok {
		return nil, &NeedsError{Method: "ConcreteDropout", Ability: "GaussPrior", Target: t}
	}
	mean, sd := g.PriorMoments()
	net := mk.Network()
	sites := net.Sites()
	if sd == nil || len(sites) == 0 {
		return nil, fmt.Errorf("bnn: ConcreteDropout needs a Gaussian prior and a network with Dropout layers")
	}
	dim, n := t.Dim(), float64(t.Len())
	phi, grad := make([]float64, dim+len(sites)), make([]float64, dim+len(sites)) // (M, a)
	theta, logit := phi[:dim], phi[dim:]
	d.init(t, theta, rng)
	for l := range logit {
		logit[l] = math.Log(p / (1 - p))
	}
	opt := newAdam[float64](len(phi))
	now := func() *Dropped {
		rates := make([]float64, len(sites))
		for l, a := range logit {
			rates[l] = sigmoid(a)
		}
		return &Dropped{Net: net.WithRates(rates), Theta: theta, P: p}
	}
	d.stop = newEarlyStop(t, d.steps, c.Patience, rng, func() Posterior { return now() }, saved(phi))
	err := d.run(ctx, t.Len(), rng, func(rows []int, rate float64) float64 {
		value := noisy.LogLikConcrete(grad[:dim], grad[dim:], theta, logit, rows, rng)
		value += concretePrior(grad[:dim], grad[dim:], theta, logit, mean, sd, sites)
		opt.step(phi, grad, rate)
		return -value / n
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	return now(), err
}

// concretePrior returns E_q[log p(θ)] + Σ_l K_l H(p_l), up to a constant, and adds
// its gradients. With masks of mean 1, E[z²] = 1/(1−p) = 1 + e^a at a site.
func concretePrior(grad, gLogit, theta, logit, mean, sd []float64, sites []nn.Site) float64 {
	value := 0.0
	for j, m := range theta {
		z := (m - mean[j]) / sd[j]
		value -= z * z / 2
		grad[j] -= z / sd[j]
	}
	for l, s := range sites {
		p, odds := sigmoid(logit[l]), math.Exp(logit[l])
		for j := s.Lo; j < s.Hi; j++ { // what E[z²] adds to z² = 1; these priors have mean 0
			r := theta[j] / sd[j]
			value -= odds * r * r / 2
			grad[j] -= odds * r / sd[j]
			gLogit[l] -= odds * r * r / 2
		}
		k := float64(s.Units)
		value += k * (surprise(p) + surprise(1-p))
		gLogit[l] -= k * logit[l] * p * (1 - p)
	}
	return value
}

// siteRates returns the probabilities of the network's dropout sites.
func siteRates(net nn.Net) []float64 {
	var p []float64
	for _, s := range net.Sites() {
		p = append(p, s.P)
	}
	return p
}
