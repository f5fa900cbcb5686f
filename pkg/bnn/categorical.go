package bnn

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Categorical is the likelihood of one of C classes, y ∈ {0, …, C−1} in a single
// target column,
//
//	p(y = c | f) = π_c = e^{f_c} / Σ_j e^{f_j},
//
// with one logit a class. Predictions are C probabilities a row, averaged over θ as
// probabilities, never as logits.
type Categorical struct {
	Classes int // C, at least 2
	// Weights, if given, lets a row of class c count as Weights[c] rows in training,
	// which helps a rare class and bends the posterior on purpose. C positive
	// numbers; nil means 1 each. Scores are not weighted.
	Weights []float64
}

// Outputs implements [Likelihood]: a logit a class, for a single target column.
func (c Categorical) Outputs(k int) int { return k * c.Classes }

// Predicts implements [Likelihood]: a probability a class.
func (c Categorical) Predicts(k int) int { return k * c.Classes }

// Params implements [Likelihood]: none.
func (c Categorical) Params(int) int { return 0 }

// ParamPrior implements [Likelihood].
func (c Categorical) ParamPrior(_, _ []float64) {}

// LogProb implements [Likelihood]: f_y − log Σ_j e^{f_j}, without overflow.
func (c Categorical) LogProb(df, _, f, _, y []float64) float64 {
	class := int(y[0])
	top := f[0]
	for _, v := range f {
		top = math.Max(top, v)
	}
	sum := 0.0
	for _, v := range f {
		sum += math.Exp(v - top)
	}
	logSum := top + math.Log(sum)
	if df != nil {
		for j, v := range f {
			df[j] = -math.Exp(v - logSum)
		}
		df[class]++
	}
	return f[class] - logSum
}

// Moments implements [Likelihood]: π_c, and π_c (1 − π_c) as the variance of
// "y is c".
func (c Categorical) Moments(mean, variance, f, _ []float64) { c.moments(mean, variance, f) }

// moments also returns the entropy, which costs one logarithm here, with z_j = f_j − max f:
//
//	−Σ_j π_j log π_j = log Σ_j e^{z_j} − Σ_j π_j z_j,   both terms ≥ 0.
func (c Categorical) moments(mean, variance, f []float64) (entropy float64) {
	top := f[0]
	for _, v := range f {
		top = math.Max(top, v)
	}
	sum, dot := 0.0, 0.0
	for j, v := range f {
		e := math.Exp(v - top)
		mean[j] = e
		sum += e
		if e > 0 { // 0·∞ is 0 here
			dot += e * (v - top)
		}
	}
	for j := range mean {
		mean[j] /= sum
		variance[j] = mean[j] * (1 - mean[j])
	}
	return math.Log(sum) - dot/sum
}

// Entropy implements [Entropic]: −Σ_c π_c log π_c.
func (c Categorical) Entropy(mean []float64) float64 {
	h := 0.0
	for _, p := range mean {
		h += surprise(p)
	}
	return h
}

// CheckTargets implements [TargetChecker].
func (c Categorical) CheckTargets(y []float64) error {
	if len(y) != 1 {
		return fmt.Errorf("Categorical needs a single target column with the class, got %d", len(y))
	}
	if v := y[0]; v != math.Trunc(v) || v < 0 || v >= float64(c.Classes) {
		return fmt.Errorf("Categorical with %d classes needs targets 0 to %d, got %v", c.Classes, c.Classes-1, v)
	}
	return nil
}

// RowWeight implements [RowWeighter].
func (c Categorical) RowWeight(y []float64) float64 {
	if c.Weights == nil {
		return 1
	}
	return c.Weights[int(y[0])]
}

func (c Categorical) check() error {
	if c.Classes < 2 {
		return fmt.Errorf("bnn: Categorical with %d classes; it needs at least 2", c.Classes)
	}
	if c.Weights != nil && len(c.Weights) != c.Classes {
		return fmt.Errorf("bnn: Categorical with %d classes and %d weights", c.Classes, len(c.Weights))
	}
	for i, w := range c.Weights {
		if !(w > 0) || math.IsInf(w, 1) {
			return fmt.Errorf("bnn: Categorical with weight %v for class %d; it must be positive and finite", w, i)
		}
	}
	return nil
}

// Sample implements [Sampler]: the class with the largest f_c + g_c, where the g_c
// are standard Gumbel numbers, has the probabilities π.
func (c Categorical) Sample(y, f, _ []float64, rng *rand.Rand) {
	best := math.Inf(-1)
	for j, v := range f {
		if g := v - math.Log(rng.ExpFloat64()); g > best {
			best, y[0] = g, float64(j)
		}
	}
}
