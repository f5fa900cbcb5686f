package metrics

import (
	"math"
	"slices"
)

// A RiskPoint is what a rule "answer if the uncertainty is at most Threshold" does.
type RiskPoint struct {
	Threshold float64
	Coverage  float64 // share of rows that are answered
	Risk      float64 // mean loss of those
}

// RiskCoverage returns the risk–coverage curve, one point for each distinct
// uncertainty, from the most certain rows to all of them. loss is what an answer costs,
// such as 1 for an error and 0 for none, or a squared error. If the uncertainty is of
// use the risk rises with the coverage. A NaN in either argument gives nil: there is no
// curve. It panics on wrong lengths.
//
// Reference: El-Yaniv & Wiener, On the Foundations of Noise-free Selective
// Classification, 2010.
func RiskCoverage(uncertainty, loss []float64) []RiskPoint {
	check(len(uncertainty), len(loss))
	if slices.ContainsFunc(uncertainty, math.IsNaN) || slices.ContainsFunc(loss, math.IsNaN) {
		return nil
	}
	var points []RiskPoint
	n, sum := 0, 0.0
	for _, rows := range ties(uncertainty, func(a, b float64) bool { return a < b }) {
		for _, i := range rows {
			sum += loss[i]
		}
		n += len(rows)
		points = append(points, RiskPoint{uncertainty[rows[0]], float64(n) / float64(len(loss)), sum / float64(n)})
	}
	return points
}

// AURC returns the area under the risk–coverage curve, the mean over k of the mean loss
// of the k most certain rows:
//
//	1/N Σ_k 1/k Σ_{i among the first k} loss_i
//
// Lower is better; an uncertainty that knows nothing gets the mean loss. Rows of equal
// uncertainty count as in the mean over all their orders, so the order of the rows in the
// arguments does not matter. NaN gives NaN. It panics on wrong lengths.
//
// Reference: Geifman, Uziel & El-Yaniv, Bias-Reduced Uncertainty Estimation for Deep
// Neural Classifiers, 2019.
func AURC(uncertainty, loss []float64) float64 {
	if RiskCoverage(uncertainty, loss) == nil {
		return math.NaN()
	}
	area, n, sum := 0.0, 0.0, 0.0 // n rows so far, and their loss
	for _, rows := range ties(uncertainty, func(a, b float64) bool { return a < b }) {
		each := 0.0
		for _, i := range rows {
			each += loss[i] / float64(len(rows))
		}
		for range rows {
			n++
			sum += each
			area += sum / n
		}
	}
	return area / float64(len(loss))
}
