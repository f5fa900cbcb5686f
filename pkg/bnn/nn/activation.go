package nn

import "math"

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
		for i, v := range x {
			y[i] = max(v, 0)
		}
	case Tanh:
		for i, v := range x {
			y[i] = T(math.Tanh(float64(v)))
		}
	case Sigmoid:
		for i, v := range x {
			y[i] = T(1 / (1 + math.Exp(-float64(v))))
		}
	case Softplus:
		for i, v := range x {
			f := float64(v)
			y[i] = T(max(f, 0) + math.Log1p(math.Exp(-math.Abs(f))))
		}
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
		for i, v := range y {
			dx[i] = 0
			if v > 0 {
				dx[i] = dy[i]
			}
		}
	case Tanh:
		for i, v := range y {
			dx[i] = dy[i] * (1 - v*v)
		}
	case Sigmoid:
		for i, v := range y {
			dx[i] = dy[i] * v * (1 - v)
		}
	case Softplus: // σ(x) = 1 − e^{−y}
		for i, v := range y {
			dx[i] = dy[i] * T(-math.Expm1(-float64(v)))
		}
	}
}
