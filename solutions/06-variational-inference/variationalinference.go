// Package variationalinference is exercise 06, solved: Bayes by Backprop, piece by
// piece.
package variationalinference

import "math"

// Softplus never takes exp of something positive.
func Softplus(rho float64) float64 {
	return max(0, rho) + math.Log1p(math.Exp(-math.Abs(rho)))
}

// InverseSoftplus neither; −Expm1(−σ) is 1 − exp(−σ).
func InverseSoftplus(sigma float64) float64 {
	return sigma + math.Log(-math.Expm1(-sigma))
}

// Sample is the reparameterisation.
func Sample(mu, rho, eps []float64) []float64 {
	theta := make([]float64, len(mu))
	for j := range theta {
		theta[j] = mu[j] + Softplus(rho[j])*eps[j]
	}
	return theta
}

// KL adds up one closed form a weight.
func KL(mu, sigma []float64, s float64) float64 {
	kl := 0.0
	for j := range mu {
		kl += math.Log(s/sigma[j]) + (sigma[j]*sigma[j]+mu[j]*mu[j])/(2*s*s) - 0.5
	}
	return kl
}

func mean(v []float64) (m float64) {
	for _, x := range v {
		m += x
	}
	return m / float64(len(v))
}

// ELBO averages log likelihoods, for that is what E_q[log p(D|θ)] is.
func ELBO(logLik []float64, kl float64) float64 {
	return mean(logLik) - kl
}

// BatchLoss is −ELBO/N with the batch's mean for that of all points.
func BatchLoss(logLik []float64, kl float64, n int) float64 {
	return kl/float64(n) - mean(logLik)
}

// Gradient is the chain rule through θ = μ + softplus(ρ) ε.
//
// Blundell and others, Weight Uncertainty in Neural Networks, 2015.
func Gradient(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) (gMu, gRho []float64) {
	theta, g := Sample(mu, rho, eps), [2]float64{}
	for i := range x {
		e := (theta[0] + theta[1]*x[i] - y[i]) / (noise * noise * float64(len(x)))
		g[0] += e
		g[1] += e * x[i]
	}
	gMu, gRho = make([]float64, 2), make([]float64, 2)
	for j := range 2 {
		sigma := Softplus(rho[j])
		gMu[j] = g[j] + mu[j]/(s*s*float64(n))
		gSigma := g[j]*eps[j] + (sigma/(s*s)-1/sigma)/float64(n)
		gRho[j] = gSigma / (1 + math.Exp(-rho[j]))
	}
	return gMu, gRho
}

// Train walks downhill on copies of mu and rho.
func Train(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) (muPath, sigmaPath [][]float64) {
	for _, e := range eps {
		gMu, gRho := Gradient(x, y, len(x), mu, rho, e, noise, s)
		m, r, sigma := make([]float64, 2), make([]float64, 2), make([]float64, 2)
		for j := range 2 {
			m[j] = mu[j] - rate*gMu[j]
			r[j] = rho[j] - rate*gRho[j]
			sigma[j] = Softplus(r[j])
		}
		mu, rho = m, r
		muPath, sigmaPath = append(muPath, m), append(sigmaPath, sigma)
	}
	return muPath, sigmaPath
}
