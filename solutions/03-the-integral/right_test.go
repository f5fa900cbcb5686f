package theintegral

import (
	"math"
	"slices"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// sufficient returns log(p(D|θ)p(θ)) through the data's number, sum and sum of
// squares: a polynomial in θ instead of a sum over the data.
func sufficient(y []float64, sigma, s float64) func(theta float64) float64 {
	n, sum, squares := float64(len(y)), 0.0, 0.0
	for _, v := range y {
		sum, squares = sum+v, squares+v*v
	}
	constant := -n*math.Log(sigma*math.Sqrt(2*math.Pi)) - math.Log(s*math.Sqrt(2*math.Pi))
	return func(theta float64) float64 {
		return constant - (squares-2*theta*sum+n*theta*theta)/(2*sigma*sigma) - theta*theta/(2*s*s)
	}
}

// addLogs adds exp l one after the other: log(exp a + exp b).
func addLogs(l []float64) float64 {
	sum := math.Inf(-1)
	for _, v := range l {
		hi, lo := max(sum, v), min(sum, v)
		sum = hi
		if !math.IsInf(lo, -1) {
			sum = hi + math.Log1p(math.Exp(lo-hi))
		}
	}
	return sum
}

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "grid-seconds", Name: "through logarithms", Func: func(cells, dims int, rate float64) float64 {
		return math.Exp(float64(dims)*math.Log(float64(cells)) - math.Log(rate))
	}},
	{Task: "grid-seconds", Name: "multiplies again and again", Func: func(cells, dims int, rate float64) float64 {
		seconds := 1 / rate
		for range dims {
			seconds *= float64(cells)
		}
		return seconds
	}},

	{Task: "grid-evidence", Name: "number, sum and sum of squares instead of the data", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return onGrid(lo, hi, cells, sufficient(y, sigma, s))
	}},
	{Task: "grid-evidence", Name: "cell after cell, from the right, the width inside the sum", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		h := (hi - lo) / float64(cells)
		var l []float64
		for theta := hi - h/2; len(l) < cells; theta -= h {
			l = append(l, math.Log(h)+logJoint(theta, y, sigma, s))
		}
		return addLogs(l)
	}},

	{Task: "monte-carlo", Name: "mean square minus squared mean", Func: func(logLik []float64) (float64, float64) {
		top, n := slices.Max(logLik), float64(len(logLik))
		var sum, squares float64
		for _, l := range logLik {
			r := math.Exp(l - top)
			sum, squares = sum+r, squares+r*r
		}
		variance := (squares - sum*sum/n) / (n - 1)
		return top + math.Log(sum/n), math.Sqrt(max(0, variance)/n) / (sum / n)
	}},
	{Task: "monte-carlo", Name: "adds logarithms one after the other, then deviations in shares", Func: func(logLik []float64) (float64, float64) {
		n, ss := float64(len(logLik)), 0.0
		total := addLogs(logLik)
		for _, l := range logLik {
			d := math.Exp(l-total) - 1/n // share of the sum
			ss += d * d
		}
		return total - math.Log(n), math.Sqrt(n * ss / (n - 1))
	}},

	{Task: "importance", Name: "adds logarithms one after the other", Func: func(logJoint, logQ []float64) (float64, float64) {
		var w, twice []float64
		for k := range logQ {
			w = append(w, logJoint[k]-logQ[k])
			twice = append(twice, 2*(logJoint[k]-logQ[k]))
		}
		return addLogs(w) - math.Log(float64(len(w))), math.Exp(2*addLogs(w) - addLogs(twice))
	}},
	{Task: "importance", Name: "weights that add up to 1, then one over their squares", Func: func(logJoint, logQ []float64) (float64, float64) {
		w := weights(logJoint, logQ)
		sum, squares, top := 0.0, 0.0, math.Inf(-1)
		for k, v := range w {
			sum += v
			top = max(top, logJoint[k]-logQ[k])
		}
		for _, v := range w {
			squares += v / sum * v / sum
		}
		return math.Log(sum) - math.Log(float64(len(w))) + top, 1 / squares
	}},

	{Task: "metropolis", Name: "number, sum and sum of squares instead of the data; u against exp", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		return walkWith(sufficient(y, sigma, s), start, step, xi, u, func(u, change float64) bool {
			return change >= 0 || u < math.Exp(change)
		})
	}},
	{Task: "metropolis", Name: "the posterior in closed form", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		precision, sum := 1/(s*s), 0.0
		for _, v := range y {
			precision += 1 / (sigma * sigma)
			sum += v / (sigma * sigma)
		}
		return walkWith(func(theta float64) float64 { return logNormal(theta, sum/precision, 1/math.Sqrt(precision)) }, start, step, xi, u, downhillToo)
	}},

	{Task: "chain-ess", Name: "centres the chain, sums from the other end", Func: func(chain []float64) float64 {
		n, sum := len(chain), 0.0
		for _, x := range chain {
			sum += x
		}
		d := make([]float64, n)
		for i, x := range chain {
			d[n-1-i] = x - sum/float64(n)
		}
		if slices.Max(chain) == slices.Min(chain) {
			return 1
		}
		rho := rhos(d)
		total := -1.0
		for t := 0; t < n && rho[t] > 0; t++ {
			total += 2 * rho[t]
		}
		return float64(n) / total
	}},
	{Task: "chain-ess", Name: "products minus the mean's part", Func: func(chain []float64) float64 {
		n := float64(len(chain))
		first := chain[0] // subtracted, so that nothing cancels
		sum, squares := 0.0, 0.0
		for _, x := range chain {
			sum += x - first
			squares += (x - first) * (x - first)
		}
		mean := sum / n
		ss := squares - n*mean*mean
		if ss == 0 {
			return 1
		}
		tau := 0.5
		for t := 1; t < len(chain); t++ {
			product, head, tail := 0.0, 0.0, 0.0
			for i := 0; i+t < len(chain); i++ {
				product += (chain[i] - first) * (chain[i+t] - first)
				head += chain[i] - first
				tail += chain[i+t] - first
			}
			rho := (product - mean*(head+tail) + (n-float64(t))*mean*mean) / ss
			if rho <= 0 {
				break
			}
			tau += rho
		}
		return n / (2 * tau)
	}},
}
