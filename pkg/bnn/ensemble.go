package bnn

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Ensemble fits the same method several times from different starts and treats
// the results as an equally weighted mixture, q(θ) = (1/M) Σ_m q_m(θ). With [MAP]
// as its base it is the deep ensemble, whose members settle in different modes of
// the posterior and so differ most where no data hold them together.
//
// Reference: Lakshminarayanan, Pritzel & Blundell, Simple and Scalable Predictive
// Uncertainty Estimation using Deep Ensembles, 2017.
type Ensemble struct {
	Base    Method         // nil means MAP{}
	Members int            // M; 0 means 5
	Workers int            // members fitted at once; 0 means GOMAXPROCS. The result does not depend on it
	Monitor func(Progress) // told when a member is done; a Monitor of Base is called from several goroutines
}

var _ Method = Ensemble{}

// Fit implements [Method]. The posterior is a [Samples] when the members' are, as
// for MAP, and a [Mixture] otherwise. Members are fitted side by side when the
// target is a [Cloner]; every member's stream of random numbers is seeded before
// the first one starts. On cancellation it returns the members so far, unless
// there is none.
func (e Ensemble) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	members := or(e.Members, 5)
	if members < 0 {
		return nil, fmt.Errorf("bnn: Ensemble with %d members; it must be positive (0 means the default)", e.Members)
	}
	base := e.Base
	if base == nil {
		base = MAP{}
	}
	streams := make([]*rand.Rand, members)
	for i := range streams {
		streams[i] = rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
	}
	posts, errs := make([]Posterior, members), make([]error, members)
	watch, lock := newWatch("Ensemble", members, e.Monitor), sync.Mutex{}
	fit := func(i int, t Target) {
		posts[i], errs[i] = base.Fit(ctx, t, streams[i])
		lock.Lock()
		defer lock.Unlock()
		watch.member()
	}
	if c, ok := t.(Cloner); ok {
		parallel(members, or(e.Workers, runtime.GOMAXPROCS(0)), func() func(int) {
			own := c.Clone()
			return func(i int) { fit(i, own) }
		})
	} else {
		for i := range members {
			fit(i, t)
		}
	}
	var so Mixture
	for _, p := range posts {
		if p != nil {
			so = append(so, p)
		}
	}
	err := firstOf(errs)
	if err != nil {
		err = fmt.Errorf("bnn: Ensemble: %w", err)
	}
	if len(so) == 0 || (err != nil && ctx.Err() == nil) {
		return nil, err
	}
	return so.flat(), err
}

// parallel calls do(i) for i = 0…n−1 from at most workers goroutines, each with a
// do of its own made by start.
func parallel(n, workers int, start func() (do func(i int))) {
	next, wg := make(chan int), sync.WaitGroup{}
	for range min(workers, n) {
		do := start()
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// Mixture is the equally weighted mixture of its components.
type Mixture []Posterior

var _ Posterior = Mixture(nil)

// Draws implements [Posterior]: n draws that visit the components in turn from a
// random one on, so that every component is equally likely however small n is.
func (m Mixture) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		if len(m) == 0 {
			return
		}
		first := rng.IntN(len(m))
		for k := range n {
			for theta := range m[(first+k)%len(m)].Draws(1, rng) {
				if !yield(theta) {
					return
				}
			}
		}
	}
}

// flat turns a mixture of single points into Samples.
func (m Mixture) flat() Posterior {
	var s Samples
	for _, p := range m {
		if q, ok := p.(Samples); ok && len(q) == 1 {
			s = append(s, q[0])
		} else {
			return m
		}
	}
	return s
}
