package bnn

import (
	"context"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// MAP finds the most probable parameters,
//
//	θ* = argmax_θ  log p(θ) + log p(D | θ),
//
// by Adam on minibatches. It is the ordinary network with weight decay, the
// baseline without doubt about θ: its posterior is the single point θ*.
type MAP struct {
	Steps    int       // gradient steps; 0 means 2000
	Batch    int       // rows a step; 0 means 128, and never more than N
	Rate     float64   // Adam's learning rate at the start, falling to 0; 0 means 0.01
	Start    []float64 // θ to start from (warm start); nil means the target's own start
	Patience int       // with held-out rows ([HeldOut]): stop after this many checks, of 100 in all, without a better score, and return the best θ; 0 means never
	Monitor  func(Progress)
}

var _ Method = MAP{}

// Fit implements [Method]. The posterior is a [Samples] of length 1. It uses the
// float32 path of a target that offers [Single].
func (m MAP) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "MAP", steps: or(m.Steps, 2000), batch: m.Batch, rate: or(m.Rate, 0.01), start: m.Start, monitor: m.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	theta, err := mode(ctx, d, t, rng, m.Patience)
	if theta == nil {
		return nil, err
	}
	return Samples{theta}, err
}

// mode climbs the log posterior of t, in float32 where t can. Without a step, θ stays what
// it is to the last bit.
func mode(ctx context.Context, d descent, t Target, rng *rand.Rand, patience int) ([]float64, error) {
	point := func(theta []float64) Posterior { return Samples{theta} }
	single, ok := t.(Single)
	if !ok || d.steps == 0 {
		return ascend(ctx, d, t, rng, patience, point, ascent[float64]{value: t.LogJoint})
	}
	if g, ok := t.(GaussPrior); ok {
		if mean, sd := g.PriorMoments(); sd != nil {
			prior := gaussRuns(mean, sd, nil)
			return ascend(ctx, d, t, rng, patience, point, ascent[float32]{single.Single().LogLik, prior, logNorm(prior)})
		}
	}
	return ascend(ctx, d, t, rng, patience, point, ascent[float32]{value: single.Single().LogJoint})
}

// An ascent is what there is to climb: value, which writes its gradient over grad, and
// a Gaussian prior, if any, whose part of the gradient Adam adds in passing.
type ascent[T nn.Float] struct {
	value    func(grad, theta []T, rows []int) float64
	prior    []gaussRun
	constant float64 // added to the sum
}

// ascend climbs, θ ← θ + Adam(∇ objective), from the target's start and returns
// the point reached: on cancellation the point so far with the error, and
// nil when the loss diverged. posterior is what a point means, for early stopping.
func ascend[T nn.Float](ctx context.Context, d descent, t Target, rng *rand.Rand, patience int,
	posterior func(theta []float64) Posterior, objective ascent[T]) ([]float64, error) {
	point := make([]float64, t.Dim())
	d.init(t, point, rng)
	theta, grad := make([]T, len(point)), make([]T, len(point))
	for j, v := range point {
		theta[j] = T(v)
	}
	var climb func(x, g []T, rate float64) float64 // one step; returns what it adds to value
	if objective.prior != nil {
		climb = newAdamUnder[T](objective.prior, len(theta)).step
	} else {
		opt := newAdam[T](len(theta))
		climb = func(x, g []T, rate float64) float64 { opt.step(x, g, rate); return 0 }
	}
	n := float64(t.Len())
	now := make([]float64, len(point))
	d.stop = newEarlyStop(t, d.steps, patience, rng, func() Posterior { return posterior(widen(now, theta)) }, saved(theta))
	err := d.run(ctx, t.Len(), rng, func(rows []int, rate float64) float64 {
		value := objective.constant + objective.value(grad, theta, rows)
		return -(value + climb(theta, grad, rate)) / n
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	return widen(point, theta), err
}

// widen writes v over dst in float64 and returns dst.
func widen[T nn.Float](dst []float64, v []T) []float64 {
	for j, x := range v {
		dst[j] = float64(x)
	}
	return dst
}

// narrow writes v over dst in float32 and returns dst.
func narrow(dst []float32, v []float64) []float32 {
	for j, x := range v {
		dst[j] = float32(x)
	}
	return dst
}
