package bnn

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// farHyper is how far from where it starts a log hyperparameter may go: a factor of
// 160,000. Beyond it, evidence is flat and only rounding moves.
const farHyper = 12

// Tune returns the process with the hyperparameters of the kernel and the noise for
// which [GP.LogEvidence] is largest, found by L-BFGS on their logarithms. The
// evidence can have several tops: the search starts once from the hyperparameters
// as they are and starts − 1 times from e^z times them, z ~ N(0, 1) for each, and
// the best end counts; 0 means 5 starts. It returns an error for bad data or when
// no start led anywhere, and the best so far with an error that wraps ctx.Err()
// when cancelled.
func (g GP) Tune(ctx context.Context, set *data.Set, starts int, rng *rand.Rand) (GP, error) {
	if starts < 0 {
		return g, fmt.Errorf("bnn: GP.Tune from %d starts; it must be positive (0 means the default)", starts)
	}
	if _, _, err := g.prepare(set); err != nil {
		return g, err
	}
	origin := append(g.kernel().Log(), math.Log(g.noise()))
	n := float64(set.Len())
	value := func(grad, u []float64) float64 {
		if floats.Distance(u, origin, math.Inf(1)) > farHyper {
			return math.Inf(-1)
		}
		v, err := g.with(u).LogEvidence(grad, set)
		if err != nil {
			return math.Inf(-1) // not positive definite here
		}
		floats.Scale(1/n, grad)
		return v / n
	}
	best, top := g, math.Inf(-1)
	for s := range or(starts, 5) {
		u := append([]float64(nil), origin...)
		for j := range u {
			if s > 0 {
				u[j] += rng.NormFloat64()
			}
		}
		at, v, _, err := climb(ctx, u, 200, 1e-9, value)
		if v > top {
			best, top = g.with(at), v
		}
		if err != nil {
			return best, fmt.Errorf("bnn: GP.Tune stopped at start %d of %d: %w", s+1, or(starts, 5), err)
		}
	}
	if math.IsInf(top, -1) || top == -math.MaxFloat64 {
		return g, errors.New("bnn: GP.Tune: no start has a positive definite covariance; standardise the data (GP.Scale) or raise Noise")
	}
	return best, nil
}

// with returns the process with other log hyperparameters, the noise last.
func (g GP) with(u []float64) GP {
	last := len(u) - 1
	g.Kernel, g.Noise = g.kernel().With(u[:last]), math.Exp(u[last])
	return g
}
