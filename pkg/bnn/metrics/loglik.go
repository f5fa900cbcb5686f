package metrics

import "math"

// NLL returns the mean negative log predictive density, in nats:
//
//	−1/N Σ_i log p(y_i | x_i, D)
//
// logp holds one log density (or log probability) a row, such as the LogProb of a
// bnn.Predictive. −Inf (a row held impossible) gives +Inf. It panics if logp is empty.
func NLL(logp []float64) float64 {
	check(len(logp))
	var sum float64
	for _, v := range logp {
		sum -= v
	}
	return sum / float64(len(logp))
}

// DrawsNLL returns the [NLL] of the mixture of all draws, from the log densities
// logp[s][i] = log p(y_i | x_i, θ_s):
//
//	−1/N Σ_i log( 1/S Σ_s p(y_i | x_i, θ_s) )
//
// Unlike [GaussianNLL] it supposes no shape of the predictive distribution. It panics
// if there are no draws, no rows, or draws of different length.
func DrawsNLL(logp [][]float64) float64 {
	n := checkDraws(logp)
	row := make([]float64, len(logp))
	var sum float64
	for i := range n {
		for s, l := range logp {
			row[s] = l[i]
		}
		sum -= LogMeanExp(row)
	}
	return sum / float64(n)
}

// LogMeanExp returns the log of the mean of exponentials, without overflow or
// underflow:
//
//	log( 1/S Σ_s exp v_s ) = m + log( 1/S Σ_s exp(v_s − m) ),   m = max v
//
// It turns the log densities log p(y|x,θ_s) of S posterior draws into the log
// predictive density: probabilities are averaged, never their logs. All −Inf gives
// −Inf, a +Inf gives +Inf. It panics if v is empty.
func LogMeanExp(v []float64) float64 {
	check(len(v))
	m := math.Inf(-1)
	for _, x := range v {
		m = math.Max(m, x) // NaN if any is NaN and none is +Inf
	}
	if math.IsInf(m, 0) { // exp(v − m) would be Inf − Inf
		for _, x := range v {
			if math.IsNaN(x) {
				return x
			}
		}
		return m
	}
	var sum float64
	for _, x := range v {
		sum += math.Exp(x - m)
	}
	return m + math.Log(sum/float64(len(v)))
}
