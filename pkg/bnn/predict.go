package bnn

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"

	"gonum.org/v1/gonum/mat"
)

// PredictOptions say how to predict. Rand is needed; the rest has defaults.
type PredictOptions struct {
	Draws   int        // S, draws of θ; 0 means 100. A [Finite] posterior with no more than that many θ uses each exactly once
	Keep    int        // how many function draws to return in Functions; at most the draws made
	Samples int        // how many draws of y, noise included, to return in Samples; at most the draws made
	Y       *mat.Dense // targets (N × K, raw units) to score in LogProb; nil for none
	Rand    *rand.Rand // source of the draws
	Workers int        // goroutines; 0 means GOMAXPROCS. The result does not depend on it
}

// predictShards is into how many runs the draws are cut. It fixes the streams of
// random numbers and the order of summation, whatever the number of workers.
const predictShards = 16

const needRand = "bnn: Predict needs PredictOptions.Rand"

// Predict evaluates the posterior predictive at the rows of x (N × D, raw units),
//
//	p(y | x, D) ≈ (1/S) Σ_s p(y | x, θ_s),   θ_s ~ q,
//
// averaging means, variances and probabilities, never logits. It streams: memory
// grows with N·K, not with S. The network is evaluated in float32, what comes of it
// summed in float64. Draws run in parallel and the result is the same,
// bit for bit, for any number of workers. It returns an error for x or Y with NaN
// or of the wrong shape, for a posterior that does not fit the model, and when ctx
// is cancelled; it panics without Rand.
func Predict(ctx context.Context, m *Model, p Posterior, x *mat.Dense, o PredictOptions) (*Predictive, error) {
	if o.Rand == nil {
		panic(needRand)
	}
	c, err := newPredictor(m, x, o)
	if err != nil {
		return nil, err
	}
	runs := c.plan(p, or(o.Draws, 100), o.Rand)
	if len(runs) == 0 {
		return nil, errors.New("bnn: Predict from a posterior without any θ")
	}
	shared := newPasses(m, p, c.x, c.n)
	acc := make([]*moments, len(runs))
	errs := make([]error, len(runs))
	parallel(len(runs), or(o.Workers, runtime.GOMAXPROCS(0)), func() func(int) {
		pass := newPasser(shared, c.n)
		return func(i int) { acc[i], errs[i] = c.run(ctx, pass, runs[i]) }
	})
	if err := firstOf(errs); err != nil {
		return nil, err
	}
	for _, a := range acc[1:] {
		acc[0].merge(a)
	}
	return c.result(acc[0]), nil
}

// firstOf returns the first error, or nil.
func firstOf(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
