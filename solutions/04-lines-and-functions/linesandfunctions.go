// Package linesandfunctions is exercise 04, solved: one best curve against many
// plausible ones.
package linesandfunctions

import "math"

// Design multiplies its way up: x^j is x^(j−1)·x.
func Design(x []float64, degree int) [][]float64 {
	phi := make([][]float64, len(x))
	for i, v := range x {
		phi[i] = make([]float64, degree+1)
		power := 1.0
		for j := range phi[i] {
			phi[i][j] = power
			power *= v
		}
	}
	return phi
}

// Posterior adds up the precision and Φᵀy point by point.
func Posterior(phi [][]float64, y []float64, sigma, s float64) (mean []float64, cov [][]float64) {
	d := len(phi[0])
	p, r := make([][]float64, d), make([]float64, d) // P and Φᵀy/σ²
	for j := range p {
		p[j] = make([]float64, d)
		p[j][j] = 1 / (s * s)
	}
	for i, row := range phi {
		for j, a := range row {
			for k, b := range row {
				p[j][k] += a * b / (sigma * sigma)
			}
			r[j] += a * y[i] / (sigma * sigma)
		}
	}
	cov, _ = invert(p)
	return times(cov, r), cov
}

// times returns a·v.
func times(a [][]float64, v []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = dot(a[i], v)
	}
	return out
}

func dot(a, b []float64) (sum float64) {
	for j := range a {
		sum += a[j] * b[j]
	}
	return sum
}

// Predict adds the noise's variance to that of the curve.
func Predict(phi [][]float64, mean []float64, cov [][]float64, sigma float64) (m, variance []float64) {
	for _, row := range phi {
		m = append(m, dot(row, mean))
		variance = append(variance, dot(row, times(cov, row))+sigma*sigma)
	}
	return m, variance
}

// LogEvidence is the log density of y under its marginal normal distribution.
func LogEvidence(phi [][]float64, y []float64, sigma, s float64) float64 {
	n := len(y)
	c := make([][]float64, n)
	for i := range c {
		c[i] = make([]float64, n)
		for k := range c[i] {
			c[i][k] = s * s * dot(phi[i], phi[k])
		}
		c[i][i] += sigma * sigma
	}
	inv, logDet := invert(c)
	return -(dot(y, times(inv, y)) + logDet + float64(n)*math.Log(2*math.Pi)) / 2
}

// Degrees takes the largest log evidence out before exp.
func Degrees(x, y []float64, top int, sigma, s float64) []float64 {
	p := make([]float64, top+1) // first the log evidences
	best := math.Inf(-1)
	for k := range p {
		p[k] = LogEvidence(Design(x, k), y, sigma, s)
		best = max(best, p[k])
	}
	sum := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - best)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}
