package bnn

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// GaussianNoise is the likelihood of equal Gaussian noise everywhere,
//
//	p(y | f) = Π_k N(y_k; f_k, σ_k²),
//
// with σ fixed or learned. A learned σ is one parameter φ_k = log σ_k a target
// column, with the broad prior φ_k ~ N(−1, 2²): σ within a factor 50 of 0.37 with
// 95 % probability. That suits standardised targets. All σ are in the units that
// the network sees: when the model has a Scale, in standard deviations of y.
type GaussianNoise struct {
	SD float64 // fixed σ of every target; 0 means learned
}

// Outputs implements [Likelihood]: one output a target.
func (g GaussianNoise) Outputs(k int) int { return k }

// Predicts implements [Likelihood]: one mean a target.
func (g GaussianNoise) Predicts(k int) int { return k }

// Params implements [Likelihood]: log σ of each target, or none when σ is fixed.
func (g GaussianNoise) Params(k int) int {
	if g.SD > 0 {
		return 0
	}
	return k
}

// ParamPrior implements [Likelihood].
func (g GaussianNoise) ParamPrior(mean, sd []float64) {
	for k := range mean {
		mean[k], sd[k] = -1, 2
	}
}

// LogProb implements [Likelihood].
func (g GaussianNoise) LogProb(df, dphi, f, phi, y []float64) float64 {
	lp := 0.0
	for k, yk := range y {
		logSigma, sigma := g.noise(phi, k)
		z := (yk - f[k]) / sigma
		lp -= z*z/2 + logSigma + halfLog2Pi
		if df != nil {
			df[k] = z / sigma
		}
		if dphi != nil && len(phi) > 0 {
			dphi[k] += z*z - 1
		}
	}
	return lp
}

// Moments implements [Likelihood].
func (g GaussianNoise) Moments(mean, variance, f, phi []float64) {
	copy(mean, f)
	for k := range variance {
		_, sigma := g.noise(phi, k)
		variance[k] = sigma * sigma
	}
}

// noise returns log σ_k and σ_k.
func (g GaussianNoise) noise(phi []float64, k int) (logSigma, sigma float64) {
	if len(phi) == 0 {
		return math.Log(g.SD), g.SD
	}
	return phi[k], math.Exp(phi[k])
}

func (g GaussianNoise) check() error {
	if !(g.SD >= 0) || math.IsInf(g.SD, 1) {
		return fmt.Errorf("bnn: GaussianNoise with SD %v; it must be positive and finite (0 means learned)", g.SD)
	}
	return nil
}

// Sample implements [Sampler].
func (g GaussianNoise) Sample(y, f, phi []float64, rng *rand.Rand) {
	for k := range y {
		_, sigma := g.noise(phi, k)
		y[k] = f[k] + sigma*rng.NormFloat64()
	}
}
