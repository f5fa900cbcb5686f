package linesandfunctions

import (
	"math"
	"slices"
	"testing"

	cases "github.com/credence-bnn/credence/tests/04-lines-and-functions"
	stub "github.com/credence-bnn/credence/tests/04-lines-and-functions/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"design":       stub.Design,
		"posterior":    stub.Posterior,
		"predict":      stub.Predict,
		"log-evidence": stub.LogEvidence,
		"degrees":      stub.Degrees,
	}, wrong, right...)
}

// transposed returns aᵀ.
func transposed(a [][]float64) [][]float64 {
	if len(a) == 0 {
		return nil
	}
	t := make([][]float64, len(a[0]))
	for j := range t {
		for i := range a {
			t[j] = append(t[j], a[i][j])
		}
	}
	return t
}

// scaled returns c·v in a new slice.
func scaled(v []float64, c float64) []float64 {
	w := slices.Clone(v)
	for j := range w {
		w[j] *= c
	}
	return w
}

// withPrior is Posterior with prior precisions of its own for each weight.
func withPrior(phi [][]float64, y []float64, sigma float64, precision func(j int) float64) (mean []float64, cov [][]float64) {
	d := len(phi[0])
	p, r := make([][]float64, d), make([]float64, d)
	for j := range p {
		p[j] = make([]float64, d)
		p[j][j] = precision(j)
		for i, row := range phi {
			for k := range d {
				p[j][k] += row[j] * row[k] / (sigma * sigma)
			}
			r[j] += row[j] * y[i] / (sigma * sigma)
		}
	}
	cov, _ = invert(p)
	return times(cov, r), cov
}

// pieces returns the three terms of the log evidence, before −½.
func pieces(phi [][]float64, y []float64, sigma, s float64) (fit, logDet, constant float64) {
	c := make([][]float64, len(y))
	for i := range c {
		for k := range y {
			c[i] = append(c[i], s*s*dot(phi[i], phi[k]))
		}
		c[i][i] += sigma * sigma
	}
	inv, logDet := invert(c)
	return dot(y, times(inv, y)), logDet, float64(len(y)) * math.Log(2*math.Pi)
}

// bestFit returns the log likelihood at the posterior's mean.
func bestFit(phi [][]float64, y []float64, sigma, s float64) (l float64) {
	mean, _ := Posterior(phi, y, sigma, s)
	for i, v := range times(phi, mean) {
		z := (y[i] - v) / sigma
		l -= z*z/2 + math.Log(sigma) + math.Log(2*math.Pi)/2
	}
	return l
}

// shares returns exp(l)/Σ exp(l).
func shares(l []float64) []float64 {
	p, top, sum := make([]float64, len(l)), slices.Max(l), 0.0
	for k := range l {
		p[k] = math.Exp(l[k] - top)
		sum += p[k]
	}
	return scaled(p, 1/sum)
}

// each evaluates f for all degrees.
func each(x, y []float64, top int, sigma, s float64, f func(phi [][]float64, y []float64, sigma, s float64) float64) (l []float64) {
	for k := range top + 1 {
		l = append(l, f(Design(x, k), y, sigma, s))
	}
	return l
}

var wrong = []prove.Wrong{
	{Task: "design", Name: "no column of ones: every curve goes through the origin", Func: func(x []float64, degree int) [][]float64 {
		phi := Design(x, degree)
		for i := range phi {
			phi[i] = phi[i][1:]
		}
		return phi
	}},
	{Task: "design", Name: "starts at x^1: one power too far", Func: func(x []float64, degree int) [][]float64 {
		phi := Design(x, degree+1)
		for i := range phi {
			phi[i] = phi[i][1:]
		}
		return phi
	}},
	{Task: "design", Name: "takes the degree for the number of columns", Func: func(x []float64, degree int) [][]float64 {
		return Design(x, degree-1)
	}},
	{Task: "design", Name: "a row for each power: transposed", Func: func(x []float64, degree int) [][]float64 {
		return transposed(Design(x, degree))
	}},
	{Task: "design", Name: "highest power first", Func: func(x []float64, degree int) [][]float64 {
		phi := Design(x, degree)
		for i := range phi {
			slices.Reverse(phi[i])
		}
		return phi
	}},
	{Task: "design", Name: "multiples instead of powers: x·j", Func: func(x []float64, degree int) [][]float64 {
		phi := Design(x, degree)
		for i := range phi {
			for j := range phi[i][1:] {
				phi[i][j+1] = x[i] * float64(j+1)
			}
		}
		return phi
	}},

	{Task: "posterior", Name: "hardly any prior: least squares", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		return Posterior(phi, y, sigma, 1e5)
	}},
	{Task: "posterior", Name: "σ where σ² belongs: an sd taken for a variance", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		return Posterior(phi, y, math.Sqrt(sigma), s)
	}},
	{Task: "posterior", Name: "adds s², a variance, where the precision 1/s² belongs", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		return Posterior(phi, y, sigma, 1/s)
	}},
	{Task: "posterior", Name: "the mean without 1/σ²", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		mean, cov := Posterior(phi, y, sigma, s)
		return scaled(mean, sigma*sigma), cov
	}},
	{Task: "posterior", Name: "the precision instead of its inverse", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		mean, cov := Posterior(phi, y, sigma, s)
		p, _ := invert(cov)
		return mean, p
	}},
	{Task: "posterior", Name: "inverts each element for itself", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		mean, cov := Posterior(phi, y, sigma, s)
		p, _ := invert(cov)
		for j := range p {
			for k := range p {
				p[j][k] = 1 / p[j][k]
			}
		}
		return mean, p
	}},
	{Task: "posterior", Name: "no prior for the first weight, as in ridge regression", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		return withPrior(phi, y, sigma, func(j int) float64 {
			if j == 0 {
				return 1e-9
			}
			return 1 / (s * s)
		})
	}},
	{Task: "posterior", Name: "the prior counted once for every point", Func: func(phi [][]float64, y []float64, sigma, s float64) ([]float64, [][]float64) {
		return withPrior(phi, y, sigma, func(int) float64 { return float64(len(y)) / (s * s) })
	}},

	{Task: "predict", Name: "noise forgotten: the doubt about the curve only", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		return Predict(phi, mean, cov, 0)
	}},
	{Task: "predict", Name: "noise only: the weights taken for known", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		m, v := Predict(phi, mean, cov, sigma)
		for i := range v {
			v[i] = sigma * sigma
		}
		return m, v
	}},
	{Task: "predict", Name: "only the diagonal of the covariance", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		m, v := Predict(phi, mean, cov, sigma)
		for i, row := range phi {
			v[i] = sigma * sigma
			for j := range row {
				v[i] += row[j] * row[j] * cov[j][j]
			}
		}
		return m, v
	}},
	{Task: "predict", Name: "the sd instead of the variance", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		m, v := Predict(phi, mean, cov, sigma)
		for i := range v {
			v[i] = math.Sqrt(v[i])
		}
		return m, v
	}},
	{Task: "predict", Name: "adds σ, an sd, to a variance", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		return Predict(phi, mean, cov, math.Sqrt(sigma))
	}},
	{Task: "predict", Name: "the covariance on one side only: Σ φ_j cov_jk", Func: func(phi [][]float64, mean []float64, cov [][]float64, sigma float64) ([]float64, []float64) {
		m, v := Predict(phi, mean, cov, sigma)
		for i, row := range phi {
			v[i] = sigma * sigma
			for _, c := range times(cov, row) {
				v[i] += c
			}
		}
		return m, v
	}},

	{Task: "log-evidence", Name: "the best fit's log likelihood instead of the average", Func: bestFit},
	{Task: "log-evidence", Name: "the determinant forgotten: flexibility for free", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		fit, _, constant := pieces(phi, y, sigma, s)
		return -(fit + constant) / 2
	}},
	{Task: "log-evidence", Name: "½ forgotten at log|C|", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		fit, logDet, constant := pieces(phi, y, sigma, s)
		return -(fit+constant)/2 - logDet
	}},
	{Task: "log-evidence", Name: "log|C| with the wrong sign", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		fit, logDet, constant := pieces(phi, y, sigma, s)
		return -(fit - logDet + constant) / 2
	}},
	{Task: "log-evidence", Name: "n log 2π forgotten", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		fit, logDet, _ := pieces(phi, y, sigma, s)
		return -(fit + logDet) / 2
	}},
	{Task: "log-evidence", Name: "one log 2π for all n values", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		fit, logDet, _ := pieces(phi, y, sigma, s)
		return -(fit + logDet + math.Log(2*math.Pi)) / 2
	}},
	{Task: "log-evidence", Name: "values taken for independent: C without its off-diagonal", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		l := 0.0
		for i := range y {
			l += LogEvidence(phi[i:i+1], y[i:i+1], sigma, s)
		}
		return l
	}},
	{Task: "log-evidence", Name: "s and σ taken for variances", Func: func(phi [][]float64, y []float64, sigma, s float64) float64 {
		return LogEvidence(phi, y, math.Sqrt(sigma), math.Sqrt(s))
	}},

	{Task: "degrees", Name: "compares best fits: the highest degree always wins", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		return shares(each(x, y, top, sigma, s, bestFit))
	}},
	{Task: "degrees", Name: "all to the winner: 1 for the largest evidence", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		l := each(x, y, top, sigma, s, LogEvidence)
		p := make([]float64, len(l))
		p[slices.Index(l, slices.Max(l))] = 1
		return p
	}},
	{Task: "degrees", Name: "shares of the logarithms, not of the evidences", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		l, sum := each(x, y, top, sigma, s, LogEvidence), 0.0
		for _, v := range l {
			sum += v
		}
		return scaled(l, 1/sum)
	}},
	{Task: "degrees", Name: "quotients with the best: they do not add up to 1", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		p := shares(each(x, y, top, sigma, s, LogEvidence))
		return scaled(p, 1/slices.Max(p))
	}},
	{Task: "degrees", Name: "punishes parameters twice: 1/(k+1) on top of the evidence", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		l := each(x, y, top, sigma, s, LogEvidence)
		for k := range l {
			l[k] -= math.Log(float64(k + 1))
		}
		return shares(l)
	}},
	{Task: "degrees", Name: "exp without taking the largest out: 0/0", Func: func(x, y []float64, top int, sigma, s float64) []float64 {
		p, sum := each(x, y, top, sigma, s, LogEvidence), 0.0
		for k := range p {
			p[k] = math.Exp(p[k])
			sum += p[k]
		}
		return scaled(p, 1/sum)
	}},
}
