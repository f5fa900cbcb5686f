package data

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

const badSyntheticRows = "data: a synthetic set needs at least 1 row and no negative noise"

// Blundell returns n points of the toy curve of "Weight Uncertainty in Neural
// Networks", with the noise inside the sines as well as outside:
//
//	x ~ U(0, 0.5),   ε ~ N(0, 0.02²)
//	y = x + 0.3 sin(2π(x + ε)) + 0.3 sin(4π(x + ε)) + ε
//
// So the spread of y about the curve differs along x: it follows the slope. The
// paper writes N(0, 0.02) and does not say whether 0.02 is a standard deviation or
// a variance; here, as in the common reproductions, it is the standard deviation.
// Blundell panics if n < 1.
//
// Reference: Blundell, Cornebise, Kavukcuoglu and Wierstra, ICML 2015, arXiv:1505.05424.
func Blundell(n int, rng *rand.Rand) *Set {
	if n < 1 {
		panic(badSyntheticRows)
	}
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		eps := 0.02 * rng.NormFloat64()
		x[i] = 0.5 * rng.Float64()
		y[i] = x[i] + 0.3*math.Sin(2*math.Pi*(x[i]+eps)) + 0.3*math.Sin(4*math.Pi*(x[i]+eps)) + eps
	}
	return New("Blundell's curve", x, y)
}

// GapSine returns n points of a wave seen in two stretches, with nothing between
// them: half (rounded down) on the left, the rest on the right,
//
//	x ~ U(−1, −0.7)  or  U(0.5, 1),   y = cos(4x + 0.8) + 0.1 ε,   ε ~ N(0, 1)
//
// The question it asks of a method: is the doubt in the gap larger than on the data?
// GapSine panics if n < 1.
//
// Reference: Foong, Burt, Li and Turner, NeurIPS 2020, arXiv:1909.00719.
func GapSine(n int, rng *rand.Rand) *Set {
	if n < 1 {
		panic(badSyntheticRows)
	}
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		lo, width := -1.0, 0.3
		if i >= n/2 {
			lo, width = 0.5, 0.5
		}
		x[i] = lo + width*rng.Float64()
		y[i] = math.Cos(4*x[i]+0.8) + 0.1*rng.NormFloat64()
	}
	return New("gap sine", x, y)
}

// TwoMoons returns n points of two interleaved half circles, half (rounded down) of
// class 0 and the rest of class 1, around
//
//	class 0: (cos a, sin a),   class 1: (1 − cos a, ½ − sin a),   a ~ U(0, π),
//
// with N(0, noise²) added to both coordinates. It panics if n < 1 or noise is
// negative.
func TwoMoons(n int, noise float64, rng *rand.Rand) *Set {
	if n < 1 || !(noise >= 0) {
		panic(badSyntheticRows)
	}
	x, y := mat.NewDense(n, 2, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		a := math.Pi * rng.Float64()
		u, v := math.Cos(a), math.Sin(a)
		if i >= n/2 {
			u, v = 1-u, 0.5-v
			y.Set(i, 0, 1)
		}
		x.SetRow(i, []float64{u + noise*rng.NormFloat64(), v + noise*rng.NormFloat64()})
	}
	return &Set{Name: "two moons", X: x, Y: y}
}
