package bnn_test

import (
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// inDouble hides a problem's float32 path, so that VI runs the loop in vi.go.
type inDouble struct {
	bnn.Target
	bnn.Parts
	bnn.Noisy
	bnn.GaussPrior
	bnn.PriorLearner
}

// The fast path of VI sees the same noise as the clear one and walks the same way.
func TestVIWalksTheSameWayInBothPrecisions(t *testing.T) {
	all := models()
	all["learned scale"] = &bnn.Model{Net: nn.MLP([]int{1, 7, 5, 2}, nn.Tanh), Prior: bnn.LearnedScale{SD: 0.7}}
	for name, model := range all {
		if name == "foreign prior" {
			continue // takes its KL at a draw from another stream
		}
		for _, v := range []bnn.VI{
			{Steps: 60, Batch: 32, Rate: 0.005},
			{Steps: 60, Batch: 32, Rate: 0.005, OneDraw: true},
			{Steps: 60, Rate: 0.005, OneDraw: true, Warmup: 0.5, InitSD: 0.1},
		} {
			var loss [2]float64
			watch := func(i int) func(bnn.Progress) { return func(p bnn.Progress) { loss[i] = p.Loss } }
			p := model.On(wave(200, 2, 1))
			v.Monitor = watch(0)
			fast, err := v.Fit(t.Context(), p, newRand(3))
			if err != nil {
				t.Fatal(err)
			}
			v.Monitor = watch(1)
			clear, err := v.Fit(t.Context(), inDouble{p, p, p, p, p}, newRand(3))
			if err != nil {
				t.Fatal(err)
			}
			a, b := fast.(*bnn.Gaussian), clear.(*bnn.Gaussian)
			for j := range a.Mu {
				bnntest.Near(t, name+" μ", a.Mu[j], b.Mu[j], 1e-3)
				bnntest.Near(t, name+" σ", a.Sigma[j], b.Sigma[j], 1e-4)
			}
			bnntest.Near(t, name+" loss", loss[0], loss[1], 1e-4*max(1, loss[1]))
		}
	}
}
