package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A layerCase is a kernel, run on slices that alloc makes, beside the same work in
// float64. Results of the two are compared relative to the size of what was added up.
type layerCase struct {
	name string
	run  func(rng *rand.Rand, n int, alloc func(n int) []float32) (got []float32, want, size []float64)
}

// random fills a slice of alloc with normal numbers, zeros among them.
func random(rng *rand.Rand, s []float32) []float32 {
	for i := range s {
		if s[i] = float32(rng.NormFloat64()); rng.IntN(10) == 0 {
			s[i] = 0
		}
	}
	return s
}

// elementwise makes a case of a kernel with result dst (which it may read) and
// arguments a and b; exact returns the result and the size of its largest term.
func elementwise(name string, kernel func(dst, a, b []float32), exact func(dst, a, b float64) (value, size float64)) layerCase {
	return layerCase{name, func(rng *rand.Rand, n int, alloc func(n int) []float32) (got []float32, want, size []float64) {
		dst, a, b := random(rng, alloc(n)), random(rng, alloc(n)), random(rng, alloc(n))
		for i := range dst {
			w, s := exact(float64(dst[i]), float64(a[i]), float64(b[i]))
			want, size = append(want, w), append(size, s)
		}
		kernel(dst, a, b)
		return dst, want, size
	}}
}

// single is the size of a value that is no sum.
func single(x float64) (value, size float64) { return x, math.Abs(x) }

// onlyIf is x, or 0.
func onlyIf(yes bool, x float64) float64 {
	if yes {
		return x
	}
	return 0
}

var layerCases = []layerCase{
	elementwise("Mul", Mul[float32], func(_, a, b float64) (float64, float64) { return single(a * b) }),
	elementwise("Scale", func(dst, a, _ []float32) { Scale(dst, a, 3.5) }, func(_, a, _ float64) (float64, float64) { return single(3.5 * a) }),
	elementwise("Add", func(dst, a, _ []float32) { Add(dst, a) }, func(d, a, _ float64) (float64, float64) { return single(d + a) }),
	elementwise("AddTwice", AddTwice[float32], func(d, a, b float64) (float64, float64) { return d + 2*a*b, math.Abs(d) + math.Abs(2*a*b) }),
	elementwise("ReLUBack", ReLUBack[float32], func(_, dy, y float64) (float64, float64) { return single(onlyIf(y > 0, dy)) }),
	elementwise("TanhBack", TanhBack[float32], func(_, dy, y float64) (float64, float64) { return dy * (1 - y*y), math.Abs(dy) * (1 + y*y) }),
	elementwise("SigmoidBack", SigmoidBack[float32], func(_, dy, y float64) (float64, float64) { return single(dy * y * (1 - y)) }),
	elementwise("SoftplusBack", func(dx, dy, y []float32) { Square(y, y); SoftplusBack(dx, dy, y) },
		func(_, dy, y float64) (float64, float64) {
			return single(-dy * math.Expm1(-float64(float32(y)*float32(y))))
		}),
	elementwise("Local", func(out, s, eps []float32) { Square(s, s); Local(out, s, eps) },
		func(out, s, eps float64) (float64, float64) {
			return out + math.Abs(s)*eps, math.Abs(out) + math.Abs(s*eps)
		}),
	elementwise("Local's √s", func(s, eps, out []float32) { Square(s, s); Local(out, s, eps) },
		func(s, _, _ float64) (float64, float64) { return single(math.Abs(s)) }),
	elementwise("LocalBack", func(ds, dout, sd []float32) { LocalBack(ds, dout, ds, sd) },
		func(eps, dout, sd float64) (float64, float64) { return single(onlyIf(sd > 0, dout*eps/(2*sd))) }),
	elementwise("Residuals", func(df, f, y []float32) { Residuals(df, f, y, 1.5) }, func(_, f, y float64) (float64, float64) { return single(1.5 * (y - f)) }),
	rows("AddToRows", func(m, row []float32) []float32 { AddToRows(m, row); return m }, func(m, row []float32) (want, size []float64) {
		for i, v := range m {
			w, s := single(float64(v) + float64(row[i%len(row)]))
			want, size = append(want, w), append(size, s)
		}
		return want, size
	}),
	rows("MulRows", func(m, row []float32) []float32 { MulRows(m, m, row); return m }, func(m, row []float32) (want, size []float64) {
		for i, v := range m {
			w, s := single(float64(v) * float64(row[i%len(row)]))
			want, size = append(want, w), append(size, s)
		}
		return want, size
	}),
	rows("SumRows", func(m, row []float32) []float32 { SumRows(row, m); return row }, func(m, row []float32) (want, size []float64) {
		for j, v := range row {
			w, s := single(float64(v))
			for i := j; i < len(m); i += len(row) {
				w, s = w+float64(m[i]), s+math.Abs(float64(m[i]))
			}
			want, size = append(want, w), append(size, s*math.Sqrt(float64(1+len(m)/len(row))))
		}
		return want, size
	}),
	{"Softmax", func(rng *rand.Rand, n int, alloc func(n int) []float32) (got []float32, want, size []float64) {
		k := 1 + rng.IntN(12)
		f, p := random(rng, alloc(n/k*k)), alloc(n/k*k)
		for lo := 0; lo < len(f); lo += k {
			sum := 0.0
			for _, v := range f[lo : lo+k] {
				sum += math.Exp(float64(v))
			}
			for _, v := range f[lo : lo+k] {
				w := math.Exp(float64(v)) / sum
				want, size = append(want, w), append(size, w*4)
			}
		}
		Softmax(p, f, k)
		return p, want, size
	}},
}

// rows makes a case of a kernel on a matrix m and a row.
func rows(name string, kernel func(m, row []float32) []float32, exact func(m, row []float32) (want, size []float64)) layerCase {
	return layerCase{name, func(rng *rand.Rand, n int, alloc func(n int) []float32) (got []float32, want, size []float64) {
		width := 1 + rng.IntN(40)
		m, row := random(rng, alloc(n/8*width)), random(rng, alloc(width))
		want, size = exact(m, row)
		return kernel(m, row), want, size
	}}
}

// check runs the case once.
func (c layerCase) check(t *testing.T, rng *rand.Rand, n int, alloc func(n int) []float32) {
	t.Helper()
	got, want, size := c.run(rng, n, alloc)
	for i, w := range want {
		if !(math.Abs(float64(got[i])-w) <= 4*0x1p-24*size[i]) {
			t.Fatalf("%s of %d elements: element %d is %v, want %v", c.name, n, i, got[i], w)
		}
	}
}

// TestLayerKernels runs every case on every length up to 100.
func TestLayerKernels(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for n := range 101 {
			for _, c := range layerCases {
				c.check(t, rng, n, func(n int) []float32 { return make([]float32, n) })
			}
		}
	})
}

// TestKernelsKeepOffTheirNeighbours puts sentinels around every slice.
func TestKernelsKeepOffTheirNeighbours(t *testing.T) {
	const sentinel = 12345.678
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 4))
		for range 1000 {
			n, c := rng.IntN(101), layerCases[rng.IntN(len(layerCases))]
			var areas [][]float32
			c.check(t, rng, n, func(n int) []float32 {
				area := make([]float32, n+32)
				for i := range area {
					area[i] = sentinel
				}
				areas = append(areas, area)
				return area[16 : 16+n : 16+n]
			})
			for _, a := range areas {
				for i := range 16 {
					if a[i] != sentinel || a[len(a)-1-i] != sentinel {
						t.Fatalf("%s of %d elements writes outside a slice", c.name, n)
					}
				}
			}
		}
	})
}

// TestCategorical compares with the definition, and the gradient with differences.
func TestCategorical(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(5, 6))
		for range 100 {
			k, n := 2+rng.IntN(12), 1+rng.IntN(20)
			f, df, class := random(rng, make([]float32, n*k)), make([]float32, n*k), make([]int, n)
			if rng.IntN(4) == 0 {
				Scale(f, f, 60) // e^f alone would overflow
			}
			want := 0.0
			for r := range class {
				class[r] = rng.IntN(k)
				lse := math.Inf(-1)
				for _, v := range f[r*k : (r+1)*k] {
					a, b := max(lse, float64(v)), min(lse, float64(v))
					lse = a + math.Log1p(math.Exp(b-a))
				}
				want += float64(f[r*k+class[r]]) - lse
			}
			if got := Categorical(df, f, class, k, 2.5); !(math.Abs(got-want) <= 1e-5*(1+math.Abs(want))) {
				t.Fatalf("log likelihood %v, want %v", got, want)
			}
			for r, y := range class {
				sum := 0.0
				for _, v := range f[r*k : (r+1)*k] {
					sum += math.Exp(float64(v - largest(f[r*k:(r+1)*k])))
				}
				for j := range k {
					want := -math.Exp(float64(f[r*k+j]-largest(f[r*k:(r+1)*k]))) / sum
					if j == y {
						want++
					}
					if got := df[r*k+j]; !(math.Abs(float64(got)-2.5*want) <= 1e-6) {
						t.Fatalf("gradient %d of row %d: %v, want %v", j, r, got, 2.5*want)
					}
				}
			}
		}
	})
}

// TestResiduals compares the sum, which is exact but for the last rounding.
func TestResiduals(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(7, 8))
		for n := range 100 {
			f, y, want := random(rng, make([]float32, n)), random(rng, make([]float32, n)), 0.0
			for i := range f {
				want += float64(y[i]-f[i]) * float64(y[i]-f[i])
			}
			if got := Residuals(make([]float32, n), f, y, 1); !(math.Abs(got-want) <= 1e-14*want) {
				t.Fatalf("%d elements: %v, want %v", n, got, want)
			}
		}
	})
}

func TestKernelsRefuseOtherLengths(t *testing.T) {
	a, b := make([]float32, 3), make([]float32, 4)
	for name, f := range map[string]func(){
		"Exp": func() { Exp(a, b) }, "Softplus": func() { Softplus(b, a) }, "Mul": func() { Mul(a, a, b) }, "Add": func() { Add(a, b) },
		"Local": func() { Local(a, a, b) }, "LocalBack": func() { LocalBack(a, a, a, b) }, "ReLUBack": func() { ReLUBack(a, b, a) },
		"AddToRows": func() { AddToRows(b, a) }, "MulRows": func() { MulRows(b, b, a) }, "SumRows": func() { SumRows(a, b) }, "Residuals": func() { Residuals(a, a, b, 1) },
		"Softmax": func() { Softmax(b, b, 3) }, "Categorical": func() { Categorical(b, b, []int{0}, 3, 1) },
	} {
		func() {
			defer func() {
				if p := recover(); p != badLength {
					t.Errorf("%s: panic %v, want %q", name, p, badLength)
				}
			}()
			f()
		}()
	}
}

func TestLayerKernelsDoNotAllocate(t *testing.T) {
	a, b, c, class := make([]float32, 120), make([]float32, 120), make([]float32, 120), make([]int, 12)
	d, e, row := make([]float64, 120), make([]float64, 120), make([]float32, 10)
	if got := testing.AllocsPerRun(10, func() {
		Exp(a, b)
		Exp(d, e)
		Softplus(a, b)
		Mul(a, b, c)
		Local(a, b, c)
		AddToRows(a, row)
		SumRows(row, a)
		Residuals(a, b, c, 1)
		Categorical(a, b, class, 10, 1)
		Categorical(d, e, class, 10, 1)
		Softmax(a, b, 10)
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

func FuzzLayerKernels(f *testing.F) {
	f.Add(uint64(1), uint8(0), uint8(17))
	f.Fuzz(func(t *testing.T, seed uint64, kernel, n uint8) {
		c := layerCases[int(kernel)%len(layerCases)]
		for range 2 {
			c.check(t, rand.New(rand.NewPCG(seed, 1)), int(n), func(n int) []float32 { return make([]float32, n) })
			if active == Portable {
				break
			}
			defer func(l Level) { active = l }(active)
			active = Portable
		}
	})
}

func BenchmarkVec(b *testing.B) {
	const n = 4096
	rng := rand.New(rand.NewPCG(1, 2))
	x, y, z, row, class := random(rng, make([]float32, n)), random(rng, make([]float32, n)), make([]float32, n), make([]float32, 64), make([]int, n/8)
	for _, e := range elementary {
		perElement(b, e.name, n, func() { e.kernel(z, x) })
	}
	Square(x, x)
	perElement(b, "Mul", n, func() { Mul(z, x, y) })
	perElement(b, "ReLUBack", n, func() { ReLUBack(z, x, y) })
	perElement(b, "TanhBack", n, func() { TanhBack(z, x, y) })
	perElement(b, "SoftplusBack", n, func() { SoftplusBack(z, y, x) })
	perElement(b, "Local", n, func() { Local(z, x, y); Square(x, x) })
	perElement(b, "LocalBack", n, func() { LocalBack(z, x, y, x) })
	perElement(b, "AddToRows", n, func() { AddToRows(z, row) })
	perElement(b, "MulRows", n, func() { MulRows(z, x, row) })
	perElement(b, "SumRows", n, func() { SumRows(row, x) })
	perElement(b, "Residuals", n, func() { Residuals(z, x, y, 1) })
	perElement(b, "Categorical", n, func() { Categorical(z, x, class, 8, 1) })
}

// perElement measures a kernel on n elements.
func perElement(b *testing.B, name string, n int, f func()) {
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			f()
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/element")
	})
}
