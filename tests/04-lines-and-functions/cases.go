// Package linesandfunctions defines exercise 04: its tasks, points, hints and
// the calls that check them. The answers are not here.
package linesandfunctions

import (
	"embed"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 04.
var Exercise = check.Register(check.Exercise{
	ID:    "04-lines-and-functions",
	Title: "Lines and functions: many plausible curves",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "design", Func: "Design", Points: 2,
			Type:  (func(x []float64, degree int) [][]float64)(nil),
			Asks:  "Easy. Points turned into rows of features.",
			Hint:  "make([][]float64, len(x)) makes rows that are still nil; each needs its own make([]float64, degree+1), or \"index out of range [0] with length 0\" follows. math.Pow(v, float64(j)) works, and so does multiplying by v once more each time.",
			Idea:  "a row for each point, a column for each power, the first column x^0 = 1 everywhere and the last x^degree",
			Cases: design,
		},
		{
			Name: "posterior", Func: "Posterior", Points: 5,
			Type:  (func(phi [][]float64, y []float64, sigma, s float64) (mean []float64, cov [][]float64))(nil),
			Asks:  "Medium. What is believed about all weights after the data.",
			Hint:  "d is len(phi[0]). Fill P with three loops (points, j, k), add 1/(s*s) to each P[j][j], then cov, _ := invert(P). The mean is cov times a vector, a loop over rows. If the mean of the example comes out as 2, the prior is missing; if it comes out right and the next call does not, look for a σ where σ² belongs: in the example both are 1.",
			Idea:  "precisions add: the data's ΦᵀΦ/σ² and the prior's I/s². The covariance is the inverse of the sum, and the mean weighs Φᵀy/σ² with it",
			Cases: posterior,
			// Inverses, by whatever method.
			Compare: check.Close(1e-6),
		},
		{
			Name: "predict", Func: "Predict", Points: 4,
			Type:  (func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) (m, variance []float64))(nil),
			Asks:  "Medium. The band: where new values will lie, and how surely.",
			Hint:  "For each row two nested loops over j and k add φ_j·cov[j][k]·φ_k. It is a variance: σ*σ is added, no root is taken. \"index out of range\" means that a loop over the rows of phi was used for the weights.",
			Idea:  "the off-diagonal covariances belong to the doubt about the curve, and the noise's variance comes on top",
			Cases: predict,
			// A variance may be a small difference of larger terms.
			Compare: check.Close(1e-7),
		},
		{
			Name: "log-evidence", Func: "LogEvidence", Points: 5,
			Type:  (func(phi [][]float64, y []float64, sigma, s float64) float64)(nil),
			Asks:  "Medium. How well the features foretold the values, before any fit.",
			Hint:  "C is n × n, with a row for each point, not d × d. Fill it with dot products of rows of Φ, add sigma*sigma on the diagonal, call inv, logDet := invert(C). All three terms are inside the bracket with −½. NaN means that C was not positive: is σ² on the diagonal?",
			Idea:  "two values are correlated because they share the weights: C has s² times the dot product of their rows, and σ² only on the diagonal. Big |C| is the price of flexibility",
			Cases: logEvidence,
			// Determinants and inverses, by whatever method.
			Compare: check.Close(1e-6),
		},
		{
			Name: "degrees", Func: "Degrees", Points: 4,
			Type:  (func(x, y []float64, top int, sigma, s float64) []float64)(nil),
			Asks:  "Hard. Which degree the data speak for: the hump to draw.",
			Hint:  "Collect LogEvidence(Design(x, k), y, sigma, s) for k = 0 … top, that is top+1 values. Take the largest out of all, then math.Exp, then divide by the sum. NaN means that all evidences became 0: exp came first.",
			Idea:  "compare evidences, not fits: the best fit always prefers the highest degree, the average over the prior does not",
			Cases: degrees,
			// exp of differences of log evidences.
			Compare: check.Close(1e-5),
		},
	},
})

// round keeps so many decimals, so that a call can be repeated.
func round(v float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(v*unit) / unit
}

// uniforms draws n values between lo and hi.
func uniforms(rng *rand.Rand, n int, lo, hi float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = check.Uniform(rng, lo, hi, 2)
	}
	return v
}

// curve evaluates the polynomial Σ_j w_j x^j and adds noise.
func curve(rng *rand.Rand, x []float64, sigma float64, w ...float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		power := 1.0
		for _, c := range w {
			y[i] += c * power
			power *= v
		}
		y[i] = round(y[i]+sigma*rng.NormFloat64(), 3)
	}
	return y
}

// features draws an n × d matrix.
func features(rng *rand.Rand, n, d int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = uniforms(rng, d, -2, 2)
		m[i][0] = 1
	}
	return m
}

// covariance draws a symmetric positive definite d × d matrix.
func covariance(rng *rand.Rand, d int) [][]float64 {
	root := make([][]float64, d)
	for i := range root {
		root[i] = uniforms(rng, d, -0.6, 0.6)
		root[i][i] += 0.5
	}
	m := make([][]float64, d)
	for i := range m {
		m[i] = make([]float64, d)
		for j := range m[i] {
			for k := range d {
				m[i][j] += root[i][k] * root[j][k]
			}
			m[i][j] = round(m[i][j], 4)
		}
		m[i][i] += 0.05
	}
	return m
}

func design(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("a parabola", []float64{2, 3}, 2),
		check.Noted("a constant", []float64{1.5, -4, 0}, 0),
		check.Noted("a line", []float64{-1, 0, 0.5, 2}, 1),
		check.Noted("no points", []float64{}, 3),
	}
	for range 4 {
		cases = append(cases, check.Call(uniforms(rng, 1+rng.IntN(5), -3, 3), 2+rng.IntN(4)))
	}
	return cases
}

func posterior(rng *rand.Rand) []check.Case {
	x := []float64{-1, -0.5, 0, 0.5, 1}
	line := make([][]float64, len(x))
	for i, v := range x {
		line[i] = []float64{1, v}
	}
	cases := []check.Case{
		check.Noted("a constant seen twice", [][]float64{{1}, {1}}, []float64{1, 3}, 1.0, 1.0),
		check.Noted("a line through five points, little noise", line, []float64{-0.9, 0.1, 1.1, 1.9, 3.1}, 0.2, 2.0),
		check.Noted("the same, a strict prior", line, []float64{-0.9, 0.1, 1.1, 1.9, 3.1}, 0.2, 0.1),
		check.Noted("one point, two weights: the prior fills the gap", [][]float64{{1, 2}}, []float64{4}, 0.5, 1.5),
	}
	for range 4 {
		d := 2 + rng.IntN(3)
		n := d + 1 + rng.IntN(10)
		cases = append(cases, check.Call(features(rng, n, d), uniforms(rng, n, -3, 3), check.Uniform(rng, 0.2, 1.8, 1), check.Uniform(rng, 0.4, 3, 1)))
	}
	return cases
}

func predict(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one place", [][]float64{{1, 2}}, []float64{1, 0.5}, [][]float64{{0.1, -0.02}, {-0.02, 0.04}}, 0.3),
		check.Noted("a constant, no noise", [][]float64{{1}, {1}}, []float64{4.0 / 3}, [][]float64{{1.0 / 3}}, 0.0),
		check.Noted("a line, near the data and far away", [][]float64{{1, 0}, {1, 1}, {1, 10}}, []float64{1, 2}, [][]float64{{0.02, 0.005}, {0.005, 0.03}}, 0.25),
		check.Noted("weights known for sure: only noise is left", [][]float64{{1, -1}, {1, 3}}, []float64{0.5, -1}, [][]float64{{0, 0}, {0, 0}}, 0.7),
	}
	for range 4 {
		d := 2 + rng.IntN(3)
		cases = append(cases, check.Call(features(rng, 2+rng.IntN(5), d), uniforms(rng, d, -2, 2), covariance(rng, d), check.Uniform(rng, 0.1, 1.5, 2)))
	}
	return cases
}

func logEvidence(rng *rand.Rand) []check.Case {
	x := uniforms(rng, 30, -1, 1)
	powers := make([][]float64, len(x))
	for i, v := range x {
		powers[i] = []float64{1, v, v * v}
	}
	cases := []check.Case{
		check.Noted("a constant seen twice", [][]float64{{1}, {1}}, []float64{1, 3}, 1.0, 1.0),
		check.Noted("one value", [][]float64{{1, 0.5}}, []float64{0.4}, 0.3, 2.0),
		check.Noted("a weak prior: everything was possible, little was foretold", [][]float64{{1}, {1}, {1}}, []float64{0.1, -0.2, 0.1}, 0.2, 50.0),
		check.Noted("a parabola seen thirty times", powers, curve(rng, x, 0.2, 0.3, -1, 1.5), 0.2, 1.0),
	}
	for range 4 {
		d := 2 + rng.IntN(3)
		n := 3 + rng.IntN(10)
		cases = append(cases, check.Call(features(rng, n, d), uniforms(rng, n, -3, 3), check.Uniform(rng, 0.3, 1.8, 1), check.Uniform(rng, 0.4, 3, 1)))
	}
	return cases
}

func degrees(rng *rand.Rand) []check.Case {
	x := uniforms(rng, 30, -1.5, 1.5)
	many := uniforms(rng, 60, -1, 1)
	cases := []check.Case{
		check.Noted("thirty points of a cubic", x, curve(rng, x, 0.15, 0.2, -1, 0.3, 2), 7, 0.15, 2.0),
		check.Noted("thirty points of a line", x, curve(rng, x, 0.3, 0.5, 1), 6, 0.3, 1.0),
		check.Noted("two points: a line at most", []float64{-0.5, 0.5}, []float64{-0.4, 0.6}, 4, 0.3, 1.0),
		check.Noted("sixty points of a wave, which no parabola explains: evidences below the smallest float64", many, wave(rng, many, 40), 2, 0.2, 30.0),
		check.Noted("a higher one, and cubics", many, wave(rng, many, 60), 3, 0.2, 40.0),
	}
	for range 3 {
		x := uniforms(rng, 8+rng.IntN(15), -1, 1)
		sigma := check.Uniform(rng, 0.1, 0.5, 2)
		cases = append(cases, check.Call(x, curve(rng, x, sigma, check.Uniform(rng, -1, 1, 1), check.Uniform(rng, -2, 2, 1), check.Uniform(rng, -2, 2, 1)), 3+rng.IntN(3), sigma, check.Uniform(rng, 0.5, 2, 1)))
	}
	return cases
}

// wave is high·sin 3x with a little noise.
func wave(rng *rand.Rand, x []float64, high float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = round(high*math.Sin(3*v)+0.2*rng.NormFloat64(), 3)
	}
	return y
}
