package nn

import (
	"fmt"

	"github.com/credence-bnn/credence/internal/kernels"
)

// MaxPool keeps the largest value of every channel in squares of Size × Size pixels,
// which do not overlap: an image H × W × C becomes ⌊H/Size⌋ × ⌊W/Size⌋ × C. Pixels
// beyond the last whole square are left out.
type MaxPool struct{ Size int }

// String names the layer.
func (p MaxPool) String() string { return fmt.Sprintf("max of %d×%d", p.Size, p.Size) }

func (p MaxPool) shape(in Shape) (out Shape, params int) {
	if p.Size < 1 {
		panic(badWidth)
	}
	return Shape{in.H / p.Size, in.W / p.Size, in.C}, 0
}

// maxPool evaluates a MaxPool layer.
type maxPool[T Float] struct {
	from, to Shape
	side     int
	top      []int32 // which value of the input each output is
}

func newMaxPool[T Float](p MaxPool, in Shape, rows int) *maxPool[T] {
	to, _ := p.shape(in)
	return &maxPool[T]{from: in, to: to, side: p.Size, top: make([]int32, rows*to.Len())}
}

func (p *maxPool[T]) forward(_ *Noise[T], _ span, _, x, y []T, n int) {
	out := n * p.to.Len()
	kernels.MaxPool(y[:out], p.top[:out], x[:n*p.from.Len()], kernels.Image(p.from), p.side)
}

func (p *maxPool[T]) backward(_ *Noise[T], _ span, _, _, _, _, _, dx, dy []T, n int) {
	if dx == nil {
		return
	}
	clear(dx[:n*p.from.Len()])
	for i, d := range dy[:n*p.to.Len()] {
		dx[p.top[i]] += d
	}
}
