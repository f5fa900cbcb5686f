// Package decide turns predictions into decisions: answer or ask ([Abstain]), act at
// the least expected cost ([LeastCost]), give intervals and sets with a guarantee that
// needs no model ([ConformalQuantile]), and choose what to label next ([Draws], [Top]).
//
// Every function takes plain slices and knows nothing of models or networks. Class
// probabilities are rows × classes, row by row, as metrics and bnn.Predictive have them;
// labels are classes 0 … classes−1. Arguments are not modified; wrong lengths panic.
//
// A NaN never becomes a confident answer: a row with NaN is [Refer], its cost NaN, its
// conformal set holds every class, and it is the last one to be worth a label.
package decide

import "math"

const (
	badLength = "decide: slice lengths do not match"
	badEmpty  = "decide: no rows"
	badProbs  = "decide: probabilities must be rows × classes"
	badLabels = "decide: labels must be classes, one a row"
)

// checkRows returns the number of rows of probs, at least 1, or panics.
func checkRows(probs []float64, classes int) int {
	if classes < 1 || len(probs) == 0 || len(probs)%classes != 0 {
		panic(badProbs)
	}
	return len(probs) / classes
}

// checkLabels is checkRows with one class a row.
func checkLabels(probs []float64, classes int, labels []float64) {
	if checkRows(probs, classes) != len(labels) {
		panic(badLabels)
	}
	for _, y := range labels {
		if y != math.Trunc(y) || y < 0 || y >= float64(classes) {
			panic(badLabels)
		}
	}
}

// check panics unless all lengths are equal and positive.
func check(n int, others ...int) {
	if n == 0 {
		panic(badEmpty)
	}
	for _, m := range others {
		if m != n {
			panic(badLength)
		}
	}
}

// hasNaN says if a row cannot be used.
func hasNaN(row []float64) bool {
	for _, v := range row {
		if math.IsNaN(v) {
			return true
		}
	}
	return false
}
