package metrics

import "math"

// Accuracy returns the share of rows whose most probable class is the true one.
// probs holds N × classes probabilities row by row, labels N classes 0 … classes−1.
// It panics on wrong lengths and on labels that are no class; a row with NaN makes
// the score NaN.
func Accuracy(probs []float64, classes int, labels []float64) float64 {
	checkProbs(probs, classes, labels)
	right := 0.0
	for i, y := range labels {
		p, c := top(probs[i*classes : (i+1)*classes])
		switch {
		case math.IsNaN(p):
			return math.NaN()
		case c == int(y):
			right++
		}
	}
	return right / float64(len(labels))
}

// Confusion counts the rows of class c that were taken for class d, their most
// probable class, in entry [c][d]: what is right is on the diagonal. Of equal
// probabilities the first class counts. It panics as [Accuracy], and if a row holds
// NaN, because a row without a most probable class has no place in a table of counts.
func Confusion(probs []float64, classes int, labels []float64) [][]int {
	checkProbs(probs, classes, labels)
	counts := make([][]int, classes)
	for c := range counts {
		counts[c] = make([]int, classes)
	}
	for i, y := range labels {
		p, c := top(probs[i*classes : (i+1)*classes])
		if math.IsNaN(p) {
			panic(badNaN)
		}
		counts[int(y)][c]++
	}
	return counts
}

const (
	badProbs = "metrics: probabilities must be rows × classes, with one label a row that is a class"
	badNaN   = "metrics: Confusion cannot count a row with NaN"
)

func checkProbs(probs []float64, classes int, labels []float64) {
	if classes < 1 || len(labels) == 0 || len(probs) != classes*len(labels) {
		panic(badProbs)
	}
	for _, y := range labels {
		if y != math.Trunc(y) || y < 0 || y >= float64(classes) {
			panic(badProbs)
		}
	}
}

// top returns the largest entry of a row and its place, or NaN if there is one.
func top(row []float64) (p float64, class int) {
	p = math.Inf(-1)
	for c, v := range row {
		if math.IsNaN(v) {
			return v, 0
		}
		if v > p {
			p, class = v, c
		}
	}
	return p, class
}
