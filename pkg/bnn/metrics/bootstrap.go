package metrics

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Bootstrap returns a 95 % interval of a score on n held-out rows: the 2.5 % and the
// 97.5 % quantile of the score on draws samples of n rows, drawn with replacement.
// score gets the rows of a sample and must not keep the slice:
//
//	lo, hi := metrics.Bootstrap(len(y), 2000, rng, func(rows []int) float64 {
//		return metrics.RMSE(pick(y, rows), pick(mean, rows))
//	})
//
// The interval says what other rows from the same source would have made of the score.
// It knows nothing of another training run. Below about 30 rows, and for scores near
// the end of their range, it is too narrow. If score is NaN for any sample (AUROC of a
// sample without a positive row) both ends are NaN. It panics if n or draws is below 1.
//
// Reference: Efron, Bootstrap Methods: Another Look at the Jackknife, 1979; Efron &
// Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).
func Bootstrap(n, draws int, rng *rand.Rand, score func(rows []int) float64) (lo, hi float64) {
	if n < 1 || draws < 1 {
		panic(badBootstrap)
	}
	scores, rows := make([]float64, draws), make([]int, n)
	for d := range scores {
		for i := range rows {
			rows[i] = rng.IntN(n)
		}
		scores[d] = score(rows)
	}
	slices.Sort(scores)
	if math.IsNaN(scores[0]) { // NaN sorts first
		return math.NaN(), math.NaN()
	}
	return sortedQuantile(scores, 0.025), sortedQuantile(scores, 0.975)
}

// PairedBootstrap returns a 95 % interval of the difference a − b of two scores on the
// same rows: both see the same samples, so that what is hard for both cancels. An
// interval that leaves out 0 says the scores differ by more than the choice of rows
// explains, even where their own intervals overlap. All else is as for [Bootstrap].
func PairedBootstrap(n, draws int, rng *rand.Rand, a, b func(rows []int) float64) (lo, hi float64) {
	return Bootstrap(n, draws, rng, func(rows []int) float64 { return a(rows) - b(rows) })
}

// sortedQuantile interpolates between the order statistics.
func sortedQuantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := min(int(at), max(0, len(sorted)-2))
	if j := min(i+1, len(sorted)-1); sorted[i] != sorted[j] { // infinite ones may be equal
		return sorted[i] + (at-float64(i))*(sorted[j]-sorted[i])
	}
	return sorted[i]
}

const badBootstrap = "metrics: Bootstrap needs at least 1 row and 1 draw"
