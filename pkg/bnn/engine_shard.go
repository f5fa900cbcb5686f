package bnn

import (
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A batch that is work enough is cut into shards of its rows, which run side by side, each
// with a gradient and a stream of noise of its own. Into how many is a matter of the
// network and of the rows alone, and the gradients are added in order: whoever works on
// them, the sum is the same, bit for bit.
const (
	shardRows     = 64      // fewest rows of a shard: the gradients of all have to be added
	shardProducts = 8 << 20 // fewest products, forward and backward, that pay for a goroutine
	mostShards    = 8
)

// shardsOf returns into how many shards n rows are cut.
func (e *engine[T]) shardsOf(n int) int {
	return max(1, min(n/shardRows, 3*e.products*n/shardProducts, mostShards))
}

// A shard evaluates some rows of a batch with scratch space of its own.
type shard[T nn.Float] struct {
	*engine[T]
	tape  *nn.Tape[T]
	xb    []T       // (chunk × in) gathered rows
	yb    []T       // (chunk) their targets, as numbers
	class []int     // and as classes
	f     []float64 // (out) one row of outputs
	df    []float64 // (out)
	dphi  []float64 // ∂/∂φ of all rows
	drow  []float64 // and of one weighted row

	pass[T]            // of this batch
	lo, hi    int      // this shard's part of it
	sum       float64  // Σ log p(y_i | f_i, φ)
	own       [2][]T   // gradients, unless they go to the caller's
	noise     rand.PCG // seeds the streams of a shard among several
	noiseRand *rand.Rand
}

// A pass is what is asked for: gradients (nil for none) at θ, at the rows (nil for all), times
// scale, under the noise z.
type pass[T nn.Float] struct {
	grad, gradVar, theta []T
	rows                 []int
	scale                float64
	z                    nn.Noise[T]
}

// shard returns the i-th shard, made when it is first asked for.
func (e *engine[T]) shard(i int) *shard[T] {
	for len(e.shards) <= i {
		net, params := e.p.model.Net, len(e.phi)
		rows := min(chunkOf(net.Widest()), e.p.set.Len())
		s := &shard[T]{engine: e, tape: nn.NewTape[T](net, rows), xb: make([]T, rows*net.In()), yb: make([]T, rows), class: make([]int, rows),
			f: make([]float64, net.Out()), df: make([]float64, net.Out()), dphi: make([]float64, params), drow: make([]float64, params)}
		s.noiseRand = rand.New(&s.noise)
		e.shards = append(e.shards, s)
	}
	return e.shards[i]
}

// batch does p for a batch of n rows: it writes the gradients of the weights, and that of φ
// over dphi, and returns Σ log p(y_i | f_i, φ).
func (e *engine[T]) batch(p pass[T], n int) (sum float64) {
	shards := e.shardsOf(n)
	if p.z.Logits != nil {
		shards = 1 // their gradient is added up in passing
	}
	for i := range shards {
		s := e.shard(i)
		s.pass, s.lo, s.hi = p, i*n/shards, (i+1)*n/shards
		if shards == 1 {
			break
		}
		if p.z.Rand != nil {
			s.noise.Seed(p.z.Rand.Uint64(), p.z.Rand.Uint64())
			s.z.Rand = s.noiseRand
		}
		if i > 0 {
			s.grad, s.gradVar = s.ownInsteadOf(0, p.grad), s.ownInsteadOf(1, p.gradVar)
		}
	}
	e.each.run(shards)
	clear(e.dphi)
	for _, s := range e.shards[:shards] {
		sum += s.sum
		for k, d := range s.dphi {
			e.dphi[k] += d
		}
	}
	if shards > 1 && p.grad != nil {
		e.joined = shards
		e.join.run(blocksOf(e.w))
	}
	return sum
}

// ownInsteadOf returns the shard's own k-th gradient of the weights, if one is asked for.
func (s *shard[T]) ownInsteadOf(k int, grad []T) []T {
	if grad == nil {
		return nil
	}
	if s.own[k] == nil {
		s.own[k] = make([]T, s.w)
	}
	return s.own[k]
}

// joinBlock adds the gradients of one block of weights.
func (e *engine[T]) joinBlock(i int) {
	lo, hi := blockOf(i, e.w)
	first := e.shards[0]
	for _, s := range e.shards[1:e.joined] {
		kernels.Add(first.grad[lo:hi], s.grad[lo:hi])
		if first.gradVar != nil {
			kernels.Add(first.gradVar[lo:hi], s.gradVar[lo:hi])
		}
	}
}

// run does the shard's rows, as many at a time as the tape has.
func (s *shard[T]) run() {
	s.sum = 0
	clear(s.dphi)
	for lo := s.lo; lo < s.hi; lo += s.tape.Rows() {
		s.sum += s.chunk(lo, min(lo+s.tape.Rows(), s.hi))
	}
}

// chunk handles rows lo … hi−1 of the batch: forward, likelihood, backward.
func (s *shard[T]) chunk(lo, hi int) float64 {
	in, n := s.p.model.Net.In(), hi-lo
	x := s.x[lo*in : hi*in]
	if s.rows != nil {
		x = s.xb[:n*in]
		for r, i := range s.rows[lo:hi] {
			copy(x[r*in:(r+1)*in], s.x[i*in:(i+1)*in])
		}
	}
	out := s.tape.ForwardNoisy(s.theta[:s.w], x, n, s.z) // (n × out)
	back := s.tape.OutGrad()
	sum, done := s.allRows(back, out, lo, hi)
	if !done {
		sum = s.eachRow(back, out, lo, hi)
	}
	if s.grad != nil {
		var gv []T
		if s.gradVar != nil {
			gv = s.gradVar[:s.w]
		}
		back := s.tape.Backward
		if lo == s.lo { // the first chunk writes over what is there
			back = s.tape.BackwardOver
		}
		back(s.grad[:s.w], gv, s.theta[:s.w])
	}
	return sum
}

// eachRow returns Σ log p(y_i | f_i, φ) over a chunk of rows with the outputs f, and
// writes scale·∂/∂f over df, for any likelihood.
func (s *shard[T]) eachRow(df, f []T, lo, hi int) (sum float64) {
	o := len(s.f)
	for r := range hi - lo {
		for j, v := range f[r*o : (r+1)*o] {
			s.f[j] = float64(v)
		}
		sum += s.row(rowAt(s.rows, lo+r), s.p.k)
		for j, d := range s.df {
			df[r*o+j] = T(s.scale * d)
		}
	}
	return sum
}

// row returns the log likelihood of row i at the outputs s.f, with its gradients
// in s.df and s.dphi, all times the row's weight.
func (s *shard[T]) row(i, k int) float64 {
	y := s.p.y[i*k : (i+1)*k]
	if s.p.weight == nil {
		return s.lik.LogProb(s.df, s.dphi, s.f, s.phi, y)
	}
	w := s.p.weight[i]
	clear(s.drow)
	lp := w * s.lik.LogProb(s.df, s.drow, s.f, s.phi, y)
	for j := range s.df {
		s.df[j] *= w
	}
	for j, d := range s.drow {
		s.dphi[j] += w * d
	}
	return lp
}
