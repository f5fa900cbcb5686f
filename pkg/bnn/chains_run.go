package bnn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
)

// runChains runs chains side by side, each with its own stream of random numbers and,
// where the target is a Cloner, its own clone, and puts them together. steps counts
// the draws of all chains.
func runChains(ctx context.Context, method string, t Target, rng *rand.Rand, chains, steps, workers int, monitor func(Progress),
	run func(ctx context.Context, t Target, rng *rand.Rand, tell func(logJoint float64)) (Chain, error)) (Posterior, error) {
	if p, ok := t.(interface{ Err() error }); ok && p.Err() != nil {
		return nil, p.Err()
	}
	streams := make([]*rand.Rand, chains)
	for i := range streams {
		streams[i] = rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
	}
	// Progress goes through this goroutine, as Progress promises.
	told, n := make(chan float64, 64), float64(t.Len())
	tell := func(logJoint float64) { told <- -logJoint / n }
	so, errs := make([]Chain, chains), make([]error, chains)
	do := func(i int, t Target) { so[i], errs[i] = run(ctx, t, streams[i], tell) }
	go func() {
		defer close(told)
		if c, ok := t.(Cloner); ok {
			parallel(chains, or(workers, runtime.GOMAXPROCS(0)), func() func(int) {
				own := c.Clone()
				return func(i int) { do(i, own) }
			})
			return
		}
		for i := range chains {
			do(i, t)
		}
	}()
	watch, done := newWatch(method, steps, monitor), 0
	for loss := range told {
		done++
		watch.step(done, loss)
	}
	for _, err := range errs {
		if err != nil && ctx.Err() == nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil && done < steps {
		return newChains(so), fmt.Errorf("bnn: %s stopped at step %d of %d: %w", method, done, steps, err)
	}
	return newChains(so), nil
}
