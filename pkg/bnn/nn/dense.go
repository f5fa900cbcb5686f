package nn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
)

// Dense is the layer
//
//	out = W x + b,   W (Out × in), b (Out),
//
// which costs 2·in·Out operations a row forward and twice that backward.
// In θ it is W row by row, then b.
type Dense struct {
	Out   int   // units
	Start Start // starting weights; nil means Scaled{Gain: 1}
}

// A Start is a rule for the starting weights of a layer: [Scaled] or [Spread].
type Start interface {
	start(w, b []float64, in int, rng *rand.Rand)
}

// Scaled starts with W_ij ~ N(0, Gain/in) and b = 0. Gain is a variance: 1 keeps
// the scale of the signal through linear units, 2 through rectified ones
// (He et al., Delving Deep into Rectifiers, 2015). 0 means 1.
type Scaled struct{ Gain float64 }

func (s Scaled) start(w, b []float64, in int, rng *rand.Rand) {
	gain := s.Gain
	if gain == 0 {
		gain = 1
	}
	sd := math.Sqrt(gain / float64(in))
	for i := range w {
		w[i] = sd * rng.NormFloat64()
	}
	clear(b)
}

// Spread starts a first layer with its kinks spread over the data: every weight
// w_ij ~ U(−Weight, Weight), and b_i = −Σ_j w_ij u_ij with u_ij ~ U(−Range, Range),
// so that unit i changes sign somewhere within ±Range. With b = 0 every unit
// would change sign at x = 0, and a wave far from 0 is slow to learn.
type Spread struct {
	Weight float64 // largest |w|, in 1/units of x
	Range  float64 // half width of the data, in units of x
}

func (s Spread) start(w, b []float64, in int, rng *rand.Rand) {
	for i := range b {
		b[i] = 0
		for j := range in {
			v := s.Weight * (2*rng.Float64() - 1)
			w[i*in+j] = v
			b[i] -= v * s.Range * (2*rng.Float64() - 1)
		}
	}
}

// String names the layer.
func (d Dense) String() string { return fmt.Sprintf("dense %d", d.Out) }

func (d Dense) shape(in Shape) (out Shape, params int) {
	return vector(d.Out), d.Out * (in.Len() + 1)
}

func (d Dense) size(in Shape) (units, fanIn int) { return d.Out, in.Len() }

func (d Dense) starting() Start { return startOr(d.Start) }

// startOr returns the rule, or the default for nil.
func startOr(s Start) Start {
	if s == nil {
		return Scaled{}
	}
	return s
}

// dense evaluates a Dense layer. With a variance in the noise it draws the
// pre-activations instead of the weights (local reparameterisation, Kingma,
// Salimans & Welling 2015): for θ ~ N(μ, v),
//
//	out = M x + b + √s ⊙ ε,   s = V x² + v_b,   ε ~ N(0, I) for every row.
type dense[T Float] struct {
	in, out      int
	frozen       *kernels.Packed[T] // the weights, after Tape.Freeze
	bias         []T                // and the biases
	mw, mb       []T                // room for both under a mask
	x2, sd, ε, g []T                // (rows × in), (rows × out) …; made at the first noisy pass
}

func (d *dense[T]) forward(z *Noise[T], par span, theta, x, out []T, n int) {
	w, b := theta[par.lo:par.lo+d.out*d.in], theta[par.lo+d.out*d.in:par.hi]
	if d.frozen != nil {
		kernels.AffinePacked(out, x, d.frozen, d.bias, n)
	} else {
		kernels.Affine(out, x, w, b, n, d.out, d.in) // (n × out) = (n × in)·(out × in)ᵀ + b
	}
	if z.Var == nil {
		return
	}
	d.grow(len(out) / d.out)
	v, vb := z.Var[par.lo:par.lo+d.out*d.in], z.Var[par.lo+d.out*d.in:par.hi]
	x2, s := d.x2[:n*d.in], d.sd[:n*d.out]
	kernels.Square(x2, x[:n*d.in])
	kernels.Affine(s, x2, v, vb, n, d.out, d.in)
	ε := d.ε[:n*d.out]
	kernels.Noise(&z.stream, ε)
	kernels.Local(out[:n*d.out], s, ε) // out += √s ⊙ ε, and s becomes √s
}

func (d *dense[T]) backward(z *Noise[T], par span, grad, gradVar, theta, x, _, dx, dout []T, n int) {
	nw := d.out * d.in
	w := theta[par.lo : par.lo+nw]
	d.weights(z.over, grad[par.lo:par.hi], dout, x, n)
	if dx != nil {
		kernels.SetAB(dx, dout, w, n, d.in, d.out) // (n × in) = (n × out)·(out × in)
	}
	if z.Var == nil {
		return
	}
	g := d.g[:n*d.out] // ∂L/∂s = ∂L/∂out · ε / (2 √s)
	kernels.LocalBack(g, dout[:n*d.out], d.ε[:n*d.out], d.sd[:n*d.out])
	d.weights(z.over, gradVar[par.lo:par.hi], g, d.x2, n)
	if dx == nil {
		return
	}
	v, t := z.Var[par.lo:par.lo+nw], d.x2[:n*d.in] // x² is not needed any more
	kernels.SetAB(t, g, v, n, d.in, d.out)
	kernels.AddTwice(dx[:n*d.in], x[:n*d.in], t)
}

// weights adds ∂L/∂W and ∂L/∂b to grad, or writes over it.
func (d *dense[T]) weights(over bool, grad, dout, x []T, n int) {
	w, b := grad[:d.out*d.in], grad[d.out*d.in:]
	if over {
		kernels.SetAtB(w, dout, x, d.out, d.in, n) // (out × in) = (n × out)ᵀ·(n × in)
		clear(b)
	} else {
		kernels.MulAtB(w, dout, x, d.out, d.in, n)
	}
	kernels.SumRows(b, dout[:n*d.out])
}

// grow makes the buffers of the noisy pass, for so many rows, once.
func (d *dense[T]) grow(rows int) {
	if d.x2 == nil {
		d.x2 = make([]T, rows*d.in)
		d.sd, d.ε, d.g = make([]T, rows*d.out), make([]T, rows*d.out), make([]T, rows*d.out)
	}
}
