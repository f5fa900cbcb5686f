package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// awkward fills s with numbers of all sizes, among them zeros, denormals, infinities and
// NaN.
func awkward(rng *rand.Rand, s []float32) []float32 {
	special := []float64{0, math.Copysign(0, -1), 1e-42, -1e-40, 0x1p-126, 1e38, -1e38, math.Inf(1), math.Inf(-1), math.NaN()}
	for i := range s {
		switch rng.IntN(8) {
		case 0:
			s[i] = float32(special[rng.IntN(len(special))])
		case 1:
			s[i] = float32(math.Exp(40 * rng.NormFloat64()))
		default:
			s[i] = float32(rng.NormFloat64())
		}
	}
	return s
}

// everyVecKernel calls each with vectors of n elements that draw makes, and gives what
// they write and return to keep.
func everyVecKernel(n int, draw func(n int) []float32, keep func(name string, x []float32, sums ...float64)) {
	three := func(name string, f func(dst, a, b []float32)) {
		dst, a, b := draw(n), draw(n), draw(n)
		f(dst, a, b)
		keep(name, dst)
		keep(name, a)
	}
	for _, e := range elementary {
		three(e.name, func(dst, a, _ []float32) { e.kernel(dst, a) })
	}
	three("Mul", Mul[float32])
	three("Scale", func(dst, a, _ []float32) { Scale(dst, a, 0.3) })
	three("Add", func(dst, a, _ []float32) { Add(dst, a) })
	three("AddTwice", AddTwice[float32])
	three("ReLUBack", ReLUBack[float32])
	three("TanhBack", TanhBack[float32])
	three("SigmoidBack", SigmoidBack[float32])
	three("SoftplusBack", SoftplusBack[float32])
	three("Local", Local[float32])
	three("LocalBack", func(ds, dout, eps []float32) { LocalBack(ds, dout, eps, draw(n)) })
	three("Residuals", func(df, f, y []float32) { keep("Residuals", nil, Residuals(df, f, y, 0.7)) })
	if n > 0 {
		three("AddToRows", func(row, _, _ []float32) { m := draw(3 * n); AddToRows(m, row); keep("AddToRows", m) })
		three("MulRows", func(row, _, _ []float32) { m, y := draw(3*n), draw(3*n); MulRows(y, m, row); keep("MulRows", y) })
		three("SumRows", func(row, _, _ []float32) { SumRows(row, draw(3*n)) })
	}
	a := draw(n)
	mean, variance := MeanVar(a)
	keep("sums", nil, Sum(a), Dot(a, draw(n)), mean, variance)

	step := AdamAt(7, 0.1)
	x, g, m, v := draw(n), draw(n), draw(n), draw(n)
	Adam(x, g, m, v, step)
	keep("Adam", x)
	keep("Adam", m)
	keep("Adam", v)
	keep("AdamDecay", x, AdamDecay(x, g, m, v, Normal{0.3, 0.7}, 1.25, step))

	q := Factors[float32]{draw(n), draw(n), draw(n), draw(n), draw(n), draw(n)}
	s, w := draw(n), draw(n)
	q.Spread(s, w)
	keep("Spread", s)
	keep("Spread", w)
	q.Draw(s, w, stream(8, uint64(n)))
	keep("Draw", s)
	keep("StepVar", nil, q.StepVar(s, w, Normal{0.3, 0.7}, 0.6, step))
	keep("StepDraw", nil, q.StepDraw(s, w, Normal{0.3, 0.7}, 0.6, step))
	for _, part := range [][]float32{q.Mu, q.Rho, q.MMu, q.VMu, q.MRho, q.VRho} {
		keep("steps", part)
	}

	r := stream(9, uint64(n))
	for range 2 {
		Normals(r, s)
		keep("Normals", s)
		Masks(r, s, 0.3, 2)
		keep("Masks", s)
		Uniforms(r, s)
		keep("Uniforms", s)
	}

	for size := range 4 {
		size++
		image := Image{H: 6, W: 5 + n%7, C: 1 + n%21}
		x, dx := draw(2*image.Len()), draw(2*image.Len())
		patches := draw(2 * (image.H - size + 1) * (image.W - size + 1) * size * size * image.C)
		AddPatches(dx, patches, image, size)
		Patches(patches, x, image, size)
		y := draw(2 * (image.H / size) * (image.W / size) * image.C)
		MaxPool(y, make([]int32, len(y)), x, image, size)
		keep("AddPatches", dx)
		keep("Patches", patches)
		keep("MaxPool", y)
	}
}

// TestVectorLevelsGiveTheSameBits: AVX-512 does what AVX2 does, in the same order, so
// that what is trained on one machine can be repeated on the other bit for bit.
func TestVectorLevelsGiveTheSameBits(t *testing.T) {
	if Supported() < AVX512 {
		t.Skip("needs both vector levels")
	}
	defer func(l Level) { active = l }(active)
	for _, fill := range []func(*rand.Rand, []float32) []float32{random, awkward} {
		for n := range 140 {
			n := n + n/100*(n-100)*25 // all up to 100, then some of up to 1,114
			type result struct {
				name string
				x    []float32
				sums []float64
			}
			var first []result
			active = AVX2
			rng := rand.New(rand.NewPCG(uint64(n), 17))
			draw := func(n int) []float32 { return fill(rng, make([]float32, n)) }
			everyVecKernel(n, draw, func(name string, x []float32, sums ...float64) {
				first = append(first, result{name, append([]float32(nil), x...), sums})
			})
			active = AVX512
			rng = rand.New(rand.NewPCG(uint64(n), 17))
			everyVecKernel(n, draw, func(name string, x []float32, sums ...float64) {
				want := first[0]
				first = first[1:]
				for i, v := range x {
					if w := want.x[i]; math.Float32bits(v) != math.Float32bits(w) && (v == v || w == w) {
						t.Fatalf("%s of %d elements: element %d is %v, in AVX2 %v", name, n, i, v, w)
					}
				}
				for i, v := range sums {
					if w := want.sums[i]; math.Float64bits(v) != math.Float64bits(w) && (v == v || w == w) {
						t.Fatalf("%s of %d elements: sum %d is %v, in AVX2 %v", name, n, i, v, w)
					}
				}
			})
		}
	}
	everyFloat(func(x, dst []float32) {
		other := make([]float32, len(dst))
		for _, e := range elementary {
			active = AVX2
			e.kernel(dst, x)
			active = AVX512
			e.kernel(other, x)
			for i, v := range other {
				if w := dst[i]; math.Float32bits(v) != math.Float32bits(w) && (v == v || w == w) {
					t.Fatalf("%s of %v: %v, in AVX2 %v", e.name, x[i], v, w)
				}
			}
		}
	})
}
