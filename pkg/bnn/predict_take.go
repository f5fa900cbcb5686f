package bnn

import (
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// taker takes in the draws of one run.
type taker struct {
	*predictor
	*moments
	next            int       // index of the next draw
	keep            []float64 // where this draw's means go; nil for nowhere
	sample          []float64 // where this draw's y go; nil for nowhere
	noise           *rand.Rand
	rowMean, rowVar []float64 // (K)
	f               []float64 // (O) outputs at a row
}

// begin starts the next draw.
func (t *taker) begin() {
	t.moments.begin()
	t.keep = nil
	if t.next < len(t.kept) {
		t.keep = make([]float64, t.n*t.predictor.k)
		t.kept[t.next] = t.keep
	}
	t.sample = nil
	if t.next < len(t.samples) {
		t.sample = make([]float64, t.n*t.targets)
		t.samples[t.next] = t.sample
	}
	t.next++
}

// take takes in the outputs f at rows lo … hi−1 of one draw.
func take[T nn.Float](t *taker, lo, hi int, f []T, phi []float64) {
	out, k := len(t.f), t.predictor.k
	gauss, sameNoise := t.lik.(GaussianNoise)
	categorical, classes := t.lik.(Categorical)
	if sameNoise { // the mean is f, the variance the same at all rows
		gauss.Moments(t.rowMean, t.rowVar, t.f, phi)
		for i := lo; i < hi; i++ {
			for j, v := range f[(i-lo)*out : (i-lo+1)*out] {
				t.add(i*k+j, float64(v), t.rowVar[j])
			}
		}
		if t.keep != nil {
			widen(t.keep[lo*k:hi*k], f)
		}
	} else {
		for i := lo; i < hi; i++ {
			widen(t.f, f[(i-lo)*out:(i-lo+1)*out])
			if classes {
				t.addEntropy(i, categorical.moments(t.rowMean, t.rowVar, t.f))
			} else {
				t.lik.Moments(t.rowMean, t.rowVar, t.f, phi)
				if t.predictor.entropy != nil {
					t.addEntropy(i, t.predictor.entropy(t.rowMean))
				}
			}
			for j, m := range t.rowMean {
				t.add(i*k+j, m, t.rowVar[j])
			}
			if t.keep != nil {
				copy(t.keep[i*k:], t.rowMean)
			}
		}
	}
	if t.sample == nil && t.y == nil {
		return
	}
	for i := lo; i < hi; i++ {
		widen(t.f, f[(i-lo)*out:(i-lo+1)*out])
		if t.sample != nil {
			t.sampler.Sample(t.sample[i*t.targets:(i+1)*t.targets], t.f, phi, t.noise)
		}
		if t.y != nil {
			t.addLog(i, t.lik.LogProb(nil, nil, t.f, phi, t.y[i*t.targets:(i+1)*t.targets]))
		}
	}
}
