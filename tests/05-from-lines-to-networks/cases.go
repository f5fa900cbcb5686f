// Package fromlinestonetworks defines exercise 05: its tasks, points, hints and
// the calls that check them. The answers are not here.
package fromlinestonetworks

import (
	"embed"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check"
)

//go:embed testdata
var files embed.FS

// Exercise is exercise 05.
var Exercise = check.Register(check.Exercise{
	ID:    "05-from-lines-to-networks",
	Title: "From lines to networks: features that learn, weights with a prior",
	Files: files,
	Tasks: []check.Spec{
		{
			Name: "forward", Func: "Forward", Points: 3,
			Type:  (func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) (h []float64, f float64))(nil),
			Asks:  "Easy. What a network with one hidden layer says.",
			Hint:  "Go unit by unit: start a at b1[k], add w1[k][j]*x[j] in an inner loop, and only then take max(0, a), which Go has built in. \"index out of range\" means that h was not made with len(w1) elements, or that j and k are swapped. The output has no max.",
			Idea:  "bias first, then the weighted sum, then max(0, ·) for hidden units only; the output is a plain weighted sum of h",
			Cases: forward,
		},
		{
			Name: "backward", Func: "Backward", Points: 5,
			Type:  (func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) (gw1 [][]float64, gb1, gw2 []float64, gb2 float64))(nil),
			Asks:  "Medium. The derivatives that training needs, by the chain rule.",
			Hint:  "Call your Forward first: it gives h and f. h_k > 0 exactly when a_k > 0, so a itself is not needed again. The bias's derivative is the weight's with x_j = 1. To test yourself, add 0.0001 to one weight, compute the loss again, and divide the change by 0.0001.",
			Idea:  "each derivative is the error times everything on the way from the loss back to that weight; a unit with a_k ≤ 0 blocks the way",
			Cases: backward,
		},
		{
			Name: "init-sds", Func: "InitSDs", Points: 3,
			Type:  (func(sizes []int, relu bool) []float64)(nil),
			Asks:  "Easy. How large starting weights should be, by He and by Xavier.",
			Hint:  "The result has one element less than sizes. In Go 2/n with two ints is a whole number, mostly 0: write 2/float64(n). \"index out of range\" means that the loop went over all of sizes.",
			Idea:  "ReLU throws away half of the signal, so He has 2 over the number of inputs; Xavier shares between inputs and outputs. The root makes an sd of it",
			Cases: initSDs,
		},
		{
			Name: "draw", Func: "Draw", Points: 3,
			Type:  (func(z []float64, inputs, hidden int, sw, sb float64) (w1 [][]float64, b1, w2 []float64, b2 float64))(nil),
			Asks:  "Medium. One network drawn from the prior.",
			Hint:  "Keep a position in z that moves on by one for each number used, or cut the front off with z = z[1:]. Make new slices: a result that is a part of z shares its memory. math.Sqrt wants a float64(hidden).",
			Idea:  "weights are scaled by the width they add up over, so that wide sums do not grow; biases are not",
			Cases: draw,
		},
		{
			Name: "functions", Func: "Functions", Points: 3,
			Type:  (func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64)(nil),
			Asks:  "Medium. Functions drawn from the prior: the bundle to draw.",
			Hint:  "Two loops: over z, where a network is drawn, and inside it over x, where that network is asked. Forward takes a slice: []float64{x[i]}. Each row needs its own make, or all rows show the last function.",
			Idea:  "draw once for each row, not once for each x; each row has its own z",
			Cases: functions,
		},
		{
			Name: "sd-by-width", Func: "SDByWidth", Points: 4,
			Type:  (func(z [][]float64, widths []int, x, sw, sb float64) []float64)(nil),
			Asks:  "Hard. Whether wide networks are wilder than narrow ones: the line to draw.",
			Hint:  "For each width call your Functions at the single place []float64{x}; Draw uses as many numbers from the front of z[s] as it needs. Mean first, then the mean square around it, then the root. If the answer grows with the width, look at w2 in Draw.",
			Idea:  "the sd over functions at one place, for each width on its own: mean subtracted, divided by S, root taken",
			Cases: sdByWidth,
		},
	},
})

// numbers draws n values between −2 and 2.
func numbers(rng *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = check.Uniform(rng, -2, 2, 2)
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

func matrix(rng *rand.Rand, rows, cols int, row func(*rand.Rand, int) []float64) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = row(rng, cols)
	}
	return m
}

// networks makes calls whose arguments are x, sometimes y, and a network.
func networks(rng *rand.Rand, y bool) []check.Case {
	call := func(note string, x []float64, target float64, w1 [][]float64, b1, w2 []float64, b2 float64) check.Case {
		if y {
			return check.Noted(note, x, target, w1, b1, w2, b2)
		}
		return check.Noted(note, x, w1, b1, w2, b2)
	}
	cases := []check.Case{
		call("one unit off, one on", []float64{1, 2}, 1, [][]float64{{1, -1}, {0.5, 0.5}}, []float64{0, -0.5}, []float64{3, 2}, 1),
		call("all units on", []float64{2}, 4, [][]float64{{1}, {0.5}, {-0.25}}, []float64{0.5, 0, 1}, []float64{1, -2, 3}, -4),
		call("all units off: only the last bias speaks", []float64{1, 1}, 2, [][]float64{{-1, -2}, {0.5, -1}}, []float64{0.3, -0.2}, []float64{2, 4}, -0.7),
		call("one unit exactly at 0", []float64{1, 2}, -1, [][]float64{{2, -1}, {1, 1}}, []float64{0, 1}, []float64{5, 2}, 0),
	}
	for range 5 {
		d, k := 1+rng.IntN(3), 3+rng.IntN(4)
		cases = append(cases, call("", numbers(rng, d), check.Uniform(rng, -3, 3, 2), matrix(rng, k, d, numbers), numbers(rng, k), numbers(rng, k), check.Uniform(rng, -2, 2, 2)))
	}
	return cases
}

func forward(rng *rand.Rand) []check.Case  { return networks(rng, false) }
func backward(rng *rand.Rand) []check.Case { return networks(rng, true) }

func initSDs(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("2 inputs, 50 units, ReLU", []int{2, 50, 1}, true),
		check.Noted("the same without ReLU", []int{2, 50, 1}, false),
		check.Noted("a line", []int{1, 1}, false),
		check.Noted("three hidden layers", []int{1, 100, 100, 20, 1}, true),
	}
	for i := range 4 {
		cases = append(cases, check.Call([]int{1 + rng.IntN(20), 2 + rng.IntN(100), 2 + rng.IntN(100), 1 + rng.IntN(10)}, i%2 == 0))
	}
	return cases
}

func draw(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("one input, four units", []float64{1, -1, 2, 0, 0.5, 1, 0, -1, 2, 1, -2, 4, 3}, 1, 4, 2.0, 0.1),
		check.Noted("two inputs, one unit", []float64{1, 2, 3, 4, 5}, 2, 1, 1.0, 0.5),
		check.Noted("no doubt about biases: they are 0", normals(rng, 3*5+1), 1, 5, 1.5, 0.0),
	}
	for range 4 {
		d, k := 1+rng.IntN(4), 2+rng.IntN(5)
		cases = append(cases, check.Call(normals(rng, k*(d+2)+1), d, k, check.Uniform(rng, 0.3, 3, 1), check.Uniform(rng, 0.2, 2, 1)))
	}
	return cases
}

func functions(rng *rand.Rand) []check.Case {
	grid := []float64{-2, -1, 0, 1, 2}
	cases := []check.Case{
		check.Noted("three functions at five places", matrix(rng, 3, 3*6+1, normals), 6, 1.5, 1.0, grid),
		check.Noted("no biases: every function is 0 at 0", matrix(rng, 4, 3*5+1, normals), 5, 2.0, 0.0, grid),
		check.Noted("one function at one place", matrix(rng, 1, 3*8+1, normals), 8, 1.0, 0.5, []float64{0.7}),
	}
	for range 4 {
		k := 2 + rng.IntN(20)
		cases = append(cases, check.Call(matrix(rng, 2+rng.IntN(4), 3*k+1, normals), k, check.Uniform(rng, 0.5, 3, 1), check.Uniform(rng, 0.2, 2, 1), numbers(rng, 2+rng.IntN(6))))
	}
	return cases
}

func sdByWidth(rng *rand.Rand) []check.Case {
	cases := []check.Case{
		check.Noted("from 1 unit to 64", matrix(rng, 200, 3*64+1, normals), []int{1, 4, 16, 64}, 1.0, 1.5, 1.0),
		check.Noted("the same far from 0", matrix(rng, 100, 3*32+1, normals), []int{2, 8, 32}, 6.0, 1.5, 1.0),
		check.Noted("two functions, one width", matrix(rng, 2, 3*4+1, normals), []int{4}, -0.5, 2.0, 0.5),
	}
	for range 3 {
		cases = append(cases, check.Call(matrix(rng, 10+rng.IntN(40), 3*20+1, normals), []int{20, 3, 7 + rng.IntN(9)}, check.Uniform(rng, -3, 3, 1), check.Uniform(rng, 0.5, 3, 1), check.Uniform(rng, 0.2, 2, 1)))
	}
	return cases
}
