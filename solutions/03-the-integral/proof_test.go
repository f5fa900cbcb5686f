package theintegral

import (
	"math"
	"testing"

	cases "github.com/credence-bnn/credence/tests/03-the-integral"
	stub "github.com/credence-bnn/credence/tests/03-the-integral/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"grid-seconds":  stub.GridSeconds,
		"grid-evidence": stub.GridEvidence,
		"monte-carlo":   stub.MonteCarlo,
		"importance":    stub.Importance,
		"metropolis":    stub.Metropolis,
		"chain-ess":     stub.ChainESS,
		"step-sweep":    stub.StepSweep,
	}, wrong, right...)
}

// onGrid adds up a log density over the cells, in logarithms.
func onGrid(lo, hi float64, cells int, log func(theta float64) float64) float64 {
	h := (hi - lo) / float64(cells)
	l := make([]float64, cells)
	for j := range l {
		l[j] = log(lo + (float64(j)+0.5)*h)
	}
	return logSumExp(l) + math.Log(h)
}

// weights returns the importance weights, the largest one being 1.
func weights(logJoint, logQ []float64) []float64 {
	w := make([]float64, len(logQ))
	top := math.Inf(-1)
	for k := range w {
		w[k] = logJoint[k] - logQ[k]
		top = max(top, w[k])
	}
	for k := range w {
		w[k] = math.Exp(w[k] - top)
	}
	return w
}

// walkWith is Metropolis with a rule of its own for moving.
func walkWith(log func(theta float64) float64, start, step float64, xi, u []float64, move func(u, change float64) bool) (chain []float64, accepted int) {
	theta := start
	for t := range xi {
		there := theta + step*xi[t]
		if move(u[t], log(there)-log(theta)) {
			theta = there
			accepted++
		}
		chain = append(chain, theta)
	}
	return chain, accepted
}

func downhillToo(u, change float64) bool { return math.Log(u) < change }

// rhos returns the autocorrelations of a chain at all lags.
func rhos(chain []float64) []float64 {
	mean, rho := 0.0, make([]float64, len(chain))
	for _, x := range chain {
		mean += x / float64(len(chain))
	}
	for t := range rho {
		for i := range len(chain) - t {
			rho[t] += (chain[i] - mean) * (chain[i+t] - mean)
		}
	}
	for t := len(rho) - 1; t >= 0; t-- {
		rho[t] /= rho[0]
	}
	return rho
}

var wrong = []prove.Wrong{
	{Task: "grid-seconds", Name: "adds the unknowns' cells instead of multiplying them", Func: func(cells, dims int, rate float64) float64 {
		return float64(cells*dims) / rate
	}},
	{Task: "grid-seconds", Name: "base and exponent swapped", Func: func(cells, dims int, rate float64) float64 {
		return math.Pow(float64(dims), float64(cells)) / rate
	}},
	{Task: "grid-seconds", Name: "counts in an int, which overflows", Func: func(cells, dims int, rate float64) float64 {
		n := 1
		for range dims {
			n *= cells
		}
		return float64(n) / rate
	}},
	{Task: "grid-seconds", Name: "takes ^ for a power: it is a bitwise or", Func: func(cells, dims int, rate float64) float64 {
		return float64(cells^dims) / rate
	}},

	{Task: "grid-evidence", Name: "prior forgotten: the area under the likelihood", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return onGrid(lo, hi, cells, func(theta float64) float64 { return logJoint(theta, y, sigma, s) - logNormal(theta, 0, s) })
	}},
	{Task: "grid-evidence", Name: "a flat prior over the grid: the mean likelihood", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return onGrid(lo, hi, cells, func(theta float64) float64 {
			return logJoint(theta, y, sigma, s) - logNormal(theta, 0, s) - math.Log(hi-lo)
		})
	}},
	{Task: "grid-evidence", Name: "cell width forgotten: a sum, not an integral", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return GridEvidence(y, sigma, s, lo, hi, cells) - math.Log((hi-lo)/float64(cells))
	}},
	{Task: "grid-evidence", Name: "the highest point instead of the area", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		top := math.Inf(-1)
		for j := range cells {
			top = max(top, logJoint(lo+(float64(j)+0.5)*(hi-lo)/float64(cells), y, sigma, s))
		}
		return top
	}},
	{Task: "grid-evidence", Name: "the bell curve without its factor 1/√(2πσ²)", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return GridEvidence(y, sigma, s, lo, hi, cells) + float64(len(y))*(math.Log(sigma)+math.Log(2*math.Pi)/2)
	}},
	{Task: "grid-evidence", Name: "multiplies densities: underflows with many data", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		h, sum := (hi-lo)/float64(cells), 0.0
		for j := range cells {
			sum += math.Exp(logJoint(lo+(float64(j)+0.5)*h, y, sigma, s)) * h
		}
		return math.Log(sum)
	}},
	{Task: "grid-evidence", Name: "s² where s belongs: a variance taken for an sd", Func: func(y []float64, sigma, s, lo, hi float64, cells int) float64 {
		return GridEvidence(y, sigma, s*s, lo, hi, cells)
	}},

	{Task: "monte-carlo", Name: "the mean of the logarithms, not the logarithm of the mean", Func: func(logLik []float64) (float64, float64) {
		_, se := MonteCarlo(logLik)
		sum := 0.0
		for _, l := range logLik {
			sum += l
		}
		return sum / float64(len(logLik)), se
	}},
	{Task: "monte-carlo", Name: "the sum: 1/S forgotten", Func: func(logLik []float64) (float64, float64) {
		_, se := MonteCarlo(logLik)
		return logSumExp(logLik), se
	}},
	{Task: "monte-carlo", Name: "the spread of one draw instead of the standard error", Func: func(logLik []float64) (float64, float64) {
		e, se := MonteCarlo(logLik)
		return e, se * math.Sqrt(float64(len(logLik)))
	}},
	{Task: "monte-carlo", Name: "biased variance: S where S−1 belongs", Func: func(logLik []float64) (float64, float64) {
		e, se := MonteCarlo(logLik)
		n := float64(len(logLik))
		return e, se * math.Sqrt((n-1)/n)
	}},
	{Task: "monte-carlo", Name: "the best θ instead of the average", Func: func(logLik []float64) (float64, float64) {
		_, se := MonteCarlo(logLik)
		top := math.Inf(-1)
		for _, l := range logLik {
			top = max(top, l)
		}
		return top, se
	}},
	{Task: "monte-carlo", Name: "exp without taking the largest out: under- and overflows", Func: func(logLik []float64) (float64, float64) {
		mean, ss, n := 0.0, 0.0, float64(len(logLik))
		for _, l := range logLik {
			mean += math.Exp(l) / n
		}
		for _, l := range logLik {
			ss += (math.Exp(l) - mean) * (math.Exp(l) - mean)
		}
		return math.Log(mean), math.Sqrt(ss/(n-1)/n) / mean
	}},

	{Task: "importance", Name: "q forgotten: all draws count alike", Func: func(logJoint, logQ []float64) (float64, float64) {
		return Importance(logJoint, make([]float64, len(logQ)))
	}},
	{Task: "importance", Name: "multiplies by q instead of dividing", Func: func(logJoint, logQ []float64) (float64, float64) {
		minus := make([]float64, len(logQ))
		for k, q := range logQ {
			minus[k] = -q
		}
		return Importance(logJoint, minus)
	}},
	{Task: "importance", Name: "the sum of the weights: 1/S forgotten", Func: func(logJoint, logQ []float64) (float64, float64) {
		e, ess := Importance(logJoint, logQ)
		return e + math.Log(float64(len(logQ))), ess
	}},
	{Task: "importance", Name: "the mean of the log weights", Func: func(logJoint, logQ []float64) (float64, float64) {
		_, ess := Importance(logJoint, logQ)
		sum := 0.0
		for k := range logQ {
			sum += logJoint[k] - logQ[k]
		}
		return sum / float64(len(logQ)), ess
	}},
	{Task: "importance", Name: "ess as if the weights added up to 1, the largest one being 1", Func: func(logJoint, logQ []float64) (float64, float64) {
		e, _ := Importance(logJoint, logQ)
		squares := 0.0
		for _, w := range weights(logJoint, logQ) {
			squares += w * w
		}
		return e, 1 / squares
	}},
	{Task: "importance", Name: "ess counts the draws, whatever they weigh", Func: func(logJoint, logQ []float64) (float64, float64) {
		e, _ := Importance(logJoint, logQ)
		return e, float64(len(logQ))
	}},
	{Task: "importance", Name: "the largest logarithm not put back", Func: func(logJoint, logQ []float64) (float64, float64) {
		_, ess := Importance(logJoint, logQ)
		sum := 0.0
		for _, w := range weights(logJoint, logQ) {
			sum += w
		}
		return math.Log(sum / float64(len(logQ))), ess
	}},
	{Task: "importance", Name: "exp without taking the largest out: under- and overflows", Func: func(logJoint, logQ []float64) (float64, float64) {
		sum, squares := 0.0, 0.0
		for k := range logQ {
			w := math.Exp(logJoint[k] - logQ[k])
			sum, squares = sum+w, squares+w*w
		}
		return math.Log(sum / float64(len(logQ))), sum * sum / squares
	}},

	{Task: "metropolis", Name: "always moves: a walk that knows no data", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		return walkWith(func(theta float64) float64 { return 0 }, start, step, xi, u, downhillToo)
	}},
	{Task: "metropolis", Name: "moves only uphill: a climb to the top, not a sample", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		return walkWith(func(theta float64) float64 { return logJoint(theta, y, sigma, s) }, start, step, xi, u, func(_, change float64) bool { return change > 0 })
	}},
	{Task: "metropolis", Name: "prior forgotten in the quotient", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		return walkWith(func(theta float64) float64 { return logJoint(theta, y, sigma, s) - logNormal(theta, 0, s) }, start, step, xi, u, downhillToo)
	}},
	{Task: "metropolis", Name: "the quotient upside down", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		return walkWith(func(theta float64) float64 { return -logJoint(theta, y, sigma, s) }, start, step, xi, u, downhillToo)
	}},
	{Task: "metropolis", Name: "a refused step is left out of the chain", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		chain, accepted := Metropolis(y, sigma, s, start, step, xi, u)
		var moves []float64
		last := start
		for _, theta := range chain {
			if theta != last {
				moves = append(moves, theta)
			}
			last = theta
		}
		return moves, accepted
	}},
	{Task: "metropolis", Name: "writes down the place before the step", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		chain, accepted := Metropolis(y, sigma, s, start, step, xi, u)
		return append([]float64{start}, chain[:len(chain)-1]...), accepted
	}},
	{Task: "metropolis", Name: "compares u with the quotient of two underflowed densities: 0/0", Func: func(y []float64, sigma, s, start, step float64, xi, u []float64) ([]float64, int) {
		theta, accepted := start, 0
		var chain []float64
		for t := range xi {
			there := theta + step*xi[t]
			if u[t] < math.Exp(logJoint(there, y, sigma, s))/math.Exp(logJoint(theta, y, sigma, s)) {
				theta = there
				accepted++
			}
			chain = append(chain, theta)
		}
		return chain, accepted
	}},

	{Task: "chain-ess", Name: "the length of the chain: neighbours taken for independent", Func: func(chain []float64) float64 {
		return float64(len(chain))
	}},
	{Task: "chain-ess", Name: "counts each lag once: the factor 2 forgotten", Func: func(chain []float64) float64 {
		return 2 * float64(len(chain)) / (float64(len(chain))/ChainESS(chain) + 1)
	}},
	{Task: "chain-ess", Name: "counts the different places", Func: func(chain []float64) float64 {
		places := map[float64]bool{}
		for _, x := range chain {
			places[x] = true
		}
		return float64(len(places))
	}},
	{Task: "chain-ess", Name: "only the neighbours: lag 1 and no more", Func: func(chain []float64) float64 {
		return float64(len(chain)) / (1 + 2*max(rhos(chain)[1], 0))
	}},
	{Task: "chain-ess", Name: "adds up noise too: leaves out the negative r_t and never stops", Func: func(chain []float64) float64 {
		tau := 1.0
		for _, r := range rhos(chain)[1:] {
			tau += 2 * max(r, 0)
		}
		return float64(len(chain)) / tau
	}},
	{Task: "chain-ess", Name: "starts the sum at lag 0", Func: func(chain []float64) float64 {
		return float64(len(chain)) / (float64(len(chain))/ChainESS(chain) + 2)
	}},

	{Task: "step-sweep", Name: "the number of moves instead of what they are worth", Func: func(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64 {
		var n []float64
		for _, step := range steps {
			_, accepted := Metropolis(y, sigma, s, start, step, xi, u)
			n = append(n, float64(accepted))
		}
		return n
	}},
	{Task: "step-sweep", Name: "goes on from where the last chain ended", Func: func(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64 {
		var ess []float64
		for k := len(steps) - 1; k >= 0; k-- {
			chain, _ := Metropolis(y, sigma, s, start, steps[k], xi, u)
			start = chain[len(chain)-1]
			ess = append([]float64{ChainESS(chain)}, ess...)
		}
		return ess
	}},
	{Task: "step-sweep", Name: "a share of the chain, not a number of draws", Func: func(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64 {
		ess := StepSweep(y, sigma, s, start, steps, xi, u)
		for k := range ess {
			ess[k] /= float64(len(xi))
		}
		return ess
	}},
}
