package kernels

import (
	"math"
	"os"
	"slices"
	"testing"
)

// ulps returns how many float32 numbers lie between a and b; none, if both are NaN.
func ulps(a, b float32) int64 {
	if a != a || b != b {
		if a != a && b != b {
			return 0
		}
		return math.MaxInt64
	}
	order := func(x float32) int64 {
		i := int64(int32(math.Float32bits(x)))
		if i < 0 {
			i = math.MinInt32 - i
		}
		return i
	}
	d := order(a) - order(b)
	return max(d, -d)
}

// long says whether the slow form of a test is wanted.
var long = os.Getenv("CREDENCE_LONG") != ""

func stream(a, b uint64) *Rand {
	r := new(Rand)
	r.Seed(a, b)
	return r
}

// TestRandPublished compares the generator with the first numbers of the reference
// implementation, as the Rust crate rand_xoshiro prints them for the state 1, 2, 3, 4.
func TestRandPublished(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		r := new(Rand)
		for i := range r.s {
			for j := range r.s[i] {
				r.s[i][j] = uint64(i + 1)
			}
		}
		for i, want := range []uint64{41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205,
			9973669472204895162, 14011001112246962877, 12406186145184390807, 15849039046786891736, 10450023813501588000} {
			w := make([]uint32, 8)
			Words(r, w)
			for j := range 4 {
				if got := uint64(w[2*j]) | uint64(w[2*j+1])<<32; got != want {
					t.Fatalf("number %d of generator %d is %d, want %d", i, j, got, want)
				}
			}
		}
	})
}

// TestRandSameOnAllLevels draws the same mixture of calls on every level.
func TestRandSameOnAllLevels(t *testing.T) {
	type draws struct {
		words    []uint32
		uniforms []float32
		masks    []float32
		masks64  []float64
		normals  []float32
		state    Rand
	}
	var first draws
	eachLevel(t, func(t *testing.T) {
		r, d := stream(3, 4), draws{}
		for n := range 100 {
			w, u, m, z := make([]uint32, n), make([]float32, n), make([]float32, n), make([]float32, n)
			Words(r, w)
			Uniforms(r, u)
			p := float64(n) / 100
			same := *r
			Masks(r, m, p, 1.25)
			m64 := make([]float64, n)
			Masks(&same, m64, p, 1.25)
			if same.s != r.s {
				t.Fatal("masks of the two precisions use up different bits")
			}
			Normals(r, z)
			d.words, d.uniforms, d.masks, d.normals = append(d.words, w...), append(d.uniforms, u...), append(d.masks, m...), append(d.normals, z...)
			d.masks64 = append(d.masks64, m64...)
		}
		d.state = *r
		for i, m := range d.masks {
			if float64(m) != d.masks64[i] {
				t.Fatalf("mask %d: %v in float32, %v in float64", i, m, d.masks64[i])
			}
		}
		if active == Portable {
			first = d
			return
		}
		if d.state != first.state || !slices.Equal(d.words, first.words) || !slices.Equal(d.uniforms, first.uniforms) || !slices.Equal(d.masks, first.masks) {
			t.Fatal("bits differ from those of the portable level")
		}
		for i, z := range d.normals {
			if !(ulps(z, first.normals[i]) <= 4) {
				t.Fatalf("normal %d: %v, portable %v", i, z, first.normals[i])
			}
		}
	})
}

// TestNormalsUlps compares many normals with the portable ones.
func TestNormalsUlps(t *testing.T) {
	if Supported() == Portable {
		return // nothing to compare
	}
	saved := active
	defer func() { active = saved }()
	n := 1 << 20
	if long {
		n = 1 << 26
	}
	x, y, worst := make([]float32, 1<<10), make([]float32, 1<<10), int64(0)
	fast, slow := stream(1, 2), stream(1, 2)
	for range n >> 10 {
		active = Supported()
		Normals(fast, x)
		active = Portable
		Normals(slow, y)
		for i := range x {
			worst = max(worst, ulps(x[i], y[i]))
		}
	}
	t.Logf("%d numbers, at most %d ulps apart", n, worst)
	if !(worst <= 4) {
		t.Errorf("%d ulps from the portable kernel, want at most 4", worst)
	}
}

// TestNormalsEnds gives the kernel the smallest and largest u and all quarters of angles.
func TestNormalsEnds(t *testing.T) {
	for _, c := range []struct{ u, v, s, c float64 }{
		{0x1p-32, 0.25, math.Sqrt(64 * math.Ln2), 0},
		{0x1p-32, -0.25, -math.Sqrt(64 * math.Ln2), 0},
		{0x1p-32, 0, 0, math.Sqrt(64 * math.Ln2)},
		{0x1p-32, 0.5, 0, -math.Sqrt(64 * math.Ln2)},
		{0x1p-32, -0.5, 0, -math.Sqrt(64 * math.Ln2)},
		{1, 0.3, 0, 0},
		{math.Exp(-0.5), 0.125, math.Sqrt2 / 2, math.Sqrt2 / 2},
		{math.Exp(-0.5), 0.375, math.Sqrt2 / 2, -math.Sqrt2 / 2},
		{math.Exp(-0.5), -0.375, -math.Sqrt2 / 2, -math.Sqrt2 / 2},
		{math.Exp(-2), 0.03, 2 * math.Sin(0.06*math.Pi), 2 * math.Cos(0.06*math.Pi)},
	} {
		if gs, gc := boxMuller(c.u, c.v); !(math.Abs(gs-c.s) <= 1e-14 && math.Abs(gc-c.c) <= 1e-14) {
			t.Errorf("u = %v, v = %v: %v and %v, want %v and %v", c.u, c.v, gs, gc, c.s, c.c)
		}
	}
}

func TestMasksPanic(t *testing.T) {
	for _, p := range []float64{-0.1, 1, math.NaN()} {
		func() {
			defer func() {
				if recover() != badProbability {
					t.Errorf("p = %v: no panic", p)
				}
			}()
			Masks(stream(1, 1), make([]float32, 1), p, 1)
		}()
	}
}

func TestRandDoesNotAllocate(t *testing.T) {
	r, w, x, y := stream(1, 2), make([]uint32, 101), make([]float32, 101), make([]float64, 101)
	if got := testing.AllocsPerRun(10, func() {
		r.Seed(5, 6)
		Words(r, w)
		Uniforms(r, x)
		Uniforms(r, y)
		Masks(r, x, 0.1, 1)
		Masks(r, y, 0.1, 1)
		Normals(r, x)
		Normals(r, y)
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

func BenchmarkRand(b *testing.B) {
	const n = 4096
	r, x, y := stream(1, 2), make([]float32, n), make([]float64, n)
	for name, f := range map[string]func(){
		"normals/f32":  func() { Normals(r, x) },
		"normals/f64":  func() { Normals(r, y) },
		"masks/f32":    func() { Masks(r, x, 0.1, 1) },
		"masks/f64":    func() { Masks(r, y, 0.1, 1) },
		"uniforms/f32": func() { Uniforms(r, x) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
		})
	}
}
