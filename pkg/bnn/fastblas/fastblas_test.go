package fastblas_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/fastblas"
)

var (
	_ blas.Float32    = fastblas.Implementation{}
	_ blas.Float64    = fastblas.Implementation{}
	_ blas.Complex128 = fastblas.Implementation{}
)

// All transposes, strides, alphas and betas give what gonum's own product gives.
func TestGemmAgreesWithGonum(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	fill := func(n int) ([]float32, []float64) {
		s, d := make([]float32, n), make([]float64, n)
		for i := range d {
			s[i] = float32(rng.NormFloat64())
			d[i] = float64(s[i])
		}
		return s, d
	}
	for range 200 {
		m, n, k := 1+rng.IntN(40), 1+rng.IntN(40), 1+rng.IntN(40)
		tA, tB := blas.NoTrans, blas.NoTrans
		lda, ldb, ldc := k, n, n+rng.IntN(3)
		ra, rb := m, k
		if rng.IntN(2) == 0 {
			tA, lda, ra = blas.Trans, m, k
		}
		if rng.IntN(2) == 0 {
			tB, ldb, rb = blas.ConjTrans, k, n
		}
		lda, ldb = lda+rng.IntN(3), ldb+rng.IntN(3)
		alpha, beta := []float64{1, 0, -2.5}[rng.IntN(3)], []float64{0, 1, 0.5}[rng.IntN(3)]
		a32, a := fill(ra * lda)
		b32, b := fill(rb * ldb)
		c32, c := fill(m * ldc)
		want, want32 := append([]float64(nil), c...), append([]float32(nil), c32...)
		gonum.Implementation{}.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, want, ldc)
		gonum.Implementation{}.Sgemm(tA, tB, m, n, k, float32(alpha), a32, lda, b32, ldb, float32(beta), want32, ldc)
		fastblas.Implementation{}.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		fastblas.Implementation{}.Sgemm(tA, tB, m, n, k, float32(alpha), a32, lda, b32, ldb, float32(beta), c32, ldc)
		for i := range c {
			if !(math.Abs(c[i]-want[i]) <= 1e-12) || !(math.Abs(float64(c32[i]-want32[i])) <= 2e-4) {
				t.Fatalf("%d×%d×%d, alpha %v, beta %v: %v and %v, want %v and %v", m, n, k, alpha, beta, c[i], c32[i], want[i], want32[i])
			}
		}
	}
}

// What the caller did wrong panics as gonum's does; nothing to do is no mistake.
func TestGemmPanicsAsGonum(t *testing.T) {
	v := make([]float64, 6)
	say := func(impl blas.Float64Level3, m, lda int, c []float64) (p any) {
		defer func() { p = recover() }()
		impl.Dgemm(blas.NoTrans, blas.NoTrans, m, 2, 3, 1, v, lda, v, 2, 0, c, 2)
		return nil
	}
	for _, c := range []struct {
		m, lda int
		c      []float64
	}{{-1, 3, v}, {2, 2, v}, {2, 3, v[:3]}, {0, 3, nil}, {2, 3, v}} {
		if got, want := say(fastblas.Implementation{}, c.m, c.lda, c.c), say(gonum.Implementation{}, c.m, c.lda, c.c); got != want {
			t.Errorf("m %d, lda %d, %d numbers of C: panic %v, gonum's is %v", c.m, c.lda, len(c.c), got, want)
		}
	}
}

func ExampleImplementation() {
	before := blas64.Implementation()
	defer blas64.Use(before)
	blas64.Use(fastblas.Implementation{}) // from here on, for the whole process
	var c mat.Dense
	c.Mul(mat.NewDense(1, 2, []float64{1, 2}), mat.NewDense(2, 1, []float64{3, 4}))
	fmt.Println(c.At(0, 0))
	// Output: 11
}

func ExampleImplementation_Sgemm() {
	c := []float32{1}
	fastblas.Implementation{}.Sgemm(blas.NoTrans, blas.NoTrans, 1, 1, 2, 2, []float32{1, 2}, 2, []float32{3, 4}, 1, 10, c, 1)
	fmt.Println(c[0])
	// Output: 32
}

func ExampleImplementation_Dgemm() {
	c := []float64{1}
	fastblas.Implementation{}.Dgemm(blas.NoTrans, blas.Trans, 1, 1, 2, 1, []float64{1, 2}, 2, []float64{3, 4}, 2, 0, c, 1)
	fmt.Println(c[0])
	// Output: 11
}
