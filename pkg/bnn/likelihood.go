package bnn

import "math/rand/v2"

// A Likelihood is p(y | f, φ) for one row: targets y (K), network outputs
// f = f_w(x), and parameters φ of its own, which are the last entries of θ, have
// a Gaussian prior of their own, and are never dropped.
type Likelihood interface {
	// Outputs returns how many network outputs k target columns need.
	Outputs(k int) int
	// Predicts returns how many columns a prediction for k target columns has: one
	// a target, or one a class.
	Predicts(k int) int
	// Params returns len(φ) for k target columns.
	Params(k int) int
	// ParamPrior writes the moments of φ ~ N(mean, sd²); training starts at the mean.
	ParamPrior(mean, sd []float64)
	// LogProb returns log p(y | f, φ) in nats. Unless they are nil, it writes
	// ∂/∂f over df and adds ∂/∂φ to dphi.
	LogProb(df, dphi, f, phi, y []float64) float64
	// Moments writes the mean and the variance of y given f and φ, one for each
	// predicted column; for classes, of "y is this class".
	Moments(mean, variance, f, phi []float64)
}

// Entropic is a Likelihood of discrete targets, whose predictions have an entropy.
type Entropic interface {
	// Entropy returns H[p(y)] in nats, given the predicted probabilities of a row.
	Entropy(mean []float64) float64
}

// TargetChecker is a Likelihood that is not for all numbers.
type TargetChecker interface {
	// CheckTargets says what is wrong with the targets of a row, or returns nil.
	CheckTargets(y []float64) error
}

// RowWeighter is a Likelihood in whose training some rows count for more.
type RowWeighter interface {
	// RowWeight returns the factor of a row's log likelihood.
	RowWeight(y []float64) float64
}

// Sampler is a Likelihood that can draw targets.
type Sampler interface {
	// Sample writes one draw y ~ p(y | f, φ) over y.
	Sample(y, f, phi []float64, rng *rand.Rand)
}
