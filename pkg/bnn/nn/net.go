package nn

import (
	"fmt"
	"math/rand/v2"
)

// Float is the set of number types a network can be evaluated in.
type Float interface{ float32 | float64 }

// A Net describes a feed-forward network: the width of its input and a list of
// layers. It holds no weights: θ is always an argument. A Net is immutable and
// safe for concurrent use.
type Net struct {
	in     int
	layers []Layer
	widths []int // widths[l] is the input width of layer l; the last entry is the output width
	starts []int // θ[starts[l]:starts[l+1]] are the weights of layer l
}

// A Layer is one step of a network: [Dense], an [Activation] or [Dropout].
type Layer interface {
	// shape returns the output width and the number of weights for an input of width in.
	shape(in int) (out, params int)
}

// Panic texts for callers' mistakes.
const (
	badWidth   = "nn: widths must be at least 1"
	badDropout = "nn: a Dropout layer must be followed directly by a Dense layer"
	badSizes   = "nn: MLP needs at least an input and an output size"
	badTheta   = "nn: θ has the wrong length for this network"
	badBatch   = "nn: the batch does not fit the tape or the input width"
	badProb    = "nn: a dropout probability must be in [0, 1)"
	badRates   = "nn: dropout sites need one probability each, in [0, 1)"
)

// New returns the network that applies the layers in order to inputs of width in.
// It panics if a width is below 1 or a [Dropout] is not directly before a [Dense].
func New(in int, layers ...Layer) Net {
	if in < 1 {
		panic(badWidth)
	}
	n := Net{in: in, layers: append([]Layer(nil), layers...), widths: []int{in}, starts: []int{0}}
	dim := 0
	for i, l := range n.layers {
		if d, ok := l.(Dropout); ok {
			if !(d.P >= 0 && d.P < 1) {
				panic(badProb)
			}
			if i+1 == len(n.layers) {
				panic(badDropout)
			}
			if _, ok := n.layers[i+1].(Dense); !ok {
				panic(badDropout)
			}
		}
		out, params := l.shape(n.widths[i])
		if out < 1 {
			panic(badWidth)
		}
		dim += params
		n.widths, n.starts = append(n.widths, out), append(n.starts, dim)
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

// In returns the input width.
func (n Net) In() int { return n.in }

// Out returns the output width.
func (n Net) Out() int { return n.widths[len(n.widths)-1] }

// Dim returns d = len(θ), the number of weights and biases.
func (n Net) Dim() int { return n.starts[len(n.starts)-1] }

// Layers returns a copy of the list of layers.
func (n Net) Layers() []Layer { return append([]Layer(nil), n.layers...) }

// Init writes starting weights over theta, each layer by its own rule
// (see [Dense]). It panics if len(theta) is not [Net.Dim].
func (n Net) Init(theta []float64, rng *rand.Rand) {
	if len(theta) != n.Dim() {
		panic(badTheta)
	}
	for l, layer := range n.layers {
		if d, ok := layer.(Dense); ok {
			w, b := d.split(theta[n.starts[l]:n.starts[l+1]], n.widths[l])
			d.start().start(w, b, n.widths[l], rng)
		}
	}
}

// A Block is a run of θ that belongs together: the weights or the biases of one
// dense layer.
type Block struct {
	Lo, Hi int  // the block is θ[Lo:Hi]
	FanIn  int  // inputs of each unit of the layer
	Bias   bool // biases rather than weights
	Layer  int  // 0 for the first dense layer, 1 for the second, …
}

// Blocks returns the blocks of θ in order; together they cover θ once.
func (n Net) Blocks() []Block {
	var bs []Block
	k := 0
	for l, layer := range n.layers {
		if d, ok := layer.(Dense); ok {
			lo, hi := n.starts[l], n.starts[l+1]
			bs = append(bs,
				Block{Lo: lo, Hi: hi - d.Out, FanIn: n.widths[l], Layer: k},
				Block{Lo: hi - d.Out, Hi: hi, FanIn: n.widths[l], Bias: true, Layer: k})
			k++
		}
	}
	return bs
}

// String returns the architecture in one line, such as "1 → dense 50, tanh, dropout, dense 1".
func (n Net) String() string {
	s := fmt.Sprintf("%d →", n.in)
	for i, l := range n.layers {
		if i > 0 {
			s += ","
		}
		s += fmt.Sprintf(" %v", l)
	}
	return s
}
