package theintegral

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, tol)
	}
}

// exact is the evidence in closed form: the data are jointly normal with
// covariance σ²I + s²11ᵀ.
func exact(y []float64, sigma, s float64) float64 {
	cov := mat.NewSymDense(len(y), nil)
	for i := range y {
		for j := range y {
			cov.SetSym(i, j, s*s)
		}
	}
	for i := range y {
		cov.SetSym(i, i, s*s+sigma*sigma)
	}
	d, _ := distmv.NewNormal(make([]float64, len(y)), cov, nil)
	return d.LogProb(y)
}

// TestEvidence holds three roads to the evidence against the closed form.
func TestEvidence(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	y, sigma, s := []float64{1.2, 0.4, 0.9, 1.5}, 0.8, 1.3
	want := exact(y, sigma, s)
	near(t, "grid", GridEvidence(y, sigma, s, -9, 9, 500), want, 1e-10)

	const draws = 40_000
	lik, joint, q := make([]float64, draws), make([]float64, draws), make([]float64, draws)
	for k := range draws {
		theta := s * rng.NormFloat64()
		lik[k] = logJoint(theta, y, sigma, s) - logNormal(theta, 0, s)
		theta = 0.9 + 0.6*rng.NormFloat64()
		joint[k], q[k] = logJoint(theta, y, sigma, s), logNormal(theta, 0.9, 0.6)
	}
	got, se := MonteCarlo(lik)
	near(t, "Monte Carlo", got, want, 4*se)
	near(t, "its log-mean-exp", got, metrics.LogMeanExp(lik), 1e-12)
	better, ess := Importance(joint, q)
	near(t, "importance", better, want, 4*math.Sqrt(1/ess-1./draws))
	if !(ess > 2/(se*se+1./draws)) { // 1/(se² + 1/S) is the prior's own ess
		t.Errorf("a q near the posterior gives ess %.0f, se of the prior's draws is %.4f", ess, se)
	}
}

// TestExamples holds the numbers in the comments.
func TestExamples(t *testing.T) {
	near(t, "GridSeconds", GridSeconds(10, 3, 1000), 1, 0)
	near(t, "GridEvidence", GridEvidence([]float64{1}, 1, 1, -9, 9, 500), -1.5155, 5e-5)
	e, se := MonteCarlo([]float64{0, math.Log(3)})
	near(t, "MonteCarlo", e, math.Log(2), 1e-15)
	near(t, "its share", se, 0.5, 1e-15)
	e, ess := Importance([]float64{math.Log(0.2), math.Log(0.3)}, []float64{math.Log(0.4), math.Log(0.2)})
	near(t, "Importance", e, 0, 1e-15)
	near(t, "its ess", ess, 1.6, 1e-15)
	chain, accepted := Metropolis([]float64{1}, 1, 1, 0, 1, []float64{1, 2}, []float64{0.9, 0.5})
	if chain[0] != 1 || chain[1] != 1 || accepted != 1 {
		t.Error("Metropolis:", chain, accepted)
	}
	near(t, "ChainESS", ChainESS([]float64{1, 1, 3, 3}), 4/1.5, 1e-15)
	near(t, "the prior forgotten, as the hint says", GridEvidence([]float64{1}, 1, 1e9, -9, 9, 500)+math.Log(1e9)+math.Log(2*math.Pi)/2, 0, 1e-9)
}

// TestWalk holds a long walk against the exact posterior, and the effective
// draws against the library's and against theory.
func TestWalk(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	y, sigma, s := []float64{1.2, 0.4, 0.9, 1.5}, 0.8, 1.3
	precision := 4/(sigma*sigma) + 1/(s*s)
	mean, sd := 4.0/(sigma*sigma)/precision, 1/math.Sqrt(precision)
	const n = 20_000
	xi, u := make([]float64, n), make([]float64, n)
	for i := range n {
		xi[i], u[i] = rng.NormFloat64(), rng.Float64()
	}
	chain, _ := Metropolis(y, sigma, s, mean, 2.4*sd, xi, u)
	ess := ChainESS(chain)
	m, v := 0.0, 0.0
	for _, x := range chain {
		m += x / n
	}
	for _, x := range chain {
		v += (x - m) * (x - m) / n
	}
	near(t, "mean", m, mean, 4*sd/math.Sqrt(ess))
	near(t, "sd", math.Sqrt(v), sd, 0.04*sd)
	near(t, "ess against the library", ess/metrics.ESS([][]float64{chain}), 1, 0.15)

	ar := make([]float64, n) // x_i = 0.6 x_{i−1} + ξ_i has 1 + 2Σρ = (1+0.6)/(1−0.6)
	for i := 1; i < n; i++ {
		ar[i] = 0.6*ar[i-1] + xi[i]
	}
	near(t, "ess against theory", ChainESS(ar)/(n*0.4/1.6), 1, 0.1)

	hill := StepSweep(y, sigma, s, mean, []float64{0.05 * sd, 2.4 * sd, 60 * sd}, xi[:4000], u[:4000])
	if !(hill[1] > 5*hill[0] && hill[1] > 5*hill[2]) {
		t.Error("no hill:", hill)
	}
}
