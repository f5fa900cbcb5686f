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

// ECE returns the expected calibration error: the rows are sorted into bins of
// equal width by the probability of their most probable class, and
//
//	ECE = Σ_b (n_b/N) |accuracy_b − mean probability_b|.
//
// 15 bins is usual. Panics and NaN are as for [Accuracy].
//
// Reference: Naeini, Cooper & Hauskrecht, Obtaining Well Calibrated Probabilities
// Using Bayesian Binning, 2015; Guo et al., 2017.
func ECE(probs []float64, classes int, labels []float64, bins int) float64 {
	checkProbs(probs, classes, labels)
	if bins < 1 {
		panic(badBins)
	}
	gap := make([]float64, bins) // Σ (right − probability) in each bin
	for i, y := range labels {
		p, c := top(probs[i*classes : (i+1)*classes])
		if math.IsNaN(p) {
			return math.NaN()
		}
		b := min(int(p*float64(bins)), bins-1)
		gap[b] -= p
		if c == int(y) {
			gap[b]++
		}
	}
	sum := 0.0
	for _, g := range gap {
		sum += math.Abs(g) / float64(len(labels))
	}
	return sum
}

const (
	badProbs = "metrics: probabilities must be rows × classes, with one label a row that is a class"
	badBins  = "metrics: ECE needs at least 1 bin"
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
