// Package coinflips defines exercise 01: its tasks, points, hints and the
// calls that check them. The answers are not here.
package coinflips

import (
	"embed"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 01.
var Exercise = check.Register(check.Exercise{
	ID:    "01-coin-flips",
	Title: "Coin flips: probability as counting",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "frequency", Func: "Frequency", Points: 2,
			Type:  (func(flips []bool) float64)(nil),
			Asks:  "Easy. The share of heads in a run of flips.",
			Hint:  "Count the true values in a loop, then divide. Two ints divide in whole numbers (3/5 is 0): turn both into float64 first. The message \"mismatched types int and float64\" means that only one was turned.",
			Idea:  "the share is heads divided by all flips, heads and tails together",
			Cases: runs,
		},
		{
			Name: "running", Func: "Running", Points: 3,
			Type:  (func(flips []bool) []float64)(nil),
			Asks:  "Easy. The share of heads after each flip: the curve that settles near θ.",
			Hint:  "Make a slice with make([]float64, len(flips)) and keep one count that goes on from flip to flip. \"index out of range\" means that the slice is still empty. After flip number i (counted from 0), i+1 flips have been made.",
			Idea:  "element i divides the heads so far by the flips so far, and i starts at 0",
			Cases: runs,
		},
		{
			Name: "standard-error", Func: "StandardError", Points: 3,
			Type:  (func(theta float64, n int) float64)(nil),
			Asks:  "Easy. How much θ̂ varies from one experiment of n flips to the next.",
			Hint:  "math.Sqrt takes a float64; n is an int, so write float64(n). \"invalid operation: mismatched types\" points at the place where it is missing.",
			Idea:  "one flip has variance θ(1−θ); the mean of n flips has the n-th part of it; the standard error is the root",
			Cases: standardError,
		},
		{
			Name: "interval", Func: "Interval", Points: 4,
			Type:  (func(heads, n int, z float64) (lo, hi float64))(nil),
			Asks:  "Medium. Wilson's interval for θ, honest even after five flips.",
			Hint:  "Compute θ̂ = float64(heads)/float64(n) first, then the centre, the half width and the divisor 1 + z²/n on lines of their own. Go has no power operator: z² is z*z. \"declared and not used\" means a line's value is not in the result yet.",
			Idea:  "Wilson adds z²/2n to θ̂ in the middle and z²/4n² under the root, and divides both, centre and half width, by 1 + z²/n",
			Cases: interval,
		},
		{
			Name: "flips-needed", Func: "FlipsNeeded", Points: 4,
			Type:  (func(theta, margin, z float64) int)(nil),
			Asks:  "Medium. How many flips a wanted precision costs.",
			Hint:  "Solve the inequality for n on paper, then round up with math.Ceil; int(x) alone cuts the fraction off. Or count n up in a loop until the inequality holds.",
			Idea:  "square both sides: n ≥ z²θ(1−θ)/margin², rounded up; half the margin costs four times the flips",
			Cases: flipsNeeded,
		},
		{
			Name: "paths", Func: "Paths", Points: 4,
			Type:  (func(theta float64, n, runs int, rng *rand.Rand) [][]float64)(nil),
			Asks:  "Medium. Simulated experiments, ready to draw: the bundle of lines that narrows around θ.",
			Hint:  "For each run, fill a []bool with rng.Float64() < theta, then call your own Running. Each run starts with no flips behind it. The rng is given; do not make one of your own.",
			Idea:  "each run is an experiment of its own: new flips, a count that starts at 0, and θ as the chance of heads",
			Cases: paths,
		},
	},
})

// runs are runs of flips: the chapter's, the extremes, and random ones.
func runs(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("3 heads of 5", []bool{true, false, true, true, false}),
		check.Noted("D = (F, T, T, F, F, F), F is heads", []bool{true, false, false, true, true, true}),
		check.Noted("one flip, tails", []bool{false}),
		check.Noted("heads only", []bool{true, true, true}),
		check.Noted("no flips", []bool{}),
	}
	for _, n := range []int{7, 12, 40} {
		cases = append(cases, check.Call(flips(rng, n, 0.2+0.6*rng.Float64())))
	}
	return cases
}

// flips makes n flips with chance theta of heads, tails and heads both among
// them.
func flips(rng *rand.Rand, n int, theta float64) []bool {
	f := make([]bool, n)
	for i := range f {
		f[i] = rng.Float64() < theta
	}
	f[rng.IntN(n-1)], f[n-1] = true, false
	return f
}

func standardError(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("a fair coin, 5 flips", 0.5, 5),
		check.Noted("the same coin, four times the flips", 0.5, 20),
		check.Noted("one flip", 0.3, 1),
		check.Noted("a coin that always shows heads", 1.0, 10),
	}
	for range 5 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.05, 0.95, 2), 2+rng.IntN(400)))
	}
	return cases
}

func interval(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("3 heads of 5, 95 %", 3, 5, 1.96),
		check.Noted("no heads at all", 0, 5, 1.96),
		check.Noted("heads only", 12, 12, 1.96),
	}
	for range 5 {
		n := 3 + rng.IntN(60)
		cases = append(cases, check.Call(rng.IntN(n+1), n, check.Uniform(rng, 0.5, 3, 2)))
	}
	return cases
}

func flipsNeeded(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("a fair coin to within 3 points, 95 %", 0.5, 0.03, 1.96),
		check.Noted("same side, 0.508, to within half its surplus", 0.508, 0.004, 1.96),
	}
	for len(cases) < 8 {
		theta, margin, z := check.Uniform(rng, 0.05, 0.95, 2), check.Uniform(rng, 0.01, 0.15, 3), check.Uniform(rng, 1.2, 3, 2)
		// Keep off whole numbers, where rounding in the last digit decides.
		n := z * z * theta * (1 - theta) / (margin * margin)
		if f := n - float64(int(n)); f > 0.05 && f < 0.95 {
			cases = append(cases, check.Call(theta, margin, z))
		}
	}
	return cases
}

func paths(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one run of five flips", 0.5, 5, 1, check.Rand(3)),
		check.Noted("three runs", 0.5, 4, 3, check.Rand(4)),
		check.Noted("a coin that never shows heads", 0.0, 3, 2, check.Rand(5)),
	}
	for range 4 {
		cases = append(cases, check.Call(check.Uniform(rng, 0.2, 0.8, 2), 2+rng.IntN(12), 2+rng.IntN(4), check.Rand(rng.Uint64N(1000))))
	}
	return cases
}
