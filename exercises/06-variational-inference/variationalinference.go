// Package variationalinference is exercise 06: Bayes by Backprop, piece by piece.
//
// The weights θ_0 … θ_{d−1} (theta) of a model are unknown. Their posterior p(θ|D)
// is hard to get, so it is replaced by the best distribution q among simple ones:
// independent bell curves, each with a mean μ_j (mu) and a standard deviation (sd)
// σ_j (sigma),
//
//	q(θ) = Π_j N(θ_j; μ_j, σ_j²),   σ_j = softplus(ρ_j) = log(1 + exp ρ_j)
//
// ρ_j (rho) may be any number, σ_j is always positive: that is what softplus is
// for. The prior is p(θ) = Π_j N(θ_j; 0, s²). The best q has the largest
//
//	ELBO = E_q[log p(D|θ)] − KL(q ‖ p)
//
// E_q is the mean over draws of θ from q; KL, the Kullback–Leibler divergence, says
// how far q has moved from the prior. ELBO stands for "evidence lower bound": it is
// never above log p(D). All logarithms are natural.
//
// Every function below compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 06-variational-inference
package variationalinference

import "math"

// Softplus returns
//
//	σ = log(1 + exp ρ)
//
// Softplus(0) is log 2 = 0.6931. ρ = 1000 must give 1000, although exp(1000) is
// above every float64, and ρ = −40 must give 4.248e−18, although 1 + exp(−40) is
// 1 in a float64. math.Log1p(v) is log(1 + v), exact for the smallest v, and
//
//	log(1 + exp ρ) = max(0, ρ) + log(1 + exp(−|ρ|))
func Softplus(rho float64) float64 {
	return math.NaN()
}

// InverseSoftplus returns the ρ that gives σ: where training starts when it is to
// start with the sd σ,
//
//	ρ = log(exp σ − 1) = σ + log(1 − exp(−σ))
//
// σ = log 2 gives 0. σ is above 0, may be as large as 1000 and as small as 1e−10:
// math.Expm1(v) is exp(v) − 1, exact for the smallest v.
func InverseSoftplus(sigma float64) float64 {
	return math.NaN()
}

// Sample returns one draw of θ from q, made from standard normal numbers eps (ε,
// epsilon), one for each weight:
//
//	θ_j = μ_j + σ_j ε_j,   σ_j = softplus(ρ_j)
//
// Written so, θ has a derivative by μ_j, which is 1, and by σ_j, which is ε_j: the
// reparameterisation. mu = {1, 2}, rho = {0, 0}, eps = {1, −1} give
// {1.6931, 1.3069}. All slices have length d.
func Sample(mu, rho, eps []float64) []float64 {
	return nil
}

// KL returns the Kullback–Leibler divergence of q from the prior, in nats,
//
//	KL(q ‖ p) = Σ_j ( log(s/σ_j) + (σ_j² + μ_j²)/(2s²) − ½ )
//
// It is 0 when q is the prior (all μ_j = 0, σ_j = s) and above 0 otherwise. One
// weight with μ = 1, σ = ½ and s = 1 gives log 2 + 1.25/2 − ½ = 0.8181.
func KL(mu, sigma []float64, s float64) float64 {
	return math.NaN()
}

// ELBO estimates the evidence lower bound from S draws θ_0 … θ_{S−1} of q; logLik
// holds log p(D|θ_k) of each, kl is KL(q ‖ p):
//
//	ELBO ≈ 1/S Σ_k log p(D|θ_k) − KL
//
// logLik = {−10, −14} and kl = 3 give −15.
func ELBO(logLik []float64, kl float64) float64 {
	return math.NaN()
}

// BatchLoss estimates the loss −ELBO/N from a minibatch: B of all N points, drawn at
// random. logLik holds log p(y_i|θ) of those B points, n is N:
//
//	loss ≈ −1/B Σ_i log p(y_i|θ) + KL/N
//
// The sum over a batch stands for the sum over all points, N/B times as long. The KL
// belongs to all data together and is paid once, not once a batch: each point bears
// an N-th of it. logLik = {−1, −2}, kl = 5 and n = 100 give 1.5 + 0.05 = 1.55.
func BatchLoss(logLik []float64, kl float64, n int) float64 {
	return math.NaN()
}

// Gradient returns the derivatives of the loss by each μ_j and ρ_j, for a line with
// two weights and known noise, at one draw of θ:
//
//	θ_j  = μ_j + σ_j ε_j,   σ_j = softplus(ρ_j),   j = 0, 1
//	f_i  = θ_0 + θ_1 x_i,   y_i ~ N(f_i, noise²)
//	loss = −1/B Σ_i log N(y_i; f_i, noise²) + KL/N
//
// x and y are a batch of B points, n is N, noise an sd. First the derivative of the
// first term by θ_j,
//
//	g_0 = 1/B Σ_i (f_i − y_i)/noise²,   g_1 = 1/B Σ_i (f_i − y_i) x_i/noise²
//
// then, by the chain rule,
//
//	∂loss/∂μ_j = g_j + μ_j/(s² N)
//	∂loss/∂σ_j = g_j ε_j + (σ_j/s² − 1/σ_j)/N
//	∂loss/∂ρ_j = ∂loss/∂σ_j · 1/(1 + exp(−ρ_j))
//
// x = {2}, y = {3}, n = 1, mu = {0, 1}, rho = {0, 0}, eps = {0, 0} and noise = s = 1
// make f = 2 and g = {−1, −2}; gMu is {−1, −1} and gRho {−0.3748, −0.3748}.
func Gradient(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) (gMu, gRho []float64) {
	return nil, nil
}

// Train fits q to the line's data (all N points in every step) by walking downhill:
// step t takes the Gradient at ε = eps[t] and moves
//
//	μ_j ← μ_j − rate ∂loss/∂μ_j,   ρ_j ← ρ_j − rate ∂loss/∂ρ_j
//
// beginning at mu and rho. muPath[t] and sigmaPath[t] are μ and σ after step t, each
// len(eps) × 2: drawn over t, the means settle on the data and the sds shrink from
// the start towards the posterior's. For a step that moves μ_0 from 1 to 0.9 and
// ρ_0 from 0 to −0.1, muPath[0][0] is 0.9 and sigmaPath[0][0] is softplus(−0.1).
func Train(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) (muPath, sigmaPath [][]float64) {
	return nil, nil
}
