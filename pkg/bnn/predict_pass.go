package bnn

import (
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// passes is what the passes of all draws share: the part of the network that differs
// between draws, and its input. That is the whole network and x, but for [Dropped],
// where all that comes before the first Dropout layer is the same in every draw.
// Passes are in float32; what is made of their outputs is float64.
type passes struct {
	net   nn.Net
	x     []float32 // (N × in)
	drops *Dropped  // whose masks net draws; nil for none
	theta []float32 // the weights of net under those masks
}

// mostShared is up to how many numbers of one layer are kept for all rows.
const mostShared = 1 << 26

// newPasses prepares passes of m at the n rows of x, for draws from p.
func newPasses(m *Model, p Posterior, x []float64, n int) *passes {
	c := &passes{net: m.Net, x: narrow(make([]float32, len(x)), x)}
	q, ok := p.(*Dropped)
	if !ok || q.Net.Dim() != m.Net.Dim() || len(q.Theta) < m.Net.Dim() || q.P == 0 {
		return c
	}
	c.drops, c.net, c.theta = q, q.Net, narrow(make([]float32, q.Net.Dim()), q.Theta[:q.Net.Dim()])
	layers := q.Net.Layers()
	at := 0
	for at < len(layers) {
		if _, ok := layers[at].(nn.Dropout); ok {
			break
		}
		at++
	}
	if at > 0 && at < len(layers) {
		body := nn.NewImage(q.Net.InShape(), layers[:at]...)
		if width := body.Out(); n*width <= mostShared {
			cut := body.Dim()
			c.net, c.x = nn.NewImage(body.OutShape(), layers[at:]...), throughAll(body, c.theta[:cut], c.x, n)
			c.theta = c.theta[cut:]
		}
	}
	return c
}

// throughAll returns the outputs of net at all n rows of x.
func throughAll(net nn.Net, w, x []float32, n int) []float32 {
	tape := nn.NewTape[float32](net, min(chunkOf(net.Widest()), n))
	tape.Freeze(w)
	out := make([]float32, 0, n*net.Out())
	for lo := 0; lo < n; lo += tape.Rows() {
		hi := min(lo+tape.Rows(), n)
		out = append(out, tape.Forward(w, x[lo*net.In():hi*net.In()], hi-lo)...)
	}
	return out
}

// A passer evaluates draws, one at a time, with scratch space of its own.
type passer struct {
	*passes
	tape *nn.Tape[float32]
	w    []float32 // of the current draw
	mask rand.PCG  // seeds the masks of the current draw
	rng  *rand.Rand
}

func newPasser(c *passes, n int) *passer {
	p := &passer{passes: c, tape: nn.NewTape[float32](c.net, min(chunkOf(c.net.Widest()), n)), w: c.theta}
	if c.drops == nil {
		p.w = make([]float32, c.net.Dim())
	}
	p.rng = rand.New(&p.mask)
	return p
}

// begin starts a draw of θ.
func (p *passer) begin(theta []float64) { p.tape.Freeze(narrow(p.w, theta[:len(p.w)])) }

// beginMask starts a draw of masks.
func (p *passer) beginMask(rng *rand.Rand) {
	p.mask.Seed(rng.Uint64(), rng.Uint64())
	p.tape.FreezeMasked(p.w, p.drops.P, p.rng)
}

// rows returns the outputs at rows lo … hi−1, at most as many as the tape has.
func (p *passer) rows(lo, hi int) []float32 {
	in := p.net.In()
	return p.tape.Forward(p.w, p.x[lo*in:hi*in], hi-lo)
}
