package metrics

import (
	"math"
	"slices"
)

// ess returns the effective sample size of m chains of n draws,
//
//	ESS = m n / τ,   τ = −1 + 2 Σ_{t≥0} ρ_t  over Geyer's initial monotone sequence,
//
// where the autocorrelations ρ_t = 1 − (W − mean of the chains' autocovariances at lag
// t)/Var⁺ also count the distance between the chains. Pairs ρ_{2k} + ρ_{2k+1} of a
// reversible chain are positive and falling; from where the estimates are not, they
// are noise and are cut off or levelled.
//
// References: Geyer, Practical Markov Chain Monte Carlo, 1992; Vehtari et al., 2021,
// section 3.2.
func ess(chains [][]float64) float64 {
	m, n := len(chains), len(chains[0])
	lo, hi := math.Inf(1), math.Inf(-1)
	means := make([]float64, m)
	for c, draws := range chains {
		means[c], _ = meanVar(draws)
		lo, hi = min(lo, slices.Min(draws)), max(hi, slices.Max(draws))
	}
	total := float64(m * n)
	if math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		return math.NaN()
	}
	if hi == lo {
		return total
	}
	// acov is the mean of the chains' autocovariances at lag t, each divided by n.
	acov := func(t int) float64 {
		sum := 0.0
		for c, draws := range chains {
			for i := range n - t {
				sum += (draws[i] - means[c]) * (draws[i+t] - means[c])
			}
		}
		return sum / total
	}
	_, between := meanVar(means)
	variance := acov(0)
	w := variance * float64(n) / float64(n-1)
	plus := variance + between
	rho := make([]float64, n)
	rho[0], rho[1] = 1, 1-(w-acov(1))/plus
	// Initial positive sequence. even and odd are the pair looked at last.
	even, odd, t := rho[0], rho[1], 1
	for ; t < n-3 && even+odd > 0; t += 2 {
		even, odd = 1-(w-acov(t+1))/plus, 1-(w-acov(t+2))/plus
		if even+odd >= 0 {
			rho[t+1], rho[t+2] = even, odd
		}
	}
	last := t - 2
	if even > 0 && last+1 > 0 {
		rho[last+1] = even // half of the first pair that is cut off: less variance for antithetic chains
	}
	// Initial monotone sequence.
	for t := 1; t <= last-2; t += 2 {
		if rho[t+1]+rho[t+2] > rho[t-1]+rho[t] {
			rho[t+1] = (rho[t-1] + rho[t]) / 2
			rho[t+2] = rho[t+1]
		}
	}
	tau := -1.0
	for _, r := range rho[:last+1] {
		tau += 2 * r
	}
	tau += rho[last+1]
	return total / max(tau, 1/math.Log10(total))
}
