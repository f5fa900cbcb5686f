package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// naive adds op(A) op(B) to C by the definition.
func naive(c []float64, m, n, k int, a, b func(i, j int) float64) {
	for i := range m {
		for j := range n {
			for l := range k {
				c[i*n+j] += a(i, l) * b(l, j)
			}
		}
	}
}

func TestProductsAgreeWithTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		m, n, k := 1+rng.IntN(130), 1+rng.IntN(400), 1+rng.IntN(70)
		a, b, c0 := fill[float64](rng, m*k), fill[float64](rng, k*n), fill[float64](rng, m*n)
		for name, f := range map[string]struct {
			mul    func(c, a, b []float64, m, n, k int)
			mul32  func(c, a, b []float32, m, n, k int)
			ai, bi func(i, j int) int
		}{
			"ABt": {MulABt[float64], MulABt[float32], func(i, l int) int { return i*k + l }, func(l, j int) int { return j*k + l }},
			"AB":  {MulAB[float64], MulAB[float32], func(i, l int) int { return i*k + l }, func(l, j int) int { return l*n + j }},
			"AtB": {MulAtB[float64], MulAtB[float32], func(i, l int) int { return l*m + i }, func(l, j int) int { return l*n + j }},
		} {
			want, got := append([]float64(nil), c0...), append([]float64(nil), c0...)
			naive(want, m, n, k, func(i, l int) float64 { return a[f.ai(i, l)] }, func(l, j int) float64 { return b[f.bi(l, j)] })
			f.mul(got, a, b, m, n, k)
			got32 := narrow(c0)
			f.mul32(got32, narrow(a), narrow(b), m, n, k)
			for i := range want {
				if !(math.Abs(got[i]-want[i]) <= 1e-12*(1+float64(k))) {
					t.Fatalf("%s %d×%d×%d: c[%d] = %v, want %v", name, m, n, k, i, got[i], want[i])
				}
				if !(math.Abs(float64(got32[i])-want[i]) <= 1e-5*(1+float64(k))) {
					t.Fatalf("%s %d×%d×%d: float32 c[%d] = %v, want %v", name, m, n, k, i, got32[i], want[i])
				}
			}
		}
	}
}

func TestProductsDoNotAllocate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const m, n, k = 128, 400, 400 // large enough that gonum alone would start goroutines
	a, b, c := fill[float64](rng, m*k), fill[float64](rng, k*n), make([]float64, m*n)
	a32, b32, c32 := narrow(a), narrow(b), narrow(c)
	if got := testing.AllocsPerRun(2, func() { MulABt(c, a, b, m, n, k); MulABt(c32, a32, b32, m, n, k) }); got != 0 {
		t.Errorf("%v allocations a product, want 0", got)
	}
}

func fill[T Float](rng *rand.Rand, n int) []T {
	v := make([]T, n)
	for i := range v {
		v[i] = T(rng.NormFloat64())
	}
	return v
}

func narrow(v []float64) []float32 {
	w := make([]float32, len(v))
	for i := range v {
		w[i] = float32(v[i])
	}
	return w
}

func BenchmarkMul(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	x, w, y := fill[float64](rng, 272*128), fill[float64](rng, 128*128), make([]float64, 272*128)
	x32, w32, y32 := narrow(x), narrow(w), narrow(y)
	rate := func(b *testing.B) {
		b.ReportMetric(2*272*128*128*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
	}
	b.Run("ABt/f64", func(b *testing.B) {
		for b.Loop() {
			MulABt(y, x, w, 272, 128, 128)
		}
		rate(b)
	})
	b.Run("AB/f64", func(b *testing.B) {
		for b.Loop() {
			MulAB(y, x, w, 272, 128, 128)
		}
		rate(b)
	})
	b.Run("AtB/f64", func(b *testing.B) {
		for b.Loop() {
			MulAtB(w, x, y, 128, 128, 272)
		}
		rate(b)
	})
	b.Run("ABt/f32", func(b *testing.B) {
		for b.Loop() {
			MulABt(y32, x32, w32, 272, 128, 128)
		}
		rate(b)
	})
	b.Run("AB/f32", func(b *testing.B) {
		for b.Loop() {
			MulAB(y32, x32, w32, 272, 128, 128)
		}
		rate(b)
	})
}
