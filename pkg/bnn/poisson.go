package bnn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// Poisson is the likelihood of counts y ∈ {0, 1, 2, …},
//
//	p(y | f) = Π_k λ_k^{y_k} e^{−λ_k} / y_k!,   λ_k = e^{f_k},
//
// with the log rate as the network's output. Mean and variance of y_k are λ_k. The
// log rate is held below 30, so that one wild θ cannot overflow.
type Poisson struct{}

const maxLogRate = 30

// Outputs implements [Likelihood]: one log rate a target.
func (Poisson) Outputs(k int) int { return k }

// Predicts implements [Likelihood]: one expected count a target.
func (Poisson) Predicts(k int) int { return k }

// Params implements [Likelihood]: none.
func (Poisson) Params(int) int { return 0 }

// ParamPrior implements [Likelihood].
func (Poisson) ParamPrior(_, _ []float64) {}

// LogProb implements [Likelihood]: Σ_k y_k f_k − e^{f_k} − log y_k!.
func (Poisson) LogProb(df, _, f, _, y []float64) float64 {
	lp := 0.0
	for k, yk := range y {
		logRate := min(f[k], maxLogRate)
		rate := math.Exp(logRate)
		logFactorial, _ := math.Lgamma(yk + 1)
		lp += yk*logRate - rate - logFactorial
		if df != nil {
			df[k] = 0
			if f[k] < maxLogRate {
				df[k] = yk - rate
			}
		}
	}
	return lp
}

// Moments implements [Likelihood].
func (Poisson) Moments(mean, variance, f, _ []float64) {
	for k := range mean {
		mean[k] = math.Exp(min(f[k], maxLogRate))
		variance[k] = mean[k]
	}
}

// CheckTargets implements [TargetChecker].
func (Poisson) CheckTargets(y []float64) error {
	for _, v := range y {
		if v < 0 || v != math.Trunc(v) {
			return fmt.Errorf("Poisson needs counts 0, 1, 2, …, got %v", v)
		}
	}
	return nil
}

// Sample implements [Sampler].
func (Poisson) Sample(y, f, _ []float64, rng *rand.Rand) {
	for k := range y {
		y[k] = distuv.Poisson{Lambda: math.Exp(min(f[k], maxLogRate)), Src: rng}.Rand()
	}
}
