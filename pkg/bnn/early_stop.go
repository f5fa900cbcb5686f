package bnn

import (
	"math"
	"math/rand/v2"
)

// earlyStop looks at the held-out rows a hundred times during a run, remembers the
// best parameters, and ends the run when they have not improved for a while.
type earlyStop struct {
	score    func() float64 // held-out log likelihood of the posterior as it stands
	save     func()         // remember the parameters
	back     func()         // return to the remembered ones
	every    int            // steps between checks
	patience int
	best     float64
	worse    int // checks since the best
}

// earlyDraws is how many draws of a posterior a check averages over.
const earlyDraws = 16

// newEarlyStop returns nil, which never stops, without patience or held-out rows.
// Every check uses the same random numbers, so that checks differ by the
// parameters alone.
func newEarlyStop(t Target, steps, patience int, rng *rand.Rand, posterior func() Posterior, keep func() (save, back func())) *earlyStop {
	h, ok := t.(HeldOut)
	if !ok || patience <= 0 {
		return nil
	}
	a, b := rng.Uint64(), rng.Uint64()
	score := func() float64 {
		s, _ := h.HeldOutScore(posterior().Draws(earlyDraws, rand.New(rand.NewPCG(a, b))))
		return s
	}
	if _, some := h.HeldOutScore(func(func([]float64) bool) {}); !some {
		return nil
	}
	save, back := keep()
	return &earlyStop{score: score, save: save, back: back, every: max(steps/100, 1), patience: patience, best: math.Inf(-1)}
}

// now is called after each step and reports whether to stop.
func (e *earlyStop) now(done int) bool {
	if e == nil || done%e.every != 0 {
		return false
	}
	if s := e.score(); s > e.best {
		e.best, e.worse = s, 0
		e.save()
		return false
	}
	e.worse++
	return e.worse >= e.patience
}

// restore returns to the best parameters seen.
func (e *earlyStop) restore() {
	if e != nil && !math.IsInf(e.best, -1) {
		e.back()
	}
}

// saved remembers a copy of v.
func saved[T any](v []T) func() (save, back func()) {
	return func() (save, back func()) {
		best := append([]T(nil), v...)
		return func() { copy(best, v) }, func() { copy(v, best) }
	}
}
