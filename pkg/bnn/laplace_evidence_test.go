package bnn_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// On linear regression the evidence is exact, so the chosen prior and noise must be
// where a fine grid over the closed form has its top.
func TestTuneFindsTheTopOfTheEvidence(t *testing.T) {
	l := bnntest.NewLinear(1)
	best, prior, noise := math.Inf(-1), 0.0, 0.0
	for lp := math.Log(0.3); lp < math.Log(4); lp += 0.005 {
		for ln := math.Log(0.15); ln < math.Log(0.6); ln += 0.005 {
			if e := evidence(l.Set, math.Exp(lp), math.Exp(ln)); e > best {
				best, prior, noise = e, math.Exp(lp), math.Exp(ln)
			}
		}
	}
	bnntest.Near(t, "grid's evidence at the known point", evidence(l.Set, l.Prior, l.Noise), l.LogEvidence, 1e-9)
	tr, err := bnn.Laplace{}.Tune(t.Context(), l.Model(), l.Set, newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	q := tr.Posterior.(*bnn.LaplacePosterior)
	gotPrior, gotNoise := tr.Model.Prior.(bnn.Normal).SD, tr.Model.Likelihood.(bnn.GaussianNoise).SD
	bnntest.Near(t, "log prior sd", math.Log(gotPrior), math.Log(prior), 0.006)
	bnntest.Near(t, "log noise sd", math.Log(gotNoise), math.Log(noise), 0.006)
	bnntest.Near(t, "evidence of the choice", q.LogEvidence, evidence(l.Set, gotPrior, gotNoise), 1e-6)
	if !(q.LogEvidence >= best && q.LogEvidence-best < 1e-3) {
		t.Errorf("log evidence %v, on the grid %v", q.LogEvidence, best)
	}
}

// evidence is log N(y; 0, prior² ΦΦᵀ + noise² I) of the line with Φ = (x, 1), by
// the determinant lemma in two dimensions.
func evidence(set *data.Set, prior, noise float64) float64 {
	var xx, sx, xy, sy, yy float64
	n, r := float64(set.Len()), prior*prior/(noise*noise)
	for i := range set.Len() {
		x, y := set.X.At(i, 0), set.Y.At(i, 0)
		xx, sx, xy, sy, yy = xx+x*x, sx+x, xy+x*y, sy+y, yy+y*y
	}
	a, b, c := 1+r*xx, r*sx, 1+r*n
	det := a*c - b*b
	fit := r * (c*xy*xy - 2*b*xy*sy + a*sy*sy) / det
	return -(yy-fit)/(2*noise*noise) - math.Log(det)/2 - n*math.Log(noise*math.Sqrt(2*math.Pi))
}

// The noise of a network, guessed badly, is found again, and its prior changed only
// by a common factor.
func TestTuneNetwork(t *testing.T) {
	set := wave(60, 1, 1)
	m := &bnn.Model{Net: nn.MLP([]int{1, 8, 1}, nn.Tanh), Prior: bnn.Normal{SD: 1, Bias: 2, Layers: []float64{3}}, Likelihood: bnn.GaussianNoise{SD: 1}}
	before, err := bnn.Laplace{Steps: 500}.Fit(t.Context(), m.On(set), newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	tr, err := bnn.Laplace{Steps: 500}.Tune(t.Context(), m, set, newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	p, noise := tr.Model.Prior.(bnn.Normal), tr.Model.Likelihood.(bnn.GaussianNoise).SD
	bnntest.Near(t, "bias sd over sd", p.Bias/p.SD, 2, 1e-12)
	bnntest.Near(t, "first layer's sd over sd", p.Layers[0]/p.SD, 3, 1e-12)
	gain := tr.Posterior.(*bnn.LaplacePosterior).LogEvidence - before.(*bnn.LaplacePosterior).LogEvidence
	t.Logf("prior %v, noise %v, gain %v nats", p, noise, gain)
	if !(gain > 5 && noise < 0.6) {
		t.Errorf("noise %v, %v nats gained", noise, gain)
	}
	m.Prior = bnn.Laplacian{}
	_, err = bnn.Laplace{}.Tune(t.Context(), m, set, newRand(1))
	wantError(t, "Laplacian", err, "Normal prior, not of bnn.Laplacian")
	m.Prior = nil
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (bnn.Laplace{}).Tune(ctx, m, set, newRand(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
