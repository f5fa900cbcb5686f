// Package linesandfunctions is exercise 04: one best curve against many
// plausible ones.
//
// There are n points x_0 … x_{n−1} with values y_0 … y_{n−1}, the data D. A curve is
// a weighted sum of d features of x, and a value is the curve plus noise,
//
//	y_i = Σ_j φ_j(x_i) w_j + noise,   noise ~ N(0, σ²)
//
// φ_j (phi) is feature j, here the power x^j; w_j is its weight, unknown; σ (sigma)
// is the standard deviation of the noise, known. Before the data each weight is
// believed to be near 0, give or take s: w_j ~ N(0, s²), each for itself.
//
// The design matrix Φ (capital phi) has a row for each point and a column for each
// feature, Φ_ij = φ_j(x_i). Matrices are [][]float64, row by row. Φᵀ is Φ with rows
// and columns exchanged, I the matrix with 1 on the diagonal and 0 elsewhere. invert
// in given.go gives the inverse of a matrix and the logarithm of its determinant.
//
// Every function below compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 04-lines-and-functions
package linesandfunctions

import "math"

// Design returns the design matrix of a polynomial: row i holds the powers of x_i
// from 0 to degree,
//
//	Φ_ij = x_i^j,   j = 0 … degree       (n × (degree+1))
//
// x = {2, 3} and degree 2 give {{1, 2, 4}, {1, 3, 9}}. Degree 0 is a column of
// ones. 0^0 counts as 1.
func Design(x []float64, degree int) [][]float64 {
	return nil
}

// Posterior returns the mean (d) and the covariance matrix (d × d) of the weights
// given the data. They are jointly normal, with
//
//	P    = ΦᵀΦ/σ² + I/s²              the precision
//	cov  = P⁻¹
//	mean = cov Φᵀy / σ²
//
// that is P_jk = Σ_i Φ_ij Φ_ik / σ², plus 1/s² where j = k, and (Φᵀy)_j = Σ_i Φ_ij y_i.
// phi is Φ (n × d). For a constant seen twice, Φ = {{1}, {1}}, y = {1, 3} and
// σ = s = 1, P is 3, the mean 4/3 and the variance 1/3: the prior counts like a
// third value, 0. Without data (n = 0) there is no d to be known; n is at least 1.
func Posterior(phi [][]float64, y []float64, sigma, s float64) (mean []float64, cov [][]float64) {
	return nil, nil
}

// Predict returns the mean and the variance of a new value y at each row φ of phi
// (m × d), when the weights have the given mean (d) and covariance (d × d):
//
//	mean     = Σ_j φ_j mean_j
//	variance = Σ_j Σ_k φ_j cov_jk φ_k + σ²
//
// The double sum is doubt about the curve, σ² the noise around it. For one row
// {1, 2}, mean {1, 0.5}, cov {{0.1, −0.02}, {−0.02, 0.04}} and σ = 0.3 the mean is 2
// and the variance 0.1 − 0.08 + 0.16 + 0.09 = 0.27. Both results have length m.
func Predict(phi [][]float64, mean []float64, cov [][]float64, sigma float64) (m, variance []float64) {
	return nil, nil
}

// LogEvidence returns log p(D), in nats: how well the features foretold the values
// before any weight was fitted. Averaged over the prior, the n values are jointly
// normal around 0,
//
//	log p(D) = −½ (yᵀC⁻¹y + log|C| + n log 2π),   C = σ²I + s²ΦΦᵀ     (n × n)
//
// with C_ik = s² Σ_j Φ_ij Φ_kj, plus σ² where i = k, yᵀC⁻¹y = Σ_i Σ_k y_i C⁻¹_ik y_k
// and |C| the determinant. For Φ = {{1}, {1}}, y = {1, 3} and σ = s = 1, C is
// {{2, 1}, {1, 2}} and log p(D) = −½ (14/3 + log 3 + 2 log 2π) = −4.7205.
func LogEvidence(phi [][]float64, y []float64, sigma, s float64) float64 {
	return math.NaN()
}

// Degrees compares polynomials of degree 0 … top by their evidence. All are held
// equally likely before the data; after them,
//
//	p(k|D) = p(D|k) / Σ_l p(D|l),   p(D|k) = the evidence of degree k
//
// It returns p(0|D) … p(top|D), which add up to 1: a chart of bars with a hump. Low
// degrees cannot bend enough; high ones could have been so many other curves that
// they foretold these data badly. An evidence may be smaller than any float64.
func Degrees(x, y []float64, top int, sigma, s float64) []float64 {
	return nil
}
