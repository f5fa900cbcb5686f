// Package theintegral is exercise 03: why the evidence is hard, and what one
// does instead of adding up everything.
//
// A length θ (theta) is unknown. It was measured n times: y_0 … y_{n−1} are the
// data D. Before them, θ is believed to be near 0, give or take s; a measurement
// is off by some σ (sigma). Both beliefs are bell curves,
//
//	p(θ)   = N(θ; 0, s²)              the prior
//	p(D|θ) = Π_i N(y_i; θ, σ²)        the likelihood, Π_i multiplies over all i
//	N(v; m, σ²) = exp(−(v−m)²/(2σ²)) / √(2πσ²)
//
// and the evidence is what Bayes' rule divides by,
//
//	p(D) = ∫ p(D|θ) p(θ) dθ
//
// All logarithms are natural, so they are in nats. Every function below
// compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 03-the-integral
package theintegral

import "math"

// GridSeconds returns how many seconds a grid takes that cuts each of dims
// unknowns into cells cells and looks at every combination, when a computer looks
// at rate of them in a second:
//
//	seconds = cells^dims / rate
//
// Ten cells, three unknowns and a rate of 1000 give 1 second. A hundred unknowns
// must work too: the number of combinations is then far too large for an int.
func GridSeconds(cells, dims int, rate float64) float64 {
	return math.NaN()
}

// GridEvidence returns log p(D), the integral being added up over K = cells cells
// of equal width h that fill lo … hi, looked at in their middles:
//
//	p(D) ≈ Σ_j p(D|θ_j) p(θ_j) h,   θ_j = lo + (j + ½) h,   h = (hi − lo)/K
//
// with j = 0 … K−1. For y = {1}, σ = s = 1 and a fine grid from −9 to 9 it is
// log N(1; 0, 2) = −1.5155. A thousand measurements must work: p(D|θ) is then
// smaller than any float64, its logarithm is not. So use
//
//	log Σ_j exp(l_j) = m + log Σ_j exp(l_j − m),   m = the largest l_j.
func GridEvidence(y []float64, sigma, s, lo, hi float64, cells int) float64 {
	return math.NaN()
}

// MonteCarlo estimates the evidence without a grid. S values θ_0 … θ_{S−1} were
// drawn from the prior; logLik holds log p(D|θ_k) of each. With L_k = p(D|θ_k),
//
//	p(D) ≈ L̄ = 1/S Σ_k L_k
//
// MonteCarlo returns log L̄ and the standard error of L̄ as a share of L̄,
//
//	relSE = sd / (√S L̄),   sd² = 1/(S−1) Σ_k (L_k − L̄)²
//
// For L = 1 and 3, that is logLik = {0, log 3}, these are log 2 and 0.5. The L_k
// may be far smaller than any float64. S is at least 2.
func MonteCarlo(logLik []float64) (logEvidence, relSE float64) {
	return math.NaN(), math.NaN()
}

// Importance estimates the evidence from S draws of another density q, one that
// looks where the posterior is. logJoint holds log(p(D|θ_k) p(θ_k)) and logQ holds
// log q(θ_k). Each draw counts with its weight,
//
//	w_k = p(D|θ_k) p(θ_k) / q(θ_k)
//	p(D) ≈ 1/S Σ_k w_k
//
// Importance returns the logarithm of that and how many draws of equal weight the
// weighted ones are worth, their effective sample size,
//
//	ess = (Σ_k w_k)² / Σ_k w_k²
//
// which is S if all weights are equal and 1 if one draw has all the weight. For
// p(D|θ)p(θ) = 0.2 and 0.3 and q = 0.4 and 0.2 the weights are 0.5 and 1.5:
// logEvidence is 0 and ess is 4/2.5 = 1.6. The weights may be far smaller or
// larger than any float64.
func Importance(logJoint, logQ []float64) (logEvidence, ess float64) {
	return math.NaN(), math.NaN()
}

// Metropolis walks through the posterior without knowing the evidence. It starts
// at θ = start; step number t proposes
//
//	θ′ = θ + step · ξ_t
//
// and moves there if u_t < p(D|θ′)p(θ′) / (p(D|θ)p(θ)); otherwise it stays. xi
// holds ξ_t (drawn from N(0, 1)) and u holds u_t (drawn evenly between 0 and 1),
// given so that the answer can be checked. chain_t is where the walk is after step
// t: a step that stays counts the old θ once more. accepted is the number of moves.
//
// For y = {1}, σ = s = 1, start 0, step 1, xi = {1, 2} and u = {0.9, 0.5} the
// chain is {1, 1} and accepted is 1: the quotient is 1 for the move from 0 to 1,
// and exp(−6) for the one from 1 to 3. Hundreds of measurements must work, so
// compare log u_t with a difference of logarithms.
func Metropolis(y []float64, sigma, s, start, step float64, xi, u []float64) (chain []float64, accepted int) {
	return nil, 0
}

// ChainESS returns how many independent draws the n values x_0 … x_{n−1} of a
// chain are worth for their mean x̄,
//
//	n / (1 + 2 Σ_t r_t)
//	r_t = Σ_i (x_i − x̄)(x_{i+t} − x̄) / Σ_i (x_i − x̄)²
//
// r_t is the autocorrelation at lag t: how alike values are that lie t steps
// apart. The upper sum in it has the n−t pairs there are. The sum over t = 1, 2, …
// ends before the first r_t that is not above 0: what comes after it is noise.
// For {1, 1, 3, 3}, r_1 = ¼ and r_2 = −½, so the answer is 4/1.5 = 2.667.
// A chain whose values are all equal never moved and is worth 1.
func ChainESS(chain []float64) float64 {
	return math.NaN()
}

// StepSweep runs Metropolis once for each step length in steps, always from start
// with the same xi and u, and returns the ChainESS of each chain, in the order of
// steps. Drawn over the step length it is a hill: short steps creep, long ones are
// refused.
func StepSweep(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64 {
	return nil
}
