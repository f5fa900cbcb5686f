// Package theintegral defines exercise 03: its tasks, points, hints and the
// calls that check them. The answers are not here.
package theintegral

import (
	"embed"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 03.
var Exercise = check.Register(check.Exercise{
	ID:    "03-the-integral",
	Title: "The integral: grids, Monte Carlo and a walk",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "grid-seconds", Func: "GridSeconds", Points: 2,
			Type:  (func(cells, dims int, rate float64) float64)(nil),
			Asks:  "Easy. What a grid costs when unknowns are added.",
			Hint:  "math.Pow takes two float64: math.Pow(float64(cells), float64(dims)). A negative time or a 0 means that the combinations were counted in an int, which overflows without a word. In Go ^ is not a power.",
			Idea:  "every unknown multiplies the number of combinations by cells; it does not add to it",
			Cases: gridSeconds,
		},
		{
			Name: "grid-evidence", Func: "GridEvidence", Points: 4,
			Type:  (func(y []float64, sigma, s, lo, hi float64, cells int) float64)(nil),
			Asks:  "Medium. The evidence by adding up cells.",
			Hint:  "Write two helpers first: log N(v; m, sd²) = −(v−m)²/(2 sd²) − log(sd) − ½ log(2π), and the log-sum-exp from the comment. For each cell add the prior's logarithm and one term per measurement. The factor h is + math.Log(h) at the end. −Inf means that exp came before the largest logarithm was taken out. If the example gives 0 and not −1.5155, the prior is missing.",
			Idea:  "each cell has likelihood times prior times width; leave none out, and multiply by adding logarithms",
			Cases: gridEvidence,
			// Sums of a thousand logarithms, in any order.
			Compare: check.Close(1e-8),
		},
		{
			Name: "monte-carlo", Func: "MonteCarlo", Points: 4,
			Type:  (func(logLik []float64) (logEvidence, relSE float64))(nil),
			Asks:  "Medium. The evidence as an average over the prior, and how far to trust it.",
			Hint:  "Take the largest value m out of all: r_k = math.Exp(logLik_k − m) lies between 0 and 1. The mean of r_k gives logEvidence after adding m back to its logarithm. The share relSE is the same for r_k as for L_k, because m cancels. NaN means 0 divided by 0: exp came before m was taken out.",
			Idea:  "average the likelihoods, not their logarithms; the error of an average is the sd divided by √S",
			Cases: monteCarlo,
			// Differences of nearly equal likelihoods lose digits.
			Compare: check.Close(1e-7),
		},
		{
			Name: "importance", Func: "Importance", Points: 4,
			Type:    (func(logJoint, logQ []float64) (logEvidence, ess float64))(nil),
			Asks:    "Medium. The evidence from draws that look in the right place, and what they are worth.",
			Hint:    "log w_k = logJoint_k − logQ_k. Take the largest out, exp the rest. In ess a common factor cancels, so nothing needs to be put back there; in logEvidence it does. +Inf or NaN means that exp came too early.",
			Idea:    "a weight is joint divided by q: what was drawn too often counts less. A few heavy weights are worth few draws",
			Cases:   importance,
			Compare: check.Close(1e-8),
		},
		{
			Name: "metropolis", Func: "Metropolis", Points: 4,
			Type:  (func(y []float64, sigma, s, start, step float64, xi, u []float64) (chain []float64, accepted int))(nil),
			Asks:  "Medium. A walk that visits each θ as often as the posterior says.",
			Hint:  "Keep the present θ and its log(p(D|θ)p(θ)) in two variables. One pass of the loop makes one proposal and writes one element, whether it moved or not. \"index out of range\" means that chain was not made with len(xi) elements. math.Log(u) is negative, so a step uphill is always taken.",
			Idea:  "uphill always, downhill with the probability of the quotient; and a refused step counts the old place again",
			Cases: metropolis,
		},
		{
			Name: "chain-ess", Func: "ChainESS", Points: 3,
			Type:  (func(chain []float64) float64)(nil),
			Asks:  "Medium. What a chain of neighbours is worth in independent draws.",
			Hint:  "Compute the mean once, then a helper for Σ_i (x_i − x̄)(x_{i+t} − x̄) with i from 0 to n−t−1; \"index out of range\" means that it ran to n. Lag 0 gives the divisor. Leave the loop with break at the first r_t ≤ 0. NaN is the chain that never moved: compare its values with chain[0], since rounding may leave Σ_i (x_i − x̄)² a little above 0.",
			Idea:  "the sum has only positive r_t from lag 1 on, counts twice, and the 1 before it is lag 0; a chain that never moved is worth one draw",
			Cases: chainESS,
			// The autocorrelations are sums with many signs.
			Compare: check.Close(1e-7),
		},
		{
			Name: "step-sweep", Func: "StepSweep", Points: 3,
			Type:    (func(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64)(nil),
			Asks:    "Hard. Which step length gives the most: the hill to draw.",
			Hint:    "Two lines inside a loop over steps: call your Metropolis, then your ChainESS. \"assignment mismatch\" reminds you that Metropolis returns two values: chain, _ := Metropolis(…). Every chain begins at start again.",
			Idea:    "effective draws, not accepted ones: tiny steps are nearly always accepted and worth nearly nothing",
			Cases:   stepSweep,
			Compare: check.Close(1e-7),
		},
	},
})

func gridSeconds(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one unknown", 1000, 1, 1e6),
		check.Noted("three unknowns", 10, 3, 1000.0),
		check.Noted("a line with unknown noise", 100, 3, 1e6),
		check.Noted("a network with 20 weights", 100, 20, 1e9),
		check.Noted("a network with 100 weights", 10, 100, 1e9),
	}
	for range 3 {
		cases = append(cases, check.Call(3+rng.IntN(50), 21+rng.IntN(100), check.Uniform(rng, 1e5, 1e9, 0)))
	}
	return cases
}

// normals draws n values of N(mean, sd²), rounded so that a call can be repeated.
func normals(rng *rand.Rand, n int, mean, sd float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Round((mean+sd*rng.NormFloat64())*1000) / 1000
	}
	return v
}

func gridEvidence(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one measurement", []float64{1}, 1.0, 1.0, -9.0, 9.0, 200),
		check.Noted("no data: the prior's own area", []float64{}, 1.0, 2.0, -20.0, 20.0, 300),
		check.Noted("a coarse grid, as coarse as it says", []float64{0.4, -0.2}, 0.5, 1.0, -2.0, 3.0, 5),
		check.Noted("a thousand measurements", normals(rng, 1000, 0.7, 2), 2.0, 3.0, -4.0, 4.0, 250),
		check.Noted("eight hundred coarse ones", normals(rng, 800, -1.5, 3), 3.0, 1.0, -4.0, 1.0, 150),
	}
	for range 3 {
		sigma, s := check.Uniform(rng, 0.3, 2, 2), check.Uniform(rng, 0.6, 3, 2)
		y := normals(rng, 2+rng.IntN(6), check.Uniform(rng, -1, 1, 2), sigma)
		cases = append(cases, check.Call(y, sigma, s, -6*s, 6.5*s, 40+rng.IntN(200)))
	}
	return cases
}

func monteCarlo(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("L = 1 and 3", []float64{0, 1.0986122886681098}),
		check.Noted("one draw near the data, four far away", []float64{-4.1, -57.3, -88.9, -34.2, -120.6}),
		check.Noted("every θ explains the data alike", []float64{-2.5, -2.5, -2.5}),
		check.Noted("a thousand data: the L are below the smallest float64", normals(rng, 40, -1500, 1.2)),
		check.Noted("the same, above the largest", normals(rng, 25, 900, 1)),
	}
	for range 3 {
		cases = append(cases, check.Call(normals(rng, 3+rng.IntN(30), check.Uniform(rng, -20, -3, 1), check.Uniform(rng, 0.4, 3, 1))))
	}
	return cases
}

func importance(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("weights 0.5 and 1.5", []float64{math.Log(0.2), math.Log(0.3)}, []float64{math.Log(0.4), math.Log(0.2)}),
		check.Noted("q is the posterior itself: all weights are the evidence", []float64{-7.5, -8.25, -9}, []float64{-0.5, -1.25, -2}),
		check.Noted("one draw rules", []float64{-3, -60, -61.5, -58}, []float64{-2, -1, -1.5, -0.5}),
		check.Noted("a thousand data", normals(rng, 30, -1500, 2), normals(rng, 30, -1, 0.5)),
		check.Noted("weights above the largest float64", normals(rng, 20, 800, 1.5), normals(rng, 20, -3, 0.5)),
	}
	for range 3 {
		n := 4 + rng.IntN(30)
		cases = append(cases, check.Call(normals(rng, n, check.Uniform(rng, -15, -3, 1), 1.5), normals(rng, n, -1.5, 0.7)))
	}
	return cases
}

// uniforms draws n values between 0 and 1, neither of them included.
func uniforms(rng *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(1+rng.IntN(9999)) / 10000
	}
	return v
}

func metropolis(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one move, one refusal", []float64{1}, 1.0, 1.0, 0.0, 1.0, []float64{1, 2}, []float64{0.9, 0.5}),
		check.Noted("no data: a walk through the prior", []float64{}, 1.0, 1.0, 2.5, 1.5, normals(rng, 12, 0, 1), uniforms(rng, 12)),
		check.Noted("tiny steps", normals(rng, 5, 1, 1), 1.0, 2.0, 0.0, 0.05, normals(rng, 30, 0, 1), uniforms(rng, 30)),
		check.Noted("huge steps", normals(rng, 5, 1, 1), 1.0, 2.0, 1.0, 12.0, normals(rng, 30, 0, 1), uniforms(rng, 30)),
		check.Noted("2500 measurements: densities below the smallest float64", normals(rng, 2500, 0.4, 1), 1.0, 1.0, 0.5, 0.05, normals(rng, 40, 0, 1), uniforms(rng, 40)),
		check.Noted("3000 measurements, a bad start", normals(rng, 3000, -0.3, 1), 1.0, 0.7, 1.0, 0.1, normals(rng, 40, 0, 1), uniforms(rng, 40)),
	}
	for range 3 {
		sigma, s, n := check.Uniform(rng, 0.5, 2, 1), check.Uniform(rng, 0.3, 0.9, 1), 20+rng.IntN(40)
		y := normals(rng, 2+rng.IntN(5), 1, sigma)
		cases = append(cases, check.Call(y, sigma, s, check.Uniform(rng, -1, 1, 1), check.Uniform(rng, 0.5, 2, 1), normals(rng, n, 0, 1), uniforms(rng, n)))
	}
	return cases
}

// walk draws a chain of n values in which neighbours are alike: each is rho times
// the one before plus something new.
func walk(rng *rand.Rand, n int, rho float64) []float64 {
	v := normals(rng, n, 0, 1)
	for i := 1; i < n; i++ {
		v[i] = math.Round((rho*v[i-1]+v[i])*1000) / 1000
	}
	return v
}

func chainESS(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("two places", []float64{1, 1, 3, 3}),
		check.Noted("a chain that never moved", []float64{2, 2, 2, 2, 2}),
		check.Noted("independent draws", normals(rng, 200, 5, 1)),
		check.Noted("a creeping chain", walk(rng, 400, 0.95)),
		check.Noted("swinging back and forth", walk(rng, 100, -0.7)),
	}
	for range 4 {
		cases = append(cases, check.Call(walk(rng, 50+rng.IntN(300), check.Uniform(rng, 0.3, 0.9, 2))))
	}
	return cases
}

func stepSweep(rng *rand.Rand) []check.Case {
	hill := []float64{0.05, 0.15, 0.5, 1.5, 5, 15, 50}
	cases := []check.Case{
		check.Noted("eight measurements, steps from tiny to huge", normals(rng, 8, 1, 1), 1.0, 2.0, 1.0, hill, normals(rng, 400, 0, 1), uniforms(rng, 400)),
		check.Noted("no data", []float64{}, 1.0, 1.0, 0.0, []float64{0.1, 1, 10}, normals(rng, 200, 0, 1), uniforms(rng, 200)),
		check.Noted("one step length", normals(rng, 3, 0, 2), 2.0, 1.0, 0.5, []float64{1.2}, normals(rng, 100, 0, 1), uniforms(rng, 100)),
	}
	for range 3 {
		sigma := check.Uniform(rng, 0.5, 2, 1)
		cases = append(cases, check.Call(normals(rng, 2+rng.IntN(6), 1, sigma), sigma, check.Uniform(rng, 0.5, 2, 1), check.Uniform(rng, -1, 1, 1),
			[]float64{check.Uniform(rng, 0.05, 0.3, 2), check.Uniform(rng, 0.4, 3, 2), check.Uniform(rng, 5, 20, 2)}, normals(rng, 150, 0, 1), uniforms(rng, 150)))
	}
	return cases
}
