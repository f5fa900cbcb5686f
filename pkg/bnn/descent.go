package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// defaultBatch is the number of rows a step looks at when nothing is said.
const defaultBatch = 128

// descent is the loop that all gradient methods share: minibatches, a decaying
// rate, cancellation, divergence and progress.
type descent struct {
	method  string
	steps   int
	batch   int // rows a step; 0 means defaultBatch, more than N means N
	rate    float64
	start   []float64 // where θ (or μ) begins; nil means the target's own start
	monitor func(Progress)
	stop    *earlyStop // nil means run to the end
}

// run calls step with the rows of each minibatch (nil for all rows) and the rate,
//
//	rate_k = rate · ½ (1 + cos(π k/steps)),
//
// which falls to 0, so that the last iterates average out the noise of the
// gradient. step returns the loss in nats per row.
func (d descent) run(ctx context.Context, n int, rng *rand.Rand, step func(rows []int, rate float64) float64) error {
	watch := newWatch(d.method, d.steps, d.monitor)
	batch := newBatches(n, or(d.batch, defaultBatch), rng)
	first := 0.0
	for k := range d.steps {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("bnn: %s stopped at step %d of %d: %w", d.method, k, d.steps, err)
		}
		loss := step(batch.next(), d.rate*(1+math.Cos(math.Pi*float64(k)/float64(d.steps)))/2)
		if k == 0 {
			first = loss
		}
		// A loss a million times worse than the first is lost, even if finite.
		if !(loss-first <= 1e6*(1+math.Abs(first))) || math.IsInf(loss, -1) {
			return &DivergedError{Method: d.method, Step: k, Loss: loss}
		}
		watch.step(k+1, loss)
		if d.stop.now(k + 1) {
			watch.step(d.steps, loss)
			break
		}
	}
	d.stop.restore()
	return nil
}

// init writes the starting point over theta.
func (d descent) init(t Target, theta []float64, rng *rand.Rand) {
	t.Init(theta, rng)
	copy(theta, d.start)
}

// check reports a target or settings that cannot be run.
func (d descent) check(t Target) error {
	if p, ok := t.(interface{ Err() error }); ok && p.Err() != nil {
		return p.Err()
	}
	switch {
	case d.start != nil && len(d.start) != t.Dim():
		return fmt.Errorf("bnn: %s starts from %d parameters, the target has %d", d.method, len(d.start), t.Dim())
	case d.steps < 0:
		return fmt.Errorf("bnn: %s with %d steps; it must be positive (0 means the default)", d.method, d.steps)
	case d.batch < 0:
		return fmt.Errorf("bnn: %s with batches of %d rows; it must be positive (0 means the default)", d.method, d.batch)
	case !(d.rate > 0) || math.IsInf(d.rate, 1):
		return fmt.Errorf("bnn: %s with learning rate %v; it must be positive and finite (0 means the default)", d.method, d.rate)
	}
	return nil
}

// A DivergedError says that a method's loss stopped being a usable number.
type DivergedError struct {
	Method string
	Step   int     // counted from 0
	Loss   float64 // in nats per row
}

// Error names the method, the step, the value and the usual cures.
func (e *DivergedError) Error() string {
	return fmt.Sprintf("bnn: %s diverged at step %d: loss %v; lower Rate, standardise the data (Model.Scale), or widen the noise", e.Method, e.Step, e.Loss)
}

// batches deals out minibatches, reshuffling every epoch. A remainder smaller
// than a batch is left to chance: it is shuffled into the next epoch.
type batches struct {
	rng  *rand.Rand
	idx  []int // nil when a batch is all rows
	size int
	at   int
}

func newBatches(n, size int, rng *rand.Rand) *batches {
	if size >= n {
		return &batches{}
	}
	b := &batches{rng: rng, size: size, idx: make([]int, n), at: n}
	for i := range b.idx {
		b.idx[i] = i
	}
	return b
}

// next returns the rows of the next minibatch, valid until the next call, or nil
// for all rows.
func (b *batches) next() []int {
	if b.idx == nil {
		return nil
	}
	if b.at+b.size > len(b.idx) {
		for i := len(b.idx) - 1; i > 0; i-- { // Fisher–Yates; rng.Shuffle would allocate its closure
			j := b.rng.IntN(i + 1)
			b.idx[i], b.idx[j] = b.idx[j], b.idx[i]
		}
		b.at = 0
	}
	b.at += b.size
	return b.idx[b.at-b.size : b.at]
}

// watch passes progress on, at most ten times a second and once at the end.
type watch struct {
	p           Progress
	tell        func(Progress)
	begin, last time.Time
}

func newWatch(method string, steps int, tell func(Progress)) *watch {
	return &watch{p: Progress{Method: method, Steps: steps}, tell: tell, begin: time.Now()}
}

// member counts one more member of an ensemble, or one chain, as done.
func (w *watch) member() { w.step(w.p.Step+1, 0) }

func (w *watch) step(done int, loss float64) {
	if w.tell == nil {
		return
	}
	now := time.Now()
	w.p.Step = done
	if done < w.p.Steps && now.Sub(w.last) < 100*time.Millisecond {
		return
	}
	w.last = now
	w.p.Loss, w.p.Elapsed = loss, now.Sub(w.begin)
	w.tell(w.p)
}
