// Package theintegral is exercise 03, solved: why the evidence is hard, and what
// one does instead of adding up everything.
package theintegral

import "math"

// GridSeconds counts the cells as floats: 10^100 does not fit an int.
func GridSeconds(cells, dims int, rate float64) float64 {
	return math.Pow(float64(cells), float64(dims)) / rate
}

// logNormal returns log N(v; m, sd²).
func logNormal(v, m, sd float64) float64 {
	z := (v - m) / sd
	return -z*z/2 - math.Log(sd) - math.Log(2*math.Pi)/2
}

// logJoint returns log(p(D|θ) p(θ)).
func logJoint(theta float64, y []float64, sigma, s float64) float64 {
	l := logNormal(theta, 0, s)
	for _, v := range y {
		l += logNormal(v, theta, sigma)
	}
	return l
}

// logSumExp returns log Σ exp(l): the largest term becomes 1 and is put back.
func logSumExp(l []float64) float64 {
	top := math.Inf(-1)
	for _, v := range l {
		top = max(top, v)
	}
	sum := 0.0
	for _, v := range l {
		sum += math.Exp(v - top)
	}
	return top + math.Log(sum)
}

// GridEvidence adds up the cells in logarithms.
func GridEvidence(y []float64, sigma, s, lo, hi float64, cells int) float64 {
	h := (hi - lo) / float64(cells)
	l := make([]float64, cells)
	for j := range l {
		l[j] = logJoint(lo+(float64(j)+0.5)*h, y, sigma, s)
	}
	return logSumExp(l) + math.Log(h)
}

// MonteCarlo divides all likelihoods by the largest one, which changes no share.
func MonteCarlo(logLik []float64) (logEvidence, relSE float64) {
	n := float64(len(logLik))
	logEvidence = logSumExp(logLik) - math.Log(n)
	ss := 0.0 // Σ (L_k/L̄ − 1)²
	for _, l := range logLik {
		d := math.Expm1(l - logEvidence)
		ss += d * d
	}
	return logEvidence, math.Sqrt(ss/(n-1)) / math.Sqrt(n)
}

// Importance works with the logarithms of the weights, and of their squares.
func Importance(logJoint, logQ []float64) (logEvidence, ess float64) {
	w, twice := make([]float64, len(logQ)), make([]float64, len(logQ))
	for k := range w {
		w[k] = logJoint[k] - logQ[k]
		twice[k] = 2 * w[k]
	}
	sum := logSumExp(w)
	return sum - math.Log(float64(len(w))), math.Exp(2*sum - logSumExp(twice))
}

// Metropolis compares logarithms, so that a quotient of two tiny densities never
// becomes 0/0.
func Metropolis(y []float64, sigma, s, start, step float64, xi, u []float64) (chain []float64, accepted int) {
	theta, l := start, logJoint(start, y, sigma, s)
	chain = make([]float64, len(xi))
	for t := range xi {
		there := theta + step*xi[t]
		if lThere := logJoint(there, y, sigma, s); math.Log(u[t]) < lThere-l {
			theta, l = there, lThere
			accepted++
		}
		chain[t] = theta
	}
	return chain, accepted
}

// ChainESS adds up autocorrelations while they are above 0.
func ChainESS(chain []float64) float64 {
	n := len(chain)
	mean := 0.0
	for _, x := range chain {
		mean += x / float64(n)
	}
	products := func(lag int) (sum float64) {
		for i := range n - lag {
			sum += (chain[i] - mean) * (chain[i+lag] - mean)
		}
		return sum
	}
	moved := false
	for _, x := range chain {
		moved = moved || x != chain[0]
	}
	if !moved {
		return 1
	}
	squares, tau := products(0), 1.0
	for t := 1; t < n; t++ {
		rho := products(t) / squares
		if !(rho > 0) {
			break
		}
		tau += 2 * rho
	}
	return float64(n) / tau
}

// StepSweep asks the same walk with every step length.
func StepSweep(y []float64, sigma, s, start float64, steps, xi, u []float64) []float64 {
	ess := make([]float64, len(steps))
	for k, step := range steps {
		chain, _ := Metropolis(y, sigma, s, start, step, xi, u)
		ess[k] = ChainESS(chain)
	}
	return ess
}
