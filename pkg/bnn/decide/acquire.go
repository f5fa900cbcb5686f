package decide

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Draws adds up the class probabilities of posterior draws, one draw at a time, and says
// how much the label of each row would teach: acquisition scores, for [Top]. It keeps
// sums only, so the number of draws costs no memory. Not safe for concurrent use.
type Draws struct {
	classes int
	n       float64   // draws
	p, p2   []float64 // rows × classes: Σ p and Σ p² (about the first draw)
	first   []float64 // the first draw, so that equal draws have a spread of exactly 0
	entropy []float64 // rows: Σ H(p)
}

// NewDraws returns sums for rows × classes probabilities. It panics if either is below 1.
func NewDraws(rows, classes int) *Draws {
	if rows < 1 || classes < 1 {
		panic(badProbs)
	}
	n := rows * classes
	return &Draws{classes: classes, p: make([]float64, n), p2: make([]float64, n), first: make([]float64, n), entropy: make([]float64, rows)}
}

// Add counts one draw: the probabilities p(y|x, θ) of all rows under one θ. It panics on a
// wrong length.
func (d *Draws) Add(probs []float64) {
	if len(probs) != len(d.p) {
		panic(badLength)
	}
	if d.n == 0 {
		copy(d.first, probs)
	}
	d.n++
	for j, v := range probs {
		d.p[j] += v
		e := v - d.first[j]
		d.p2[j] += e * e
	}
	for i := range d.entropy {
		d.entropy[i] += entropy(probs[i*d.classes:(i+1)*d.classes], 1)
	}
}

// MaxEntropy returns the entropy of the mean probabilities of each row, in nats: all
// uncertainty, that of the label itself included. Before a draw it is NaN.
//
// Reference: Shannon, A Mathematical Theory of Communication, 1948.
func (d *Draws) MaxEntropy() []float64 {
	return d.each(func(i int, p []float64) float64 { return entropy(p, d.n) })
}

// BALD returns the mutual information between the label and θ, in nats:
//
//	H( mean_s p_s ) − mean_s H(p_s)
//
// what the draws disagree about, and so what a label could settle; a coin that all draws
// agree is fair gets 0. Before a draw it is NaN.
//
// Reference: Houlsby, Huszár, Ghahramani & Lengyel, Bayesian Active Learning for
// Classification and Preference Learning, 2011.
func (d *Draws) BALD() []float64 {
	return d.each(func(i int, p []float64) float64 {
		return max(0, entropy(p, d.n)-d.entropy[i]/d.n) // below 0 by rounding only
	})
}

// VariationRatios returns 1 − the largest mean probability of each row, as Gal, Islam &
// Ghahramani, Deep Bayesian Active Learning with Image Data, 2017, define them. Before a
// draw it is NaN.
//
// Reference: Freeman, Elementary Applied Statistics, 1965.
func (d *Draws) VariationRatios() []float64 {
	return d.each(func(i int, p []float64) float64 {
		most := p[0]
		for _, v := range p {
			most = math.Max(most, v) // NaN if any is
		}
		return 1 - most/d.n
	})
}

// MeanSD returns the standard deviation of each class probability over the draws, as the
// mean over the classes:
//
//	1/C Σ_c √( mean_s p_sc² − (mean_s p_sc)² )
//
// Before a draw it is NaN.
//
// Reference: Kampffmeyer, Salberg & Jenssen, Semantic Segmentation of Small Objects and
// Modeling of Uncertainty in Urban Remote Sensing Images, 2016; as in Gal, Islam &
// Ghahramani, 2017.
func (d *Draws) MeanSD() []float64 {
	return d.each(func(i int, p []float64) (sum float64) {
		for c, v := range p {
			j := i*d.classes + c
			m := v/d.n - d.first[j]
			sum += math.Sqrt(max(0, d.p2[j]/d.n-m*m)) / float64(d.classes)
		}
		return sum
	})
}

// each calls f for every row with its Σ p.
func (d *Draws) each(f func(i int, p []float64) float64) []float64 {
	scores := make([]float64, len(d.entropy))
	for i := range scores {
		if d.n == 0 {
			scores[i] = math.NaN()
			continue
		}
		scores[i] = f(i, d.p[i*d.classes:(i+1)*d.classes])
	}
	return scores
}

// entropy is −Σ p ln p for p/n.
func entropy(p []float64, n float64) (h float64) {
	for _, v := range p {
		if v != 0 { // 0 ln 0
			h -= v / n * math.Log(v/n)
		}
	}
	return h
}

// Random returns n scores that know nothing, uniform on [0, 1): what an acquisition must
// beat. It panics if n is below 1.
func Random(n int, rng *rand.Rand) []float64 {
	check(max(n, 0))
	scores := make([]float64, n)
	for i := range scores {
		scores[i] = rng.Float64()
	}
	return scores
}

// Top returns the k rows of the highest score, the highest first. Of equal scores the
// lower row comes first, so the same scores always give the same rows; rows with NaN come
// last of all. It panics unless 0 ≤ k ≤ len(scores).
func Top(scores []float64, k int) []int {
	if k < 0 || k > len(scores) {
		panic(badTop)
	}
	rows := make([]int, len(scores))
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(i, j int) int {
		a, b := scores[i], scores[j]
		switch {
		case a > b || math.IsNaN(b) && !math.IsNaN(a):
			return -1
		case a < b || math.IsNaN(a) && !math.IsNaN(b):
			return 1
		}
		return 0
	})
	return slices.Clip(rows[:k])
}

const badTop = "decide: Top cannot choose more rows than there are, or fewer than none"
