// Package variationalinference defines exercise 06: its tasks, points, hints and
// the calls that check them. The answers are not here.
package variationalinference

import (
	"embed"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 06.
var Exercise = check.Register(check.Exercise{
	ID:    "06-variational-inference",
	Title: "Variational inference: Bayes by Backprop, piece by piece",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "softplus", Func: "Softplus", Points: 2,
			Type:  (func(rho float64) float64)(nil),
			Asks:  "Easy. Any number turned into a positive one, without overflow.",
			Hint:  "One line with max, math.Log1p, math.Exp and math.Abs, as the second formula says. +Inf means that exp got a large positive number; 0 for ρ = −40 means math.Log(1 + …) where math.Log1p(…) belongs.",
			Idea:  "the second formula is the first one with the larger of the two terms, 1 or exp ρ, taken out of the logarithm",
			Cases: softplus, Compare: relative,
		},
		{
			Name: "inverse-softplus", Func: "InverseSoftplus", Points: 2,
			Type:  (func(sigma float64) float64)(nil),
			Asks:  "Easy. The ρ with which a wanted σ starts.",
			Hint:  "1 − exp(−σ) is −math.Expm1(−sigma): mind both signs. NaN is the logarithm of something negative, +Inf an exp of something large. To test yourself, put the answer into your Softplus.",
			Idea:  "it undoes softplus, not exp: for large σ it is nearly σ, for small σ nearly log σ",
			Cases: inverseSoftplus,
		},
		{
			Name: "sample", Func: "Sample", Points: 2,
			Type:  (func(mu, rho, eps []float64) []float64)(nil),
			Asks:  "Easy. A draw of all weights that can be differentiated.",
			Hint:  "Make a new slice with len(mu) elements, so that mu stays as it is, and use your Softplus for each ρ_j. \"index out of range\" means that the slice is still empty.",
			Idea:  "the sd is softplus(ρ), not ρ, and each weight has an ε of its own",
			Cases: sample,
		},
		{
			Name: "kl", Func: "KL", Points: 4,
			Type:  (func(mu, sigma []float64, s float64) float64)(nil),
			Asks:  "Medium. What q pays for leaving the prior.",
			Hint:  "Write the three terms of one weight on lines of their own and add them up over j. In Go a/2*s*s multiplies by s twice: write a/(2*s*s). A negative answer means a wrong sign or a forgotten term, for a KL is never below 0.",
			Idea:  "log(s/σ) has the prior above and q below; σ² and μ² are both measured in s²; −½ comes once for each weight. KL(q‖p) is not KL(p‖q)",
			Cases: kl,
		},
		{
			Name: "elbo", Func: "ELBO", Points: 2,
			Type:  (func(logLik []float64, kl float64) float64)(nil),
			Asks:  "Easy. The bound from its two pieces.",
			Hint:  "A loop and a division by float64(len(logLik)). If the answer is larger than the best of the log likelihoods, the KL has the wrong sign.",
			Idea:  "the ELBO averages logarithms, unlike the evidence, which averages likelihoods; and it subtracts the KL",
			Cases: elbo,
		},
		{
			Name: "batch-loss", Func: "BatchLoss", Points: 3,
			Type:  (func(logLik []float64, kl float64, n int) float64)(nil),
			Asks:  "Medium. The same from a minibatch, with the KL weighed right.",
			Hint:  "B is len(logLik), n is the number of all points; both are ints, so float64(n). Imagine the data cut into N/B batches: the mean of their losses must be −ELBO/N, with the KL in it once.",
			Idea:  "a batch gives the mean of the log likelihood; the KL is divided by N, all points, never by the batch's B",
			Cases: batchLoss,
		},
		{
			Name: "gradient", Func: "Gradient", Points: 5,
			Type:  (func(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) (gMu, gRho []float64))(nil),
			Asks:  "Hard. One step of Bayes by Backprop: the derivatives by μ and ρ.",
			Hint:  "Start with theta := Sample(mu, rho, eps), then g in a loop over the batch, then one loop over j = 0, 1 for both results. Check with differences: add 0.0001 to one ρ_j, compute the loss again with the same eps, divide the change by 0.0001.",
			Idea:  "by μ the draw moves one to one, by σ with ε, by ρ in addition with the slope of softplus; the KL adds its own part to each, and all of the KL is divided by N",
			Cases: gradient,
		},
		{
			Name: "train", Func: "Train", Points: 3,
			Type:  (func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) (muPath, sigmaPath [][]float64))(nil),
			Asks:  "Hard. A whole training: the paths of means and sds to draw.",
			Hint:  "Copy mu and rho first (append([]float64(nil), mu...)), or the caller's slices change. In each step call Gradient once with n = len(x), move both, and append new slices to the paths: if all rows of a path are equal, the same slice was appended again and again.",
			Idea:  "downhill on the loss, a fresh ε each step, both μ and ρ moved by the same gradient; the path shows softplus(ρ), after the step",
			Cases: train,
			// Hundreds of steps, each of which may round differently.
			Compare: check.Close(1e-7),
		},
	},
})

// relative compares small numbers by their relative error: an sd of 0 instead of
// 4e-18 makes the logarithm in the KL infinite.
func relative(got, want any) string {
	g, w := got.(float64), want.(float64)
	if d := math.Abs(g - w); math.Abs(w) < 1e-3 && !(d <= 1e-9*math.Abs(w)) && !math.IsNaN(g) {
		return fmt.Sprintf("off by %.3g, which is much for a number this small", d)
	}
	return check.Close(1e-9)(got, want)
}

func softplus(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("log 2", 0.0),
		check.Noted("exp(800) is above every float64", 800.0),
		check.Noted("the same", 1000.0),
		check.Noted("1 + exp(−40) is 1 in a float64", -40.0),
		check.Noted("the same", -100.0),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, -5, 5, 2)))
	}
	return cases
}

func inverseSoftplus(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("log 2", math.Ln2),
		check.Noted("exp(800) is above every float64", 800.0),
		check.Noted("the same", 1000.0),
		check.Noted("a weight that is nearly certain", 1e-10),
		check.Noted("the same", 3e-9),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.05, 4, 2)))
	}
	return cases
}

// numbers draws n values between lo and hi.
func numbers(rng *rand.Rand, n int, lo, hi float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = check.Uniform(rng, lo, hi, 2)
	}
	return v
}

// normals draws n standard normal numbers.
func normals(rng *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Round(rng.NormFloat64()*1000) / 1000
	}
	return v
}

func sample(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one step up, one down", []float64{1, 2}, []float64{0, 0}, []float64{1, -1}),
		check.Noted("ε = 0 is the mean", []float64{0.3, -0.7}, []float64{1, -2}, []float64{0, 0}),
		check.Noted("one weight is nearly certain", []float64{2, 2}, []float64{-30, 1}, []float64{1.5, 1.5}),
	}
	for range 4 {
		d := 2 + rng.IntN(5)
		cases = append(cases, check.Call(numbers(rng, d, -2, 2), numbers(rng, d, -3, 2), normals(rng, d)))
	}
	return cases
}

func kl(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one weight", []float64{1}, []float64{0.5}, 1.0),
		check.Noted("q is the prior", []float64{0, 0, 0}, []float64{2, 2, 2}, 2.0),
		check.Noted("wider than the prior", []float64{0, 0}, []float64{3, 4}, 1.5),
		check.Noted("far from the prior and nearly certain", []float64{4}, []float64{0.01}, 0.5),
	}
	for range 4 {
		d := 2 + rng.IntN(6)
		cases = append(cases, check.Call(numbers(rng, d, -2, 2), numbers(rng, d, 0.05, 1.5), check.Uniform(rng, 0.4, 2.5, 1)))
	}
	return cases
}

func elbo(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("two draws", []float64{-10, -14}, 3.0),
		check.Noted("q is the prior", []float64{-7.5, -9, -8}, 0.0),
		check.Noted("one draw is all a step takes", []float64{-120.5}, 20.25),
	}
	for range 4 {
		cases = append(cases, check.Call(numbers(rng, 3+rng.IntN(20), -60, -20), check.Uniform(rng, 0.5, 30, 2)))
	}
	return cases
}

func batchLoss(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("2 of 100 points", []float64{-1, -2}, 5.0, 100),
		check.Noted("the batch is all there is", []float64{-1, -2, 0.5}, 6.0, 3),
		check.Noted("one point of a thousand", []float64{-1.25}, 40.0, 1000),
	}
	for range 4 {
		b := 2 + rng.IntN(20)
		cases = append(cases, check.Call(numbers(rng, b, -3, 0.5), check.Uniform(rng, 5, 80, 1), b*(2+rng.IntN(9))))
	}
	return cases
}

// line makes n points of a line with noise.
func line(rng *rand.Rand, n int, noise float64) (x, y []float64) {
	a, b := check.Uniform(rng, -1, 1, 1), check.Uniform(rng, -2, 2, 1)
	x = numbers(rng, n, -1, 1)
	for _, v := range x {
		y = append(y, math.Round((a+b*v+noise*rng.NormFloat64())*1000)/1000)
	}
	return x, y
}

func gradient(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one point, at the mean", []float64{2}, []float64{3}, 1, []float64{0, 1}, []float64{0, 0}, []float64{0, 0}, 1.0, 1.0),
		check.Noted("the same point, one of a hundred, ε not 0", []float64{2}, []float64{3}, 100, []float64{0, 1}, []float64{0, -1}, []float64{0.5, -1}, 0.5, 2.0),
		check.Noted("a line that fits: only the KL pulls", []float64{-1, 0, 1}, []float64{-1, 1, 3}, 3, []float64{1, 2}, []float64{-3, -3}, []float64{0, 0}, 0.3, 0.7),
	}
	for range 5 {
		b, noise := 2+rng.IntN(8), check.Uniform(rng, 0.2, 1.5, 1)
		x, y := line(rng, b, noise)
		cases = append(cases, check.Call(x, y, b*(2+rng.IntN(5)), numbers(rng, 2, -1, 1), numbers(rng, 2, -3, 1), normals(rng, 2), noise, check.Uniform(rng, 0.4, 2.5, 1)))
	}
	return cases
}

func train(rng *rand.Rand) []check.Case {
	draws := func(steps int) [][]float64 {
		eps := make([][]float64, steps)
		for t := range eps {
			eps[t] = normals(rng, 2)
		}
		return eps
	}
	x, y := line(rng, 20, 0.5)
	cases := []check.Case{
		check.Noted("one step, one point", []float64{2}, []float64{3}, []float64{0, 1}, []float64{0, 0}, [][]float64{{0, 0}}, 1.0, 1.0, 0.1),
		check.Noted("three hundred steps, twenty points", x, y, []float64{0, 0}, []float64{-1, -1}, draws(300), 0.5, 1.0, 0.05),
		check.Noted("the same data, a strict prior", x, y, []float64{0, 0}, []float64{-1, -1}, draws(100), 0.5, 0.2, 0.05),
	}
	for range 3 {
		noise := check.Uniform(rng, 0.5, 1.2, 1)
		x, y := line(rng, 4+rng.IntN(8), noise)
		cases = append(cases, check.Call(x, y, numbers(rng, 2, -1, 1), numbers(rng, 2, -2, 0), draws(20+rng.IntN(30)), noise, check.Uniform(rng, 0.5, 2, 1), 0.05))
	}
	return cases
}
