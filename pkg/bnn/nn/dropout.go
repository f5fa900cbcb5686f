package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/internal/kernels"
)

// Dropout marks a place where units may be dropped: a site. Without noise in the
// pass it passes its input through. It must stand directly before a [Dense] layer,
// whose inputs are the units, or a [Conv], whose input channels are.
type Dropout struct {
	P float64 // probability of dropping a unit here, in (0, 1); 0 means that of the method
}

// String names the layer.
func (d Dropout) String() string {
	if d.P > 0 {
		return fmt.Sprintf("dropout %.3g", d.P)
	}
	return "dropout"
}

func (d Dropout) shape(in Shape) (out Shape, params int) { return in, 0 }

// units returns how many units the Dropout at place l of the layers may drop: all
// values before a Dense, channels before a Conv. In the weights W of that layer, as
// in the values of an example, unit k has the entries k, k + units, k + 2·units, …
func (n Net) units(l int) int {
	if _, ok := n.layers[l+1].(Conv); ok {
		return n.shapes[l].C
	}
	return n.shapes[l].Len()
}

// rate returns the site's probability, given the method's.
func (d Dropout) rate(p float64) float64 {
	if d.P > 0 {
		return d.P
	}
	return p
}

// concreteTemperature is how soft a relaxed mask is; 0.1 as in Gal, Hron & Kendall.
const concreteTemperature = 0.1

// dropout evaluates a Dropout layer with one mask per example,
//
//	y_k = z_k x_k,   z_k = 1/(1−p) with probability 1−p, else 0.
//
// With logits a it relaxes the mask so that p = 1/(1+e^{−a}) has a gradient
// (Gal, Hron & Kendall, Concrete Dropout, 2017): with u ~ U(0, 1),
//
//	z_k = (1 − s_k)/(1−p),   s_k = sigmoid((a + log u − log(1−u))/0.1).
type dropout[T Float] struct {
	layer Dropout
	site  int // which Dropout of the network, counted from 0
	width int
	units int // of an example; each has width/units values
	z, dz []T // (rows × width): the mask, and ∂z/∂a under logits
}

func (d *dropout[T]) forward(z *Noise[T], _ span, _, x, y []T, n int) {
	x, y = x[:n*d.width], y[:n*d.width]
	if d.z == nil {
		d.z, d.dz = make([]T, cap(y)), make([]T, cap(y))
	}
	if z.Logits != nil {
		d.relax(float64(z.Logits[d.site]), &z.stream, n*d.units)
		d.spread(d.dz, n)
	} else {
		p := d.layer.rate(z.Drop)
		kernels.Masks(&z.stream, d.z[:n*d.units], p, 1/(1-p))
	}
	d.spread(d.z, n)
	kernels.Mul(y, x, d.z[:len(x)])
}

// spread turns masks (n × units) into (n × width): every place of an example has its units.
func (d *dropout[T]) spread(m []T, n int) {
	for r := n - 1; r >= 0 && d.units < d.width; r-- { // from the end: the places of example r lie beyond its units
		for at := (r+1)*d.width - d.units; at >= r*d.width; at -= d.units {
			copy(m[at:at+d.units], m[r*d.units:(r+1)*d.units])
		}
	}
}

// relax draws n entries of the relaxed mask and of its derivative.
func (d *dropout[T]) relax(a float64, rng *kernels.Rand, n int) {
	odds := T(math.Exp(a)) // p/(1−p), so 1/(1−p) = 1 + odds
	z, dz := d.z[:n], d.dz[:n]
	kernels.Uniforms(rng, z) // u
	for i, u := range z {
		dz[i] = 1 - u
	}
	kernels.Log(z, z)
	kernels.Log(dz, dz)
	for i, l := range dz {
		z[i] = (T(a) + z[i] - l) / concreteTemperature
	}
	kernels.Sigmoid(z, z) // s
	for i, s := range z {
		z[i] = (1 - s) * (1 + odds)
		dz[i] = -s*(1-s)/concreteTemperature*(1+odds) + (1-s)*odds
	}
}

func (d *dropout[T]) backward(z *Noise[T], _ span, _, _, _, x, _, dx, dy []T, n int) {
	dy = dy[:n*d.width]
	if z.Logits != nil {
		sum := 0.0
		for i, v := range dy {
			sum += float64(v * x[i] * d.dz[i])
		}
		z.GradLogits[d.site] += T(sum)
	}
	if dx == nil {
		return
	}
	kernels.Mul(dx[:n*d.width], dy, d.z[:len(dy)])
}

// Mask multiplies theta by one random unit mask, in place: at every [Dropout]
// each unit is dropped with the site's probability or else p, by zeroing the
// weights that leave it, and the weights of the survivors are divided by the
// probability of surviving. One mask makes one function draw. p = 0 drops nothing
// anywhere. It panics if p is not in [0, 1) or len(theta) is not [Net.Dim].
func (n Net) Mask(theta []float64, p float64, rng *rand.Rand) {
	if !(p >= 0 && p < 1) {
		panic(badProb)
	}
	if p == 0 {
		return
	}
	if len(theta) != n.Dim() {
		panic(badTheta)
	}
	for l := range n.layers {
		s, ok := n.site(l)
		if !ok {
			continue
		}
		p := Dropout{s.P}.rate(p)
		w := theta[s.Lo:s.Hi]
		for k := range s.Units {
			z := 0.0
			if rng.Float64() >= p {
				z = 1 / (1 - p)
			}
			for i := k; i < len(w); i += s.Units {
				w[i] *= z
			}
		}
	}
}

// MaskMoment returns E[z_j²] for every entry of θ under [Net.Mask]: 1/(1−p) where a
// site with probability p may zero it, and 1 elsewhere.
func (n Net) MaskMoment(p float64) []float64 {
	m := slices.Repeat([]float64{1}, n.Dim())
	if p > 0 {
		for _, s := range n.Sites() {
			for j := s.Lo; j < s.Hi; j++ {
				m[j] = 1 / (1 - Dropout{s.P}.rate(p))
			}
		}
	}
	return m
}
