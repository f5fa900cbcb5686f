package bnn

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// logLikFunc estimates E_q[log p(D | θ)] under q = Π N(μ_j, σ_j²) from the given
// rows and writes the gradients over gMu and gSigma.
type logLikFunc func(gMu, gSigma, mu, sigma []float64, rows []int) float64

// klFunc returns β KL(q ‖ p) and subtracts its gradients from gMu and gSigma.
type klFunc func(beta float64, gMu, gSigma, mu, sigma []float64) float64

// estimator chooses how to estimate the two terms of the ELBO on t.
func (v VI) estimator(t Target, rng *rand.Rand) (logLikFunc, klFunc) {
	parts, ok := t.(Parts)
	if !ok {
		return oneDraw(t.LogJoint, t.Dim(), rng), func(_ float64, gMu, gSigma, mu, sigma []float64) float64 {
			return negEntropy(1, gMu, gSigma, mu, sigma) // log p(θ) is in the log joint at full weight
		}
	}
	logLik := oneDraw(parts.LogLik, t.Dim(), rng)
	if noisy, ok := t.(Noisy); ok && !v.OneDraw {
		logLik = local(noisy, t.Dim(), rng)
	}
	var mean, sd []float64
	if g, ok := t.(GaussPrior); ok {
		mean, sd = g.PriorMoments()
	}
	if sd == nil {
		return logLik, drawnKL(parts, t.Dim(), rng)
	}
	learner, ok := t.(PriorLearner)
	if !ok {
		learner = fixedPrior{}
	}
	sd = slices.Clone(sd)
	return logLik, func(beta float64, gMu, gSigma, mu, sigma []float64) float64 {
		learner.LearnPrior(sd, mu, sigma)
		return gaussKL(beta, gMu, gSigma, mu, sigma, mean, sd)
	}
}

// fixedPrior has nothing to learn.
type fixedPrior struct{}

func (fixedPrior) LearnPrior(_, _, _ []float64) bool { return false }

// oneDraw estimates E_q[f(θ)] by f(μ + σ⊙ε) with one ε ~ N(0, I) for all rows:
// ∂/∂μ = ∇f and ∂/∂σ = ∇f ⊙ ε.
func oneDraw(f func(grad, theta []float64, rows []int) float64, dim int, rng *rand.Rand) logLikFunc {
	eps, theta := make([]float64, dim), make([]float64, dim)
	return func(gMu, gSigma, mu, sigma []float64, rows []int) float64 {
		noise(eps, rng)
		for j, e := range eps {
			theta[j] = mu[j] + sigma[j]*e
		}
		value := f(gMu, theta, rows)
		for j, e := range eps {
			gSigma[j] = gMu[j] * e
		}
		return value
	}
}

// noise draws ε ~ N(0, I), the same in both precisions.
func noise[T nn.Float](eps []T, rng *rand.Rand) {
	r := stream(rng)
	kernels.Noise(&r, eps)
}

// stream starts a stream for kernels.
func stream(rng *rand.Rand) (r kernels.Rand) {
	r.Seed(rng.Uint64(), rng.Uint64())
	return r
}

// local estimates E_q[log p(D | θ)] with noise of its own for every row
// (local reparameterisation), through v = σ²: ∂/∂σ = 2σ ∂/∂v.
func local(t Noisy, dim int, rng *rand.Rand) logLikFunc {
	v := make([]float64, dim)
	return func(gMu, gSigma, mu, sigma []float64, rows []int) float64 {
		for j, s := range sigma {
			v[j] = s * s
		}
		value := t.LogLikLocal(gMu, gSigma, mu, v, rows, rng)
		for j, s := range sigma {
			gSigma[j] *= 2 * s
		}
		return value
	}
}

// drawnKL estimates KL(q ‖ p) = E_q[−log p(θ)] − H[q] from one draw, for a prior
// that is not Gaussian.
func drawnKL(t Parts, dim int, rng *rand.Rand) klFunc {
	eps, theta, g := make([]float64, dim), make([]float64, dim), make([]float64, dim)
	return func(beta float64, gMu, gSigma, mu, sigma []float64) float64 {
		noise(eps, rng)
		for j, e := range eps {
			theta[j] = mu[j] + sigma[j]*e
		}
		clear(g)
		logPrior := t.LogPrior(g, theta)
		for j, d := range g {
			gMu[j] += beta * d
			gSigma[j] += beta * d * eps[j]
		}
		return -beta*logPrior + negEntropy(beta, gMu, gSigma, mu, sigma)
	}
}

// gaussKL returns β times the closed form
//
//	KL(q ‖ p) = Σ_j log(s_j/σ_j) + (σ_j² + (μ_j − m_j)²)/(2 s_j²) − ½
//
// for p = Π N(m_j, s_j²), summed over all of θ once.
func gaussKL(beta float64, gMu, gSigma, mu, sigma, m, s []float64) float64 {
	kl := 0.0
	for j, sj := range s {
		z, r := (mu[j]-m[j])/sj, sigma[j]/sj
		kl += (r*r+z*z-1)/2 - math.Log(r)
		gMu[j] -= beta * z / sj
		gSigma[j] -= beta * (r/sj - 1/sigma[j])
	}
	return beta * kl
}

// negEntropy is the part of KL(q ‖ p) that remains when log p(θ) is already in the
// estimate: −β H[q] = −β Σ_j log σ_j + ½ log 2πe.
func negEntropy(beta float64, _, gSigma, _, sigma []float64) float64 {
	h := 0.0
	for j, s := range sigma {
		h += math.Log(s) + halfLog2Pi + 0.5
		gSigma[j] += beta / s
	}
	return -beta * h
}
