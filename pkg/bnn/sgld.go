package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// SGLD is stochastic gradient Langevin dynamics: gradient ascent on minibatches with
// so much noise added that the iterates are draws from the posterior,
//
//	θ ← θ + ε_k G ∇ log p(θ, D) + √(2 ε_k G) ξ,   ξ ~ N(0, I).
//
// G is diagonal. As in RMSprop, G_j = 1/(1 + √V_j) with V_j the running mean of the
// squared gradient, in (nats/unit of θ_j)²: steep directions take short steps. V is
// learnt during burn-in and then held, so the term Γ = Σ ∂G/∂θ of a G that moves with
// θ is exactly 0. (Li et al. let it move and drop the term.)
//
// There is no accept step, so the draws are only as good as ε is small: a step of
// h = ε G Λ in a direction of precision Λ makes the variance too large by 1/(1 − h/2),
// and the noise of the minibatches adds to it. Halve Rate: if the bands shrink, it was
// too large.
//
// References: Welling & Teh, Bayesian Learning via Stochastic Gradient Langevin
// Dynamics, 2011; Li, Chen, Carlson & Carin, Preconditioned Stochastic Gradient
// Langevin Dynamics for Deep Neural Networks, 2016.
type SGLD struct {
	Steps   int       // gradient steps; 0 means 20000
	BurnIn  int       // steps that are thrown away, of Steps; 0 means a quarter of them
	Keep    int       // draws to keep, evenly spaced in the time Σ ε_k, so that they weigh the same; 0 means 500, and never more than one a step
	Batch   int       // rows a step; 0 means 128, and never more than N
	Rate    float64   // ε at the start; 0 means 0.001
	Decay   float64   // γ in [0, 1): ε_k = Rate (1 + k/BurnIn)^−γ; 0 means a constant step
	Start   []float64 // θ to start from (warm start); nil means the target's own start
	Plain   bool      // no preconditioning, G = 1, as Welling & Teh
	Monitor func(Progress)
}

var _ Method = SGLD{}

// Fit implements [Method]. The posterior is a *[Chains] of one chain, whose LogJoint
// are the minibatches' estimates. On cancellation it returns the draws so far: of a
// run cancelled during burn-in, the point reached.
func (s SGLD) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "SGLD", steps: or(s.Steps, 20000), batch: s.Batch, rate: or(s.Rate, 0.001), start: s.Start, monitor: s.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	s.Rate, s.Keep, s.BurnIn = d.rate, or(s.Keep, 500), or(s.BurnIn, d.steps/4)
	switch {
	case s.Keep < 0 || s.BurnIn < 0 || s.BurnIn >= d.steps:
		return nil, fmt.Errorf("bnn: SGLD with Keep %d and BurnIn %d of %d steps; they must be positive (0 means the default), and BurnIn less than Steps", s.Keep, s.BurnIn, d.steps)
	case !(s.Decay >= 0 && s.Decay < 1):
		return nil, fmt.Errorf("bnn: SGLD with Decay %v; it must lie in [0, 1)", s.Decay)
	}
	theta, grad := make([]float64, t.Dim()), make([]float64, t.Dim())
	d.init(t, theta, rng)
	g := newRMS(len(theta))
	chain, k := Chain{Step: s.Rate}, 0
	begin, end := s.time(s.BurnIn), s.time(d.steps)
	due := func(k int) int { return int(float64(s.Keep) * (s.time(k) - begin) / (end - begin)) }

	err := d.run(ctx, t.Len(), rng, func(rows []int, _ float64) float64 {
		lp := t.LogJoint(grad, theta, rows)
		if k >= s.BurnIn && due(k+1) > due(k) { // θ before the step, to which lp belongs
			chain.add(theta, lp)
		}
		if !s.Plain && k < s.BurnIn {
			g.learn(grad)
		}
		eps := s.time(k+1) - s.time(k)
		for j, gr := range grad {
			step := eps * g.g[j]
			theta[j] += step*gr + math.Sqrt(2*step)*rng.NormFloat64()
		}
		k++
		return -lp / float64(t.Len())
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	chain.last = theta
	return newChains([]Chain{chain}), err
}

// time returns Σ ε over the first k steps, as the integral of ε.
func (s SGLD) time(k int) float64 {
	if s.Decay == 0 {
		return s.Rate * float64(k)
	}
	b := math.Max(float64(s.BurnIn), 1)
	return s.Rate * b / (1 - s.Decay) * (math.Pow(1+float64(k)/b, 1-s.Decay) - 1)
}

// rms is the diagonal preconditioner G.
type rms struct {
	g, v []float64 // G; running mean of the squared gradient, started at 0
	left float64   // weight of that 0
}

func newRMS(dim int) *rms {
	r := &rms{g: make([]float64, dim), v: make([]float64, dim), left: 1}
	for j := range r.g {
		r.g[j] = 1
	}
	return r
}

func (r *rms) learn(grad []float64) {
	const keep = 0.999
	r.left *= keep
	for j, g := range grad {
		r.v[j] = keep*r.v[j] + (1-keep)*g*g
		r.g[j] = 1 / (1 + math.Sqrt(r.v[j]/(1-r.left)))
	}
}
