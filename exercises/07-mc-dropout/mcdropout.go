// Package mcdropout is exercise 07: switch random units off while you predict, and
// an ordinary network starts to say how sure it is.
//
// The network has one input x, one hidden layer of K units and one output. Each
// hidden unit's output h_k is multiplied by the mask z_k, which is 0 for a dropped
// unit:
//
//	h_k = max(0, w1_k x + b1_k)          k = 0 … K−1
//	f   = b2 + Σ_k w2_k z_k h_k
//
// w1, b1 and w2 have K elements, b2 is one number. A unit is dropped with
// probability p. One evaluation with one mask is a pass; f_t is the answer of pass t,
// t = 0 … T−1. The target is the function plus noise, y ~ N(f, σ²), with a known
// standard deviation (sd) σ (sigma).
//
// Every function below compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 07-mc-dropout
package mcdropout

import "math"

// Mask turns evenly drawn numbers u_k between 0 and 1 into a mask that keeps the
// mean of every sum:
//
//	z_k = 0 if u_k < p, else 1/(1−p)
//
// u = {0.1, 0.5, 0.9} and p = 0.2 give {0, 1.25, 1.25}. p is at least 0 and below 1.
func Mask(u []float64, p float64) []float64 {
	return nil
}

// Pass returns f at one x with the mask z (K), by the formulas above. x = 2,
// w1 = {1, −1, 0.5}, b1 = {0, 1, −0.5}, w2 = {3, 2, 1}, b2 = −1 and
// z = {1.25, 1.25, 0} make h = {2, 0, 0.5} and f = 6.5.
func Pass(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
	return math.NaN()
}

// DropVar returns the variance that dropout adds to Σ_k w_k h_k, exactly, without
// drawing a single mask:
//
//	Var[Σ_k w_k z_k h_k] = p/(1−p) Σ_k w_k² h_k²
//
// since the z_k are independent, with mean 1 and mean square 1/(1−p). w = {1, −2},
// h = {3, 0.5} and p = 0.2 give 0.25 · (9 + 1) = 2.5.
func DropVar(w, h []float64, p float64) float64 {
	return math.NaN()
}

// TotalSD returns the sd of a new observation y at the place where the T passes were
// made. Variances add: doubt about the function, and noise,
//
//	sd = √(v̂ + σ²),   v̂ = 1/T Σ_t (f_t − f̄)²,   f̄ = 1/T Σ_t f_t
//
// The passes {1, 2, 3, 6} and σ = 2 give √(3.5 + 4) = 2.7386.
func TotalSD(passes []float64, sigma float64) float64 {
	return math.NaN()
}

// LogPredictive returns the logarithm of the density that the passes together give
// to an observed y, in nats. Each pass predicts a bell curve of its own, and the
// densities are averaged:
//
//	log p(y|x, D) ≈ log( 1/T Σ_t N(y; f_t, σ²) )
//	N(y; f, σ²) = exp(−(y−f)²/(2σ²)) / √(2πσ²)
//
// y = 0, passes = {0, 2} and σ = 1 give log((0.3989 + 0.0540)/2) = −1.4852. y may
// be so far off that every density is below the smallest float64; so use
//
//	log Σ_t exp(l_t) = m + log Σ_t exp(l_t − m),   m = the largest l_t.
func LogPredictive(y float64, passes []float64, sigma float64) float64 {
	return math.NaN()
}

// PassesNeeded returns how many passes make the mean f̄ exact to within margin: the
// smallest whole number T whose standard error is at most that,
//
//	√(v̂/T) ≤ margin
//
// v̂ is taken from some passes already made, as in TotalSD. More passes make the
// mean more exact; they do not make the network more sure. {1, 2, 3, 6} and a margin
// of 0.2 give 88, since 3.5/0.04 = 87.5. T is at least 1, even if v̂ is 0.
func PassesNeeded(passes []float64, margin float64) int {
	return 0
}

// Decay returns the weight decay that prior and noise ask for: the factor λ (lambda)
// with which Σ_j M_j² joins the mean squared error in training,
//
//	λ = σ² / (N s² (1−p))
//
// M_j are the weights that leave units which can be dropped, s is their prior's sd,
// N = n the number of data. σ = 0.2, s = 2, n = 50 and p = 0.5 give 0.0004.
func Decay(sigma, s float64, n int, p float64) float64 {
	return math.NaN()
}

// Band returns the mean and the sd of a new observation at each place of x, from T
// passes with the masks z[0] … z[T−1]: at x_i,
//
//	mean_i = 1/T Σ_t f_t(x_i)
//	sd_i   = the TotalSD of f_0(x_i) … f_{T−1}(x_i)
//
// Pass t uses the mask z[t] at every x, so that it is one function. Both results
// have the length of x: mean ± 2 sd is the band to draw.
func Band(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) (mean, sd []float64) {
	return nil, nil
}
