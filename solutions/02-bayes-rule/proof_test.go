package bayesrule

import (
	"math"
	"testing"

	cases "github.com/credence-bnn/credence/tests/02-bayes-rule"
	stub "github.com/credence-bnn/credence/tests/02-bayes-rule/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"positive":   stub.Positive,
		"update":     stub.Update,
		"mean-var":   stub.MeanVar,
		"prob-above": stub.ProbAbove,
		"predict":    stub.Predict,
		"grid":       stub.Grid,
		"hdi":        stub.HDI,
	}, wrong, right...)
}

// likelihood returns θ^heads (1−θ)^tails as a plain product.
func likelihood(theta float64, flips []bool) float64 {
	l := 1.0
	for _, f := range flips {
		if f {
			l *= theta
		} else {
			l *= 1 - theta
		}
	}
	return l
}

// scaled returns xs·c in a new slice.
func scaled(xs []float64, c float64) []float64 {
	ys := make([]float64, len(xs))
	for i, x := range xs {
		ys[i] = c * x
	}
	return ys
}

var wrong = []prove.Wrong{
	{Task: "positive", Name: "likelihood and posterior swapped: P(+|ill) for P(ill|+)", Func: func(prev, sens, spec float64) float64 {
		return sens
	}},
	{Task: "positive", Name: "base rate neglected: ill and healthy taken for equally common", Func: func(prev, sens, spec float64) float64 {
		return sens / (sens + 1 - spec)
	}},
	{Task: "positive", Name: "evidence forgotten", Func: func(prev, sens, spec float64) float64 {
		return sens * prev
	}},
	{Task: "positive", Name: "evidence with specificity instead of 1 − specificity", Func: func(prev, sens, spec float64) float64 {
		return sens * prev / (sens*prev + spec*(1-prev))
	}},
	{Task: "positive", Name: "evidence without the healthy", Func: func(prev, sens, spec float64) float64 {
		return sens * prev / (sens*prev + (1-sens)*prev)
	}},

	{Task: "update", Name: "prior forgotten", Func: func(a, b float64, flips []bool) (float64, float64) {
		return Update(0, 0, flips)
	}},
	{Task: "update", Name: "every prior taken for the flat one", Func: func(a, b float64, flips []bool) (float64, float64) {
		return Update(1, 1, flips)
	}},
	{Task: "update", Name: "heads and tails swapped", Func: func(a, b float64, flips []bool) (float64, float64) {
		b2, a2 := Update(b, a, flips)
		return a2 - a + b, b2 - b + a
	}},
	{Task: "update", Name: "all flips counted for b, not the tails", Func: func(a, b float64, flips []bool) (float64, float64) {
		a2, _ := Update(a, b, flips)
		return a2, b + float64(len(flips))
	}},

	{Task: "mean-var", Name: "mode instead of mean", Func: func(a, b float64) (float64, float64) {
		_, v := MeanVar(a, b)
		return (a - 1) / (a + b - 2), v
	}},
	{Task: "mean-var", Name: "sd instead of variance", Func: func(a, b float64) (float64, float64) {
		m, v := MeanVar(a, b)
		return m, math.Sqrt(v)
	}},
	{Task: "mean-var", Name: "the binomial variance θ(1−θ)/n: no +1", Func: func(a, b float64) (float64, float64) {
		m, _ := MeanVar(a, b)
		return m, m * (1 - m) / (a + b)
	}},
	{Task: "mean-var", Name: "the variance of one flip", Func: func(a, b float64) (float64, float64) {
		m, _ := MeanVar(a, b)
		return m, m * (1 - m)
	}},

	{Task: "prob-above", Name: "the area to the left", Func: func(a, b, x float64) float64 {
		return 1 - ProbAbove(a, b, x)
	}},
	{Task: "prob-above", Name: "compares the mean with a number: certainly above, or certainly not", Func: func(a, b, x float64) float64 {
		if a/(a+b) > x {
			return 1
		}
		return 0
	}},
	{Task: "prob-above", Name: "the height of the density at x", Func: func(a, b, x float64) float64 {
		return math.Exp((a-1)*math.Log(x) + (b-1)*math.Log1p(-x) - logBeta(a, b))
	}},
	{Task: "prob-above", Name: "a bell curve with the same mean and variance", Func: func(a, b, x float64) float64 {
		m, v := MeanVar(a, b)
		return 0.5 * math.Erfc((x-m)/math.Sqrt(2*v))
	}},
	{Task: "prob-above", Name: "the exponents a and b instead of a−1 and b−1", Func: func(a, b, x float64) float64 {
		return ProbAbove(a+1, b+1, x)
	}},
	{Task: "prob-above", Name: "ten strips: too coarse", Func: func(a, b, x float64) float64 {
		area := 0.0
		for i := range 10 {
			theta := x + (float64(i)+0.5)*(1-x)/10
			area += math.Exp((a-1)*math.Log(theta)+(b-1)*math.Log1p(-theta)-logBeta(a, b)) * (1 - x) / 10
		}
		return area
	}},

	{Task: "predict", Name: "plug-in: one binomial at the mean of θ", Func: func(a, b float64, m, k int) float64 {
		theta := a / (a + b)
		return math.Exp(-math.Log(float64(m)+1)-logBeta(float64(k)+1, float64(m-k)+1)) *
			math.Pow(theta, float64(k)) * math.Pow(1-theta, float64(m-k))
	}},
	{Task: "predict", Name: "one order only: C(m,k) forgotten", Func: func(a, b float64, m, k int) float64 {
		return math.Exp(logBeta(a+float64(k), b+float64(m-k)) - logBeta(a, b))
	}},
	{Task: "predict", Name: "prior forgotten: a flat belief", Func: func(a, b float64, m, k int) float64 {
		return Predict(1, 1, m, k)
	}},
	{Task: "predict", Name: "heads and tails swapped", Func: func(a, b float64, m, k int) float64 {
		return Predict(a, b, m, m-k)
	}},
	{Task: "predict", Name: "Γ without logarithms: overflows", Func: func(a, b float64, m, k int) float64 {
		beta := func(a, b float64) float64 { return math.Gamma(a) * math.Gamma(b) / math.Gamma(a+b) }
		h, t := float64(k), float64(m-k)
		return math.Gamma(float64(m)+1) / math.Gamma(h+1) / math.Gamma(t+1) * beta(a+h, b+t) / beta(a, b)
	}},

	{Task: "grid", Name: "prior forgotten: the scaled likelihood", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		flat := make([]float64, len(prior))
		for j := range flat {
			flat[j] = 1
		}
		return Grid(flat, flips)
	}},
	{Task: "grid", Name: "evidence forgotten: the highest point is 1", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		p, e := Grid(prior, flips)
		top := 0.0
		for _, v := range p {
			top = max(top, v)
		}
		return scaled(p, 1/top), e
	}},
	{Task: "grid", Name: "adds up to 1 instead of averaging to 1: a mass, not a density", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		p, e := Grid(prior, flips)
		return scaled(p, 1/float64(len(p))), e
	}},
	{Task: "grid", Name: "the evidence's sum without the cell width 1/K", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		p, e := Grid(prior, flips)
		return p, e + math.Log(float64(len(p)))
	}},
	{Task: "grid", Name: "the largest logarithm not put back into the evidence", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		p, _ := Grid(prior, flips)
		top := 0.0
		for _, v := range p {
			top = max(top, v)
		}
		return p, -math.Log(top)
	}},
	{Task: "grid", Name: "the likelihood as a plain product: underflows with thousands of flips", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		k := float64(len(prior))
		p := make([]float64, len(prior))
		evidence := 0.0
		for j := range p {
			p[j] = prior[j] * likelihood((float64(j)+0.5)/k, flips)
			evidence += p[j] / k
		}
		return scaled(p, 1/evidence), math.Log(evidence)
	}},
	{Task: "grid", Name: "writes the posterior into the prior", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		p, e := Grid(prior, flips)
		copy(prior, p)
		return prior, e
	}},

	{Task: "hdi", Name: "a central interval: the same left out on both sides", Func: func(density []float64, share float64) (float64, float64) {
		k := float64(len(density))
		first, last := 0, len(density)-1
		for left := density[first] / k; left <= (1-share)/2 && first < last; left += density[first] / k {
			first++
		}
		for right := density[last] / k; right <= (1-share)/2 && first < last; right += density[last] / k {
			last--
		}
		return float64(first) / k, float64(last+1) / k
	}},
	{Task: "hdi", Name: "middles of cells instead of their edges", Func: func(density []float64, share float64) (float64, float64) {
		lo, hi := HDI(density, share)
		half := 0.5 / float64(len(density))
		return lo + half, hi - half
	}},
	{Task: "hdi", Name: "the heights added up without the width 1/K", Func: func(density []float64, share float64) (float64, float64) {
		return HDI(density, share/float64(len(density)))
	}},
	{Task: "hdi", Name: "climbs down from the top to the higher side, over any valley", Func: func(density []float64, share float64) (float64, float64) {
		k, at := len(density), 0
		for j, d := range density {
			if d > density[at] {
				at = j
			}
		}
		first, last, held := at, at, density[at]/float64(k)
		for held < share && last-first+1 < k {
			if last == k-1 || first > 0 && density[first-1] > density[last+1] {
				first--
				held += density[first] / float64(k)
			} else {
				last++
				held += density[last] / float64(k)
			}
		}
		return float64(first) / float64(k), float64(last+1) / float64(k)
	}},
	{Task: "hdi", Name: "the first stretch that holds enough, not the shortest", Func: func(density []float64, share float64) (float64, float64) {
		k, held := float64(len(density)), 0.0
		for j, d := range density {
			if held += d / k; held >= share {
				return 0, float64(j+1) / k
			}
		}
		return 0, 1
	}},
}
