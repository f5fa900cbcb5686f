package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
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
	if single, ok := t.(Single); ok {
		return climbConcrete(ctx, d, c.Patience, t, net, rng, single.Single().LogLikConcrete, mean, sd, p)
	}
	return climbConcrete(ctx, d, c.Patience, t, net, rng, noisy.LogLikConcrete, mean, sd, p)
}

// climbConcrete is the rest of [ConcreteDropout.Fit], with every probability at p.
func climbConcrete[T nn.Float](ctx context.Context, d descent, patience int, t Target, net nn.Net, rng *rand.Rand,
	logLik func(grad, gLogit, theta, logit []T, rows []int, rng *rand.Rand) float64, mean, sd []float64, p float64) (Posterior, error) {
	sites, n, point := net.Sites(), float64(t.Len()), make([]float64, t.Dim())
	d.init(t, point, rng)
	theta, grad := make([]T, len(point)), make([]T, len(point))
	for j, v := range point {
		theta[j] = T(v)
	}
	logit, gLogit := make([]float64, len(sites)), make([]float64, len(sites))
	logitT, gLogitT := make([]T, len(sites)), make([]T, len(sites))
	for l := range logit {
		logit[l] = math.Log(p / (1 - p))
	}
	climb, masked := underMasks[T](mean, sd, sites)
	turn := newAdam[float64](len(sites))

	now := func() Posterior {
		rates := make([]float64, len(sites))
		for l, a := range logit {
			rates[l] = sigmoid(a)
		}
		return &Dropped{Net: net.WithRates(rates), Theta: widen(point, theta), P: p}
	}
	d.stop = newEarlyStop(t, d.steps, patience, rng, now, func() (save, back func()) {
		saveTheta, backTheta := saved(theta)()
		saveLogit, backLogit := saved(logit)()
		return func() { saveTheta(); saveLogit() }, func() { backTheta(); backLogit() }
	})
	err := d.run(ctx, t.Len(), rng, func(rows []int, rate float64) float64 {
		for l, a := range logit {
			logitT[l] = T(a)
		}
		value := logLik(grad, gLogitT, theta, logitT, rows, rng)
		for l, s := range sites {
			p, odds, squares, k := sigmoid(logit[l]), math.Exp(logit[l]), 0.0, float64(s.Units)
			for _, r := range masked[l] { // with masks of mean 1, E[z²] = 1/(1−p) = 1 + e^a
				r.z2 = 1 + odds
				squares += kernels.Dot(theta[r.lo:r.hi], theta[r.lo:r.hi]) / (r.SD * r.SD)
			}
			value += k * (surprise(p) + surprise(1-p))
			gLogit[l] = float64(gLogitT[l]) - odds*squares/2 - k*logit[l]*p*(1-p)
		}
		value += climb.step(theta, grad, rate)
		turn.step(logit, gLogit, rate)
		return -value / n
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	return now(), err
}

// underMasks returns what climbs under the prior, and the runs of each site's weights,
// whose z2 is to be set before every step.
func underMasks[T nn.Float](mean, sd []float64, sites []nn.Site) (*adamUnder[T], [][]*gaussRun) {
	z2 := make([]float64, len(sd)) // for now the site from 1 on, so that no run belongs to two
	for l, s := range sites {
		for j := s.Lo; j < s.Hi; j++ {
			z2[j] = float64(l + 1)
		}
	}
	climb, masked := newAdamUnder[T](gaussRuns(mean, sd, z2), len(sd)), make([][]*gaussRun, len(sites))
	for _, block := range climb.blocks {
		for i := range block {
			if l := int(block[i].z2) - 1; l >= 0 {
				masked[l] = append(masked[l], &block[i])
			}
			block[i].z2 = 1
		}
	}
	return climb, masked
}

// siteRates returns the probabilities of the network's dropout sites.
func siteRates(net nn.Net) []float64 {
	var p []float64
	for _, s := range net.Sites() {
		p = append(p, s.P)
	}
	return p
}
