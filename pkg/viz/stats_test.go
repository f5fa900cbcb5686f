package viz

import (
	"math"
	"math/rand/v2"
	"testing"
)

func drawFrom(n int, f func(*rand.Rand) float64) []float64 {
	rng, v := rand.New(rand.NewPCG(8, 9)), make([]float64, n)
	for i := range v {
		v[i] = f(rng)
	}
	return sorted(v)
}

// The shortest interval: of an exponential it starts at zero and ends at −ln(1−p); of a
// normal it is symmetric; and no interval of so many points is shorter.
func TestHDI(t *testing.T) {
	e := drawFrom(20000, (*rand.Rand).ExpFloat64)
	if lo, hi := hdi(e, 0.9); !(lo < 0.01) || !(math.Abs(hi-math.Log(10)) < 0.06) {
		t.Errorf("exponential: [%v, %v], want [0, %v]", lo, hi, math.Log(10))
	}
	n := drawFrom(20000, (*rand.Rand).NormFloat64)
	if lo, hi := hdi(n, 0.95); !(math.Abs(lo+1.96) < 0.15) || !(math.Abs(hi-1.96) < 0.15) {
		t.Errorf("normal: [%v, %v], want ±1.96", lo, hi)
	}
	for _, p := range []float64{0.01, 0.5, 0.999} {
		lo, hi := hdi(e, p)
		inside := 0
		for _, v := range e {
			if v >= lo && v <= hi {
				inside++
			}
		}
		if share := float64(inside) / float64(len(e)); !(share >= p) || !(share < p+2e-4) {
			t.Errorf("an interval for %v holds %v", p, share)
		}
	}
	if lo, hi := hdi([]float64{3}, 0.9); lo != 3 || hi != 3 {
		t.Errorf("one point: [%v, %v]", lo, hi)
	}
}

// A density has area 1, also where it is cut off by its support, and is near the truth:
// at the end of an exponential, where a plain kernel estimate is half of it, too.
func TestKDE(t *testing.T) {
	normal := func(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }
	for _, c := range []struct {
		name    string
		s       []float64
		support [2]float64
		pdf     func(x float64) float64
		tol     float64
	}{
		{"normal", drawFrom(20000, (*rand.Rand).NormFloat64), [2]float64{}, normal, 0.02},
		{"exponential", drawFrom(20000, (*rand.Rand).ExpFloat64), [2]float64{0, math.Inf(1)}, func(x float64) float64 { return math.Exp(-x) }, 0.08},
		{"uniform", drawFrom(20000, (*rand.Rand).Float64), [2]float64{0, 1}, func(float64) float64 { return 1 }, 0.09},
		{"two modes", drawFrom(20000, func(r *rand.Rand) float64 { return 0.2*r.NormFloat64() + float64(4*r.IntN(2)) }), [2]float64{},
			func(x float64) float64 { return (normal(x/0.2) + normal((x-4)/0.2)) / 0.4 }, 0.1},
	} {
		x, y := kde(c.s, c.support)
		if a := area1(x, y); !(math.Abs(a-1) < 0.01) {
			t.Errorf("%s: the area is %v", c.name, a)
		}
		for i := range x {
			if !(math.Abs(y[i]-c.pdf(x[i])) < c.tol) {
				t.Errorf("%s: density %v at %v, want %v", c.name, y[i], x[i], c.pdf(x[i]))
				break
			}
		}
	}
	x, y := kde([]float64{7, 7, 7}, [2]float64{})
	if a := area1(x, y); !(math.Abs(a-1) < 0.01) || !(math.Abs(x[argMax(y)]-7) < 0.01) {
		t.Errorf("a constant: area %v, peak at %v", a, x[argMax(y)])
	}
}

// Ranks start at ½, ties share, and each rank occurs once.
func TestRanks(t *testing.T) {
	r := rankAmongAll([][]float64{{3, 1}, {2, 9, 2}})
	want := [][]float64{{3.5, 0.5}, {2, 4.5, 2}}
	for c := range want {
		for i := range want[c] {
			if r[c][i] != want[c][i] {
				t.Errorf("ranks %v, want %v", r, want)
			}
		}
	}
}

// An autoregressive chain forgets by its factor each step; a constant one never.
func TestAutocorrelation(t *testing.T) {
	rng, x, v := rand.New(rand.NewPCG(1, 1)), 0.0, make([]float64, 100000)
	for i := range v {
		x = 0.8*x + rng.NormFloat64()
		v[i] = x
	}
	for k, r := range autocorrelation(v, 8) {
		if want := math.Pow(0.8, float64(k)); !(math.Abs(r-want) < 0.02) {
			t.Errorf("lag %d: %v, want %v", k, r, want)
		}
	}
	if r := autocorrelation([]float64{2, 2, 2}, 1); r[0] != 1 || r[1] != 1 {
		t.Errorf("a constant chain: %v", r)
	}
}

// Every value is in one bin, the ends included, and the bins of a histogram are few
// and cover the data, whatever they are.
func TestHistogram(t *testing.T) {
	if h := histogram([]float64{0, 0.5, 1, 1, 2}, 0, 1, 2); h[0] != 1 || h[1] != 3 {
		t.Errorf("bins %v, want 1 and 3", h)
	}
	for _, s := range [][]float64{{1}, {2, 2}, {1, 2}, {1e-9, 2e-9, 1e9}, {-5, 0, 0, 0, 0, 0, 0, 1}, drawFrom(100000, (*rand.Rand).NormFloat64)} {
		lo, hi, bins := niceBins(s)
		sum := 0.0
		for _, n := range histogram(s, lo, hi, bins) {
			sum += n
		}
		if int(sum) != len(s) || bins < 1 || bins > 200 {
			t.Errorf("%d bins from %v to %v hold %v of %d values", bins, lo, hi, sum, len(s))
		}
	}
}
