package bnn

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// BetaBinomial is the exact model of a probability θ from yes-or-no trials: it is
// the belief Beta(A, B), prior or posterior,
//
//	p(θ) = θ^{A−1} (1 − θ)^{B−1} / B(A, B),
//
// which h successes in n trials turn into Beta(A + h, B + n − h). A and B count as
// trials seen before, minus one each for the uniform belief. Methods panic unless
// both are positive.
//
// Reference: Bayes 1763; Gelman et al., Bayesian Data Analysis, 2013, section 2.1.
type BetaBinomial struct {
	A, B float64 // 0 means 1; both 0 is the uniform belief
}

const (
	badBeta   = "bnn: BetaBinomial needs A and B that are positive and finite"
	badTrials = "bnn: BetaBinomial needs 0 ≤ successes ≤ trials"
	badMass   = "bnn: an interval needs a probability in (0, 1)"
)

// dist returns the belief as a distribution, with defaults filled in.
func (b BetaBinomial) dist() distuv.Beta {
	a, c := or(b.A, 1), or(b.B, 1)
	if !(a > 0 && c > 0) || math.IsInf(a+c, 1) {
		panic(badBeta)
	}
	return distuv.Beta{Alpha: a, Beta: c}
}

// Update returns the belief after h successes in n more trials.
func (b BetaBinomial) Update(h, n int) BetaBinomial {
	d := b.dist()
	checkTrials(h, n)
	return BetaBinomial{A: d.Alpha + float64(h), B: d.Beta + float64(n-h)}
}

// Mean returns A/(A + B), which is also the probability of success in the next trial.
func (b BetaBinomial) Mean() float64 { return b.dist().Mean() }

// SD returns the standard deviation of θ, √(AB/((A + B)² (A + B + 1))).
func (b BetaBinomial) SD() float64 { return b.dist().StdDev() }

// Density returns p(θ); 0 outside of [0, 1].
func (b BetaBinomial) Density(theta float64) float64 {
	d := b.dist()
	if theta < 0 || theta > 1 {
		return 0
	}
	return d.Prob(theta)
}

// CDF returns the probability that θ is at most t.
func (b BetaBinomial) CDF(t float64) float64 { return b.dist().CDF(t) }

// Quantile returns the t with CDF(t) = p. It panics unless 0 ≤ p ≤ 1.
func (b BetaBinomial) Quantile(p float64) float64 { return b.dist().Quantile(p) }

// Interval returns the central interval that holds θ with probability p: (1 − p)/2
// lie on each side. It panics unless 0 < p < 1.
func (b BetaBinomial) Interval(p float64) (lo, hi float64) {
	checkMass(p)
	d := b.dist()
	return d.Quantile((1 - p) / 2), d.Quantile((1 + p) / 2)
}

// HDI returns the shortest interval that holds θ with probability p, the one of
// highest density. When A and B are both below 1 the density is highest at both
// ends and there is none: it returns the central interval. It panics unless
// 0 < p < 1.
func (b BetaBinomial) HDI(p float64) (lo, hi float64) {
	checkMass(p)
	d := b.dist()
	switch rising, falling := d.Alpha > 1, d.Beta > 1; {
	case !rising && !falling && d.Alpha == 1 && d.Beta < 1 || rising && !falling:
		return d.Quantile(1 - p), 1
	case !rising && falling || d.Alpha < 1 && d.Beta == 1:
		return 0, d.Quantile(p)
	case !rising:
		return b.Interval(p)
	}
	// With mass t left below, the density at the lower end rises with t and that at
	// the upper end falls; they meet at the shortest interval.
	below, above := 0.0, 1-p
	for range 100 {
		t := (below + above) / 2
		lo, hi = d.Quantile(t), d.Quantile(t+p)
		if d.LogProb(lo) < d.LogProb(hi) {
			below = t
		} else {
			above = t
		}
	}
	return lo, hi
}

// LogPredict returns the log probability, in nats, of h successes in the next n
// trials, in whatever order:
//
//	log C(n, h) + log B(A + h, B + n − h) − log B(A, B).
func (b BetaBinomial) LogPredict(h, n int) float64 {
	return b.LogEvidence(h, n) - mathext.Lbeta(float64(h+1), float64(n-h+1)) - math.Log(float64(n+1))
}

// LogEvidence returns log p(D), in nats, of one sequence of n trials with h
// successes: [BetaBinomial.LogPredict] without the number of orders.
func (b BetaBinomial) LogEvidence(h, n int) float64 {
	d := b.dist()
	checkTrials(h, n)
	return mathext.Lbeta(d.Alpha+float64(h), d.Beta+float64(n-h)) - mathext.Lbeta(d.Alpha, d.Beta)
}

func checkTrials(h, n int) {
	if h < 0 || h > n {
		panic(badTrials)
	}
}

func checkMass(p float64) {
	if !(p > 0 && p < 1) {
		panic(badMass)
	}
}
