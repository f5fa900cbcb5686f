package variationalinference

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	linesandfunctions "github.com/credence-bnn/credence/solutions/04-lines-and-functions"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, tol)
	}
}

// TestExamples holds the numbers in the comments.
func TestExamples(t *testing.T) {
	near(t, "Softplus(0)", Softplus(0), 0.6931, 5e-5)
	near(t, "Softplus(1000)", Softplus(1000), 1000, 0)
	near(t, "Softplus(−40)", Softplus(-40), 4.248e-18, 5e-22)
	near(t, "InverseSoftplus(log 2)", InverseSoftplus(math.Ln2), 0, 1e-15)
	theta := Sample([]float64{1, 2}, []float64{0, 0}, []float64{1, -1})
	near(t, "θ_0", theta[0], 1.6931, 5e-5)
	near(t, "θ_1", theta[1], 1.3069, 5e-5)
	near(t, "KL", KL([]float64{1}, []float64{0.5}, 1), 0.8181, 5e-5)
	near(t, "ELBO", ELBO([]float64{-10, -14}, 3), -15, 0)
	near(t, "BatchLoss", BatchLoss([]float64{-1, -2}, 5, 100), 1.55, 1e-15)
	gMu, gRho := Gradient([]float64{2}, []float64{3}, 1, []float64{0, 1}, []float64{0, 0}, []float64{0, 0}, 1, 1)
	for j := range 2 {
		near(t, "gMu", gMu[j], -1, 1e-15)
		near(t, "gRho", gRho[j], -0.3748, 5e-5)
	}
}

func TestInverse(t *testing.T) {
	for _, rho := range []float64{-25, -3, -0.2, 0, 0.7, 12, 600} {
		near(t, "back and forth", InverseSoftplus(Softplus(rho)), rho, 1e-12*math.Abs(rho)+1e-15)
	}
}

// TestKL holds the closed form against gonum's.
func TestKL(t *testing.T) {
	mu, sigma, want := []float64{0.3, -1.2, 2}, []float64{0.4, 1.7, 0.02}, 0.0
	for j := range mu {
		want += distuv.KullbackLeibler{}.DistNormal(distuv.Normal{Mu: mu[j], Sigma: sigma[j]}, distuv.Normal{Sigma: 0.8})
	}
	near(t, "KL", KL(mu, sigma, 0.8), want, 1e-12)
}

// TestBatches holds that the losses of a partition average to −ELBO/N.
func TestBatches(t *testing.T) {
	logLik, kl, all, batches := []float64{-1, -0.2, -3, -1.7, -0.9, -2.2}, 4.0, 0.0, 0.0
	for i, l := range logLik {
		all += l
		if i%2 == 0 {
			batches += BatchLoss(logLik[i:i+2], kl, 6) / 3
		}
	}
	near(t, "mean of the batches", batches, -ELBO([]float64{all}, kl)/6, 1e-14)
}

// loss is the loss of Gradient, written out.
func loss(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) float64 {
	theta := Sample(mu, rho, eps)
	var logLik []float64
	for i := range x {
		logLik = append(logLik, distuv.Normal{Mu: theta[0] + theta[1]*x[i], Sigma: noise}.LogProb(y[i]))
	}
	return BatchLoss(logLik, KL(mu, []float64{Softplus(rho[0]), Softplus(rho[1])}, s), n)
}

// TestDifferences holds Gradient against finite differences.
func TestDifferences(t *testing.T) {
	x, y, eps := []float64{0.3, -0.8, 1.1}, []float64{1.2, -0.4, 2}, []float64{0.7, -1.3}
	mu, rho := []float64{0.4, 1.1}, []float64{-1.2, 0.5}
	gMu, gRho := Gradient(x, y, 12, mu, rho, eps, 0.6, 1.4)
	for j := range 2 {
		for what, v := range map[string]struct {
			at  *float64
			got float64
		}{"μ": {&mu[j], gMu[j]}, "ρ": {&rho[j], gRho[j]}} {
			const h = 1e-5
			was := *v.at
			*v.at = was + h
			up := loss(x, y, 12, mu, rho, eps, 0.6, 1.4)
			*v.at = was - h
			down := loss(x, y, 12, mu, rho, eps, 0.6, 1.4)
			*v.at = was
			near(t, "∂loss/∂"+what, v.got, (up-down)/(2*h), 1e-8)
		}
	}
}

func normals(rng *rand.Rand, n int) [][]float64 {
	eps := make([][]float64, n)
	for i := range eps {
		eps[i] = []float64{rng.NormFloat64(), rng.NormFloat64()}
	}
	return eps
}

// TestTrain holds where training ends against the best independent bell curves:
// the posterior's mean, and 1/√P_jj.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 6))
	noise, s := 0.5, 1.0
	var x, y []float64
	for range 20 {
		x = append(x, rng.Float64()*2-0.5) // not centred: the weights are correlated
		y = append(y, 0.5+1.5*x[len(x)-1]+noise*rng.NormFloat64())
	}
	mean, _ := linesandfunctions.Posterior(linesandfunctions.Design(x, 1), y, noise, s)
	m, sigma := Train(x, y, []float64{0, 0}, []float64{-1, -1}, normals(rng, 20_000), noise, s, 0.01)
	p := []float64{20 / (noise * noise), 0}
	for _, v := range x {
		p[1] += v * v / (noise * noise)
	}
	for j := range 2 {
		avgMu, avgSigma, last := 0.0, 0.0, 10_000
		for t := range last {
			avgMu += m[len(m)-1-t][j] / float64(last)
			avgSigma += sigma[len(m)-1-t][j] / float64(last)
		}
		near(t, "μ", avgMu, mean[j], 0.02)
		near(t, "σ", avgSigma, 1/math.Sqrt(p[j]+1/(s*s)), 0.006)
	}
}

// TestBound holds that the ELBO is the evidence when q is the posterior, which
// is independent for centred x, and lower for another q.
func TestBound(t *testing.T) {
	x, y, noise, s := []float64{-1, -0.5, 0, 0.5, 1}, []float64{-0.9, 0.3, 0.8, 2.2, 2.7}, 0.4, 1.5
	phi := linesandfunctions.Design(x, 1)
	mean, cov := linesandfunctions.Posterior(phi, y, noise, s)
	evidence := linesandfunctions.LogEvidence(phi, y, noise, s)
	elbo := func(mu, sigma []float64) float64 {
		rho := []float64{InverseSoftplus(sigma[0]), InverseSoftplus(sigma[1])}
		var logLik []float64
		for _, e := range normals(rand.New(rand.NewPCG(2, 6)), 100_000) {
			theta, l := Sample(mu, rho, e), 0.0
			for i := range x {
				l += distuv.Normal{Mu: theta[0] + theta[1]*x[i], Sigma: noise}.LogProb(y[i])
			}
			logLik = append(logLik, l)
		}
		return ELBO(logLik, KL(mu, sigma, s))
	}
	sd := []float64{math.Sqrt(cov[0][0]), math.Sqrt(cov[1][1])}
	near(t, "ELBO at the posterior", elbo(mean, sd), evidence, 0.02)
	if lower := elbo(mean, []float64{2 * sd[0], sd[1]}); !(lower < evidence-0.3) {
		t.Errorf("ELBO of a q that is too wide: %.3f, the evidence is %.3f", lower, evidence)
	}
}
