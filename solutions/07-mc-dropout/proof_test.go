package mcdropout

import (
	"math"
	"slices"
	"testing"

	cases "github.com/credence-bnn/credence/tests/07-mc-dropout"
	stub "github.com/credence-bnn/credence/tests/07-mc-dropout/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"mask":           stub.Mask,
		"pass":           stub.Pass,
		"drop-var":       stub.DropVar,
		"total-sd":       stub.TotalSD,
		"log-predictive": stub.LogPredictive,
		"passes-needed":  stub.PassesNeeded,
		"decay":          stub.Decay,
		"band":           stub.Band,
	}, wrong, right...)
}

// each returns f(v_i) for all i.
func each(v []float64, f func(x float64) float64) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = f(x)
	}
	return w
}

// logs returns log N(y; f_t, σ²) of each pass.
func logs(y float64, passes []float64, sigma float64) []float64 {
	return each(passes, func(f float64) float64 {
		return -(y-f)*(y-f)/(2*sigma*sigma) - math.Log(sigma) - math.Log(2*math.Pi)/2
	})
}

// ones is a mask that drops nothing.
func ones(n int) []float64 { return slices.Repeat([]float64{1}, n) }

// withSD is Band with another sd at each place.
func withSD(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sd func(passes []float64) float64) (mean, out []float64) {
	mean, _ = Band(x, w1, b1, w2, b2, z, 0)
	for _, v := range x {
		var f []float64
		for t := range z {
			f = append(f, Pass(v, w1, b1, w2, b2, z[t]))
		}
		out = append(out, sd(f))
	}
	return mean, out
}

var wrong = []prove.Wrong{
	{Task: "mask", Name: "survivors not rescaled: the mean shrinks", Func: func(u []float64, p float64) []float64 {
		return each(Mask(u, p), func(z float64) float64 { return z * (1 - p) })
	}},
	{Task: "mask", Name: "p taken for the probability to survive", Func: func(u []float64, p float64) []float64 {
		return each(u, func(v float64) float64 {
			if v < p {
				return 1 / p
			}
			return 0
		})
	}},
	{Task: "mask", Name: "keeps those below p, drops the others", Func: func(u []float64, p float64) []float64 {
		return each(Mask(u, p), func(z float64) float64 { return 1/(1-p) - z })
	}},
	{Task: "mask", Name: "survivors turned down by 1−p, as one does with all units when dropout is off", Func: func(u []float64, p float64) []float64 {
		return each(Mask(u, p), func(z float64) float64 { return z * (1 - p) * (1 - p) })
	}},
	{Task: "mask", Name: "rescaled by how many happened to survive", Func: func(u []float64, p float64) []float64 {
		kept := 0.0
		for _, v := range u {
			if v >= p {
				kept++
			}
		}
		return each(Mask(u, p), func(z float64) float64 {
			if z == 0 {
				return 0
			}
			return float64(len(u)) / kept
		})
	}},

	{Task: "pass", Name: "dropout switched off: the mask ignored", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		return Pass(x, w1, b1, w2, b2, ones(len(z)))
	}},
	{Task: "pass", Name: "survivors not rescaled: the mask as 0 and 1", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		return Pass(x, w1, b1, w2, b2, each(z, func(z float64) float64 {
			if z > 0 {
				return 1
			}
			return 0
		}))
	}},
	{Task: "pass", Name: "the mask on the way in: the hidden bias survives", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		f := b2
		for k := range w1 {
			f += w2[k] * max(0, z[k]*w1[k]*x+b1[k])
		}
		return f
	}},
	{Task: "pass", Name: "no max(0, ·): a masked line", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		f := b2
		for k := range w1 {
			f += w2[k] * z[k] * (w1[k]*x + b1[k])
		}
		return f
	}},
	{Task: "pass", Name: "the output's bias forgotten", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		return Pass(x, w1, b1, w2, 0, z)
	}},
	{Task: "pass", Name: "masked twice: rescaled twice", Func: func(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
		return Pass(x, w1, b1, w2, b2, each(z, func(z float64) float64 { return z * z }))
	}},

	{Task: "drop-var", Name: "p(1−p), the variance of a mask of 0 and 1", Func: func(w, h []float64, p float64) float64 {
		return DropVar(w, h, p) * (1 - p) * (1 - p)
	}},
	{Task: "drop-var", Name: "1/(1−p): the mean square, the squared mean not subtracted", Func: func(w, h []float64, p float64) float64 {
		return DropVar(w, h, 0.5) / (1 - p)
	}},
	{Task: "drop-var", Name: "(1−p)/p: the fraction upside down", Func: func(w, h []float64, p float64) float64 {
		return DropVar(w, h, 1-p)
	}},
	{Task: "drop-var", Name: "squares the sum, not the terms", Func: func(w, h []float64, p float64) float64 {
		sum := 0.0
		for k := range w {
			sum += w[k] * h[k]
		}
		return p / (1 - p) * sum * sum
	}},
	{Task: "drop-var", Name: "w not squared", Func: func(w, h []float64, p float64) float64 {
		return DropVar(each(w, func(v float64) float64 { return math.Sqrt(math.Abs(v)) }), h, p)
	}},
	{Task: "drop-var", Name: "the sd: a root too many", Func: func(w, h []float64, p float64) float64 {
		return math.Sqrt(DropVar(w, h, p))
	}},

	{Task: "total-sd", Name: "noise forgotten: doubt only", Func: func(passes []float64, sigma float64) float64 { return TotalSD(passes, 0) }},
	{Task: "total-sd", Name: "adds standard deviations", Func: func(passes []float64, sigma float64) float64 { return TotalSD(passes, 0) + sigma }},
	{Task: "total-sd", Name: "adds σ, an sd, to a variance", Func: func(passes []float64, sigma float64) float64 {
		return TotalSD(passes, math.Sqrt(sigma))
	}},
	{Task: "total-sd", Name: "the variance: no root", Func: func(passes []float64, sigma float64) float64 {
		return TotalSD(passes, sigma) * TotalSD(passes, sigma)
	}},
	{Task: "total-sd", Name: "the standard error of the mean instead of the spread: doubt vanishes with T", Func: func(passes []float64, sigma float64) float64 {
		_, v := moments(passes)
		return math.Sqrt(v/float64(len(passes)) + sigma*sigma)
	}},
	{Task: "total-sd", Name: "the mean not subtracted", Func: func(passes []float64, sigma float64) float64 {
		m, v := moments(passes)
		return math.Sqrt(v + m*m + sigma*sigma)
	}},
	{Task: "total-sd", Name: "divides by T−1 where the formula says T", Func: func(passes []float64, sigma float64) float64 {
		_, v := moments(passes)
		n := float64(len(passes))
		return math.Sqrt(v*n/(n-1) + sigma*sigma)
	}},

	{Task: "log-predictive", Name: "averages log probabilities", Func: func(y float64, passes []float64, sigma float64) float64 {
		m, _ := moments(logs(y, passes, sigma))
		return m
	}},
	{Task: "log-predictive", Name: "one bell with the total variance for the mixture", Func: func(y float64, passes []float64, sigma float64) float64 {
		m, _ := moments(passes)
		return logs(y, []float64{m}, TotalSD(passes, sigma))[0]
	}},
	{Task: "log-predictive", Name: "the mean pass only: no doubt", Func: func(y float64, passes []float64, sigma float64) float64 {
		m, _ := moments(passes)
		return logs(y, []float64{m}, sigma)[0]
	}},
	{Task: "log-predictive", Name: "the sum of the densities: 1/T forgotten", Func: func(y float64, passes []float64, sigma float64) float64 {
		return LogPredictive(y, passes, sigma) + math.Log(float64(len(passes)))
	}},
	{Task: "log-predictive", Name: "the bell curve without its factor 1/√(2πσ²)", Func: func(y float64, passes []float64, sigma float64) float64 {
		return LogPredictive(y, passes, sigma) + math.Log(sigma) + math.Log(2*math.Pi)/2
	}},
	{Task: "log-predictive", Name: "exp before the largest is taken out: underflows", Func: func(y float64, passes []float64, sigma float64) float64 {
		m, _ := moments(each(logs(y, passes, sigma), math.Exp))
		return math.Log(m)
	}},
	{Task: "log-predictive", Name: "the best pass instead of the average", Func: func(y float64, passes []float64, sigma float64) float64 {
		return slices.Max(logs(y, passes, sigma))
	}},

	{Task: "passes-needed", Name: "rounds down", Func: func(passes []float64, margin float64) int {
		_, v := moments(passes)
		return max(1, int(v/(margin*margin)))
	}},
	{Task: "passes-needed", Name: "forgets to square: error ∝ 1/T", Func: func(passes []float64, margin float64) int {
		_, v := moments(passes)
		return max(1, int(math.Ceil(math.Sqrt(v)/margin)))
	}},
	{Task: "passes-needed", Name: "the variance taken for an sd: v̂² below the root", Func: func(passes []float64, margin float64) int {
		_, v := moments(passes)
		return max(1, int(math.Ceil(v*v/(margin*margin))))
	}},
	{Task: "passes-needed", Name: "margin not squared", Func: func(passes []float64, margin float64) int {
		_, v := moments(passes)
		return max(1, int(math.Ceil(v/margin)))
	}},
	{Task: "passes-needed", Name: "the passes already made counted in once more", Func: func(passes []float64, margin float64) int {
		return PassesNeeded(passes, margin) + len(passes)
	}},

	{Task: "decay", Name: "1−p forgotten", Func: func(sigma, s float64, n int, p float64) float64 { return Decay(sigma, s, n, 0) }},
	{Task: "decay", Name: "1−p above instead of below", Func: func(sigma, s float64, n int, p float64) float64 {
		return Decay(sigma, s, n, 0) * (1 - p)
	}},
	{Task: "decay", Name: "N forgotten: decay per point", Func: func(sigma, s float64, n int, p float64) float64 { return Decay(sigma, s, 1, p) }},
	{Task: "decay", Name: "s taken for a variance", Func: func(sigma, s float64, n int, p float64) float64 {
		return Decay(sigma, math.Sqrt(s), n, p)
	}},
	{Task: "decay", Name: "noise and prior swapped", Func: func(sigma, s float64, n int, p float64) float64 { return Decay(s, sigma, n, p) }},
	{Task: "decay", Name: "a factor ½ left over from the log density", Func: func(sigma, s float64, n int, p float64) float64 { return Decay(sigma, s, n, p) / 2 }},

	{Task: "band", Name: "dropout switched off: a strip of noise", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return Band(x, w1, b1, w2, b2, [][]float64{ones(len(w1))}, sigma)
	}},
	{Task: "band", Name: "the first mask in every pass", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return Band(x, w1, b1, w2, b2, z[:1], sigma)
	}},
	{Task: "band", Name: "the mean with dropout off, the spread with it on", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		_, sd := Band(x, w1, b1, w2, b2, z, sigma)
		mean, _ := Band(x, w1, b1, w2, b2, [][]float64{ones(len(w1))}, sigma)
		return mean, sd
	}},
	{Task: "band", Name: "noise forgotten: doubt about the function only", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return Band(x, w1, b1, w2, b2, z, 0)
	}},
	{Task: "band", Name: "adds standard deviations", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return withSD(x, w1, b1, w2, b2, z, func(f []float64) float64 { return TotalSD(f, 0) + sigma })
	}},
	{Task: "band", Name: "the standard error of the mean: the band narrows with T", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return withSD(x, w1, b1, w2, b2, z, func(f []float64) float64 { return TotalSD(f, sigma) / math.Sqrt(float64(len(f))) })
	}},
	{Task: "band", Name: "variances: no root", Func: func(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) ([]float64, []float64) {
		return withSD(x, w1, b1, w2, b2, z, func(f []float64) float64 { return TotalSD(f, sigma) * TotalSD(f, sigma) })
	}},
}
