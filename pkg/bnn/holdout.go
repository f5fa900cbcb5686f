package bnn

import (
	"iter"
	"math"
)

const badHoldOut = "bnn: HoldOut needs rows of the set, each once, and some left to train on"

// HoldOut returns the same problem with some rows set aside: training sees the
// others only, N counts the others only, and methods with a Patience stop when the
// likelihood of the held-out rows no longer improves. It panics unless held lists
// rows of the set, each once, and leaves some. An unusable problem stays unusable.
func (p *Problem) HoldOut(held []int) *Problem {
	if p.err != nil {
		return p
	}
	out := make([]bool, p.set.Len())
	for _, i := range held {
		if i < 0 || i >= len(out) || out[i] {
			panic(badHoldOut)
		}
		out[i] = true
	}
	var train []int
	for i, o := range out {
		if !o {
			train = append(train, i)
		}
	}
	if len(train) == 0 {
		panic(badHoldOut)
	}
	q := p.model.On(p.set.Rows(train))
	if len(held) > 0 {
		q.held = p.model.On(p.set.Rows(held))
	}
	return q
}

// HeldOutScore implements [HeldOut].
func (p *Problem) HeldOutScore(draws iter.Seq[[]float64]) (float64, bool) {
	h := p.held
	if h == nil {
		return 0, false
	}
	return h.meanLogProb(draws), true
}

// meanLogProb returns the mean over rows of log (1/S) Σ_s p(y_i | x_i, θ_s).
func (e *engine[T]) meanLogProb(draws iter.Seq[[]T]) float64 {
	c := e.shard(0)
	n, in, k, o := e.p.set.Len(), e.p.model.Net.In(), e.p.k, len(c.f)
	acc := newMoments(0, n)
	s := 0
	for theta := range draws {
		s++
		for j, v := range theta[e.w:] {
			e.phi[j] = float64(v)
		}
		for lo := 0; lo < n; lo += c.tape.Rows() {
			hi := min(lo+c.tape.Rows(), n)
			out := c.tape.Forward(theta[:e.w], e.x[lo*in:hi*in], hi-lo)
			for i := lo; i < hi; i++ {
				for j, v := range out[(i-lo)*o : (i-lo+1)*o] {
					c.f[j] = float64(v)
				}
				acc.addLog(i, e.lik.LogProb(nil, nil, c.f, e.phi, e.p.y[i*k:(i+1)*k]))
			}
		}
	}
	mean := 0.0
	for i := range n {
		mean += (acc.top[i] + math.Log(acc.sum[i]/float64(s))) / float64(n)
	}
	return mean
}
