// Package bayesrule is exercise 02, solved: from a prior and data to a posterior.
package bayesrule

import "math"

// Positive returns the probability of being ill after a positive test.
func Positive(prevalence, sensitivity, specificity float64) float64 {
	ill := sensitivity * prevalence                 // P(+ | ill) P(ill)
	healthy := (1 - specificity) * (1 - prevalence) // P(+ | healthy) P(healthy)
	return ill / (ill + healthy)
}

// Update adds the heads to a and the tails to b.
func Update(a, b float64, flips []bool) (a2, b2 float64) {
	for _, heads := range flips {
		if heads {
			a++
		} else {
			b++
		}
	}
	return a, b
}

// MeanVar returns the mean and the variance of Beta(a, b).
func MeanVar(a, b float64) (mean, variance float64) {
	n := a + b
	return a / n, a * b / (n * n * (n + 1))
}

// logBeta returns log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a+b).
func logBeta(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return la + lb - lab
}

// ProbAbove adds up strips between x and 1, their height taken in the middle.
// The height is computed as a logarithm and comes back through exp only when it
// is an ordinary number again.
func ProbAbove(a, b, x float64) float64 {
	const strips = 20_000
	width := (1 - x) / strips
	logNorm := logBeta(a, b)
	area := 0.0
	for i := range strips {
		theta := x + (float64(i)+0.5)*width
		area += math.Exp((a-1)*math.Log(theta)+(b-1)*math.Log1p(-theta)-logNorm) * width
	}
	return area
}

// Predict returns the Beta–binomial probability of k heads in m flips.
func Predict(a, b float64, m, k int) float64 {
	heads, tails := float64(k), float64(m-k)
	// C(m,k) = 1 / ((m+1) B(k+1, m−k+1)), so it needs no factorials.
	logOrders := -math.Log(float64(m)+1) - logBeta(heads+1, tails+1)
	return math.Exp(logOrders + logBeta(a+heads, b+tails) - logBeta(a, b))
}

// Grid applies Bayes' rule on a grid, in logarithms. The largest one is taken
// out before exp, so that the largest term is 1 and nothing that matters
// underflows; it is put back into the evidence.
func Grid(prior []float64, flips []bool) (posterior []float64, logEvidence float64) {
	heads := 0.0
	for _, f := range flips {
		if f {
			heads++
		}
	}
	tails := float64(len(flips)) - heads
	cells := float64(len(prior))

	posterior = make([]float64, len(prior)) // first log(prior_j · L(θ_j)), then the density
	top := math.Inf(-1)
	for j, p := range prior {
		theta := (float64(j) + 0.5) / cells
		posterior[j] = math.Log(p) + heads*math.Log(theta) + tails*math.Log1p(-theta)
		top = max(top, posterior[j])
	}
	evidence := 0.0 // divided by exp(top)
	for j := range posterior {
		posterior[j] = math.Exp(posterior[j] - top)
		evidence += posterior[j] / cells
	}
	for j := range posterior {
		posterior[j] /= evidence
	}
	return posterior, top + math.Log(evidence)
}

// HDI tries all stretches of one cell, of two, of three, and so on. The first
// width at which the best of them holds enough is the shortest.
func HDI(density []float64, share float64) (lo, hi float64) {
	cells := float64(len(density))
	for width := 1; width < len(density); width++ {
		most, at := 0.0, 0
		for first := range len(density) - width + 1 {
			held := 0.0
			for _, d := range density[first : first+width] {
				held += d / cells
			}
			if held > most {
				most, at = held, first
			}
		}
		if most >= share {
			return float64(at) / cells, float64(at+width) / cells
		}
	}
	return 0, 1 // all of it
}
