// Package bayesrule defines exercise 02: its tasks, points, hints and the
// calls that check them. The answers are not here.
package bayesrule

import (
	"embed"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 02.
var Exercise = check.Register(check.Exercise{
	ID:    "02-bayes-rule",
	Title: "Bayes' rule: from a prior and data to a posterior",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "positive", Func: "Positive", Points: 3,
			Type:  (func(prevalence, sensitivity, specificity float64) float64)(nil),
			Asks:  "Easy. How likely an illness is after a positive test.",
			Hint:  "Imagine 1000 people: how many are ill and test positive, how many are healthy and test positive anyway? The share of the first among both is the answer. The second chance is 1 − specificity. \"declared and not used\" means that one of the two is missing in the result.",
			Idea:  "P(ill | +) is not P(+ | ill): weigh both ways to a positive test by how common they are, and divide by their sum, the evidence",
			Cases: positive,
		},
		{
			Name: "update", Func: "Update", Points: 2,
			Type:  (func(a, b float64, flips []bool) (a2, b2 float64))(nil),
			Asks:  "Easy. The posterior of a coin whose prior is a Beta distribution.",
			Hint:  "Go through the flips and add 1 to a or to b. Both are float64 already; a++ works. \"not enough return values\" means that only one of the two comes back.",
			Idea:  "the posterior is Beta(a + heads, b + tails): the prior counts like flips already seen",
			Cases: update,
		},
		{
			Name: "mean-var", Func: "MeanVar", Points: 3,
			Type:  (func(a, b float64) (mean, variance float64))(nil),
			Asks:  "Easy. What is believed about θ in two numbers: where, and how surely.",
			Hint:  "Name n := a + b first. In Go a*b/n*n divides once and multiplies once: put the whole divisor in brackets.",
			Idea:  "the mean is a/(a+b), which is not the mode; the variance (no root) has a+b twice and a+b+1 once below",
			Cases: meanVar,
		},
		{
			Name: "prob-above", Func: "ProbAbove", Points: 4,
			Type:    (func(a, b, x float64) float64)(nil),
			Asks:    "Medium. P(θ > x | D): what \"p(θ|D) moves above ½\" means.",
			Hint:    "math.Lgamma(a) returns two values, the logarithm and a sign: la, _ := math.Lgamma(a). Otherwise the compiler says \"assignment mismatch\". Compute the logarithm of the density in the middle of each strip, take math.Exp, multiply by the strip's width. A thousand strips are few when a+b is 1000; take 20 000. NaN usually comes from math.Gamma, which overflows above 171, or from the logarithm of 0 at an end.",
			Idea:    "it is the area under the density to the right of x, a probability between 0 and 1; not the height at x and not the area to the left",
			Cases:   probAbove,
			Compare: check.Close(1e-4),
		},
		{
			Name: "predict", Func: "Predict", Points: 4,
			Type:  (func(a, b float64, m, k int) float64)(nil),
			Asks:  "Medium. What the next flips will bring, when θ is not known for sure.",
			Hint:  "Write a small function for log B(a, b) with math.Lgamma (it returns two values), add and subtract logarithms, take math.Exp at the end. C(m,k) = Γ(m+1)/(Γ(k+1)Γ(m−k+1)). m and k are ints: float64(k).",
			Idea:  "average the predictions over all θ; putting the mean of θ into one binomial forgets that θ is uncertain, and gives tails that are too thin",
			Cases: predict,
			// Logarithms of Γ in the ten thousands leave nine or ten digits.
			Compare: check.Close(1e-6),
		},
		{
			Name: "grid", Func: "Grid", Points: 4,
			Type:  (func(prior []float64, flips []bool) (posterior []float64, logEvidence float64))(nil),
			Asks:  "Hard. Any prior, thousands of flips: the posterior to draw over the prior.",
			Hint:  "Fill a new slice with math.Log(prior_j) + heads·math.Log(θ_j) + tails·math.Log(1−θ_j). Find its largest value, subtract it from all, then take math.Exp: now nothing that matters is 0. The evidence is their sum divided by K; add the largest value back to its logarithm. NaN everywhere means that 0 was divided by 0: exp came too early.",
			Idea:  "prior times likelihood, divided by the evidence, all in logarithms; it is a density, so it averages to 1 over the cells",
			Cases: grid,
			// The same for sums of ten thousand logarithms.
			Compare: check.Close(1e-6),
		},
		{
			Name: "hdi", Func: "HDI", Points: 3,
			Type:  (func(density []float64, share float64) (lo, hi float64))(nil),
			Asks:  "Medium. The shortest stretch that holds most of the belief: the one to shade.",
			Hint:  "Three loops: over the width of the stretch from one cell up, over its first cell, over its cells. Add up density_j/K; keep the largest sum of this width and where it began. As soon as it is at least share, the answer is first/K and (first+width)/K, with K and both as float64. \"slice bounds out of range\" means that first went too far: it ends at K − width.",
			Idea:  "it is the shortest of all stretches that hold enough, wherever it lies; it need not leave out the same on both sides, nor lie around the mean; and it ends at edges of cells, not in their middles",
			Cases: hdi,
		},
	},
})

func positive(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("1 % are ill; the test is right 90 % of the time", 0.01, 0.9, 0.9),
		check.Noted("a rare illness, a good test", 0.001, 0.99, 0.95),
		check.Noted("nobody is ill", 0.0, 0.9, 0.8),
		check.Noted("a test that is never wrong about the healthy", 0.2, 0.7, 1.0),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.01, 0.6, 2), check.Uniform(rng, 0.5, 0.99, 2), check.Uniform(rng, 0.5, 0.99, 2)))
	}
	return cases
}

func update(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("a flat prior, D = (F, T, T, F, F, F)", 1.0, 1.0, []bool{true, false, false, true, true, true}),
		check.Noted("a prior near ½, the same D", 10.0, 10.0, []bool{true, false, false, true, true, true}),
		check.Noted("no data: the prior stays", 2.5, 4.0, []bool{}),
		check.Noted("tails only", 3.0, 0.5, []bool{false, false}),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.5, 9, 1), check.Uniform(rng, 0.5, 9, 1), flips(rng, 3+rng.IntN(10), check.Uniform(rng, 0.1, 0.9, 2))))
	}
	return cases
}

func meanVar(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("the flat prior", 1.0, 1.0),
		check.Noted("after D = (F, T, T, F, F, F)", 5.0, 3.0),
		check.Noted("the same share, a hundred times the data", 500.0, 300.0),
	}
	for range 5 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.5, 30, 1), check.Uniform(rng, 0.5, 30, 1)))
	}
	return cases
}

func probAbove(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("after D = (F, T, T, F, F, F), flat prior", 5.0, 3.0, 0.5),
		check.Noted("the flat prior", 1.0, 1.0, 0.3),
		check.Noted("a prior near ½, then D", 14.0, 12.0, 0.5),
		check.Noted("3000 flips, 1520 heads", 1521.0, 1481.0, 0.5),
	}
	for range 4 {
		a, b := check.Uniform(rng, 1.5, 25, 1), check.Uniform(rng, 1.5, 25, 1)
		x := check.Uniform(rng, 0.8*a/(a+b), min(0.95, 1.2*a/(a+b)), 2) // where the belief is
		cases = append(cases, check.Call(a, b, x))
	}
	return cases
}

func predict(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("the next flip after D = (F, T, T, F, F, F)", 5.0, 3.0, 1, 1),
		check.Noted("a flat prior predicts all counts alike", 1.0, 1.0, 4, 2),
		check.Noted("six more flips, all heads", 5.0, 3.0, 6, 6),
		check.Noted("a hundred more flips, no heads", 2.0, 3.0, 100, 0),
		check.Noted("after thousands of flips", 5001.0, 4801.0, 20, 11),
	}
	for range 4 {
		m := 2 + rng.IntN(12)
		cases = append(cases, check.Call(check.Uniform(rng, 0.7, 12, 1), check.Uniform(rng, 0.7, 12, 1), m, rng.IntN(m+1)))
	}
	for range 2 { // where Γ overflows
		m := 30 + rng.IntN(30)
		cases = append(cases, check.Call(check.Uniform(rng, 400, 900, 0), check.Uniform(rng, 400, 900, 0), m, m/2-3+rng.IntN(7)))
	}
	return cases
}

func grid(rng *rand.Rand) []check.Case {
	flat := func(k int) []float64 {
		p := make([]float64, k)
		for j := range p {
			p[j] = 1
		}
		return p
	}
	cases := []check.Case{
		check.Noted("a flat prior, D = (F, T, T, F, F, F)", flat(5), []bool{true, false, false, true, true, true}),
		check.Noted("a triangle around ½, the same D", []float64{0.4, 1.2, 1.8, 1.2, 0.4}, []bool{true, false, false, true, true, true}),
		check.Noted("no data: the prior stays", []float64{0.5, 0.5, 1, 2}, []bool{}),
		check.Noted("a prior that rules out θ < ½", []float64{0, 0, 0, 2, 2, 2}, []bool{true, false, true}),
		check.Noted("ten thousand flips", bumps(rng, 41), flips(rng, 10_000, 0.508)),
	}
	for _, n := range []int{8, 30, 2500} {
		cases = append(cases, check.Call(bumps(rng, 9+rng.IntN(12)), flips(rng, n, check.Uniform(rng, 0.2, 0.8, 2))))
	}
	return cases
}

func hdi(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("two cells of five", []float64{0.4, 1.6, 2, 0.8, 0.2}, 0.7),
		check.Noted("a belief that piles up at the edge", []float64{2.5, 1.5, 0.5, 0.3, 0.2}, 0.75),
		check.Noted("two humps: the wide one beats the tall one", []float64{2.1, 0.2, 0.1, 0.6, 1.6, 1.7, 0.7}, 0.5),
		check.Noted("the same the other way round", []float64{0.5, 1.5, 1.6, 1.4, 0.1, 0.1, 0.2, 2.6}, 0.55),
	}
	for _, share := range []float64{0.5, 0.8, 0.95, 0.9} {
		cases = append(cases, check.Call(leaning(rng, share), share))
	}
	return cases
}

// leaning draws a density on cells, one hill that leans to one side, such that no
// stretch holds nearly share and no two of the best are nearly equal.
func leaning(rng *rand.Rand, share float64) []float64 {
	for {
		k := 6 + rng.IntN(3) // few enough to be shown whole
		a, b := check.Uniform(rng, 1.3, 3, 1), check.Uniform(rng, 4, 9, 1)
		if rng.IntN(2) == 1 {
			a, b = b, a
		}
		p, sum := make([]float64, k), 0.0
		for j := range p {
			theta := (float64(j) + 0.5) / float64(k)
			p[j] = math.Pow(theta, a-1) * math.Pow(1-theta, b-1)
			sum += p[j]
		}
		for j := range p {
			p[j] = math.Round(p[j]*float64(k)/sum*1000) / 1000
		}
		if plain(p, share) {
			return p
		}
	}
}

// plain tells whether the shortest stretch of p can be told without doubt.
func plain(p []float64, share float64) bool {
	for width := 1; width <= len(p); width++ {
		most, second := 0.0, 0.0
		for first := range len(p) - width + 1 {
			held := 0.0
			for _, d := range p[first : first+width] {
				held += d / float64(len(p))
			}
			second = max(second, min(held, most))
			most = max(most, held)
		}
		switch {
		case math.Abs(most-share) < 1e-3:
			return false
		case most > share:
			return most-second > 1e-3
		}
	}
	return false
}

// bumps draws a positive density on k cells; it averages to 1.
func bumps(rng *rand.Rand, k int) []float64 {
	p := make([]float64, k)
	sum := 0.0
	for j := range p {
		p[j] = 0.2 + rng.Float64()
		sum += p[j]
	}
	for j := range p {
		p[j] *= float64(k) / sum
	}
	return p
}

// flips makes n flips with chance theta of heads.
func flips(rng *rand.Rand, n int, theta float64) []bool {
	f := make([]bool, n)
	for i := range f {
		f[i] = rng.Float64() < theta
	}
	return f
}
