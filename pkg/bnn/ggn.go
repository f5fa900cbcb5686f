package bnn

import (
	"fmt"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// jacobian evaluates a network and its derivatives with respect to θ[lo:W], one row
// of x at a time. Layers before lo run forward only.
type jacobian struct {
	cut        int // θ[:cut] are the weights of the body
	width      int // W − lo
	out        int
	body, head *nn.Tape[float64]
	f          []float64 // (O)
	j          []float64 // (O × (W − lo))
}

const badLayer = "bnn: derivatives start at a layer's first weight"

// newJacobian panics unless lo is where a layer's weights start in θ.
func newJacobian(net nn.Net, lo int) *jacobian {
	layers, at := net.Layers(), -1
	for _, b := range net.Blocks() {
		if b.Lo == lo && !b.Bias {
			at = b.At
		}
	}
	if at < 0 {
		panic(badLayer)
	}
	if lo == 0 {
		at = 0 // what comes before the first weights belongs to the head
	} else if _, ok := layers[at-1].(nn.Dropout); ok {
		at-- // a Dropout stays with the layer after it
	}
	body := nn.NewImage(net.InShape(), layers[:at]...)
	head := nn.NewImage(body.OutShape(), layers[at:]...)
	return &jacobian{cut: lo, width: head.Dim(), out: net.Out(), body: nn.NewTape[float64](body, 1), head: nn.NewTape[float64](head, 1),
		f: make([]float64, net.Out()), j: make([]float64, net.Out()*head.Dim())}
}

// at returns f(x) (O) and J = ∂f/∂θ[lo:W] (O × (W − lo)) for one x and the
// network's weights w, by one backward pass an output. Both are valid until the
// next call.
func (a *jacobian) at(w, x []float64) (f, j []float64) {
	h := a.body.Forward(w[:a.cut], x, 1)
	copy(a.f, a.head.Forward(w[a.cut:], h, 1))
	clear(a.j)
	for o := range a.out {
		g := a.head.OutGrad()
		clear(g)
		g[o] = 1
		a.head.Backward(a.j[o*a.width:(o+1)*a.width], nil, w[a.cut:])
	}
	return a.f, a.j
}

// GaussNewton implements [GaussNewton].
func (p *Problem) GaussNewton(cphi, theta []float64, lo int, visit func(j, c []float64)) error {
	p.must()
	lik, ok := p.model.likelihood().(Curved)
	if !ok {
		return fmt.Errorf("bnn: %T offers no curvature; give it the method of Curved", p.model.likelihood())
	}
	a := newJacobian(p.model.Net, lo)
	w, in := p.model.Net.Dim(), p.model.Net.In()
	c, row := make([]float64, a.out*a.out), make([]float64, len(cphi))
	clear(cphi)
	for i := range p.Len() {
		f, j := a.at(theta[:w], p.x[i*in:(i+1)*in])
		clear(row)
		lik.Curvature(c, row, f, theta[w:], p.y[i*p.k:(i+1)*p.k])
		weight := 1.0
		if p.weight != nil {
			weight = p.weight[i]
		}
		for k := range c {
			c[k] *= weight
		}
		for k, v := range row {
			cphi[k] += weight * v
		}
		visit(j, c)
	}
	return nil
}
