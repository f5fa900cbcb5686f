package metrics

import "math"

// Brier returns the mean squared error of class probabilities,
//
//	1/N Σ_i Σ_c (p_ic − [y_i = c])²
//
// between 0 and 2 (for two classes that is twice the score of one of them). It is
// strictly proper: only the true probabilities are best on average. Arguments, panics
// and NaN are as for [Accuracy].
//
// Reference: Brier, Verification of Forecasts Expressed in Terms of Probability, 1950.
func Brier(probs []float64, classes int, labels []float64) float64 {
	checkProbs(probs, classes, labels)
	sum := 0.0
	for i, y := range labels {
		for c, p := range probs[i*classes : (i+1)*classes] {
			if c == int(y) {
				p--
			}
			sum += p * p
		}
	}
	return sum / float64(len(labels))
}

// MurphyParts are the parts of a [Brier] score,
//
//	Brier = Reliability − Resolution + Uncertainty + Within
//
// Reliability is how far the stated probabilities are from the shares that came true
// (0 is best), Resolution how far those shares differ between the bins (more is
// better), Uncertainty is the score of always stating the classes' shares: it belongs to
// the data alone. Within is what the bins hide: the spread of the probabilities inside a
// bin, less what that spread knew. It is 0 if each bin holds one probability only, and
// then the parts are Murphy's.
type MurphyParts struct {
	Reliability, Resolution, Uncertainty, Within float64
}

// Murphy splits the [Brier] score, every class being sorted by its probability into
// bins of equal width and the parts added over the classes:
//
//	Reliability = Σ_c Σ_b n_cb/N (p̄_cb − ȳ_cb)²
//	Resolution  = Σ_c Σ_b n_cb/N (ȳ_cb − ȳ_c)²
//	Uncertainty = Σ_c ȳ_c (1 − ȳ_c)
//
// with p̄ the mean probability and ȳ the share of rows of the class. It panics as
// [Brier] and if there is no bin; a row with NaN makes all parts but Uncertainty NaN.
//
// References: Murphy, A New Vector Partition of the Probability Score, 1973; Stephenson,
// Coelho & Jolliffe, Two Extra Components in the Brier Score Decomposition, 2008.
func Murphy(probs []float64, classes int, labels []float64, bins int) MurphyParts {
	checkProbs(probs, classes, labels)
	checkBins(bins)
	var parts MurphyParts
	n := float64(len(labels))
	for c := range classes {
		sums, ok := classBins(probs, classes, labels, c, bins)
		base := 0.0
		for _, y := range labels {
			if int(y) == c {
				base += 1 / n
			}
		}
		parts.Uncertainty += base * (1 - base)
		if !ok {
			parts.Reliability, parts.Resolution = math.NaN(), math.NaN()
			continue
		}
		for _, b := range sums {
			if b.n == 0 {
				continue
			}
			p, y := b.p/b.n, b.right/b.n
			parts.Reliability += b.n / n * (p - y) * (p - y)
			parts.Resolution += b.n / n * (y - base) * (y - base)
		}
	}
	parts.Within = Brier(probs, classes, labels) - (parts.Reliability - parts.Resolution + parts.Uncertainty)
	return parts
}
