package mcdropout

import (
	"math"
	"slices"
	"sort"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "mask", Name: "0 or 1, divided by 1−p", Func: func(u []float64, p float64) (z []float64) {
		for _, v := range u {
			keep := 1.0
			if v < p {
				keep = 0
			}
			z = append(z, keep/(1-p))
		}
		return z
	}},

	{Task: "pass", Name: "the mask before max(0, ·), which lets positive factors through", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		f := 0.0
		for k := len(w1) - 1; k >= 0; k-- {
			f += max(0, z[k]*(b1[k]+x*w1[k])) * w2[k]
		}
		return f + b2
	}},
	{Task: "pass", Name: "skips dropped and silent units", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		for k := range z {
			if a := w1[k]*x + b1[k]; a > 0 && z[k] != 0 {
				b2 += a * z[k] * w2[k]
			}
		}
		return b2
	}},

	{Task: "drop-var", Name: "mean square of each term minus its squared mean", Func: func(w, h []float64, p float64) (v float64) {
		for k := range w {
			m := w[k] * h[k]
			v += (1-p)*math.Pow(m/(1-p), 2) - m*m
		}
		return v
	}},

	{Task: "total-sd", Name: "mean square minus squared mean", Func: func(passes []float64, sigma float64) float64 {
		var sum, squares float64
		for _, f := range passes {
			sum, squares = sum+f, squares+f*f
		}
		n := float64(len(passes))
		return math.Sqrt(squares/n - math.Pow(sum/n, 2) + sigma*sigma)
	}},
	{Task: "total-sd", Name: "half the mean squared distance of all pairs", Func: func(passes []float64, sigma float64) float64 {
		sum, n := 0.0, float64(len(passes))
		for _, a := range passes {
			for _, b := range passes {
				sum += (a - b) * (a - b)
			}
		}
		return math.Hypot(math.Sqrt(sum/2)/n, sigma)
	}},

	{Task: "log-predictive", Name: "adds logarithms one after the other", Func: func(y float64, passes []float64, sigma float64) float64 {
		sum := math.Inf(-1)
		for _, l := range logs(y, passes, sigma) {
			hi, lo := max(sum, l), min(sum, l)
			sum = hi + math.Log1p(math.Exp(lo-hi))
		}
		return sum - math.Log(float64(len(passes)))
	}},
	{Task: "log-predictive", Name: "takes out the pass nearest to y, and the factor of the bell", Func: func(y float64, passes []float64, sigma float64) float64 {
		f := slices.Clone(passes)
		sort.Slice(f, func(a, b int) bool { return math.Abs(f[a]-y) < math.Abs(f[b]-y) })
		mean := 0.0
		for _, v := range f {
			mean += math.Exp((f[0]-v)*(f[0]+v-2*y)/(2*sigma*sigma)) / float64(len(f))
		}
		return math.Log(mean/(sigma*math.Sqrt(2*math.Pi))) - math.Pow((y-f[0])/sigma, 2)/2
	}},

	{Task: "passes-needed", Name: "tries one T after the other", Func: func(passes []float64, margin float64) int {
		_, v := moments(passes)
		n := 1
		for !(math.Sqrt(v/float64(n)) <= margin) {
			n++
		}
		return n
	}},
	{Task: "passes-needed", Name: "the sd in units of the margin, squared", Func: func(passes []float64, margin float64) int {
		n := math.Pow(TotalSD(passes, 0)/margin, 2)
		if n < 1 {
			return 1
		}
		return 1 + int(n)
	}},

	{Task: "decay", Name: "quotients one after the other", Func: func(sigma, s float64, n int, p float64) float64 {
		return math.Pow(sigma/s, 2) / float64(n) / (1 - p)
	}},

	{Task: "band", Name: "pass after pass, one function each, running sums", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) (mean, sd []float64) {
		mean, sd = make([]float64, len(x)), make([]float64, len(x))
		n := float64(len(z))
		for t := range z {
			for i := range x {
				f := Pass(x[i], w1, b1, w2, b2, z[t])
				mean[i] += f / n
				sd[i] += f * f / n
			}
		}
		for i := range sd {
			sd[i] = math.Sqrt(max(0, sd[i]-mean[i]*mean[i]) + sigma*sigma)
		}
		return mean, sd
	}},
	{Task: "band", Name: "one value after the other (Welford)", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) (mean, sd []float64) {
		for _, v := range x {
			m, ss := 0.0, 0.0
			for t := range z {
				f := Pass(v, w1, b1, w2, b2, z[t])
				d := f - m
				m += d / float64(t+1)
				ss += d * (f - m)
			}
			mean, sd = append(mean, m), append(sd, math.Sqrt(ss/float64(len(z))+sigma*sigma))
		}
		return mean, sd
	}},
}
