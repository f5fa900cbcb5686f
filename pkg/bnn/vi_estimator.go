package bnn

import (
	"math"
	"math/rand/v2"
)

// logLikFunc estimates E_q[log p(D | θ)] under q = Π N(μ_j, σ_j²) from the given
// rows and writes the gradients over gMu and gSigma.
type logLikFunc func(gMu, gSigma, mu, sigma []float64, rows []int) float64

// klFunc returns KL(q ‖ p) and subtracts its gradients from gMu and gSigma.
type klFunc func(gMu, gSigma, mu, sigma []float64) float64

// estimator chooses how to estimate the two terms of the ELBO on t.
func (v VI) estimator(t Target, rng *rand.Rand) (logLikFunc, klFunc) {
	var mean, sd []float64
	if g, ok := t.(GaussPrior); ok {
		mean, sd = g.PriorMoments()
	}
	parts, ok := t.(Parts)
	if !ok || sd == nil {
		return oneDraw(t.LogJoint, t.Dim(), rng), negEntropy
	}
	kl := func(gMu, gSigma, mu, sigma []float64) float64 { return gaussKL(gMu, gSigma, mu, sigma, mean, sd) }
	if noisy, ok := t.(Noisy); ok && !v.OneDraw {
		return local(noisy, t.Dim(), rng), kl
	}
	return oneDraw(parts.LogLik, t.Dim(), rng), kl
}

// oneDraw estimates E_q[f(θ)] by f(μ + σ⊙ε) with one ε ~ N(0, I) for all rows:
// ∂/∂μ = ∇f and ∂/∂σ = ∇f ⊙ ε.
func oneDraw(f func(grad, theta []float64, rows []int) float64, dim int, rng *rand.Rand) logLikFunc {
	eps, theta := make([]float64, dim), make([]float64, dim)
	return func(gMu, gSigma, mu, sigma []float64, rows []int) float64 {
		for j := range theta {
			eps[j] = rng.NormFloat64()
			theta[j] = mu[j] + sigma[j]*eps[j]
		}
		value := f(gMu, theta, rows)
		for j, e := range eps {
			gSigma[j] = gMu[j] * e
		}
		return value
	}
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

// gaussKL returns the closed form
//
//	KL(q ‖ p) = Σ_j log(s_j/σ_j) + (σ_j² + (μ_j − m_j)²)/(2 s_j²) − ½
//
// for p = Π N(m_j, s_j²), summed over all of θ once.
func gaussKL(gMu, gSigma, mu, sigma, m, s []float64) float64 {
	kl := 0.0
	for j, sj := range s {
		z, r := (mu[j]-m[j])/sj, sigma[j]/sj
		kl += (r*r+z*z-1)/2 - math.Log(r)
		gMu[j] -= z / sj
		gSigma[j] -= r/sj - 1/sigma[j]
	}
	return kl
}

// negEntropy is the part of KL(q ‖ p) that remains when log p(θ) is already in the
// estimate: −H[q] = −Σ_j log σ_j + ½ log 2πe.
func negEntropy(_, gSigma, _, sigma []float64) float64 {
	h := 0.0
	for j, s := range sigma {
		h += math.Log(s) + halfLog2Pi + 0.5
		gSigma[j] += 1 / s
	}
	return -h
}
