package bnn

import (
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/internal/kernels"
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

	pi, h []float64 // (rows × K), (rows) probabilities and their entropies
	room  []float32
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
	_, classes := t.lik.(Categorical)
	single, inSingle := any(f).([]float32)
	switch {
	case sameNoise: // the mean is f, the variance the same at all rows
		gauss.Moments(t.rowMean, t.rowVar, t.f, phi)
		for i := lo; i < hi; i++ {
			for j, v := range f[(i-lo)*out : (i-lo+1)*out] {
				t.add(i*k+j, float64(v), t.rowVar[j])
			}
		}
		if t.keep != nil {
			widen(t.keep[lo*k:hi*k], f)
		}
	case classes && inSingle:
		t.takeClasses(lo, hi, single)
	default:
		for i := lo; i < hi; i++ {
			widen(t.f, f[(i-lo)*out:(i-lo+1)*out])
			t.lik.Moments(t.rowMean, t.rowVar, t.f, phi)
			for j, m := range t.rowMean {
				t.add(i*k+j, m, t.rowVar[j])
			}
			if t.predictor.entropy != nil {
				t.addEntropy(i, t.predictor.entropy(t.rowMean))
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

// takeClasses takes in what rows lo … hi−1 of logits say of the classes: all at a time.
func (t *taker) takeClasses(lo, hi int, f []float32) {
	n := hi - lo
	t.pi, t.h, t.room = slices.Grow(t.pi[:0], len(f))[:len(f)], slices.Grow(t.h[:0], n)[:n], slices.Grow(t.room[:0], len(f))[:len(f)]
	kernels.Probabilities(t.pi, t.h, f, t.room, t.predictor.k)
	at := lo * t.predictor.k
	for j, p := range t.pi {
		t.add(at+j, p, p*(1-p))
	}
	for r, h := range t.h {
		t.addEntropy(lo+r, h)
	}
	if t.keep != nil {
		copy(t.keep[at:], t.pi)
	}
}
