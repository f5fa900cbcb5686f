// Package mcdropout defines exercise 07: its tasks, points, hints and the calls
// that check them. The answers are not here.
package mcdropout

import (
	"embed"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 07.
var Exercise = check.Register(check.Exercise{
	ID:    "07-mc-dropout",
	Title: "MC dropout: doubt from missing units",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "mask", Func: "Mask", Points: 2,
			Type:  (func(u []float64, p float64) []float64)(nil),
			Asks:  "Easy. Which units are dropped, and what the others are multiplied by.",
			Hint:  "make gives zeros, so only the survivors need to be written. In Go 1/1-p divides first: write 1/(1-p). +Inf means that the division was by p where p is 0.",
			Idea:  "a unit survives with probability 1−p, and speaks up by 1/(1−p), so that z is 1 on average",
			Cases: mask,
		},
		{
			Name: "pass", Func: "Pass", Points: 3,
			Type:  (func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64)(nil),
			Asks:  "Easy. One answer of the network with one mask.",
			Hint:  "Start f at b2 and add one term a unit: w2[k]*z[k]*max(0, w1[k]*x+b1[k]). Nothing is divided here, z has the factor 1/(1−p) in it already.",
			Idea:  "the mask multiplies the hidden outputs, after max(0, ·), and nothing else: not the biases of the hidden layer, not b2",
			Cases: pass,
		},
		{
			Name: "drop-var", Func: "DropVar", Points: 3,
			Type:  (func(w, h []float64, p float64) float64)(nil),
			Asks:  "Easy. The doubt that dropout adds to one sum, without drawing masks.",
			Hint:  "One loop adds w²h² (in Go w[k]*w[k]*h[k]*h[k]); multiply by p/(1-p) at the end. For p = 0 it must be 0: nothing is dropped.",
			Idea:  "independent variances add, constants come out squared, and Var[z] = 1/(1−p) − 1 = p/(1−p)",
			Cases: dropVar,
		},
		{
			Name: "total-sd", Func: "TotalSD", Points: 3,
			Type:  (func(passes []float64, sigma float64) float64)(nil),
			Asks:  "Easy. Doubt and noise together.",
			Hint:  "Two loops: the mean first, then the mean square around it. Add sigma*sigma to the variance and take one root of the sum. If the answer for equal passes is not σ, the mean was not subtracted.",
			Idea:  "variances add, standard deviations do not; doubt is the scatter of the passes, noise is σ² and is there however many passes you make",
			Cases: totalSD,
		},
		{
			Name: "log-predictive", Func: "LogPredictive", Points: 4,
			Type:  (func(y float64, passes []float64, sigma float64) float64)(nil),
			Asks:  "Medium. How well the passes together foretold what was observed.",
			Hint:  "l_t = −(y−f_t)²/(2σ²) − log σ − ½ log 2π. Find the largest l_t, add up math.Exp(l_t − m), divide by T, take the logarithm, add m. −Inf means that exp came before m was taken out.",
			Idea:  "probabilities are averaged, never their logarithms; and a mixture of bells is not one bell",
			Cases: logPredictive,
		},
		{
			Name: "passes-needed", Func: "PassesNeeded", Points: 3,
			Type:  (func(passes []float64, margin float64) int)(nil),
			Asks:  "Medium. What a wanted exactness costs in passes.",
			Hint:  "Square both sides and solve for T, then math.Ceil; int(x) alone cuts the fraction off. \"cannot use … (value of type float64) as int value in return statement\" asks for int(…) around it.",
			Idea:  "the standard error of a mean of T passes is √(v̂/T): half the margin costs four times the passes. The noise σ has no part in it",
			Cases: passesNeeded,
		},
		{
			Name: "decay", Func: "Decay", Points: 3,
			Type:  (func(sigma, s float64, n int, p float64) float64)(nil),
			Asks:  "Medium. The weight decay that follows from prior, noise, N and p.",
			Hint:  "n is an int: float64(n). In Go a/b*c multiplies by c: put the whole divisor in brackets. \"invalid operation: mismatched types\" points at the place where float64 is missing.",
			Idea:  "more noise or a stricter prior (small s) means more decay, more data mean less; 1−p is below, because rescaled masks make large weights dearer",
			Cases: decay,
		},
		{
			Name: "band", Func: "Band", Points: 4,
			Type:  (func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) (mean, sd []float64))(nil),
			Asks:  "Hard. The prediction with its doubt at many places: the band to draw.",
			Hint:  "Outer loop over x; inside, collect the T answers Pass(x[i], …, z[t]) in a new slice, then its mean and your TotalSD. If sd is σ everywhere, all passes used the same mask, or none.",
			Idea:  "dropout stays on: each pass has its own mask z[t], the same one at every x; the noise comes on top, once",
			Cases: band,
		},
	},
})

// numbers draws n values between lo and hi.
func numbers(rng *rand.Rand, n int, lo, hi float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = check.Uniform(rng, lo, hi, 2)
	}
	return v
}

// masks draws T masks of K units.
func masks(rng *rand.Rand, passes, units int, p float64) [][]float64 {
	z := make([][]float64, passes)
	for t := range z {
		z[t] = make([]float64, units)
		for k := range z[t] {
			if rng.Float64() >= p {
				z[t][k] = 1 / (1 - p)
			}
		}
	}
	return z
}

func mask(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one of three dropped", []float64{0.1, 0.5, 0.9}, 0.2),
		check.Noted("no dropout", []float64{0, 0.3, 0.99}, 0.0),
		check.Noted("half of the units on average, here one of four", []float64{0.2, 0.6, 0.9, 0.7}, 0.5),
		check.Noted("all dropped: it can happen", []float64{0.01, 0.05}, 0.1),
	}
	for range 4 {
		cases = append(cases, check.Call(numbers(rng, 5+rng.IntN(10), 0, 1), check.Uniform(rng, 0.15, 0.7, 3)))
	}
	return cases
}

func pass(rng *rand.Rand) []check.Case {
	w1, b1, w2 := []float64{1, -1, 0.5}, []float64{0, 1, -0.5}, []float64{3, 2, 1}
	cases := []check.Case{
		check.Noted("one unit dropped, one off", 2.0, w1, b1, w2, -1.0, []float64{1.25, 1.25, 0}),
		check.Noted("the same at another x", -1.0, w1, b1, w2, -1.0, []float64{1.25, 1.25, 0}),
		check.Noted("all dropped: only the last bias speaks", 2.0, w1, b1, w2, -1.0, []float64{0, 0, 0}),
		check.Noted("nothing dropped", 2.0, w1, b1, w2, -1.0, []float64{1, 1, 1}),
	}
	for range 5 {
		k, p := 4+rng.IntN(6), float64(1+rng.IntN(2))/4
		cases = append(cases, check.Call(check.Uniform(rng, -2, 2, 2), numbers(rng, k, -2, 2), numbers(rng, k, -1, 1), numbers(rng, k, -2, 2), check.Uniform(rng, -1, 1, 2), masks(rng, 1, k, p)[0]))
	}
	return cases
}

func dropVar(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("two units", []float64{1, -2}, []float64{3, 0.5}, 0.2),
		check.Noted("no dropout, no doubt", []float64{1, -2}, []float64{3, 0.5}, 0.0),
		check.Noted("the sum is 0, its variance is not", []float64{1, -1}, []float64{2, 2}, 0.5),
	}
	for range 4 {
		k := 3 + rng.IntN(8)
		cases = append(cases, check.Call(numbers(rng, k, -2, 2), numbers(rng, k, 0, 3), check.Uniform(rng, 0.05, 0.6, 2)))
	}
	return cases
}

func totalSD(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("four passes", []float64{1, 2, 3, 6}, 2.0),
		check.Noted("all passes agree: noise only", []float64{2.5, 2.5, 2.5}, 0.4),
		check.Noted("no noise: doubt only", []float64{-1, 1}, 0.0),
		check.Noted("doubt and noise alike", []float64{9.9, 10.1}, 0.1),
	}
	for range 4 {
		cases = append(cases, check.Call(numbers(rng, 5+rng.IntN(30), -3, 4), check.Uniform(rng, 0.3, 2, 1)))
	}
	return cases
}

func logPredictive(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("two passes, one is right", 0.0, []float64{0, 2}, 1.0),
		check.Noted("one pass", 1.0, []float64{0.5}, 0.5),
		check.Noted("passes far apart, y in the middle", 0.0, []float64{-3, 3}, 0.5),
		check.Noted("far off: densities below the smallest float64", 100.0, []float64{0, 1, 2, 1.5}, 0.5),
		check.Noted("an exact instrument and an outlier", -4.0, []float64{0.1, 0.2, -0.1}, 0.05),
	}
	for range 4 {
		passes := numbers(rng, 5+rng.IntN(30), -1, 2)
		cases = append(cases, check.Call(check.Uniform(rng, -2, 3, 2), passes, check.Uniform(rng, 0.1, 0.9, 2)))
	}
	return cases
}

func passesNeeded(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("four passes", []float64{1, 2, 3, 6}, 0.2),
		check.Noted("half the margin", []float64{1, 2, 3, 6}, 0.1003),
		check.Noted("all passes agree: one is enough", []float64{2, 2, 2}, 0.1),
	}
	for len(cases) < 8 {
		passes, margin := numbers(rng, 5+rng.IntN(20), -2, 3), check.Uniform(rng, 0.03, 0.2, 3)
		// Keep off whole numbers, where rounding in the last digit decides.
		var sum, squares float64
		for _, f := range passes {
			sum, squares = sum+f, squares+f*f
		}
		t := float64(len(passes))
		n := (squares/t - sum/t*sum/t) / (margin * margin)
		if f := n - math.Floor(n); f > 0.05 && f < 0.95 {
			cases = append(cases, check.Call(passes, margin))
		}
	}
	return cases
}

func decay(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("fifty points", 0.2, 2.0, 50, 0.5),
		check.Noted("ten times the data", 0.2, 2.0, 500, 0.5),
		check.Noted("no dropout: the decay of a plain network", 0.3, 0.5, 100, 0.0),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.1, 1.5, 2), check.Uniform(rng, 0.2, 3, 1), 20+rng.IntN(500), check.Uniform(rng, 0.05, 0.4, 2)))
	}
	return cases
}

func band(rng *rand.Rand) []check.Case {
	w1, b1, w2 := []float64{1, -1, 0.5}, []float64{0, 1, -0.5}, []float64{3, 2, 1}
	grid := []float64{-2, -1, 0, 1, 2, 4}
	cases := []check.Case{
		check.Noted("three units, two passes", []float64{-1, 2}, w1, b1, w2, -1.0, [][]float64{{1.25, 1.25, 0}, {0, 1.25, 1.25}}, 0.5),
		check.Noted("masks of 1: dropout is off", []float64{-1, 2}, w1, b1, w2, -1.0, [][]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, 0.3),
		check.Noted("twenty units, fifty passes, doubt grows beyond 2", grid, numbers(rng, 20, -1, 1), numbers(rng, 20, -1, 1), numbers(rng, 20, -1, 1), 0.2, masks(rng, 50, 20, 0.1), 0.1),
	}
	for range 4 {
		k := 4 + rng.IntN(8)
		cases = append(cases, check.Call(numbers(rng, 2+rng.IntN(5), -3, 3), numbers(rng, k, -2, 2), numbers(rng, k, -1, 1), numbers(rng, k, -2, 2), check.Uniform(rng, -1, 1, 2), masks(rng, 5+rng.IntN(20), k, check.Uniform(rng, 0.1, 0.5, 1)), check.Uniform(rng, 0.1, 0.9, 1)))
	}
	return cases
}
