package metrics

import "math"

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
	over, under := SignedECE(probs, classes, labels, bins)
	return over + under
}

// SignedECE returns the two halves of [ECE]: over is the part from bins where the
// probability is above the accuracy (over-confident), under the part from bins where it
// is below. ECE is over + under; over − under is the mean probability less the
// accuracy, whatever the bins. Panics and NaN are as for [Accuracy].
func SignedECE(probs []float64, classes int, labels []float64, bins int) (over, under float64) {
	return gaps(Reliability(probs, classes, labels, bins), len(labels))
}

// EqualMassECE is [ECE] with bins of equally many rows, so that the bins near 1, where
// networks put most rows, are split finely and no bin holds next to nothing. Rows of
// equal probability stay together. Panics and NaN are as for [Accuracy].
//
// Reference: Nguyen & O'Connor, Posterior Calibration and Exploratory Analysis for
// Natural Language Processing Models, 2015.
func EqualMassECE(probs []float64, classes int, labels []float64, bins int) float64 {
	over, under := gaps(EqualMassReliability(probs, classes, labels, bins), len(labels))
	return over + under
}

// ClasswiseECE returns for each class the calibration error of its probability in all
// rows, also where it is not the most probable:
//
//	Σ_b (n_b/N) |share of rows of the class_b − mean probability of the class_b|
//
// Their mean is the static calibration error. Panics and NaN are as for [Accuracy].
//
// References: Kull et al., Beyond Temperature Scaling, 2019; Nixon et al., Measuring
// Calibration in Deep Learning, 2019.
func ClasswiseECE(probs []float64, classes int, labels []float64, bins int) []float64 {
	checkProbs(probs, classes, labels)
	checkBins(bins)
	errors := make([]float64, classes)
	for c := range errors {
		sums, ok := classBins(probs, classes, labels, c, bins)
		if !ok {
			errors[c] = math.NaN()
			continue
		}
		for _, b := range sums {
			errors[c] += math.Abs(b.right-b.p) / float64(len(labels))
		}
	}
	return errors
}

// gaps adds up the distances of the bins from the diagonal.
func gaps(bins []Bin, n int) (over, under float64) {
	if bins == nil {
		return math.NaN(), math.NaN()
	}
	for _, b := range bins {
		if d := b.Confidence - b.Accuracy; b.Count == 0 {
			continue // both are NaN
		} else if d > 0 {
			over += d * float64(b.Count) / float64(n)
		} else {
			under -= d * float64(b.Count) / float64(n)
		}
	}
	return over, under
}

// A binSum adds up the rows of one bin: how many, their probabilities, the right ones.
type binSum struct{ n, p, right float64 }

// classBins sorts all rows by the probability of class c, or says that one is NaN.
func classBins(probs []float64, classes int, labels []float64, c, bins int) (sums []binSum, ok bool) {
	sums = make([]binSum, bins)
	for i, y := range labels {
		p := probs[i*classes+c]
		if math.IsNaN(p) {
			return nil, false
		}
		b := &sums[binOf(p, bins)]
		b.n++
		b.p += p
		if int(y) == c {
			b.right++
		}
	}
	return sums, true
}

// binOf returns the bin of equal width on [0, 1] that holds p; 1 is in the last.
func binOf(p float64, bins int) int {
	return max(0, min(int(p*float64(bins)), bins-1))
}

const badBins = "metrics: calibration needs at least 1 bin"

func checkBins(bins int) {
	if bins < 1 {
		panic(badBins)
	}
}
