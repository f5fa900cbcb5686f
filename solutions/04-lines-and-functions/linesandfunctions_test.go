package linesandfunctions

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/distuv"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, tol)
	}
}

// noisy makes points of a cubic.
func noisy(rng *rand.Rand, n int, sigma float64) (x, y []float64) {
	for range n {
		v := 3*rng.Float64() - 1.5
		x = append(x, v)
		y = append(y, 0.2-v+0.3*v*v+2*v*v*v+sigma*rng.NormFloat64())
	}
	return x, y
}

// TestExamples holds the numbers in the comments.
func TestExamples(t *testing.T) {
	phi, y := [][]float64{{1}, {1}}, []float64{1, 3}
	mean, cov := Posterior(phi, y, 1, 1)
	near(t, "Posterior's mean", mean[0], 4./3, 1e-15)
	near(t, "Posterior's variance", cov[0][0], 1./3, 1e-15)
	free, _ := Posterior(phi, y, 1, 1e6)
	near(t, "without prior", free[0], 2, 1e-9)
	m, v := Predict([][]float64{{1, 2}}, []float64{1, 0.5}, [][]float64{{0.1, -0.02}, {-0.02, 0.04}}, 0.3)
	near(t, "Predict's mean", m[0], 2, 1e-15)
	near(t, "Predict's variance", v[0], 0.27, 1e-15)
	near(t, "LogEvidence", LogEvidence(phi, y, 1, 1), -4.7205, 5e-5)
	inv, logDet := invert([][]float64{{2, 1}, {1, 2}})
	near(t, "invert", inv[0][1], -1./3, 1e-15)
	near(t, "log|a|", logDet, math.Log(3), 1e-15)
}

// TestGonum holds posterior and evidence against gonum's Cholesky factors.
func TestGonum(t *testing.T) {
	sigma, s := 0.3, 1.7
	x, y := noisy(rand.New(rand.NewPCG(1, 4)), 25, sigma)
	rows := Design(x, 4)
	phi := mat.NewDense(25, 5, nil)
	for i, r := range rows {
		phi.SetRow(i, r)
	}
	var p, c mat.SymDense
	p.SymOuterK(1/(sigma*sigma), phi.T())
	c.SymOuterK(s*s, phi)
	for j := range 5 {
		p.SetSym(j, j, p.At(j, j)+1/(s*s))
	}
	for i := range 25 {
		c.SetSym(i, i, c.At(i, i)+sigma*sigma)
	}
	var chol mat.Cholesky
	var r, want mat.VecDense
	var wantCov mat.SymDense
	r.MulVec(phi.T(), mat.NewVecDense(25, y))
	r.ScaleVec(1/(sigma*sigma), &r)
	if !chol.Factorize(&p) || chol.SolveVecTo(&want, &r) != nil || chol.InverseTo(&wantCov) != nil {
		t.Fatal("not positive definite")
	}
	mean, cov := Posterior(rows, y, sigma, s)
	for j := range 5 {
		near(t, "mean", mean[j], want.AtVec(j), 1e-10)
		for k := range 5 {
			near(t, "covariance", cov[j][k], wantCov.At(j, k), 1e-10)
		}
	}
	d, _ := distmv.NewNormal(make([]float64, 25), &c, nil)
	near(t, "log evidence", LogEvidence(rows, y, sigma, s), d.LogProb(y), 1e-9)
}

// TestChain holds evidence, posterior and prediction against each other:
// p(D) is the product of p(y_i | the values before it).
func TestChain(t *testing.T) {
	sigma, s := 0.3, 1.7
	x, y := noisy(rand.New(rand.NewPCG(2, 4)), 12, sigma)
	phi := Design(x, 3)
	// The first value meets the prior alone.
	l := distuv.Normal{Sigma: math.Sqrt(sigma*sigma + s*s*dot(phi[0], phi[0]))}.LogProb(y[0])
	for i := 1; i < len(y); i++ {
		mean, cov := Posterior(phi[:i], y[:i], sigma, s)
		m, v := Predict(phi[i:i+1], mean, cov, sigma)
		l += distuv.Normal{Mu: m[0], Sigma: math.Sqrt(v[0])}.LogProb(y[i])
	}
	near(t, "log evidence", LogEvidence(phi, y, sigma, s), l, 1e-9)
}

// TestHump holds what the README promises of points of a cubic.
func TestHump(t *testing.T) {
	humps, moved, melted := 0, 0, 0
	for seed := range uint64(20) {
		x, y := noisy(rand.New(rand.NewPCG(seed, 5)), 30, 0.15)
		best := func(n int, s float64) (degree int, share float64) {
			p := Degrees(x[:n], y[:n], 7, 0.15, s)
			return slices.Index(p, slices.Max(p)), slices.Max(p)
		}
		if k, _ := best(30, 2); k == 3 {
			humps++
		}
		if k, _ := best(30, 0.2); k > 3 {
			moved++
		}
		if _, share := best(3, 2); share < 0.5 {
			melted++
		}
		last := math.Inf(-1)
		for k := range 8 {
			fit := bestFit(Design(x, k), y, 0.15, 1e3)
			if !(fit >= last-1e-6) {
				t.Errorf("seed %d: degree %d fits worse than %d", seed, k, k-1)
			}
			last = fit
		}
	}
	if humps < 18 || moved < 18 || melted < 18 {
		t.Errorf("of 20: degree 3 wins %d times, a strict prior moves the hump %d times, three points leave it open %d times", humps, moved, melted)
	}
}
