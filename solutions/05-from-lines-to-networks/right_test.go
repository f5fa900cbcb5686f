package fromlinestonetworks

import (
	"math"
	"slices"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "forward", Name: "input after input, the output from the last unit to the first", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		h := make([]float64, len(b1))
		for j := range x {
			for k := range h {
				h[k] += x[j] * w1[k][j]
			}
		}
		f := 0.0
		for k := len(h) - 1; k >= 0; k-- {
			if h[k] += b1[k]; h[k] < 0 {
				h[k] = 0
			}
			f += h[k] * w2[k]
		}
		return h, f + b2
	}},
	{Task: "forward", Name: "max(0, a) as half of a + |a|", Func: func(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) ([]float64, float64) {
		return unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return (sum + bias + math.Abs(sum+bias)) / 2 })
	}},

	{Task: "backward", Name: "the first layer first, by what each weight does to the output", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) (gw1 [][]float64, gb1, gw2 []float64, gb2 float64) {
		h, f := unit(x, w1, b1, w2, b2, func(sum, bias float64) float64 { return max(sum+bias, 0) })
		for k := range h {
			slope := 0.0
			if h[k] > 0 {
				slope = 1
			}
			var row []float64
			for j := range x {
				row = append(row, x[j]*w2[k]*slope*f-x[j]*w2[k]*slope*y)
			}
			gw1 = append(gw1, row)
			gb1 = append(gb1, (f-y)*slope*w2[k])
			gw2 = append(gw2, h[k]*f-h[k]*y)
		}
		return gw1, gb1, gw2, f - y
	}},
	{Task: "backward", Name: "the bias as one more input that is 1", Func: func(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) (gw1 [][]float64, gb1, gw2 []float64, gb2 float64) {
		one := append(slices.Clone(x), 1)
		weights := rows(w1, func(k int, v []float64) []float64 { return append(slices.Clone(v), b1[k]) })
		g, _, gw2, gb2 := Backward(one, y, weights, make([]float64, len(b1)), w2, b2)
		for _, row := range g {
			gw1 = append(gw1, slices.Clone(row[:len(x)]))
			gb1 = append(gb1, row[len(x)])
		}
		return gw1, gb1, gw2, gb2
	}},

	{Task: "init-sds", Name: "powers of ½", Func: func(sizes []int, relu bool) (sds []float64) {
		for l := 1; l < len(sizes); l++ {
			n := float64(sizes[l-1])
			if !relu {
				n += float64(sizes[l])
			}
			sds = append(sds, math.Pow(n/2, -0.5))
		}
		return sds
	}},

	{Task: "draw", Name: "counts positions in z, divides at the end", Func: func(z []float64, inputs, hidden int, sw, sb float64) (w1 [][]float64, b1, w2 []float64, b2 float64) {
		n := inputs * hidden
		for k := range hidden {
			w1 = append(w1, nil)
			for j := range inputs {
				w1[k] = append(w1[k], z[k*inputs+j]*sw*math.Pow(float64(inputs), -0.5))
			}
			b1 = append(b1, sb*z[n+k])
			w2 = append(w2, z[n+hidden+k]*sw/math.Sqrt(float64(hidden)))
		}
		return w1, b1, w2, sb * z[len(z)-1]
	}},

	{Task: "functions", Name: "place after place, without building the networks", Func: func(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
		out := make([][]float64, len(z))
		for _, v := range x {
			for s := range z {
				f, root := sb*z[s][3*hidden], math.Sqrt(float64(hidden))
				for k := range hidden {
					f += sw / root * z[s][2*hidden+k] * math.Max(0, sw*z[s][k]*v+sb*z[s][hidden+k])
				}
				out[s] = append(out[s], f)
			}
		}
		return out
	}},

	{Task: "sd-by-width", Name: "mean square minus squared mean", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		return spread(z, widths, x, sw, sb, func(f []float64) float64 {
			mean, square := moments(f)
			return math.Sqrt(square - mean*mean)
		})
	}},
	{Task: "sd-by-width", Name: "one value after the other (Welford)", Func: func(z [][]float64, widths []int, x, sw, sb float64) []float64 {
		return spread(z, widths, x, sw, sb, func(f []float64) float64 {
			mean, ss := 0.0, 0.0
			for i, v := range f {
				d := v - mean
				mean += d / float64(i+1)
				ss += d * (v - mean)
			}
			return math.Sqrt(ss / float64(len(f)))
		})
	}},
}
