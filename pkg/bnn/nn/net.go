package nn

import (
	"fmt"
	"math/rand/v2"
)

// Float is the set of number types a network can be evaluated in.
type Float interface{ float32 | float64 }

// A Net describes a feed-forward network: the shape of its input and a list of
// layers. It holds no weights: θ is always an argument. A Net is immutable and
// safe for concurrent use.
type Net struct {
	layers []Layer
	shapes []Shape // shapes[l] is the input of layer l; the last entry is the output
	starts []int   // θ[starts[l]:starts[l+1]] are the weights of layer l
}

// A Shape is that of one example inside a network: C values at each of H × W places,
// stored place by place, from the top left, row by row. A vector of n values is
// Shape{1, 1, n}.
type Shape struct{ H, W, C int }

// Len returns the number of values, H·W·C.
func (s Shape) Len() int { return s.H * s.W * s.C }

// vector is the shape of n values without places.
func vector(n int) Shape { return Shape{1, 1, n} }

// A Layer is one step of a network: [Dense], [Conv], [MaxPool], an [Activation] or
// [Dropout].
type Layer interface {
	// shape returns the output's shape and the number of weights.
	shape(in Shape) (out Shape, params int)
}

// weighted is a layer with weights, in θ a matrix W (units × fan-in), row by row,
// and then a bias for each unit.
type weighted interface {
	Layer
	size(in Shape) (units, fanIn int)
	starting() Start
}

// Panic texts for callers' mistakes.
const (
	badWidth   = "nn: widths must be at least 1"
	badDropout = "nn: a Dropout layer must be followed directly by a Dense or a Conv layer"
	badImage   = "nn: a Conv or MaxPool layer is larger than the image it gets; NewImage says what the input is"
	badSizes   = "nn: MLP needs at least an input and an output size"
	badTheta   = "nn: θ has the wrong length for this network"
	badFrozen  = "nn: a pass of other θ than the tape was frozen with"
	badMasked  = "nn: a tape frozen under a mask does plain forward passes only"
	badBatch   = "nn: the batch does not fit the tape or the input width"
	badProb    = "nn: a dropout probability must be in [0, 1)"
	badRates   = "nn: dropout sites need one probability each, in [0, 1)"
)

// New returns the network that applies the layers in order to inputs of width in.
// It panics if a width is below 1 or a [Dropout] is not directly before a [Dense]
// or a [Conv].
func New(in int, layers ...Layer) Net { return NewImage(vector(in), layers...) }

// NewImage is [New] for inputs with places, such as grey images of 28 × 28 pixels,
// Shape{28, 28, 1}. It also panics if an image is smaller than a layer's window.
func NewImage(in Shape, layers ...Layer) Net {
	if in.H < 1 || in.W < 1 || in.C < 1 {
		panic(badWidth)
	}
	n := Net{layers: append([]Layer(nil), layers...), shapes: []Shape{in}, starts: []int{0}}
	dim := 0
	for i, l := range n.layers {
		if d, ok := l.(Dropout); ok {
			if !(d.P >= 0 && d.P < 1) {
				panic(badProb)
			}
			if i+1 == len(n.layers) {
				panic(badDropout)
			}
			if _, ok := n.layers[i+1].(weighted); !ok {
				panic(badDropout)
			}
		}
		out, params := l.shape(n.shapes[i])
		if out.H < 1 || out.W < 1 {
			panic(badImage)
		}
		if out.C < 1 {
			panic(badWidth)
		}
		dim += params
		n.shapes, n.starts = append(n.shapes, out), append(n.starts, dim)
	}
	return n
}

// MLP returns the fully connected network with the given sizes, [in, hidden …, out]:
// dense layers with act between them, a linear output, and a place for dropout
// after every hidden layer. Weights start at He's scale √(2/in) under [ReLU] and
// at √(1/in) otherwise; biases at 0. It panics if fewer than two sizes are given.
func MLP(sizes []int, act Activation) Net {
	if len(sizes) < 2 {
		panic(badSizes)
	}
	gain := 1.0
	if act == ReLU {
		gain = 2
	}
	var layers []Layer
	for l, out := range sizes[1:] {
		if l > 0 {
			layers = append(layers, act, Dropout{})
		}
		layers = append(layers, Dense{Out: out, Start: Scaled{Gain: gain}})
	}
	return New(sizes[0], layers...)
}

// In returns the input width, the number of values of one example.
func (n Net) In() int {
	if len(n.shapes) == 0 {
		return 0
	}
	return n.shapes[0].Len()
}

// Out returns the output width.
func (n Net) Out() int { return n.OutShape().Len() }

// InShape returns the shape of the input.
func (n Net) InShape() Shape { return n.shapes[0] }

// OutShape returns the shape of the output.
func (n Net) OutShape() Shape { return n.shapes[len(n.shapes)-1] }

// Widest returns the number of values of one example at the layer that has most of
// them, the input among the layers.
func (n Net) Widest() int {
	most := 0
	for _, s := range n.shapes {
		most = max(most, s.Len())
	}
	return most
}

// Dim returns d = len(θ), the number of weights and biases.
func (n Net) Dim() int { return n.starts[len(n.starts)-1] }

// Products returns how many products of a weight and a value one example costs forward: a
// pass forward and backward costs about three times as many.
func (n Net) Products() int {
	sum := 0
	for l, layer := range n.layers {
		if w, ok := layer.(weighted); ok {
			_, fanIn := w.size(n.shapes[l])
			sum += n.shapes[l+1].Len() * fanIn
		}
	}
	return sum
}

// Layers returns a copy of the list of layers.
func (n Net) Layers() []Layer { return append([]Layer(nil), n.layers...) }

// Init writes starting weights over theta, each layer by its own rule
// (see [Dense]). It panics if len(theta) is not [Net.Dim].
func (n Net) Init(theta []float64, rng *rand.Rand) {
	if len(theta) != n.Dim() {
		panic(badTheta)
	}
	for _, b := range n.Blocks() {
		if !b.Bias {
			units := (b.Hi - b.Lo) / b.FanIn
			n.layers[b.At].(weighted).starting().start(theta[b.Lo:b.Hi], theta[b.Hi:b.Hi+units], b.FanIn, rng)
		}
	}
}

// A Block is a run of θ that belongs together: the weights or the biases of one
// layer.
type Block struct {
	Lo, Hi int  // the block is θ[Lo:Hi]
	FanIn  int  // inputs of each unit of the layer
	Bias   bool // biases rather than weights
	Layer  int  // 0 for the first layer with weights, 1 for the second, …
	At     int  // the layer's place in [Net.Layers]
}

// Blocks returns the blocks of θ in order; together they cover θ once.
func (n Net) Blocks() []Block {
	var bs []Block
	for l, layer := range n.layers {
		if w, ok := layer.(weighted); ok {
			units, fanIn := w.size(n.shapes[l])
			lo, hi, k := n.starts[l], n.starts[l+1], len(bs)/2
			bs = append(bs,
				Block{Lo: lo, Hi: hi - units, FanIn: fanIn, Layer: k, At: l},
				Block{Lo: hi - units, Hi: hi, FanIn: fanIn, Bias: true, Layer: k, At: l})
		}
	}
	return bs
}

// String returns the architecture in one line, such as "1 → dense 50, tanh, dropout, dense 1".
func (n Net) String() string {
	s := fmt.Sprintf("%v →", n.InShape())
	for i, l := range n.layers {
		if i > 0 {
			s += ","
		}
		s += fmt.Sprintf(" %v", l)
	}
	return s
}

// String returns the shape, "28×28×1", or only the number of values of a vector.
func (s Shape) String() string {
	if s.H == 1 && s.W == 1 {
		return fmt.Sprint(s.C)
	}
	return fmt.Sprintf("%d×%d×%d", s.H, s.W, s.C)
}
