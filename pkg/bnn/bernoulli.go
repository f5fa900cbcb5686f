package bnn

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Bernoulli is the likelihood of yes-or-no targets y ∈ {0, 1},
//
//	p(y | f) = Π_k π_k^{y_k} (1 − π_k)^{1 − y_k},   π_k = 1/(1 + e^{−f_k}),
//
// one logit f_k for each of K independent targets. Predictions are probabilities:
// the mean of y_k is π_k, its variance π_k (1 − π_k).
type Bernoulli struct{}

// Outputs implements [Likelihood]: one logit a target.
func (Bernoulli) Outputs(k int) int { return k }

// Predicts implements [Likelihood]: one probability a target.
func (Bernoulli) Predicts(k int) int { return k }

// Params implements [Likelihood]: none.
func (Bernoulli) Params(int) int { return 0 }

// ParamPrior implements [Likelihood].
func (Bernoulli) ParamPrior(_, _ []float64) {}

// LogProb implements [Likelihood]: Σ_k y_k f_k − log(1 + e^{f_k}), without overflow.
func (Bernoulli) LogProb(df, _, f, _, y []float64) float64 {
	lp := 0.0
	for k, yk := range y {
		lp += yk*f[k] - softplus(f[k])
		if df != nil {
			df[k] = yk - sigmoid(f[k])
		}
	}
	return lp
}

// Moments implements [Likelihood].
func (Bernoulli) Moments(mean, variance, f, _ []float64) {
	for k := range mean {
		mean[k] = sigmoid(f[k])
		variance[k] = mean[k] * (1 - mean[k])
	}
}

// Entropy implements [Entropic]: Σ_k −π_k log π_k − (1 − π_k) log(1 − π_k).
func (Bernoulli) Entropy(mean []float64) float64 {
	h := 0.0
	for _, p := range mean {
		h += surprise(p) + surprise(1-p)
	}
	return h
}

// CheckTargets implements [TargetChecker].
func (Bernoulli) CheckTargets(y []float64) error {
	for _, v := range y {
		if v != 0 && v != 1 {
			return fmt.Errorf("Bernoulli needs targets 0 or 1, got %v", v)
		}
	}
	return nil
}

// surprise returns −p log p, which is 0 at p = 0.
func surprise(p float64) float64 {
	if p <= 0 {
		return 0
	}
	return -p * math.Log(p)
}

// Sample implements [Sampler].
func (Bernoulli) Sample(y, f, _ []float64, rng *rand.Rand) {
	for k := range y {
		y[k] = 0
		if rng.Float64() < sigmoid(f[k]) {
			y[k] = 1
		}
	}
}
