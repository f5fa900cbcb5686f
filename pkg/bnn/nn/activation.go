package nn

import "github.com/credence-bnn/credence/internal/kernels"

// An Activation is an elementwise layer without weights.
type Activation int

// The activations. Softplus(x) = log(1 + eˣ) is a smooth ReLU.
const (
	Identity Activation = iota
	ReLU
	Tanh
	Sigmoid
	Softplus
)

var activationNames = [...]string{"identity", "relu", "tanh", "sigmoid", "softplus"}

// String returns the name of the activation, such as "tanh".
func (a Activation) String() string { return activationNames[a] }

func (a Activation) shape(in Shape) (out Shape, params int) { return in, 0 }

func isActivation(l Layer) bool { _, ok := l.(Activation); return ok }

// activation evaluates an Activation. The derivative is written in terms of the
// output y, which the tape has at hand.
type activation[T Float] struct {
	kind  Activation
	width int
}

func (a *activation[T]) forward(_ *Noise[T], _ span, _, x, y []T, n int) {
	x, y = x[:n*a.width], y[:n*a.width]
	switch a.kind {
	case Identity:
		copy(y, x)
	case ReLU:
		kernels.ReLU(y, x)
	case Tanh:
		kernels.Tanh(y, x)
	case Sigmoid:
		kernels.Sigmoid(y, x)
	case Softplus:
		kernels.Softplus(y, x)
	}
}

func (a *activation[T]) backward(_ *Noise[T], _ span, _, _, _, _, y, dx, dy []T, n int) {
	if dx == nil {
		return
	}
	dx, dy, y = dx[:n*a.width], dy[:n*a.width], y[:n*a.width]
	switch a.kind {
	case Identity:
		copy(dx, dy)
	case ReLU:
		kernels.ReLUBack(dx, dy, y)
	case Tanh:
		kernels.TanhBack(dx, dy, y)
	case Sigmoid:
		kernels.SigmoidBack(dx, dy, y)
	case Softplus: // σ(x) = 1 − e^{−y}
		kernels.SoftplusBack(dx, dy, y)
	}
}
