package bnn

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
)

// Weighted is a posterior of draws with weights. It must not be changed.
type Weighted struct {
	Theta       Samples   // (S × d)
	LogWeight   []float64 // log of the normalised weights, which sum to 1 (S)
	LogEvidence float64   // log p(D), in nats
	EvidenceSE  float64   // standard error of the evidence, as a share of it: about that of LogEvidence, in nats
}

var _ Posterior = (*Weighted)(nil)

// normalise turns log w_s into the logs of shares, through log-sum-exp.
func (w *Weighted) normalise() error {
	top, sum := math.Inf(-1), 0.0
	for s, l := range w.LogWeight {
		if math.IsNaN(l) || math.IsInf(l, 1) {
			return fmt.Errorf("bnn: ImportanceSampling: weight %d is exp(%v); the log joint or the Proposal is not finite there", s, l)
		}
		top, sum = logSumExp(top, sum, l, 1)
	}
	if math.IsInf(top, -1) {
		return fmt.Errorf("bnn: ImportanceSampling: none of %d draws has a weight above 0; choose a Proposal nearer to the posterior", len(w.LogWeight))
	}
	total, n := top+math.Log(sum), float64(len(w.LogWeight))
	for s := range w.LogWeight {
		w.LogWeight[s] -= total
	}
	w.LogEvidence = total - math.Log(n)
	w.EvidenceSE = math.Sqrt(math.Max(1/w.ESS()-1/n, 0))
	return nil
}

// ESS returns 1/Σ w_s² of the normalised weights: how many equally weighted draws they
// are worth. Near 1, a single draw rules and nothing can be concluded.
func (w *Weighted) ESS() float64 {
	sum := 0.0
	for _, l := range w.LogWeight {
		sum += math.Exp(2 * l)
	}
	return 1 / sum
}

// Mean returns Σ w_s f(θ_s), the posterior mean of f.
func (w *Weighted) Mean(f func(theta []float64) float64) float64 {
	mean := 0.0
	for s, l := range w.LogWeight {
		mean += math.Exp(l) * f(w.Theta[s])
	}
	return mean
}

// Draws implements [Posterior]: systematic resampling, which takes θ_s n·w_s times,
// rounded up or down at random.
func (w *Weighted) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		at, sum, s := rng.Float64(), 0.0, -1
		for k := range n {
			for (at+float64(k))/float64(n) >= sum && s < len(w.Theta)-1 {
				s++
				sum += math.Exp(w.LogWeight[s])
			}
			if s < 0 || !yield(w.Theta[s]) {
				return
			}
		}
	}
}

// store writes what [Save] keeps. Draws without weight are left out: log 0 is no
// number to store, and nothing comes of them.
func (w *Weighted) store(ts map[string]tensor) {
	var theta, lw []float64
	dim := 0
	for s, l := range w.LogWeight {
		if !math.IsInf(l, -1) {
			theta, lw, dim = append(theta, w.Theta[s]...), append(lw, l), len(w.Theta[s])
		}
	}
	ts["theta"], ts["log_weight"] = tensor{shape: []int{len(lw), dim}, data: theta}, vector(lw)
	ts["evidence"] = vector([]float64{w.LogEvidence, w.EvidenceSE})
}

// storedWeighted is the inverse of store.
func storedWeighted(theta Samples, get func(name string, n int) []float64) (*Weighted, error) {
	w, e := &Weighted{Theta: theta, LogWeight: get("log_weight", len(theta))}, get("evidence", 2)
	sum := 0.0
	for _, l := range w.LogWeight {
		sum += math.Exp(l)
	}
	if len(e) != 2 || !(math.Abs(sum-1) < 1e-6) {
		return nil, errors.New("weights that do not sum to 1")
	}
	w.LogEvidence, w.EvidenceSE = e[0], e[1]
	return w, nil
}
