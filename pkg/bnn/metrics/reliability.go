package metrics

import (
	"math"
	"slices"
)

// A Bin is one bar of a reliability diagram.
type Bin struct {
	Lo, Hi     float64 // the probabilities it holds
	Count      int     // rows
	Confidence float64 // mean probability of the rows' most probable class; NaN if there are no rows
	Accuracy   float64 // share of the rows whose most probable class is the true one; NaN likewise
}

// Reliability returns the data of a reliability diagram: the rows sorted by the
// probability of their most probable class into bins of equal width, [Lo, Hi) and the
// last one with its end. Calibrated bins have Accuracy = Confidence but for chance, whose
// standard error is √(Accuracy (1 − Accuracy)/Count). Arguments and panics are as for
// [Accuracy]; if a row holds NaN the answer is nil.
//
// Reference: DeGroot & Fienberg, The Comparison and Evaluation of Forecasters, 1983;
// Niculescu-Mizil & Caruana, Predicting Good Probabilities With Supervised Learning, 2005.
func Reliability(probs []float64, classes int, labels []float64, bins int) []Bin {
	checkBins(bins)
	rows := confident(probs, classes, labels)
	if rows == nil {
		return nil
	}
	out := make([]Bin, bins)
	for b := range out {
		out[b] = Bin{Lo: float64(b) / float64(bins), Hi: float64(b+1) / float64(bins)}
	}
	for _, r := range rows {
		out[binOf(r.p, bins)].add(r)
	}
	for b := range out {
		out[b].mean()
	}
	return out
}

// EqualMassReliability is [Reliability] with bins of equally many rows, or as near to
// that as keeping rows of equal probability together allows: there may then be fewer
// bins. Lo and Hi are the least and the largest probability in the bin.
func EqualMassReliability(probs []float64, classes int, labels []float64, bins int) []Bin {
	checkBins(bins)
	rows := confident(probs, classes, labels)
	if rows == nil {
		return nil
	}
	slices.SortStableFunc(rows, func(a, b answer) int {
		switch {
		case a.p < b.p:
			return -1
		case a.p > b.p:
			return 1
		}
		return 0
	})
	var out []Bin
	for at, b := 0, 1; at < len(rows); b++ {
		end := b * len(rows) / bins
		if end <= at {
			continue // the last bin reached into this one, or there are more bins than rows
		}
		for end < len(rows) && rows[end].p == rows[end-1].p {
			end++
		}
		bin := Bin{Lo: rows[at].p, Hi: rows[end-1].p}
		for _, r := range rows[at:end] {
			bin.add(r)
		}
		bin.mean()
		out = append(out, bin)
		at = end
	}
	return out
}

// An answer is a row's most probable class: with which probability, and if it is right.
type answer struct {
	p     float64
	right bool
}

// confident returns the answers of all rows, or nil if there is a NaN.
func confident(probs []float64, classes int, labels []float64) []answer {
	checkProbs(probs, classes, labels)
	rows := make([]answer, len(labels))
	for i, y := range labels {
		p, c := top(probs[i*classes : (i+1)*classes])
		if math.IsNaN(p) {
			return nil
		}
		rows[i] = answer{p, c == int(y)}
	}
	return rows
}

// add counts a row; Confidence and Accuracy are sums until mean is called.
func (b *Bin) add(r answer) {
	b.Count++
	b.Confidence += r.p
	if r.right {
		b.Accuracy++
	}
}

func (b *Bin) mean() {
	b.Confidence /= float64(b.Count) // 0/0, NaN, if there are none
	b.Accuracy /= float64(b.Count)
}
