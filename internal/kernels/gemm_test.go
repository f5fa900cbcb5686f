package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
)

// eachLevel runs f under every level of this machine.
func eachLevel(t *testing.T, f func(t *testing.T)) {
	before := active
	defer func() { active = before }()
	for l := Portable; l <= Supported(); l++ {
		active = l
		t.Run(l.String(), f)
	}
}

// A product is one call of Gemm, and room for its matrices.
type product[T Float] struct {
	ta, tb        bool
	m, n, k       int
	lda, ldb, ldc int
	a, b, c       []T
}

// randomProduct draws a shape and distances between rows. Room is made by alloc.
func randomProduct[T Float](rng *rand.Rand, alloc func(n int) []T) product[T] {
	size := func(most int) int {
		if rng.IntN(2) == 0 {
			most = 20
		}
		if rng.IntN(5) == 0 {
			most = 3
		}
		return 1 + rng.IntN(most)
	}
	p := product[T]{ta: rng.IntN(2) == 0, tb: rng.IntN(2) == 0, m: size(330), n: size(120), k: size(600)}
	room := func(rows, cols int, transposed bool) (ld int, v []T) {
		if transposed {
			rows, cols = cols, rows
		}
		ld = cols
		if rng.IntN(3) == 0 {
			ld += rng.IntN(9)
		}
		v = alloc((rows-1)*ld + cols)
		for i := range v {
			v[i] = T(rng.NormFloat64())
		}
		return ld, v
	}
	p.lda, p.a = room(p.m, p.k, p.ta)
	p.ldb, p.b = room(p.k, p.n, p.tb)
	p.ldc, p.c = room(p.m, p.n, false)
	return p
}

// terms returns the terms of entry (i, j), C's own first.
func (p *product[T]) terms(i, j int) func(yield func(float64) bool) {
	return func(yield func(float64) bool) {
		if !yield(float64(p.c[i*p.ldc+j])) {
			return
		}
		for l := range p.k {
			x, y := i*p.lda+l, l*p.ldb+j
			if p.ta {
				x = l*p.lda + i
			}
			if p.tb {
				y = j*p.ldb + l
			}
			if !yield(float64(p.a[x]) * float64(p.b[y])) {
				return
			}
		}
	}
}

// check multiplies and compares with the definition: an entry may be off by 2 √k ulps
// of the sum of its terms' absolute values. What lies between the rows of C stays.
func (p *product[T]) check(t *testing.T, eps float64) {
	t.Helper()
	want, bound := make([]float64, len(p.c)), make([]float64, len(p.c))
	for i, v := range p.c {
		want[i] = float64(v)
	}
	for i := range p.m {
		for j := range p.n {
			sum, size := 0.0, 0.0
			for v := range p.terms(i, j) {
				sum, size = sum+v, size+math.Abs(v)
			}
			want[i*p.ldc+j], bound[i*p.ldc+j] = sum, 2*eps*math.Sqrt(float64(p.k))*size
		}
	}
	Gemm(p.ta, p.tb, p.m, p.n, p.k, p.a, p.lda, p.b, p.ldb, p.c, p.ldc)
	for i, w := range want {
		got := float64(p.c[i])
		same := math.Abs(got-w) <= bound[i]
		if math.IsNaN(w) || math.IsInf(w, 0) {
			same = math.IsNaN(w) && math.IsNaN(got) || got == w
		}
		if !same {
			t.Fatalf("ta=%v tb=%v %d×%d×%d, rows %d, %d and %d apart: c[%d] = %v, want %v ± %.2g",
				p.ta, p.tb, p.m, p.n, p.k, p.lda, p.ldb, p.ldc, i, got, w, bound[i])
		}
	}
}

// Units in the last place of 1.
const (
	eps32 = 0x1p-23
	eps64 = 0x1p-52
)

func TestProductsAgreeWithTheDefinition(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			p32 := randomProduct(rng, func(n int) []float32 { return make([]float32, n) })
			p32.check(t, eps32)
			p64 := randomProduct(rng, func(n int) []float64 { return make([]float64, n) })
			p64.check(t, eps64)
		}
	})
}

// With CREDENCE_KERNELS=gonum, products go to the BLAS that is registered.
func TestProductsByTheRegisteredBLAS(t *testing.T) {
	before := registered
	defer func() { registered = before; blas64.Use(gonum.Implementation{}) }()
	registered = true
	var called counting
	blas64.Use(&called)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		p := randomProduct(rng, func(n int) []float64 { return make([]float64, n) })
		p.check(t, eps64)
		p32 := randomProduct(rng, func(n int) []float32 { return make([]float32, n) })
		p32.check(t, eps32)
	}
	if called.n != 20 {
		t.Errorf("%d of 20 products went to the registered BLAS", called.n)
	}
}

// counting is a BLAS that counts its products.
type counting struct {
	gonum.Implementation
	n int
}

func (c *counting) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, x []float64, ldx int) {
	c.n++
	c.Implementation.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, x, ldx)
}

// Every width and height of a panel, and both ends of the unrolled sum.
func TestProductsOfSmallShapes(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 4))
		for m := range 13 {
			for n := range 70 {
				for _, k := range []int{1, 4, 7} {
					x, w, c := fill[float32](rng, (m+1)*k), fill[float32](rng, (n+1)*k), fill[float32](rng, (m+1)*(n+1))
					for kind := range 4 {
						p := product[float32]{ta: kind&1 > 0, tb: kind&2 > 0, m: m + 1, n: n + 1, k: k, lda: k, ldb: n + 1, ldc: n + 1, a: x, b: w, c: c}
						if p.ta {
							p.lda = m + 1
						}
						if p.tb {
							p.ldb = k
						}
						p.check(t, eps32)
					}
				}
			}
		}
	})
}

// The named products are Gemm with the right transposes and strides.
func TestNamedProducts(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		a, b := []float64{1, 2, 3, 4, 5, 6}, []float64{7, 8, 9, 10, 11, 12}
		for name, c := range map[string]struct {
			mul     func(c, a, b []float64, m, n, k int)
			m, n, k int
			want    []float64
		}{
			"ABt": {MulABt[float64], 2, 2, 3, []float64{50, 68, 122, 167}}, // [1 2 3; 4 5 6] [7 8 9; 10 11 12]ᵀ
			"AB":  {MulAB[float64], 2, 2, 3, []float64{58, 64, 139, 154}},  // [1 2 3; 4 5 6] [7 8; 9 10; 11 12]
			"AtB": {MulAtB[float64], 2, 2, 3, []float64{89, 98, 116, 128}}, // [1 2; 3 4; 5 6]ᵀ [7 8; 9 10; 11 12]
		} {
			got := []float64{1, 1, 1, 1}
			c.mul(got, a, b, c.m, c.n, c.k)
			for i, w := range c.want {
				if got[i] != w+1 {
					t.Errorf("%s: %v, want 1 + %v", name, got, c.want)
					break
				}
			}
		}
	})
}

// A product can begin with other numbers than those that C holds: with zeros, with a row.
func TestProductsFromAStart(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(17, 18))
		var packed Packed[float32]
		for range 200 {
			m, n, k := 1+rng.IntN(20), 1+rng.IntN(120), 1+rng.IntN(30)
			if rng.IntN(8) == 0 { // sums in pieces
				k = 300 + rng.IntN(300)
			}
			if rng.IntN(8) == 0 { // and of rows in blocks, of one piece or two
				m, k = 350+rng.IntN(200), 200+rng.IntN(300)
			}
			x, w, b, y, want := fill[float32](rng, m*k), fill[float32](rng, n*k), fill[float32](rng, n), fill[float32](rng, m*n), make([]float32, m*n)
			Affine(y, x, w, b, m, n, k)
			Repeat(want, b)
			MulABt(want, x, w, m, n, k)
			if !slices.Equal(y, want) {
				t.Fatalf("Affine, %d×%d×%d: not what the bias and the product give", m, n, k)
			}
			clear(y)
			packed.Pack(w, n, k)
			if AffinePacked(y, x, &packed, b, m); !slices.Equal(y, want) {
				t.Fatalf("AffinePacked, %d×%d×%d: not what Affine gives", m, n, k)
			}
			clear(want)
			SetAB(y, x, w, m, n, k)
			MulAB(want, x, w, m, n, k)
			if !slices.Equal(y, want) {
				t.Fatalf("SetAB, %d×%d×%d: not what zeros and the product give", m, n, k)
			}
			clear(want)
			SetAtB(y, x, w, m, n, k)
			MulAtB(want, x, w, m, n, k)
			if !slices.Equal(y, want) {
				t.Fatalf("SetAtB, %d×%d×%d: not what zeros and the product give", m, n, k)
			}
		}
	})
}

// NaN and infinity go where the definition sends them, and denormals are not flushed.
func TestProductsOfSpecialValues(t *testing.T) {
	if active == Portable || registered {
		t.Skip("gonum leaves out terms 0·x, so 0·∞ is 0 there")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	special := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e-42, 0}
	for range 60 {
		p := randomProduct(rng, func(n int) []float32 { return make([]float32, n) })
		for range 3 {
			p.a[rng.IntN(len(p.a))] = float32(special[rng.IntN(len(special))])
			p.b[rng.IntN(len(p.b))] = float32(special[rng.IntN(len(special))])
		}
		p.check(t, eps32)
	}
	a, c := []float32{1e-42, 1e-42}, []float32{0}
	if MulABt(c, a, []float32{1, 1}, 1, 1, 2); !(c[0] > 1.9e-42) {
		t.Errorf("1e-42 + 1e-42 = %v", c[0])
	}
}

// The order of summation depends on the shape alone, not on where the slices lie.
func TestProductsRepeatBitForBit(t *testing.T) {
	if active == Portable || registered {
		t.Skip("gonum's dot product begins with what comes before a multiple of 16 bytes")
	}
	rng := rand.New(rand.NewPCG(7, 8))
	const m, n, k = 37, 50, 300
	x, w := fill[float32](rng, m*k), fill[float32](rng, n*k)
	var first []float32
	for shift := range 9 {
		xs, ws := append(make([]float32, shift), x...)[shift:], append(make([]float32, 2*shift), w...)[2*shift:]
		c := make([]float32, m*n+shift)[shift:]
		MulABt(c, xs, ws, m, n, k)
		if first == nil {
			first = c
		}
		for i := range c {
			if c[i] != first[i] {
				t.Fatalf("shifted by %d: c[%d] = %v, before %v", shift, i, c[i], first[i])
			}
		}
	}
}

// TestProductsSameOnVectorLevels: both add in the same order, so that what is trained on
// one machine can be repeated on another bit for bit.
func TestProductsSameOnVectorLevels(t *testing.T) {
	if Supported() < AVX512 || registered {
		t.Skip("needs both vector levels")
	}
	defer func(l Level) { active = l }(active)
	rng := rand.New(rand.NewPCG(15, 16))
	for range 300 {
		sameProducts(t, randomProduct(rng, func(n int) []float32 { return make([]float32, n) }))
		sameProducts(t, randomProduct(rng, func(n int) []float64 { return make([]float64, n) }))
	}
}

func sameProducts[T Float](t *testing.T, p product[T]) {
	t.Helper()
	c := [2][]T{slices.Clone(p.c), slices.Clone(p.c)}
	for i, l := range []Level{AVX2, AVX512} {
		active = l
		Gemm(p.ta, p.tb, p.m, p.n, p.k, p.a, p.lda, p.b, p.ldb, c[i], p.ldc)
	}
	if !slices.Equal(c[0], c[1]) {
		t.Fatalf("ta=%v tb=%v %d×%d×%d: the levels differ", p.ta, p.tb, p.m, p.n, p.k)
	}
}

func TestProductsRefuseShortSlices(t *testing.T) {
	v := make([]float64, 12)
	for name, f := range map[string]func(){
		"A":  func() { MulABt(v, v[:11], v, 3, 3, 4) },
		"B":  func() { MulABt(v, v, v[:11], 3, 3, 4) },
		"C":  func() { MulABt(v[:8], v, v, 3, 3, 4) },
		"ld": func() { Gemm(false, false, 3, 3, 4, v, 3, v, 3, v, 3) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s too short: no panic", name)
				}
			}()
			f()
		}()
	}
}

func TestProductsDoNotAllocate(t *testing.T) {
	if registered {
		t.Skip("gonum's product may start goroutines")
	}
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		const m, n, k = 128, 400, 400 // large enough that gonum alone would start goroutines
		a, b, c := fill[float64](rng, m*k), fill[float64](rng, k*n), make([]float64, m*n)
		a32, b32, c32 := narrow(a), narrow(b), narrow(c)
		if got := testing.AllocsPerRun(2, func() { MulABt(c, a, b, m, n, k); MulABt(c32, a32, b32, m, n, k) }); got != 0 {
			t.Errorf("%v allocations a product, want 0", got)
		}
	})
}

// Many products at once share the scratch space without mixing it up.
func TestProductsAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(9, uint64(g)))
			for range 5 {
				p := randomProduct(rng, func(n int) []float32 { return make([]float32, n) })
				p.check(t, eps32)
			}
		})
	}
	wg.Wait()
}

func FuzzProducts(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 0))
		p32 := randomProduct(rng, func(n int) []float32 { return make([]float32, n) })
		p32.check(t, eps32)
		p64 := randomProduct(rng, func(n int) []float64 { return make([]float64, n) })
		p64.check(t, eps64)
	})
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
	for _, s := range [][3]int{{250, 400, 784}, {250, 400, 400}, {32, 50, 50}, {128, 50, 13}, {200, 1, 50}, {200, 50, 1}, {1000, 50, 50}, {128, 400, 784}, {128, 400, 400}, {512, 512, 512}} {
		benchmarkMul[float32](b, "f32", s[0], s[1], s[2])
		benchmarkMul[float64](b, "f64", s[0], s[1], s[2])
	}
}

// benchmarkMul times the three products of a dense layer: m rows, k inputs, n units.
func benchmarkMul[T Float](b *testing.B, name string, m, n, k int) {
	rng := rand.New(rand.NewPCG(1, 2))
	x, w, y := fill[T](rng, m*k), fill[T](rng, n*k), fill[T](rng, m*n)
	for kind, f := range map[string]func(){
		"ABt": func() { MulABt(y, x, w, m, n, k) },
		"AB":  func() { MulAB(x, y, w, m, k, n) },
		"AtB": func() { MulAtB(w, y, x, n, k, m) },
	} {
		b.Run(fmt.Sprintf("%s/%dx%dx%d/%s", name, m, k, n, kind), func(b *testing.B) {
			for b.Loop() {
				f()
				y[0] = 0
			}
			b.ReportMetric(2*float64(m*n*k)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
		})
	}
}
