package kernels

import (
	"math"
	"slices"
	"testing"
)

// The tests of this file are statistical, with fixed seeds and limits of about five
// standard errors: right code passes, for these seeds, for good.

// normalCDF is Φ.
func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// both runs f on every level with a source of normals of either precision.
func both(t *testing.T, f func(t *testing.T, normals func(r *Rand, dst []float64))) {
	eachLevel(t, func(t *testing.T) {
		x := make([]float32, 1<<12)
		t.Run("float32", func(t *testing.T) {
			f(t, func(r *Rand, dst []float64) {
				for len(dst) > 0 {
					n := min(len(dst), len(x))
					Normals(r, x[:n])
					for i, v := range x[:n] {
						dst[i] = float64(v)
					}
					dst = dst[n:]
				}
			})
		})
		t.Run("float64", func(t *testing.T) { f(t, Normals[float64]) })
	})
}

// TestNormalsMoments checks E[x^k] for k = 1 … 6 and the shares of the tails.
func TestNormalsMoments(t *testing.T) {
	both(t, func(t *testing.T, normals func(r *Rand, dst []float64)) {
		rounds := 64
		if long {
			rounds = 4096
		}
		r, x := stream(7, 8), make([]float64, 1<<16)
		var m [7]float64
		var tail [7][2]float64
		for range rounds {
			normals(r, x)
			for _, v := range x {
				p := 1.0
				for k := range m {
					m[k] += p
					p *= v
				}
				for k := 1; k < len(tail) && math.Abs(v) > float64(k); k++ {
					side := 0
					if v > 0 {
						side = 1
					}
					tail[k][side]++
				}
			}
		}
		n := m[0]
		moment := func(k int) float64 { // E[x^k] = (k−1)!! for even k
			e := 1.0
			for j := 1; j < k; j += 2 {
				e *= float64(j)
			}
			return e * float64(1-k%2)
		}
		for k := 1; k <= 6; k++ {
			se := math.Sqrt((moment(2*k) - moment(k)*moment(k)) / n)
			if !(math.Abs(m[k]/n-moment(k)) <= 5*se) {
				t.Errorf("E[x^%d] = %v ± %v, want %v", k, m[k]/n, se, moment(k))
			}
		}
		for k := 1; k < len(tail); k++ {
			want := n * normalCDF(-float64(k))
			for side, got := range tail[k] {
				if !(math.Abs(got-want) <= 5*math.Sqrt(want)+1) {
					t.Errorf("beyond %d on side %d: %v of %v, want %.1f", k, side, got, n, want)
				}
			}
		}
		t.Logf("of %v numbers %v and %v lie beyond ±4, %v and %v beyond ±5, want %.0f and %.1f", n, tail[4][0], tail[4][1], tail[5][0], tail[5][1],
			n*normalCDF(-4), n*normalCDF(-5))
	})
}

// TestNormalsTail draws until about 150 numbers lie beyond ±5.
func TestNormalsTail(t *testing.T) {
	if active == Portable {
		t.Skip("2²⁸ numbers take the portable kernel too long; TestNormalsMoments looks at its tails")
	}
	r, x := stream(11, 12), make([]float32, 1<<12)
	var beyond, square float64
	const rounds = 1 << 16
	for range rounds {
		Normals(r, x)
		for _, v := range x {
			if v > 5 || v < -5 {
				beyond++
				square += float64(v)*float64(v) - 25
			}
		}
	}
	want := rounds * float64(len(x)) * 2 * normalCDF(-5)
	// E[x² − 25 | |x| > 5] = 5φ(5)/Φ(−5) + 1 − 25, and its sd is about 2.
	mean := 5*math.Exp(-12.5)/math.Sqrt(2*math.Pi)/normalCDF(-5) + 1 - 25
	t.Logf("%v beyond ±5, want %.1f; mean square of the excess %.3f, want %.3f", beyond, want, square/beyond, mean)
	if !(math.Abs(beyond-want) <= 5*math.Sqrt(want)) || !(math.Abs(square/beyond-mean) <= 5*2/math.Sqrt(want)) {
		t.Error("the tail is wrong")
	}
}

// TestNormalsDistribution holds a sample against Φ by Kolmogorov & Smirnov's distance
// and by Anderson & Darling's, which looks at the tails.
func TestNormalsDistribution(t *testing.T) {
	both(t, func(t *testing.T, normals func(r *Rand, dst []float64)) {
		const n = 1 << 18
		x := make([]float64, n)
		normals(stream(21, 22), x)
		slices.Sort(x)
		d, a := 0.0, -float64(n)
		for i, v := range x {
			f := normalCDF(v)
			d = max(d, f-float64(i)/n, float64(i+1)/n-f)
			a -= float64(2*i+1) / n * (math.Log(f) + math.Log(normalCDF(-x[n-1-i])))
		}
		d *= math.Sqrt(n)
		t.Logf("√n D = %.3f, A² = %.3f", d, a)
		if !(d <= 1.95) { // exceeded once in 1000
			t.Errorf("Kolmogorov–Smirnov √n D = %v, want at most 1.95", d)
		}
		if !(a <= 6) { // exceeded once in 1000
			t.Errorf("Anderson–Darling A² = %v, want at most 6", a)
		}
	})
}

// correlation returns the correlation of x and y in standard errors, for variables
// with mean 0 and variance 1 that should be independent.
func correlation(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum / math.Sqrt(float64(len(x)))
}

// squares returns (x² − 1)/√2, which has mean 0 and variance 1 for normal x.
func squares(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v*v - 1) / math.Sqrt2
	}
	return y
}

// TestNormalsSerial looks for correlation along a stream, of the numbers and of their
// squares: the two of a pair, which share a radius, are 8 (4 in float64) apart.
func TestNormalsSerial(t *testing.T) {
	both(t, func(t *testing.T, normals func(r *Rand, dst []float64)) {
		x := make([]float64, 1<<18)
		normals(stream(31, 32), x)
		y, n := squares(x), len(x)-100
		for lag := 1; lag <= 100; lag++ {
			for name, c := range map[string]float64{"x, x": correlation(x[:n], x[lag:lag+n]), "x², x²": correlation(y[:n], y[lag:lag+n]),
				"x, x²": correlation(x[:n], y[lag:lag+n]), "x², x": correlation(y[:n], x[lag:lag+n])} {
				if !(math.Abs(c) <= 5) {
					t.Errorf("lag %d: correlation of %s is %.1f standard errors", lag, name, c)
				}
			}
		}
	})
}

// TestStreamsIndependent compares streams whose seeds are neighbours, and the four
// generators of a stream, at small shifts.
func TestStreamsIndependent(t *testing.T) {
	const n, most = 1 << 14, 4
	var streams [][]float64
	for _, seed := range [][2]uint64{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 1}, {1 << 63, 0}, {0x9e3779b97f4a7c15, 0}} {
		r, words, x := stream(seed[0], seed[1]), make([]uint32, 8*(n+most)), make([][]float64, 8)
		Words(r, words)
		for i, w := range words {
			x[i%8] = append(x[i%8], (float64(w)/0x1p32-0.5)*math.Sqrt(12))
		}
		streams = append(streams, x...)
	}
	for i, x := range streams {
		for j, y := range streams {
			for shift := range most {
				if c := correlation(x[:n], y[shift:shift+n]); (i != j || shift > 0) && !(math.Abs(c) <= 5.5) {
					t.Errorf("generator %d against %d, %d later: %.1f standard errors", i, j, shift, c)
				}
			}
		}
	}
}

// TestWordsChi2 counts the 16 values of each group of 4 bits, alone and in pairs one
// block apart.
func TestWordsChi2(t *testing.T) {
	const blocks = 1 << 15
	words := make([]uint32, 8*(blocks+1))
	Words(stream(41, 42), words)
	for shift := 0; shift < 32; shift += 4 {
		for lane := range 8 {
			var count [256]float64
			for b := range blocks {
				count[words[8*b+lane]>>shift&15<<4|words[8*b+8+lane]>>shift&15]++
			}
			chi2 := 0.0
			for _, c := range count {
				chi2 += (c - blocks/256) * (c - blocks/256) / (blocks / 256)
			}
			if !(math.Abs(chi2-255) <= 5*math.Sqrt(2*255)) {
				t.Errorf("bits %d–%d of word %d: χ² = %.0f, want about 255", shift, shift+3, lane, chi2)
			}
		}
	}
}

// TestMasksShare counts what is dropped, and looks for correlation between neighbours.
func TestMasksShare(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for _, p := range []float64{0, 1e-4, 0.1, 0.25, 0.5, 0.9, 1 - 0x1p-40} {
			const n = 1 << 20
			m := make([]float32, n)
			Masks(stream(51, 52), m, p, 3)
			dropped := 0.0
			for _, v := range m {
				if v == 0 {
					dropped++
				} else if v != 3 {
					t.Fatalf("p = %v: a mask of %v", p, v)
				}
			}
			if se := math.Sqrt(n * p * (1 - p)); !(math.Abs(dropped-n*p) <= 5*se) {
				t.Errorf("p = %v: %v of %v dropped, want %v ± %.1f", p, dropped, n, n*p, se)
			}
			if p != 0.5 {
				continue
			}
			x := make([]float64, n)
			for i, v := range m {
				x[i] = float64(v)/1.5 - 1
			}
			for lag := 1; lag <= 64; lag++ {
				if c := correlation(x[:n-64], x[lag:lag+n-64]); !(math.Abs(c) <= 5) {
					t.Errorf("lag %d: correlation %.1f standard errors", lag, c)
				}
			}
		}
	})
}
