package metrics

import (
	"math"
	"slices"
)

// AUROC returns the area under the receiver operating characteristic: the probability
// that a positive row, drawn at random, scores higher than a negative one, ties counting
// half (the Mann–Whitney statistic over the number of pairs). 1 is perfect, ½ guessing,
// and below ½ the score points the wrong way. To judge an uncertainty as a detector, take
// it as the score and what should be detected (rows from elsewhere, errors) as positive.
//
// It does not depend on how many of the rows are positive. Without a positive or without
// a negative row it is NaN, as with a NaN score. It panics on wrong lengths.
//
// Reference: Hanley & McNeil, The Meaning and Use of the Area under a Receiver Operating
// Characteristic (ROC) Curve, 1982.
func AUROC(score []float64, positive []bool) float64 {
	groups, pos, neg := thresholds(score, positive)
	area, tp := 0.0, 0.0
	for _, g := range groups {
		area += g.neg * (tp + g.pos/2) // pairs in which these negatives are beaten
		tp += g.pos
	}
	return area / (pos * neg) // NaN: 0/0
}

// AveragePrecision returns the area under the precision–recall curve, as the mean of the
// precisions at which the positive rows are found, from the highest score down:
//
//	Σ_k (recall_k − recall_{k−1}) precision_k,   k over the distinct scores
//
// Unlike [AUROC] it depends on the share of positive rows, which is what guessing gets.
// It is NaN without a positive row or with a NaN score. It panics on wrong lengths.
//
// Reference: Davis & Goadrich, The Relationship Between Precision-Recall and ROC Curves,
// 2006, on why the curve must not be joined by straight lines.
func AveragePrecision(score []float64, positive []bool) float64 {
	groups, pos, _ := thresholds(score, positive)
	sum, tp, fp := 0.0, 0.0, 0.0
	for _, g := range groups {
		tp, fp = tp+g.pos, fp+g.neg
		sum += g.pos * tp / (tp + fp)
	}
	return sum / pos
}

// FalsePositives returns the share of negative rows at or above the highest threshold
// that finds at least the share found of the positive ones: FPR95 is FalsePositives(score,
// positive, 0.95). NaN and panics are as for [AUROC]; it also panics unless 0 < found ≤ 1.
//
// Reference: Liang, Li & Srikant, Enhancing the Reliability of Out-of-distribution Image
// Detection in Neural Networks, 2018.
func FalsePositives(score []float64, positive []bool, found float64) float64 {
	if !(found > 0 && found <= 1) {
		panic(badFound)
	}
	groups, pos, neg := thresholds(score, positive)
	tp, fp := 0.0, 0.0
	for _, g := range groups {
		tp, fp = tp+g.pos, fp+g.neg
		if pos > 0 && tp/pos >= found {
			return fp / neg
		}
	}
	return math.NaN()
}

const badFound = "metrics: the share of positive rows to find must be above 0 and at most 1"

// A group is the rows of one score: how many are positive, how many negative.
type group struct{ pos, neg float64 }

// thresholds returns the rows by score, the highest first, and how many there are of
// each kind. If there is a NaN there are no groups and NaN rows.
func thresholds(score []float64, positive []bool) (groups []group, pos, neg float64) {
	check(len(score), len(positive))
	if slices.ContainsFunc(score, math.IsNaN) {
		return nil, math.NaN(), math.NaN()
	}
	for _, rows := range ties(score, func(a, b float64) bool { return a > b }) {
		var g group
		for _, i := range rows {
			if positive[i] {
				g.pos++
			} else {
				g.neg++
			}
		}
		groups = append(groups, g)
		pos, neg = pos+g.pos, neg+g.neg
	}
	return groups, pos, neg
}

// ties returns the rows in order, rows of equal value together.
func ties(v []float64, before func(a, b float64) bool) (rows [][]int) {
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case before(v[i], v[j]):
			return -1
		case before(v[j], v[i]):
			return 1
		}
		return 0
	})
	for lo := 0; lo < len(order); {
		hi := lo + 1
		for hi < len(order) && v[order[hi]] == v[order[lo]] {
			hi++
		}
		rows = append(rows, order[lo:hi])
		lo = hi
	}
	return rows
}
