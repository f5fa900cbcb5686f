package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/optimize"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Tune chooses, for the model on the set, the prior's standard deviations and the
// noise by the evidence, without held-out data: it maximises the
// [LaplacePosterior.LogEvidence], each time at the mode that goes with them, over
//
//	a common factor of all scales of a [Normal] prior (nil counts as Normal{}), and
//	the SD of a [GaussianNoise] likelihood, if it is fixed; a learned one stays learned,
//
// by Nelder & Mead (1965) on the logarithms. It returns the model so chosen with
// its posterior. One value takes one polished mode and one factorisation. The
// evidence of a network belongs to one mode and knows nothing of the others.
//
// It returns an error for another prior, and the best so far with an error that
// wraps ctx.Err() when cancelled.
//
// Reference: MacKay, A Practical Bayesian Framework for Backpropagation Networks, 1992.
func (l Laplace) Tune(ctx context.Context, m *Model, set *data.Set, rng *rand.Rand) (Trained, error) {
	prior, ok := m.prior().(Normal)
	if !ok {
		return Trained{}, fmt.Errorf("bnn: Laplace.Tune chooses the scale of a Normal prior, not of %T", m.prior())
	}
	first, err := l.Fit(ctx, m.On(set), rng)
	if err != nil {
		return Trained{}, err
	}
	from := first.(*LaplacePosterior)
	best := Trained{Model: m, Posterior: from}
	noise, fixed := m.likelihood().(GaussianNoise)
	fixed = fixed && noise.SD > 0
	// value fits at log factors u of the scales, always from the first mode, so that
	// it is a function of u alone.
	value := func(u []float64) float64 {
		tuned := *m
		p := prior.scaled(math.Exp(u[0]))
		tuned.Prior = p
		if fixed {
			tuned.Likelihood = GaussianNoise{SD: noise.SD * math.Exp(u[1])}
		}
		t := tuned.On(set)
		if t.Err() != nil {
			return math.Inf(1)
		}
		mean, sd := t.PriorMoments()
		q, err := l.around(ctx, t, from.Mode, mean, sd)
		if err != nil || math.IsNaN(q.LogEvidence) {
			return math.Inf(1) // beyond what can be computed
		}
		if q.LogEvidence > best.Posterior.(*LaplacePosterior).LogEvidence {
			best = Trained{Model: &tuned, Posterior: q}
		}
		return -q.LogEvidence
	}
	u := []float64{0, 0}
	if !fixed {
		u = u[:1]
	}
	_, err = optimize.Minimize(optimize.Problem{Func: value, Status: func() (optimize.Status, error) {
		if ctx.Err() != nil {
			return optimize.Failure, ctx.Err()
		}
		return optimize.NotTerminated, nil
	}}, u, &optimize.Settings{FuncEvaluations: 400, Converger: &optimize.FunctionConverge{Absolute: 1e-8, Iterations: 10}}, &optimize.NelderMead{SimplexSize: 0.5})
	if ctx.Err() != nil {
		return best, fmt.Errorf("bnn: Laplace.Tune stopped: %w", ctx.Err())
	}
	if err != nil {
		return best, fmt.Errorf("bnn: Laplace.Tune: %w", err)
	}
	return best, nil
}

// scaled returns the prior with all its standard deviations times a.
func (p Normal) scaled(a float64) Normal {
	p.SD = a * or(p.SD, 1)
	p.Bias *= a
	layers := make([]float64, len(p.Layers))
	for i, s := range p.Layers {
		layers[i] = a * s
	}
	if p.Layers != nil {
		p.Layers = layers
	}
	return p
}
