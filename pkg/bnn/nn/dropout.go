package nn

import "math/rand/v2"

// Dropout marks a place where units may be dropped. It has no rate: the method
// that trains or samples the network brings it. Without one, the layer passes
// its input through. It must stand directly before a [Dense] layer.
type Dropout struct{}

// String names the layer.
func (Dropout) String() string { return "dropout" }

func (Dropout) shape(in int) (out, params int) { return in, 0 }

// dropout evaluates a Dropout layer with one mask per example:
//
//	y_k = z_k x_k,   z_k = 1/(1−p) with probability 1−p, else 0.
type dropout[T Float] struct {
	width int
	z     []T // (rows × width)
}

func (d *dropout[T]) forward(z *Noise[T], _ span, _, x, y []T, n int) {
	x, y = x[:n*d.width], y[:n*d.width]
	if z.Drop == 0 {
		copy(y, x)
		return
	}
	if d.z == nil {
		d.z = make([]T, cap(y))
	}
	keep := T(1 / (1 - z.Drop))
	for i, v := range x {
		d.z[i] = 0
		if z.Rand.Float64() >= z.Drop {
			d.z[i] = keep
		}
		y[i] = v * d.z[i]
	}
}

func (d *dropout[T]) backward(z *Noise[T], _ span, _, _, _, _, _, dx, dy []T, n int) {
	if dx == nil {
		return
	}
	dx, dy = dx[:n*d.width], dy[:n*d.width]
	if z.Drop == 0 {
		copy(dx, dy)
		return
	}
	for i, v := range dy {
		dx[i] = v * d.z[i]
	}
}

// Mask multiplies theta by one random unit mask, in place: at every [Dropout]
// each unit is dropped with probability p, by zeroing the weights that leave it,
// and the weights of the survivors are multiplied by 1/(1−p). One mask makes one
// function draw. It panics if p is not in [0, 1) or len(theta) is not [Net.Dim].
func (n Net) Mask(theta []float64, p float64, rng *rand.Rand) {
	if !(p >= 0 && p < 1) {
		panic(badProb)
	}
	n.eachMasked(theta, func(w []float64, in int) {
		for k := range in {
			z := 0.0
			if rng.Float64() >= p {
				z = 1 / (1 - p)
			}
			for i := k; i < len(w); i += in {
				w[i] *= z
			}
		}
	})
}

// Masked reports for every entry of θ whether [Net.Mask] may zero it.
func (n Net) Masked() []bool {
	mark := make([]float64, n.Dim())
	n.eachMasked(mark, func(w []float64, _ int) {
		for i := range w {
			w[i] = 1
		}
	})
	masked := make([]bool, len(mark))
	for i, v := range mark {
		masked[i] = v == 1
	}
	return masked
}

// eachMasked calls f with the weights W (out × in) of every dense layer that
// follows a Dropout.
func (n Net) eachMasked(theta []float64, f func(w []float64, in int)) {
	if len(theta) != n.Dim() {
		panic(badTheta)
	}
	for l, layer := range n.layers {
		if _, ok := layer.(Dropout); ok {
			d, in := n.layers[l+1].(Dense), n.widths[l+1]
			w, _ := d.split(theta[n.starts[l+1]:n.starts[l+2]], in)
			f(w, in)
		}
	}
}
