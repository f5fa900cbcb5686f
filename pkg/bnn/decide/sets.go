package decide

import (
	"math"
	"math/rand/v2"
)

// LAC returns the scores of the least ambiguous set-valued classifier, 1 − p_i(y_i), for
// [ConformalQuantile]. Its sets ([LACSets]) are the smallest on average, but may leave
// hard rows short, or with no class at all. It panics on labels that are no class and
// on wrong lengths.
//
// Reference: Sadinle, Lei & Wasserman, Least Ambiguous Set-Valued Classifiers with Bounded
// Error Levels, 2019.
func LAC(probs []float64, classes int, labels []float64) []float64 {
	checkLabels(probs, classes, labels)
	scores := make([]float64, len(labels))
	for i, y := range labels {
		scores[i] = 1 - probs[i*classes+int(y)]
	}
	return scores
}

// LACSets returns for each new row the classes with 1 − p ≤ q, in order. A set can be
// empty: no class is probable enough, and that is an answer, too. A row with NaN gets
// every class. It panics unless probs is rows × classes.
func LACSets(probs []float64, classes int, q float64) [][]int {
	return sets(probs, classes, func(row []float64, c int) bool { return 1-row[c] <= q })
}

// APS returns the scores of adaptive prediction sets, for [ConformalQuantile]: the
// probability of all classes that are more probable than the true one, and of itself the
// share u, uniform on [0, 1] from rng. Sets ([APSSets]) grow where the row is hard. rng
// nil stands for u = 1: sets without chance, that cover somewhat more than asked for. It
// panics as [LAC].
//
// Reference: Romano, Sesia & Candès, Classification with Valid and Adaptive Coverage, 2020.
func APS(probs []float64, classes int, labels []float64, rng *rand.Rand) []float64 {
	checkLabels(probs, classes, labels)
	scores := make([]float64, len(labels))
	for i, y := range labels {
		scores[i] = above(probs[i*classes:(i+1)*classes], int(y), share(rng))
	}
	return scores
}

// APSSets returns for each new row the classes whose score as in [APS] is at most q, in
// order. rng must be nil if it was nil there, and not if not. A row with NaN gets every
// class. It panics unless probs is rows × classes.
func APSSets(probs []float64, classes int, q float64, rng *rand.Rand) [][]int {
	var u float64
	return sets(probs, classes, func(row []float64, c int) bool {
		if c == 0 {
			u = share(rng) // one for the row
		}
		return above(row, c, u) <= q
	})
}

func share(rng *rand.Rand) float64 {
	if rng == nil {
		return 1
	}
	return rng.Float64()
}

// above adds up what is more probable than class c, equals of a lower number included,
// and the share u of class c. It is NaN if the row holds one.
func above(row []float64, c int, u float64) float64 {
	sum := u * row[c]
	for d, p := range row {
		if p > row[c] || p == row[c] && d < c || math.IsNaN(p) {
			sum += p
		}
	}
	return sum
}

func sets(probs []float64, classes int, in func(row []float64, c int) bool) [][]int {
	out := make([][]int, checkRows(probs, classes))
	for i := range out {
		row := probs[i*classes : (i+1)*classes]
		all := hasNaN(row)
		for c := range classes {
			if in(row, c) || all {
				out[i] = append(out[i], c)
			}
		}
	}
	return out
}
