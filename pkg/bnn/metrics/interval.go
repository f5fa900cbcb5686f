package metrics

import "math"

// IntervalScore returns the mean interval score of central (1 − alpha) intervals, in
// the unit of y:
//
//	1/N Σ_i (hi_i − lo_i) + 2/alpha · (how far y_i lies outside of [lo_i, hi_i])
//
// A narrow interval scores well until it misses. The ends that are best on average are
// the alpha/2 and 1 − alpha/2 quantiles, so width and coverage need not be weighed
// against each other by hand. It panics on wrong lengths, unless 0 < alpha < 1, and if a
// lower limit is above its upper limit.
//
// Reference: Gneiting & Raftery, Strictly Proper Scoring Rules, Prediction, and
// Estimation, 2007, equation 43.
func IntervalScore(y, lo, hi []float64, alpha float64) float64 {
	check(len(y), len(lo), len(hi))
	if !(alpha > 0 && alpha < 1) {
		panic(badAlpha)
	}
	var sum float64
	for i, v := range y {
		if lo[i] > hi[i] {
			panic(badLimits)
		}
		outside := math.Max(0, math.Max(lo[i]-v, v-hi[i])) // NaN if any is NaN
		sum += hi[i] - lo[i] + 2/alpha*outside
	}
	return sum / float64(len(y))
}

const badAlpha = "metrics: alpha, the share outside of the interval, must be between 0 and 1"
