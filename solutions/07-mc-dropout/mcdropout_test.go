package mcdropout

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, tol)
	}
}

// TestExamples holds the numbers in the comments.
func TestExamples(t *testing.T) {
	if z := Mask([]float64{0.1, 0.5, 0.9}, 0.2); !slices.Equal(z, []float64{0, 1.25, 1.25}) {
		t.Error("Mask:", z)
	}
	w1, b1, w2 := []float64{1, -1, 0.5}, []float64{0, 1, -0.5}, []float64{3, 2, 1}
	near(t, "Pass", Pass(2, w1, b1, w2, -1, []float64{1.25, 1.25, 0}), 6.5, 0)
	near(t, "DropVar", DropVar([]float64{1, -2}, []float64{3, 0.5}, 0.2), 2.5, 1e-15)
	near(t, "TotalSD", TotalSD([]float64{1, 2, 3, 6}, 2), 2.7386, 5e-5)
	near(t, "LogPredictive", LogPredictive(0, []float64{0, 2}, 1), -1.4852, 5e-5)
	if n := PassesNeeded([]float64{1, 2, 3, 6}, 0.2); n != 88 {
		t.Error("PassesNeeded:", n)
	}
	near(t, "Decay", Decay(0.2, 2, 50, 0.5), 0.0004, 1e-18)
}

// network draws weights for K units.
func network(rng *rand.Rand, k int) (w1, b1, w2 []float64, b2 float64) {
	draw := func() []float64 {
		v := make([]float64, k)
		for i := range v {
			v[i] = rng.NormFloat64()
		}
		return v
	}
	return draw(), draw(), draw(), rng.NormFloat64()
}

// TestAllMasks holds mean and variance of a pass against all 32 masks, each with
// its probability.
func TestAllMasks(t *testing.T) {
	const x, p = 0.8, 0.3
	w1, b1, w2, b2 := network(rand.New(rand.NewPCG(1, 7)), 5)
	var m1, m2 float64
	for bits := range 32 {
		prob, u := 1.0, make([]float64, 5)
		for k := range u {
			if bits>>k&1 == 1 {
				u[k] = p // on the edge: kept
				prob *= 1 - p
			} else {
				prob *= p
			}
		}
		f := Pass(x, w1, b1, w2, b2, Mask(u, p))
		m1, m2 = m1+prob*f, m2+prob*f*f
	}
	h := make([]float64, 5)
	for k := range h {
		h[k] = max(0, w1[k]*x+b1[k])
	}
	near(t, "mean, and dropout off", m1, Pass(x, w1, b1, w2, b2, ones(5)), 1e-12)
	near(t, "variance", m2-m1*m1, DropVar(w2, h, p), 1e-12)
}

// TestLibrary holds a masked pass and the predictive density against the library.
func TestLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 7))
	const k, p = 30, 0.25
	w1, b1, w2, b2 := network(rng, k)
	net := nn.New(1, nn.Dense{Out: k}, nn.ReLU, nn.Dropout{}, nn.Dense{Out: 1})
	theta := slices.Concat(w1, b1, w2, []float64{b2})
	tape := nn.NewTape[float64](net, 1)
	var passes []float64
	for seed := range uint64(20) {
		masked := slices.Clone(theta)
		net.Mask(masked, p, rand.New(rand.NewPCG(seed, 1)))
		want := tape.Forward(masked, []float64{1.3}, 1)[0]
		u, draws := make([]float64, k), rand.New(rand.NewPCG(seed, 1))
		for i := range u {
			u[i] = draws.Float64()
		}
		f := Pass(1.3, w1, b1, w2, b2, Mask(u, p))
		near(t, "pass", f, want, 1e-12)
		passes = append(passes, f)
	}
	var l []float64
	for _, f := range passes {
		l = append(l, distuv.Normal{Mu: f, Sigma: 0.4}.LogProb(2))
	}
	near(t, "log predictive", LogPredictive(2, passes, 0.4), metrics.LogMeanExp(l), 1e-12)
}

// TestBand holds many passes against the exact mean and variance.
func TestBand(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 7))
	const k, p, sigma, draws = 20, 0.2, 0.3, 20_000
	w1, b1, w2, b2 := network(rng, k)
	z := make([][]float64, draws)
	for i := range z {
		u := make([]float64, k)
		for j := range u {
			u[j] = rng.Float64()
		}
		z[i] = Mask(u, p)
	}
	x := []float64{-2, 0.5, 3}
	mean, sd := Band(x, w1, b1, w2, b2, z, sigma)
	for i, v := range x {
		h := make([]float64, k)
		for j := range h {
			h[j] = max(0, w1[j]*v+b1[j])
		}
		doubt := DropVar(w2, h, p)
		near(t, "mean", mean[i], Pass(v, w1, b1, w2, b2, ones(k)), 4*math.Sqrt(doubt/draws))
		near(t, "sd", sd[i], math.Sqrt(doubt+sigma*sigma), 0.03*sd[i])
	}
}

// TestDecay holds the decay against the exact posterior of one weight: with it, a
// weight that survives dropout is the posterior's mean.
func TestDecay(t *testing.T) {
	x, y := []float64{1, -0.5, 2, 0.3}, []float64{0.7, -0.2, 1.9, 0.1}
	const sigma, s, p = 0.3, 0.8, 0.2
	var xx, xy float64
	for i := range x {
		xx, xy = xx+x[i]*x[i], xy+x[i]*y[i]
	}
	// The mean over masks of 1/N Σ (y − z M x)² + λM² is lowest at this M.
	n := float64(len(x))
	m := xy / n / (xx/(n*(1-p)) + Decay(sigma, s, len(x), p))
	near(t, "a surviving weight", m/(1-p), xy/(xx+sigma*sigma/(s*s)), 1e-12)
}

// TestMargin holds that PassesNeeded passes are enough and one fewer is not.
func TestMargin(t *testing.T) {
	passes := []float64{0.3, 1.7, -0.4, 2.2, 0.9}
	_, v := moments(passes)
	for _, margin := range []float64{0.5, 0.11, 0.037} {
		n := float64(PassesNeeded(passes, margin))
		if !(math.Sqrt(v/n) <= margin && math.Sqrt(v/(n-1)) > margin) {
			t.Errorf("margin %v: %v passes", margin, n)
		}
	}
}
