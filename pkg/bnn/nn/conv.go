package nn

import (
	"fmt"

	"github.com/credence-bnn/credence/internal/kernels"
)

// Conv is the convolution of an image (H × W × C) with Out filters of Size × Size
// pixels, at every place where the whole filter fits,
//
//	out_{r,c,o} = b_o + Σ_{i,j,k} W_{o,(i,j,k)} x_{r+i,c+j,k},
//
// which makes an image (H−Size+1) × (W−Size+1) × Out and costs 2·Size²·C·Out
// operations a place forward and twice that backward. In θ it is W (Out × Size²·C),
// filter by filter, then b.
//
// A [Dropout] before it drops whole channels: the weights that leave one are the
// same at every place, so that dropping them is a draw of θ. Under a variance
// ([Noise]) the outputs at all places get noise of their own, although they share
// weights: their variances are those under q(θ), their covariances are not (as
// in Molchanov, Ashukha & Vetrov, Variational Dropout Sparsifies Deep Neural
// Networks, 2017).
type Conv struct {
	Out   int   // filters
	Size  int   // height and width of a filter, in pixels
	Start Start // starting weights; nil means Scaled{Gain: 1}
}

// String names the layer.
func (c Conv) String() string { return fmt.Sprintf("conv %d of %d×%d", c.Out, c.Size, c.Size) }

func (c Conv) shape(in Shape) (out Shape, params int) {
	if c.Size < 1 {
		panic(badWidth)
	}
	units, fanIn := c.size(in)
	return Shape{in.H - c.Size + 1, in.W - c.Size + 1, units}, units * (fanIn + 1)
}

func (c Conv) size(in Shape) (units, fanIn int) { return c.Out, c.Size * c.Size * in.C }

func (c Conv) starting() Start { return startOr(c.Start) }

// conv evaluates a Conv layer: it lays out the patch of the image under every place
// of the filter as one row, and then it is a dense layer with n·H'·W' rows.
type conv[T Float] struct {
	dense[T]
	from, to          Shape
	kernel            int
	patches, dpatches []T // (rows·H'·W' × Size²·C)
}

func newConv[T Float](c Conv, in Shape, rows int) *conv[T] {
	units, fanIn := c.size(in)
	to, _ := c.shape(in)
	return &conv[T]{dense: dense[T]{in: fanIn, out: units}, from: in, to: to, kernel: c.Size,
		patches: make([]T, rows*to.H*to.W*fanIn)}
}

func (c *conv[T]) forward(z *Noise[T], par span, theta, x, y []T, n int) {
	rows := n * c.to.H * c.to.W
	kernels.Patches(c.patches[:rows*c.in], x[:n*c.from.Len()], kernels.Image(c.from), c.kernel)
	c.dense.forward(z, par, theta, c.patches, y, rows)
}

func (c *conv[T]) backward(z *Noise[T], par span, grad, gradVar, theta, _, y, dx, dy []T, n int) {
	rows := n * c.to.H * c.to.W
	if dx == nil {
		c.dense.backward(z, par, grad, gradVar, theta, c.patches, y, nil, dy, rows)
		return
	}
	if c.dpatches == nil {
		c.dpatches = make([]T, len(c.patches))
	}
	c.dense.backward(z, par, grad, gradVar, theta, c.patches, y, c.dpatches, dy, rows)
	dx = dx[:n*c.from.Len()]
	clear(dx)
	kernels.AddPatches(dx, c.dpatches[:rows*c.in], kernels.Image(c.from), c.kernel)
}
