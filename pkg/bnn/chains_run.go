package bnn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
)

// chainsRun is what all Markov chain samplers share: chains side by side, streams of
// random numbers, starting points, progress and cancellation.
type chainsRun struct {
	method  string
	chains  int
	draws   int // a chain, with those that are thrown away
	workers int
	start   Samples
	monitor func(Progress)
}

// run calls chain for every chain with a stream of random numbers of its own and,
// where the target is a Cloner, a clone. chain tells of the log joint of every draw.
func (r chainsRun) run(ctx context.Context, t Target, rng *rand.Rand,
	chain func(ctx context.Context, t Target, rng *rand.Rand, tell func(logJoint float64)) (Chain, error)) (Posterior, error) {
	if p, ok := t.(interface{ Err() error }); ok && p.Err() != nil {
		return nil, p.Err()
	}
	for _, s := range r.start {
		if len(s) != t.Dim() {
			return nil, fmt.Errorf("bnn: %s starts from %d parameters, the target has %d", r.method, len(s), t.Dim())
		}
	}
	streams := make([]*rand.Rand, r.chains)
	for i := range streams {
		streams[i] = rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
	}
	// Progress goes through this goroutine, as Progress promises.
	told, n := make(chan float64, 64), float64(t.Len())
	tell := func(logJoint float64) { told <- -logJoint / n }
	so, errs := make([]Chain, r.chains), make([]error, r.chains)
	do := func(i int, t Target) {
		if len(r.start) > 0 {
			t = startAt{t, r.start[i%len(r.start)]}
		}
		so[i], errs[i] = chain(ctx, t, streams[i], tell)
	}
	go func() {
		defer close(told)
		if c, ok := t.(Cloner); ok {
			parallel(r.chains, or(r.workers, runtime.GOMAXPROCS(0)), func() func(int) {
				own := c.Clone()
				return func(i int) { do(i, own) }
			})
			return
		}
		for i := range r.chains {
			do(i, t)
		}
	}()
	watch, done, steps := newWatch(r.method, r.chains*r.draws, r.monitor), 0, r.chains*r.draws
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
		return newChains(so), fmt.Errorf("bnn: %s stopped at step %d of %d: %w", r.method, done, steps, err)
	}
	return newChains(so), nil
}

// startAt is a target with another starting point.
type startAt struct {
	Target
	theta []float64
}

func (s startAt) Init(theta []float64, _ *rand.Rand) { copy(theta, s.theta) }
