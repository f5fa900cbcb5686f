package nn

import (
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
)

// Noise is what is random inside one pass. Its zero value is a plain pass.
type Noise[T Float] struct {
	Var  []T        // v_j of q(θ) = Π N(θ_j, v_j): local reparameterisation; nil for none
	Drop float64    // dropout probability, one mask per example; 0 for none, also at sites with their own
	Rand *rand.Rand // needed when Var, Drop or Logits is set; seeds a stream for the pass

	// Logits a_k of the probabilities of the dropout sites, for relaxed masks with a
	// gradient; nil for none. Backward adds ∂L/∂a to GradLogits.
	Logits, GradLogits []T

	stream kernels.Rand // of this pass
	over   bool         // the backward pass writes over gradients
}

// A Tape evaluates a network on up to a fixed number of rows and keeps the
// activations of the last forward pass for the backward pass. It allocates when
// it is made and at its first noisy pass, and never after. It is not safe for
// concurrent use.
type Tape[T Float] struct {
	net    Net
	rows   int // capacity
	sites  int // Dropout layers
	n      int // rows of the last forward pass
	noise  Noise[T]
	frozen []T           // θ of Freeze; nil for none
	masked bool          // it is under a mask
	masks  []unitMask[T] // by layer; for [Tape.FreezeMasked]
	ops    []op[T]
	h, dh  [][]T // h[l] is the (rows × width) input of layer l, h[0] the caller's x; dh[l] = ∂L/∂h[l]
}

// span is θ[lo:hi], a layer's part of θ.
type span struct{ lo, hi int }

// op evaluates one layer. backward adds to grad and gradVar, and overwrites dx
// unless it is nil. Only layers with weights look at the span, at θ and at grad.
type op[T Float] interface {
	forward(z *Noise[T], par span, theta, x, y []T, n int)
	backward(z *Noise[T], par span, grad, gradVar, theta, x, y, dx, dy []T, n int)
}

// NewTape returns a tape for batches of up to rows rows.
func NewTape[T Float](net Net, rows int) *Tape[T] {
	t := &Tape[T]{net: net, rows: rows, h: make([][]T, len(net.shapes)), dh: make([][]T, len(net.shapes))}
	for l, s := range net.shapes {
		switch {
		case l == 0: // nobody asks for ∂L/∂x
		case l > 1 && isActivation(net.layers[l-1]): // works in place: its backward pass needs its output only
			t.h[l], t.dh[l] = t.h[l-1], t.dh[l-1]
		default:
			t.h[l], t.dh[l] = make([]T, rows*s.Len()), make([]T, rows*s.Len())
		}
	}
	for l, layer := range net.layers {
		in := net.shapes[l].Len()
		switch layer := layer.(type) {
		case Dense:
			t.ops = append(t.ops, &dense[T]{in: in, out: layer.Out})
		case Conv:
			t.ops = append(t.ops, newConv[T](layer, net.shapes[l], rows))
		case MaxPool:
			t.ops = append(t.ops, newMaxPool[T](layer, net.shapes[l], rows))
		case Activation:
			t.ops = append(t.ops, &activation[T]{kind: layer, width: in})
		case Dropout:
			t.ops = append(t.ops, &dropout[T]{layer: layer, site: t.sites, width: in, units: net.units(l)})
			t.sites++
		}
	}
	return t
}

// Rows returns the number of rows the tape can hold.
func (t *Tape[T]) Rows() int { return t.rows }

// Forward evaluates f_θ at the n rows of x (n × in) and returns the (n × out)
// outputs, a view that the next call overwrites. Backward reads x again; it must not
// change until then, nor be such a view. It panics if n exceeds the tape's rows or a
// length is wrong.
func (t *Tape[T]) Forward(theta, x []T, n int) []T {
	return t.ForwardNoisy(theta, x, n, Noise[T]{})
}

// ForwardNoisy is [Tape.Forward] with noise inside the pass. Backward then
// differentiates the value at the same noise.
func (t *Tape[T]) ForwardNoisy(theta, x []T, n int, z Noise[T]) []T {
	if n > t.rows || len(x) != n*t.net.In() {
		panic(badBatch)
	}
	if len(theta) != t.net.Dim() || z.Var != nil && len(z.Var) != len(theta) {
		panic(badTheta)
	}
	if len(t.frozen) > 0 && &t.frozen[0] != &theta[0] {
		panic(badFrozen)
	}
	if t.masked && (z.Var != nil || z.Drop > 0 || z.Logits != nil) {
		panic(badMasked)
	}
	if !(z.Drop >= 0 && z.Drop < 1) {
		panic(badProb)
	}
	if z.Logits != nil && (len(z.Logits) != t.sites || len(z.GradLogits) != t.sites) {
		panic(badRates)
	}
	t.n, t.noise = n, z
	if z.Var != nil || z.Drop > 0 || z.Logits != nil {
		t.noise.stream.Seed(z.Rand.Uint64(), z.Rand.Uint64())
	}
	t.h[0] = x
	for l, o := range t.ops {
		if !t.idle(l) {
			o.forward(&t.noise, t.span(l), theta, t.into(t.h, l), t.h[l+1], n)
		}
	}
	return t.h[len(t.ops)][:n*t.net.Out()]
}

// Freeze says that all passes up to the next Freeze are of theta, and that it does not
// change: they need not put its weights in the order that products want, again and again.
// What is made of theta stays the same, bit for bit. A pass of another slice panics.
func (t *Tape[T]) Freeze(theta []T) {
	t.thaw(theta)
	for l, o := range t.ops {
		if o, ok := o.(freezer[T]); ok {
			o.freeze(theta[t.span(l).lo:t.span(l).hi], nil, nil)
		}
	}
}

// A freezer is an op that can put its weights θ in order, under the masks of its inputs
// and of its outputs, or nil.
type freezer[T Float] interface {
	freeze(theta []T, before, after *unitMask[T])
}

// thaw makes the tape that of the whole network again, for passes of theta.
func (t *Tape[T]) thaw(theta []T) {
	if len(theta) != t.net.Dim() {
		panic(badTheta)
	}
	t.frozen, t.masked = theta, false
	for l, o := range t.ops {
		if o, ok := o.(*activation[T]); ok {
			o.width = t.net.shapes[l].Len()
		}
	}
}

// OutGrad returns the (n × out) buffer to fill with ∂L/∂f before [Tape.Backward].
func (t *Tape[T]) OutGrad() []T { return t.dh[len(t.ops)][:t.n*t.net.Out()] }

// Backward adds ∂L/∂θ to grad, given ∂L/∂f in [Tape.OutGrad] and the θ of the
// last forward pass. After a pass with a variance, grad receives ∂L/∂μ and
// gradVar ∂L/∂v; otherwise gradVar may be nil.
func (t *Tape[T]) Backward(grad, gradVar, theta []T) {
	if t.masked {
		panic(badMasked)
	}
	if len(grad) != t.net.Dim() || len(theta) != t.net.Dim() || t.noise.Var != nil && len(gradVar) != t.net.Dim() {
		panic(badTheta)
	}
	for l := len(t.ops) - 1; l >= 0; l-- {
		if !t.idle(l) {
			t.ops[l].backward(&t.noise, t.span(l), grad, gradVar, theta, t.into(t.h, l), t.h[l+1], t.into(t.dh, l), t.dh[l+1], t.n)
		}
	}
}

// BackwardOver is [Tape.Backward] for gradients that hold zeros, or anything else: it
// writes over them.
func (t *Tape[T]) BackwardOver(grad, gradVar, theta []T) {
	t.noise.over = true
	t.Backward(grad, gradVar, theta)
	t.noise.over = false
}

// idle says whether layer l is a Dropout that drops nothing in this pass.
func (t *Tape[T]) idle(l int) bool {
	_, ok := t.net.layers[l].(Dropout)
	return ok && t.noise.Drop == 0 && t.noise.Logits == nil
}

// into returns what goes into layer l, of h or dh: an idle layer before it is passed by.
func (t *Tape[T]) into(h [][]T, l int) []T {
	for l > 0 && t.idle(l-1) {
		l--
	}
	return h[l]
}

func (t *Tape[T]) span(l int) span { return span{t.net.starts[l], t.net.starts[l+1]} }
