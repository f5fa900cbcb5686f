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
	Steps   int     // gradient steps; 0 means 2000
	Batch   int     // rows a step; 0 means 128, and never more than N
	Rate    float64 // Adam's learning rate at the start, falling to 0; 0 means 0.01
	Monitor func(Progress)
}

var _ Method = MAP{}

// Fit implements [Method]. The posterior is a [Samples] of length 1. It uses the
// float32 path of a target that offers [Single].
func (m MAP) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "MAP", steps: or(m.Steps, 2000), batch: m.Batch, rate: or(m.Rate, 0.01), monitor: m.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	var theta []float64
	var err error
	if s, ok := t.(Single); ok {
		theta, err = ascend(ctx, d, t, rng, s.Single().LogJoint)
	} else {
		theta, err = ascend(ctx, d, t, rng, t.LogJoint)
	}
	if theta == nil {
		return nil, err
	}
	return Samples{theta}, err
}

// ascend climbs objective, θ ← θ + Adam(∇ objective), from the target's start and
// returns the point reached: on cancellation the point so far with the error, and
// nil when the loss diverged.
func ascend[T nn.Float](ctx context.Context, d descent, t Target, rng *rand.Rand, objective func(grad, theta []T, rows []int) float64) ([]float64, error) {
	point := make([]float64, t.Dim())
	t.Init(point, rng)
	theta, grad := make([]T, len(point)), make([]T, len(point))
	for j, v := range point {
		theta[j] = T(v)
	}
	opt, n := newAdam[T](len(theta)), float64(t.Len())
	err := d.run(ctx, t.Len(), rng, func(rows []int, rate float64) float64 {
		loss := -objective(grad, theta, rows) / n
		opt.step(theta, grad, rate)
		return loss
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	for j, v := range theta {
		point[j] = float64(v)
	}
	return point, err
}
