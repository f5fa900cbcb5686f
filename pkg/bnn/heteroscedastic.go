package bnn

import (
	"math"
	"math/rand/v2"
)

// Heteroscedastic is the likelihood of Gaussian noise whose size depends on x,
//
//	p(y | f) = Π_k N(y_k; f_k, exp s_k),   s_k = f_{K+k} = log σ_k²(x),
//
// so a network with K targets has 2K outputs: the means, then the log variances.
// Large errors count less where the network claims much noise, and claiming noise
// costs ½ s: learned loss attenuation (Kendall & Gal, What Uncertainties Do We
// Need, 2017). s is held within ±20, so that a lucky exact fit of one point
// cannot send the likelihood to infinity.
type Heteroscedastic struct{}

// maxLogVar bounds |log σ²|: σ between 4.5e-5 and 2.2e4.
const maxLogVar = 20

// Outputs implements [Likelihood]: a mean and a log variance a target.
func (Heteroscedastic) Outputs(k int) int { return 2 * k }

// Predicts implements [Likelihood]: one mean a target.
func (Heteroscedastic) Predicts(k int) int { return k }

// Params implements [Likelihood]: none, the network makes the noise.
func (Heteroscedastic) Params(int) int { return 0 }

// ParamPrior implements [Likelihood].
func (Heteroscedastic) ParamPrior(_, _ []float64) {}

// LogProb implements [Likelihood].
func (Heteroscedastic) LogProb(df, _, f, _, y []float64) float64 {
	lp := 0.0
	for k, yk := range y {
		raw := f[len(y)+k]
		s := min(max(raw, -maxLogVar), maxLogVar)
		r, prec := yk-f[k], math.Exp(-s)
		lp -= (r*r*prec+s)/2 + halfLog2Pi
		if df != nil {
			df[k] = r * prec
			df[len(y)+k] = 0
			if s == raw {
				df[len(y)+k] = (r*r*prec - 1) / 2
			}
		}
	}
	return lp
}

// Moments implements [Likelihood].
func (Heteroscedastic) Moments(mean, variance, f, _ []float64) {
	copy(mean, f[:len(mean)])
	for k := range variance {
		variance[k] = math.Exp(min(max(f[len(mean)+k], -maxLogVar), maxLogVar))
	}
}

// Sample implements [Sampler].
func (Heteroscedastic) Sample(y, f, _ []float64, rng *rand.Rand) {
	for k := range y {
		y[k] = f[k] + math.Exp(min(max(f[len(y)+k], -maxLogVar), maxLogVar)/2)*rng.NormFloat64()
	}
}
