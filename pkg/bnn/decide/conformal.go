package decide

import (
	"math"
	"slices"
)

// ConformalQuantile returns the limit q that the score of a new row stays within with
// probability at least 1 − alpha: of n scores of held-out rows (for calibration only:
// neither trained on nor chosen by) the
//
//	⌈(n + 1)(1 − alpha)⌉-th smallest,   +Inf if that is more than n
//
// All that is asked for is that these rows and the new one are exchangeable; the model
// may be as wrong as it likes, it then pays by wide answers. The guarantee is one over
// all rows: a group of rows may do worse, and rows from elsewhere have none. With scores
// that do not tie, the mean coverage over calibration sets is at most 1 − alpha + 1/(n + 1).
//
// Scores come from [Residuals], [LAC] or [APS]; a NaN among them counts as +Inf, so that
// it can only widen. It panics without scores and unless 0 < alpha < 1.
//
// References: Vovk, Gammerman & Shafer, Algorithmic Learning in a Random World, 2005; Lei
// et al., Distribution-Free Predictive Inference for Regression, 2018; Angelopoulos & Bates,
// A Gentle Introduction to Conformal Prediction, 2021.
func ConformalQuantile(scores []float64, alpha float64) float64 {
	check(len(scores))
	if !(alpha > 0 && alpha < 1) {
		panic(badAlpha)
	}
	sorted := slices.Clone(scores)
	for i, s := range sorted {
		if math.IsNaN(s) {
			sorted[i] = math.Inf(1)
		}
	}
	slices.Sort(sorted)
	n := len(sorted)
	// The same as ⌈(n+1)(1−alpha)⌉, safe from 100 · 0.29 = 28.999999999999996.
	k := n + 1 - int(math.Floor(float64(n+1)*alpha+1e-9))
	if k > n {
		return math.Inf(1)
	}
	return sorted[max(k, 1)-1]
}

// Residuals returns the scores of split conformal regression, |y_i − mean_i|/sd_i. With
// the predictive standard deviation as sd the intervals are wide where the model is
// unsure; sd nil stands for 1 and gives intervals of one width, in the unit of y. It
// panics on wrong lengths and if an sd is zero or negative.
//
// References: Papadopoulos, Proedrou, Vovk & Gammerman, Inductive Confidence Machines for
// Regression, 2002; divided by a spread: Papadopoulos, Gammerman & Vovk, Normalized
// Nonconformity Measures for Regression Conformal Prediction, 2008.
func Residuals(y, mean, sd []float64) []float64 {
	check(len(y), len(mean))
	checkSD(sd, len(y))
	scores := make([]float64, len(y))
	for i, v := range y {
		scores[i] = math.Abs(v - mean[i])
		if sd != nil {
			scores[i] /= sd[i]
		}
	}
	return scores
}

// Intervals returns mean_i ± q sd_i for new rows, q being the [ConformalQuantile] of the
// [Residuals] of other rows; sd is nil if it was nil there. It panics on wrong lengths
// and if an sd is zero or negative.
func Intervals(mean, sd []float64, q float64) (lo, hi []float64) {
	check(len(mean))
	checkSD(sd, len(mean))
	lo, hi = make([]float64, len(mean)), make([]float64, len(mean))
	for i, m := range mean {
		half := q
		if sd != nil {
			half *= sd[i]
		}
		lo[i], hi[i] = m-half, m+half
	}
	return lo, hi
}

const (
	badAlpha = "decide: alpha, the share that may be missed, must be between 0 and 1"
	badSD    = "decide: standard deviation is not positive"
)

func checkSD(sd []float64, n int) {
	if sd == nil {
		return
	}
	check(n, len(sd))
	for _, s := range sd {
		if s <= 0 { // NaN passes
			panic(badSD)
		}
	}
}
