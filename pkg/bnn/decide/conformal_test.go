package decide_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/decide"
)

// uniform is a congruential generator, so that any language makes the same numbers.
func uniform(seed, n int) []float64 {
	u := make([]float64, n)
	for i := range u {
		seed = (1103515245*seed + 12345) % (1 << 31)
		u[i] = float64(seed) / (1 << 31)
	}
	return u
}

// classified is 60 rows of 3 classes.
func classified() (probs, labels []float64) {
	const n = 60
	probs, labels = uniform(5, 3*n), uniform(8, n)
	for i, keep := range uniform(7, n) {
		row, sum, most := probs[3*i:3*i+3], 0.0, 0
		for c := range row {
			row[c] = math.Exp(4 * row[c])
			sum += row[c]
			if row[c] > row[most] {
				most = c
			}
		}
		for c := range row {
			row[c] /= sum
		}
		labels[i] = math.Floor(3 * labels[i])
		if keep < 0.6 {
			labels[i] = float64(most)
		}
	}
	return probs, labels
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*(1+math.Abs(want))) {
		t.Errorf("%s: got %.17g, the other program printed %.17g", what, got, want)
	}
}

// The wanted values were printed for the same rows, 40 to calibrate and 20 new ones, by
// MAPIE 1.6.0 (SplitConformalRegressor at 0.85, SplitConformalClassifier with "lac" at
// 0.75) and by the code of Angelopoulos & Bates (2021), figures 2 and 4, on NumPy 2.4.6.
// Their np.quantile(…, method="higher") counts places from 0 to n − 1 and so takes the
// 32nd of 40 scores instead of the ⌈41 · 0.75⌉ = 31st; "inverted_cdf" takes the 31st.
func TestConformalOthers(t *testing.T) {
	y, mean := uniform(1, 60), uniform(2, 60)
	for i := range y {
		y[i] = 4*y[i] - 2
		mean[i] = y[i] + 2*mean[i] - 1
	}
	q := decide.ConformalQuantile(decide.Residuals(y[:40], mean[:40], nil), 0.15)
	lo, hi := decide.Intervals(mean[40:], nil, q)
	near(t, "MAPIE, lower end of row 0", lo[0], -2.0203915191814303)
	near(t, "MAPIE, upper end of row 0", hi[0], -0.1913322126492858)

	probs, labels := classified()
	q = decide.ConformalQuantile(decide.LAC(probs[:120], 3, labels[:40]), 0.25)
	near(t, "NumPy, LAC quantile", q, 0.7228468357955401)
	same(t, "MAPIE, LAC", decide.LACSets(probs[120:], 3, q), "1 01 02 2 2 0 02 1 2 2 2 01 1 02 02 01 12 2 0 01")
	q = decide.ConformalQuantile(decide.APS(probs[:120], 3, labels[:40], nil), 0.25)
	near(t, "NumPy, APS quantile", q, 0.9413654792389695)
	same(t, "Angelopoulos & Bates, APS", decide.APSSets(probs[120:], 3, q, nil), "12 01 02 2 12 01 02 1 12 2 02 01 01 02 0 01 12 2 01 0")
}

func same(t *testing.T, what string, sets [][]int, want string) {
	t.Helper()
	got := strings.NewReplacer("[", "", "]", "", " ", "").Replace
	var all []string
	for _, s := range sets {
		all = append(all, got(fmt.Sprint(s)))
	}
	if strings.Join(all, " ") != want {
		t.Errorf("%s:\ngot  %v\nwant %v", what, strings.Join(all, " "), want)
	}
}

// TestConformalQuantile checks the place ⌈(n+1)(1−alpha)⌉ where floating point is awkward.
func TestConformalQuantile(t *testing.T) {
	for _, c := range []struct {
		n     int
		alpha float64
		want  float64 // the scores are 1 … n
	}{{9, 0.1, 9}, {8, 0.1, inf}, {19, 0.05, 19}, {99, 0.1, 90}, {99, 0.3, 70}, {99, 0.29, 71}, {9, 0.9, 1}, {100, 0.1, 91}, {4, 0.999, 1}, {999, 0.001, 999}} {
		scores := make([]float64, c.n)
		for i := range scores {
			scores[i] = float64(c.n - i)
		}
		if got := decide.ConformalQuantile(scores, c.alpha); got != c.want {
			t.Errorf("n = %d, alpha = %v: %v, want %v", c.n, c.alpha, got, c.want)
		}
	}
}

// TestConformalCoverage checks the guarantee with a model that is plainly wrong: over
// many calibration sets of 19 the mean coverage is 1 − alpha, here exactly k/(n + 1).
func TestConformalCoverage(t *testing.T) {
	const n, alpha, sets = 19, 0.2, 20_000
	rng := rand.New(rand.NewPCG(5, 6))
	var plain, scaled, lac, aps, most int
	y, mean, sd := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	probs, labels := make([]float64, 3*(n+1)), make([]float64, n+1)
	for range sets {
		for i := range y {
			y[i], mean[i], sd[i] = rng.ExpFloat64()-3, rng.NormFloat64(), 0.1+rng.Float64()
			a, b := rng.Float64(), rng.Float64()
			probs[3*i], probs[3*i+1], probs[3*i+2] = a, (1-a)*b, (1-a)*(1-b)
			labels[i] = math.Floor(3 * rng.Float64() * rng.Float64())
		}
		q := decide.ConformalQuantile(decide.Residuals(y[:n], mean[:n], nil), alpha)
		lo, hi := decide.Intervals(mean[n:], nil, q)
		plain += in(lo[0] <= y[n] && y[n] <= hi[0])
		q = decide.ConformalQuantile(decide.Residuals(y[:n], mean[:n], sd[:n]), alpha)
		lo, hi = decide.Intervals(mean[n:], sd[n:], q)
		scaled += in(lo[0] <= y[n] && y[n] <= hi[0])
		lac += in(has(decide.LACSets(probs[3*n:], 3, decide.ConformalQuantile(decide.LAC(probs[:3*n], 3, labels[:n]), alpha))[0], labels[n]))
		aps += in(has(decide.APSSets(probs[3*n:], 3, decide.ConformalQuantile(decide.APS(probs[:3*n], 3, labels[:n], rng), alpha), rng)[0], labels[n]))
		most += in(has(decide.APSSets(probs[3*n:], 3, decide.ConformalQuantile(decide.APS(probs[:3*n], 3, labels[:n], nil), alpha), nil)[0], labels[n]))
	}
	for name, covered := range map[string]int{"absolute": plain, "normalised": scaled, "LAC": lac, "APS": aps} {
		if got := float64(covered) / sets; !(math.Abs(got-(1-alpha)) <= 4*math.Sqrt(alpha*(1-alpha)/sets)) {
			t.Errorf("%s: coverage %.4f, want %.2f", name, got, 1-alpha)
		}
	}
	if got := float64(most) / sets; !(got >= 1-alpha-0.01) {
		t.Errorf("APS without chance covers %.4f, less than %.2f", got, 1-alpha)
	}
}

func in(b bool) int {
	if b {
		return 1
	}
	return 0
}

func has(set []int, label float64) bool {
	for _, c := range set {
		if c == int(label) {
			return true
		}
	}
	return false
}
