// Package bayesrule is exercise 02: from a prior and data to a posterior.
//
// A run of flips D is a []bool, true for heads (F in the chapter). θ (theta) is
// the coin's probability of heads; what is believed about it is a distribution:
// p(θ) before the flips, p(θ|D) after them. Every function below compiles and
// gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 02-bayes-rule
package bayesrule

import "math"

// Positive returns the probability of being ill after a positive test,
//
//	P(ill | +) = P(+ | ill) P(ill) / P(+)
//
// where prevalence = P(ill), sensitivity = P(+ | ill) and
// specificity = P(− | healthy). The evidence P(+) counts both ways to a positive
// test, ill and healthy.
func Positive(prevalence, sensitivity, specificity float64) float64 {
	return math.NaN()
}

// Update returns the parameters of the posterior Beta(a′, b′) when the prior is
// Beta(a, b) and the flips are the data: heads speak for a, tails for b.
func Update(a, b float64, flips []bool) (a2, b2 float64) {
	return math.NaN(), math.NaN()
}

// MeanVar returns the mean and the variance of Beta(a, b):
//
//	E[θ] = a / (a+b),   Var[θ] = ab / ((a+b)²(a+b+1))
func MeanVar(a, b float64) (mean, variance float64) {
	return math.NaN(), math.NaN()
}

// ProbAbove returns P(θ > x) for θ ~ Beta(a, b), a and b at least 1: the area to
// the right of x under the density
//
//	p(θ) = θ^(a−1) (1−θ)^(b−1) Γ(a+b) / (Γ(a)Γ(b))
//
// Add up thin strips; four correct digits are enough. a+b may be some
// thousands, where Γ(a+b) is too large for a float64 and its logarithm is not.
func ProbAbove(a, b, x float64) float64 {
	return math.NaN()
}

// Predict returns the posterior predictive: the probability of k heads in the
// next m flips when θ ~ Beta(a, b). Each θ predicts its own, and they are
// averaged over what is believed about θ:
//
//	p(k) = ∫ C(m,k) θ^k (1−θ)^(m−k) p(θ) dθ = C(m,k) B(a+k, b+m−k) / B(a, b)
//
// with B(a, b) = Γ(a)Γ(b)/Γ(a+b) and C(m,k) the number of orders in which k
// heads may come.
func Predict(a, b float64, m, k int) float64 {
	return math.NaN()
}

// Grid applies Bayes' rule with any prior at all, on a grid. The K values of
// prior are its density at the middles of K equal cells of (0, 1),
//
//	θ_j = (j + ½) / K,   j = 0 … K−1
//
// and Grid returns the posterior's density at the same places and the logarithm
// of the evidence (in nats),
//
//	posterior_j = prior_j · L(θ_j) / evidence
//	evidence    = Σ_j prior_j · L(θ_j) / K
//
// where L(θ) = θ^heads (1−θ)^tails is the likelihood of D, flip for flip. So the
// posterior's average over the cells is 1, like the prior's. Ten thousand flips
// must work: L(θ) is then smaller than any float64, its logarithm is not.
// Values of the prior may be 0. Do not change the prior.
func Grid(prior []float64, flips []bool) (posterior []float64, logEvidence float64) {
	return nil, math.NaN()
}

// HDI returns the highest-density interval of a belief on such a grid: the
// shortest stretch of neighbouring cells that holds at least share of the
// probability. density holds K values as Grid returns them: cell j reaches from
// j/K to (j+1)/K, and density_j/K of the probability lies in it. lo is where the
// stretch begins, hi where it ends. Of equally short stretches the one that holds
// most is meant.
//
// density = {0.4, 1.6, 2, 0.8, 0.2} and share = 0.7 give 0.2 and 0.6: the two
// cells between hold 1.6/5 + 2/5 = 0.72, and no single cell holds enough. The
// belief may have two humps; the answer is one stretch all the same.
func HDI(density []float64, share float64) (lo, hi float64) {
	return math.NaN(), math.NaN()
}
