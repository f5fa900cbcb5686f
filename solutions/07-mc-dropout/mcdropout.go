// Package mcdropout is exercise 07, solved: switch random units off while you
// predict, and an ordinary network starts to say how sure it is.
package mcdropout

import "math"

// Mask rescales the survivors, so that E[z] = 1.
func Mask(u []float64, p float64) []float64 {
	z := make([]float64, len(u))
	for k, v := range u {
		if v >= p {
			z[k] = 1 / (1 - p)
		}
	}
	return z
}

// Pass multiplies each hidden output by its mask.
func Pass(x float64, w1, b1, w2 []float64, b2 float64, z []float64) float64 {
	f := b2
	for k := range w1 {
		f += w2[k] * z[k] * max(0, w1[k]*x+b1[k])
	}
	return f
}

// DropVar uses Var[z] = 1/(1−p) − 1 = p/(1−p).
func DropVar(w, h []float64, p float64) float64 {
	sum := 0.0
	for k := range w {
		sum += w[k] * w[k] * h[k] * h[k]
	}
	return p / (1 - p) * sum
}

// moments returns f̄ and v̂.
func moments(f []float64) (mean, variance float64) {
	n := float64(len(f))
	for _, v := range f {
		mean += v / n
	}
	for _, v := range f {
		variance += (v - mean) * (v - mean) / n
	}
	return mean, variance
}

// TotalSD is the law of total variance.
func TotalSD(passes []float64, sigma float64) float64 {
	_, v := moments(passes)
	return math.Sqrt(v + sigma*sigma)
}

// LogPredictive averages densities in logarithms.
func LogPredictive(y float64, passes []float64, sigma float64) float64 {
	top := math.Inf(-1)
	l := make([]float64, len(passes))
	for t, f := range passes {
		e := (y - f) / sigma
		l[t] = -e*e/2 - math.Log(sigma) - math.Log(2*math.Pi)/2
		top = max(top, l[t])
	}
	sum := 0.0
	for _, v := range l {
		sum += math.Exp(v - top)
	}
	return top + math.Log(sum/float64(len(l)))
}

// PassesNeeded solves √(v̂/T) ≤ margin for T and rounds up.
func PassesNeeded(passes []float64, margin float64) int {
	_, v := moments(passes)
	return max(1, int(math.Ceil(v/(margin*margin))))
}

// Decay is what remains of E_q[log p(θ)] after multiplying the objective by −2σ²/N.
//
// Gal & Ghahramani, Dropout as a Bayesian Approximation, 2016, with Var[z] of the
// rescaled mask.
func Decay(sigma, s float64, n int, p float64) float64 {
	return sigma * sigma / (float64(n) * s * s * (1 - p))
}

// Band asks every pass at every x.
func Band(x, w1, b1, w2 []float64, b2 float64, z [][]float64, sigma float64) (mean, sd []float64) {
	for _, v := range x {
		f := make([]float64, len(z))
		for t := range z {
			f[t] = Pass(v, w1, b1, w2, b2, z[t])
		}
		m, _ := moments(f)
		mean, sd = append(mean, m), append(sd, TotalSD(f, sigma))
	}
	return mean, sd
}
