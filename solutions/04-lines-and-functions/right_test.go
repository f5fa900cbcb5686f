package linesandfunctions

import (
	"math"
	"slices"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// cholesky returns the lower triangle L with L Lᵀ = a.
func cholesky(a [][]float64) [][]float64 {
	l := make([][]float64, len(a))
	for i := range a {
		l[i] = make([]float64, len(a))
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(sum)
			} else {
				l[i][j] = sum / l[j][j]
			}
		}
	}
	return l
}

// solve returns x with L Lᵀ x = b.
func solve(l [][]float64, b []float64) []float64 {
	x := slices.Clone(b)
	for i := range x {
		for k := range i {
			x[i] -= l[i][k] * x[k]
		}
		x[i] /= l[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := i + 1; k < len(x); k++ {
			x[i] -= l[k][i] * x[k]
		}
		x[i] /= l[i][i]
	}
	return x
}

// precision returns P and Φᵀy/σ².
func precision(phi [][]float64, y []float64, sigma, s float64) (p [][]float64, r []float64) {
	columns := transposed(phi)
	for j, a := range columns {
		p = append(p, nil)
		for _, b := range columns {
			p[j] = append(p[j], dot(a, b)/(sigma*sigma))
		}
		p[j][j] += math.Pow(s, -2)
		r = append(r, dot(a, y)/(sigma*sigma))
	}
	return p, r
}

// oneByOne takes in one value after the other (the Kalman filter) and adds up how
// well each was foretold by those before it.
func oneByOne(phi [][]float64, y []float64, sigma, s float64) (mean []float64, cov [][]float64, logEvidence float64) {
	d := len(phi[0])
	mean, cov = make([]float64, d), make([][]float64, d)
	for j := range cov {
		cov[j] = make([]float64, d)
		cov[j][j] = s * s
	}
	for i, row := range phi {
		gain := times(cov, row)
		v := dot(row, gain) + sigma*sigma
		miss := y[i] - dot(row, mean)
		logEvidence -= (miss*miss/v + math.Log(v) + math.Log(2*math.Pi)) / 2
		for j := range mean {
			mean[j] += gain[j] * miss / v
			for k := range cov[j] {
				cov[j][k] -= gain[j] * gain[k] / v
			}
		}
	}
	return mean, cov, logEvidence
}

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "design", Name: "math.Pow, column after column", Func: func(x []float64, degree int) [][]float64 {
		phi := make([][]float64, len(x))
		for j := range degree + 1 {
			for i, v := range x {
				phi[i] = append(phi[i], math.Pow(v, float64(j)))
			}
		}
		return phi
	}},

	{Task: "posterior", Name: "Cholesky, a column of the inverse at a time", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		p, r := precision(phi, y, sigma, s)
		l := cholesky(p)
		var cov [][]float64
		for j := range p {
			e := make([]float64, len(p))
			e[j] = 1
			cov = append(cov, solve(l, e))
		}
		return solve(l, r), cov
	}},
	{Task: "posterior", Name: "one value after the other", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		mean, cov, _ := oneByOne(phi, y, sigma, s)
		return mean, cov
	}},

	{Task: "predict", Name: "half of the double sum, twice", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		m, v := make([]float64, len(phi)), make([]float64, len(phi))
		for i, row := range phi {
			v[i] = math.Pow(sigma, 2)
			for j := len(row) - 1; j >= 0; j-- {
				m[i] += mean[j] * row[j]
				v[i] += row[j] * row[j] * cov[j][j]
				for k := range j {
					v[i] += 2 * row[j] * row[k] * cov[k][j]
				}
			}
		}
		return m, v
	}},

	{Task: "log-evidence", Name: "one value after the other", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		_, _, l := oneByOne(phi, y, sigma, s)
		return l
	}},
	{Task: "log-evidence", Name: "the d × d way: residuals at the mean and |P|", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		p, r := precision(phi, y, sigma, s)
		l := cholesky(p)
		mean := solve(l, r)
		n, fit := float64(len(y)), dot(mean, mean)/(s*s)
		for i, row := range phi {
			e := (y[i] - dot(row, mean)) / sigma
			fit += e * e
		}
		logDet := 2 * n * math.Log(sigma) // log|C|
		for j := range l {
			logDet += 2 * (math.Log(l[j][j]) + math.Log(s))
		}
		return -(fit + logDet + n*math.Log(2*math.Pi)) / 2
	}},

	{Task: "degrees", Name: "one over the sum of quotients", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		l := each(x, y, top, sigma, s, LogEvidence)
		p := make([]float64, len(l))
		for k := range l {
			sum := 0.0
			for _, other := range l {
				sum += math.Exp(other - l[k]) // +Inf is fine below a 1
			}
			p[k] = 1 / sum
		}
		return p
	}},
	{Task: "degrees", Name: "one value after the other, degree by degree", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		return shares(each(x, y, top, sigma, s, func(phi [][]float64, y []float64, sigma, s float64) float64 {
			_, _, l := oneByOne(phi, y, sigma, s)
			return l
		}))
	}},
}
