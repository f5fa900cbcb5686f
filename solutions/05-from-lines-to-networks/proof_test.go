package fromlinestonetworks

import (
	"math"
	"slices"
	"testing"

	cases "github.com/credence-bnn/credence/tests/05-from-lines-to-networks"
	stub "github.com/credence-bnn/credence/tests/05-from-lines-to-networks/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"forward":     stub.Forward,
		"backward":    stub.Backward,
		"init-sds":    stub.InitSDs,
		"draw":        stub.Draw,
		"functions":   stub.Functions,
		"sd-by-width": stub.SDByWidth,
	}, wrong, right...)
}

// unit is Forward with another activation.
func unit(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64, act func(sum, bias float64) float64) (h []float64, f float64) {
	f = b2
	for k, row := range w1 {
		sum := 0.0
		for j, w := range row {
			sum += w * x[j]
		}
		h = append(h, act(sum, b1[k]))
		f += w2[k] * h[k]
	}
	return h, f
}

func scaled(v []float64, c float64) []float64 {
	w := slices.Clone(v)
	for i := range w {
		w[i] *= c
	}
	return w
}

func rows(m [][]float64, row func(k int, v []float64) []float64) [][]float64 {
	n := make([][]float64, len(m))
	for k := range m {
		n[k] = row(k, m[k])
	}
	return n
}

// spread is SDByWidth with another statistic of the functions' values.
func spread(z [][]float64, widths []int, x, sw, sb float64, of func(f []float64) float64) (out []float64) {
	for _, hidden := range widths {
		var f []float64
		for _, row := range Functions(z, hidden, sw, sb, []float64{x}) {
			f = append(f, row[0])
		}
		out = append(out, of(f))
	}
	return out
}

// moments returns mean and mean square of f.
func moments(f []float64) (mean, square float64) {
	for _, v := range f {
		mean += v / float64(len(f))
		square += v * v / float64(len(f))
	}
	return mean, square
}

var wrong = []prove.Wrong{
	{Task: "forward", Name: "no max(0, ·): two lines in a row are one line", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return sum + bias })
	}},
	{Task: "forward", Name: "max(0, ·) before the bias is added", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return max(0, sum) + bias })
	}},
	{Task: "forward", Name: "max(0, ·) on the output too", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		h, f := Forward(x, w1, b1, w2, b2)
		return h, max(0, f)
	}},
	{Task: "forward", Name: "hidden biases forgotten", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return Forward(x, w1, make([]float64, len(b1)), w2, b2)
	}},
	{Task: "forward", Name: "the output's bias forgotten", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return Forward(x, w1, b1, w2, 0)
	}},
	{Task: "forward", Name: "|a| instead of max(0, a): folds instead of switching off", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return math.Abs(sum + bias) })
	}},
	{Task: "forward", Name: "returns a instead of h", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		a, _ := unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return sum + bias })
		_, f := Forward(x, w1, b1, w2, b2)
		return a, f
	}},

	{Task: "backward", Name: "the derivative of ReLU taken for 1 below 0 as well", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		_, _, gw2, e := Backward(x, y, w1, b1, w2, b2)
		return rows(w1, func(k int, _ []float64) []float64 { return scaled(x, e*w2[k]) }), scaled(w2, e), gw2, e
	}},
	{Task: "backward", Name: "wrong sign: the downhill direction, not the derivative", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		gw1, gb1, gw2, e := Backward(x, y, w1, b1, w2, b2)
		return rows(gw1, func(_ int, v []float64) []float64 { return scaled(v, -1) }), scaled(gb1, -1), scaled(gw2, -1), -e
	}},
	{Task: "backward", Name: "½ forgotten: the derivative of (f − y)²", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		gw1, gb1, gw2, e := Backward(x, y, w1, b1, w2, b2)
		return rows(gw1, func(_ int, v []float64) []float64 { return scaled(v, 2) }), scaled(gb1, 2), scaled(gw2, 2), 2 * e
	}},
	{Task: "backward", Name: "the error forgotten: derivatives of f, not of the loss", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		_, f := Forward(x, w1, b1, w2, b2)
		return Backward(x, f-1, w1, b1, w2, b2)
	}},
	{Task: "backward", Name: "w2 forgotten on the way back to the first layer", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		_, _, gw2, e := Backward(x, y, w1, b1, w2, b2)
		gb1 := make([]float64, len(b1))
		for k, g := range gw2 {
			if g != 0 {
				gb1[k] = e
			}
		}
		return rows(w1, func(k int, _ []float64) []float64 { return scaled(x, gb1[k]) }), gb1, gw2, e
	}},
	{Task: "backward", Name: "the derivative of w2 with a where h belongs", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		gw1, gb1, _, e := Backward(x, y, w1, b1, w2, b2)
		a, _ := unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return sum + bias })
		return gw1, gb1, scaled(a, e), e
	}},
	{Task: "backward", Name: "biases do not learn: their derivatives are 0", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([][]float64, []float64, []float64, float64) {
		gw1, gb1, gw2, _ := Backward(x, y, w1, b1, w2, b2)
		return gw1, make([]float64, len(gb1)), gw2, 0
	}},

	{Task: "init-sds", Name: "He with 1/n: ReLU's lost half forgotten", Func: func(sizes []int, relu bool) []float64 {
		if relu {
			return scaled(InitSDs(sizes, true), math.Sqrt(0.5))
		}
		return InitSDs(sizes, false)
	}},
	{Task: "init-sds", Name: "variances: no root", Func: func(sizes []int, relu bool) []float64 {
		sds := InitSDs(sizes, relu)
		for l := range sds {
			sds[l] *= sds[l]
		}
		return sds
	}},
	{Task: "init-sds", Name: "He for everything", Func: func(sizes []int, relu bool) []float64 {
		return InitSDs(sizes, true)
	}},
	{Task: "init-sds", Name: "Xavier for everything", Func: func(sizes []int, relu bool) []float64 {
		return InitSDs(sizes, false)
	}},
	{Task: "init-sds", Name: "outputs counted where inputs belong", Func: func(sizes []int, relu bool) []float64 {
		back := slices.Clone(sizes)
		slices.Reverse(back)
		sds := InitSDs(back, relu)
		slices.Reverse(sds)
		return sds
	}},
	{Task: "init-sds", Name: "the bound of a uniform draw, √3 sd", Func: func(sizes []int, relu bool) []float64 {
		return scaled(InitSDs(sizes, relu), math.Sqrt(3))
	}},

	{Task: "draw", Name: "not scaled by the width: wide networks are wild", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		w1, b1, w2, b2 := Draw(z, inputs, hidden, sw, sb)
		return rows(w1, func(_ int, v []float64) []float64 { return scaled(v, math.Sqrt(float64(inputs))) }), b1, scaled(w2, math.Sqrt(float64(hidden))), b2
	}},
	{Task: "draw", Name: "divided by H, not by its root: wide networks are flat", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		w1, b1, w2, b2 := Draw(z, inputs, hidden, sw, sb)
		return rows(w1, func(_ int, v []float64) []float64 { return scaled(v, 1/math.Sqrt(float64(inputs))) }), b1, scaled(w2, 1/math.Sqrt(float64(hidden))), b2
	}},
	{Task: "draw", Name: "multiplies by variances: sw² and sb²", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		return Draw(z, inputs, hidden, sw*sw, sb*sb)
	}},
	{Task: "draw", Name: "biases with the weights' sd", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		return Draw(z, inputs, hidden, sw, sw)
	}},
	{Task: "draw", Name: "uses z in another order: the biases last", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		n, k := inputs*hidden, hidden
		return Draw(slices.Concat(z[:n], z[n+k:n+2*k], z[n:n+k], z[n+2*k:]), inputs, hidden, sw, sb)
	}},
	{Task: "draw", Name: "every layer starts again at the front of z", Func: func(z []float64, inputs, hidden int, sw, sb float64) ([][]float64, []float64, []float64, float64) {
		n, k := inputs*hidden, hidden
		return Draw(slices.Concat(z[:n], z[:k], z[:k], z[:1]), inputs, hidden, sw, sb)
	}},

	{Task: "functions", Name: "one network shown many times", Func: func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
		return rows(z, func(int, []float64) []float64 { return Functions(z[:1], hidden, sw, sb, x)[0] })
	}},
	{Task: "functions", Name: "another network at every x: no function at all", Func: func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
		all := Functions(z, hidden, sw, sb, x)
		return rows(all, func(s int, f []float64) []float64 {
			out := slices.Clone(f)
			for i := range out {
				out[i] = all[(s+i)%len(all)][i]
			}
			return out
		})
	}},
	{Task: "functions", Name: "a row for each x: transposed", Func: func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
		all, out := Functions(z, hidden, sw, sb, x), make([][]float64, len(x))
		for i := range out {
			for s := range all {
				out[i] = append(out[i], all[s][i])
			}
		}
		return out
	}},
	{Task: "functions", Name: "no biases: all functions meet at 0", Func: func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
		return Functions(z, hidden, sw, 0, x)
	}},

	{Task: "sd-by-width", Name: "the variance: no root", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		sds := SDByWidth(z, widths, x, sw, sb)
		for i := range sds {
			sds[i] *= sds[i]
		}
		return sds
	}},
	{Task: "sd-by-width", Name: "divides by S−1 where the formula says S", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		n := float64(len(z))
		return scaled(SDByWidth(z, widths, x, sw, sb), math.Sqrt(n/(n-1)))
	}},
	{Task: "sd-by-width", Name: "the mean not subtracted: a root mean square", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		return spread(z, widths, x, sw, sb, func(f []float64) float64 {
			_, square := moments(f)
			return math.Sqrt(square)
		})
	}},
	{Task: "sd-by-width", Name: "the standard error of the mean, not the spread", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		return scaled(SDByWidth(z, widths, x, sw, sb), 1/math.Sqrt(float64(len(z))))
	}},
	{Task: "sd-by-width", Name: "weights not scaled by the width: climbs with √H", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		var out []float64
		for _, k := range widths {
			var f []float64
			for s := range z {
				w1, b1, w2, b2 := Draw(z[s], 1, k, sw, sb)
				_, v := Forward([]float64{x}, w1, b1, scaled(w2, math.Sqrt(float64(k))), b2)
				f = append(f, v)
			}
			mean, square := moments(f)
			out = append(out, math.Sqrt(square-mean*mean))
		}
		return out
	}},
	{Task: "sd-by-width", Name: "the formula for infinitely many draws instead of these", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		var out []float64
		for range widths {
			out = append(out, math.Sqrt(sb*sb+sw*sw*(sw*sw*x*x+sb*sb)/2))
		}
		return out
	}},
}
