package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// doublesCases are the kernels for float64 that have vectors, and the loops they stand for.
// The results of both have the same bits; only what a NaN carries may differ.
var doublesCases = []struct {
	name          string
	kernel, plain func(dst, a, b []float64)
}{
	{"ReLU", func(dst, a, _ []float64) { ReLU(dst, a) }, func(dst, a, _ []float64) {
		for i, v := range a {
			dst[i] = max(v, 0)
		}
	}},
	{"ReLUBack", ReLUBack[float64], func(dst, a, b []float64) {
		for i := range dst {
			if dst[i] = 0; b[i] > 0 {
				dst[i] = a[i]
			}
		}
	}},
	{"AddToRows", func(dst, a, _ []float64) { AddToRows(dst, a[:row(a)]) }, func(dst, a, _ []float64) {
		for i := range dst {
			dst[i] += a[i%row(a)]
		}
	}},
	{"SumRows", func(dst, a, _ []float64) { SumRows(dst[:row(a)], a) }, func(dst, a, _ []float64) {
		for i, v := range a {
			dst[i%row(a)] += v
		}
	}},
}

// row takes a as a matrix of some rows, and returns their length.
func row(a []float64) int {
	for _, rows := range []int{7, 3, 2} {
		if len(a)%rows == 0 {
			return len(a) / rows
		}
	}
	return len(a)
}

// checkDoubles runs every case on n elements of slices that alloc makes.
func checkDoubles(t *testing.T, rng *rand.Rand, n int, alloc func(n int) []float64) {
	t.Helper()
	special := []float64{0, math.Copysign(0, -1), 1e-310, -1e-310, 1e300, -1e300, math.Inf(1), math.Inf(-1), math.NaN()}
	draw := func(s []float64) []float64 {
		for i := range s {
			if s[i] = rng.NormFloat64(); rng.IntN(4) == 0 {
				s[i] = special[rng.IntN(len(special))]
			}
		}
		return s
	}
	for _, c := range doublesCases {
		dst, a, b := draw(alloc(n)), draw(alloc(n)), draw(alloc(n))
		want := append([]float64(nil), dst...)
		c.plain(want, a, b)
		c.kernel(dst, a, b)
		for i, w := range want {
			if got := dst[i]; math.Float64bits(got) != math.Float64bits(w) && (got == got || w == w) {
				t.Fatalf("%s of %d float64: element %d is %v, want %v", c.name, n, i, got, w)
			}
		}
	}
}

func TestDoubles(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(19, 20))
		for n := range 301 {
			checkDoubles(t, rng, n, func(n int) []float64 { return make([]float64, n) })
		}
	})
}

func BenchmarkDoubles(b *testing.B) {
	const n = 128 * 50
	rng := rand.New(rand.NewPCG(21, 22))
	dst, x, y := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i] = rng.NormFloat64(), rng.NormFloat64()
	}
	perElement(b, "ReLU", n, func() { ReLU(dst, x) })
	perElement(b, "ReLUBack", n, func() { ReLUBack(dst, x, y) })
	perElement(b, "AddToRows", n, func() { AddToRows(dst, x[:50]) })
	perElement(b, "SumRows", n, func() { SumRows(dst[:50], x) })
}
