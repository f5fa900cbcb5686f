package bnn

import (
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// adam climbs a gradient with Adam (Kingma & Ba, Adam: A Method for Stochastic
// Optimization, 2015).
type adam[T nn.Float] struct {
	t    int
	m, v []T // running mean of g and of g²
}

func newAdam[T nn.Float](dim int) *adam[T] {
	return &adam[T]{m: make([]T, dim), v: make([]T, dim)}
}

// step moves x uphill along g by about rate in each coordinate.
func (a *adam[T]) step(x, g []T, rate float64) {
	const b1, b2, eps = 0.9, 0.999, 1e-8
	a.t++
	c1, c2 := 1-math.Pow(b1, float64(a.t)), 1-math.Pow(b2, float64(a.t))
	r, root := T(rate/c1), T(1/math.Sqrt(c2))
	for i, gi := range g {
		a.m[i] = b1*a.m[i] + (1-b1)*gi
		a.v[i] = b2*a.v[i] + (1-b2)*gi*gi
		x[i] += r * a.m[i] / (T(math.Sqrt(float64(a.v[i])))*root + eps)
	}
}
