package metrics

import (
	"math"
	"slices"
)

const badChains = "metrics: chains need at least 4 draws each, all equally many"

// RHat returns the rank-normalised split R̂ of chains of draws, draws[chain][draw]:
// every chain is cut in half, the draws are replaced by the normal scores of their
// ranks, and the spread between the halves is compared with the spread within them,
//
//	R̂ = √( ((n−1)/n W + B/n) / W ),   B/n = Var of the halves' means,  W = mean of their variances.
//
// The larger one of two values is returned: for the draws, and for their distances
// from the median, which notices chains that agree in place but not in width. It is
// 1 when all chains have found the same distribution; above 1.01 they have not (1.05
// for a first look). It is NaN for constant draws or a NaN among them. It panics for
// chains of different lengths or with fewer than 4 draws.
//
// Reference: Vehtari, Gelman, Simpson, Carpenter & Bürkner, Rank-Normalization,
// Folding, and Localization: An Improved R̂, 2021.
func RHat(draws [][]float64) float64 {
	if halves := split(draws); !anyNaN(draws) {
		return math.Max(rHat(scores(halves)), rHat(scores(fold(halves))))
	}
	return math.NaN()
}

// BulkESS returns the effective sample size of chains of draws, draws[chain][draw],
// in the middle of their distribution: how many independent draws would know its
// location as well. It is [ESS] of the normal scores of the ranks, so it works for
// any distribution. Vehtari et al. (2021) ask for at least 100 a chain. It panics and
// is NaN as [RHat], except that constant draws count in full.
func BulkESS(draws [][]float64) float64 {
	if halves := split(draws); !anyNaN(draws) {
		return ess(scores(halves))
	}
	return math.NaN()
}

// TailESS returns the effective sample size in the tails: the smaller one of those
// for the shares of draws below the 5 % and below the 95 % quantile. It panics and
// is NaN as [BulkESS].
func TailESS(draws [][]float64) float64 {
	if split(draws); !anyNaN(draws) {
		return math.Min(ess(split(below(draws, 0.05))), ess(split(below(draws, 0.95))))
	}
	return math.NaN()
}

// ESS returns the effective sample size for the mean of the draws themselves: the
// mean of all draws has the standard error SD/√ESS. The chains are cut in half first.
// It panics and is NaN as [BulkESS].
func ESS(draws [][]float64) float64 {
	if halves := split(draws); !anyNaN(draws) {
		return ess(halves)
	}
	return math.NaN()
}

// split cuts every chain in half; the middle draw of an odd number is left out.
func split(draws [][]float64) [][]float64 {
	if len(draws) == 0 {
		panic(badEmpty)
	}
	n := len(draws[0])
	halves := make([][]float64, 0, 2*len(draws))
	for _, c := range draws {
		if len(c) != n || n < 4 {
			panic(badChains)
		}
		halves = append(halves, c[:n/2], c[n-n/2:])
	}
	return halves
}

func anyNaN(draws [][]float64) bool {
	return slices.ContainsFunc(draws, func(c []float64) bool { return slices.ContainsFunc(c, math.IsNaN) })
}

// fold replaces all draws by their distances from the median.
func fold(chains [][]float64) [][]float64 {
	folded, median := make([][]float64, len(chains)), quantile(chains, 0.5)
	for c, draws := range chains {
		for _, v := range draws {
			folded[c] = append(folded[c], math.Abs(v-median))
		}
	}
	return folded
}

// scores replaces all draws by Φ⁻¹((r − 3/8)/(S + 1/4)), r being the rank among all S
// draws, and the mean of the ranks for equal draws.
func scores(chains [][]float64) [][]float64 {
	type ref struct {
		v    float64
		c, i int
	}
	var all []ref
	z := make([][]float64, len(chains))
	for c, draws := range chains {
		z[c] = make([]float64, len(draws))
		for i, v := range draws {
			all = append(all, ref{v, c, i})
		}
	}
	slices.SortFunc(all, func(a, b ref) int {
		switch {
		case a.v < b.v:
			return -1
		case a.v > b.v:
			return 1
		}
		return 0
	})
	for lo := 0; lo < len(all); {
		hi := lo + 1
		for hi < len(all) && all[hi].v == all[lo].v {
			hi++
		}
		rank := float64(lo+1+hi) / 2
		p := (rank - 0.375) / (float64(len(all)) + 0.25)
		for _, r := range all[lo:hi] {
			z[r.c][r.i] = math.Sqrt2 * math.Erfinv(2*p-1)
		}
		lo = hi
	}
	return z
}

// below replaces every draw by 1 if it is at most the q-quantile of all, else by 0.
func below(chains [][]float64, q float64) [][]float64 {
	limit, b := quantile(chains, q), make([][]float64, len(chains))
	for c, draws := range chains {
		b[c] = make([]float64, len(draws))
		for i, v := range draws {
			if v <= limit {
				b[c][i] = 1
			}
		}
	}
	return b
}

// quantile interpolates between the order statistics of all draws.
func quantile(chains [][]float64, q float64) float64 {
	all := slices.Concat(chains...)
	slices.Sort(all)
	return sortedQuantile(all, q)
}

// rHat is the plain R̂ of chains of equal length.
func rHat(chains [][]float64) float64 {
	n := float64(len(chains[0]))
	means, w := make([]float64, len(chains)), 0.0
	for c, draws := range chains {
		var v float64
		means[c], v = meanVar(draws)
		w += v / float64(len(chains))
	}
	_, b := meanVar(means)
	if !(w > 0) {
		return math.NaN()
	}
	return math.Sqrt((n-1)/n + b/w)
}

// meanVar returns the mean and the variance with n − 1.
func meanVar(v []float64) (mean, variance float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		variance += (x - mean) * (x - mean) / float64(len(v)-1)
	}
	return mean, variance
}
