package bnn_test

import (
	"bytes"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/metrics"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// bars are noisy 6 × 6 images of a horizontal (0) or vertical (1) line anywhere.
func bars(n int, seed uint64) *data.Set {
	rng := newRand(seed)
	s := &data.Set{Name: "bars", X: mat.NewDense(n, 36, nil), Y: mat.NewDense(n, 1, nil)}
	for i := range n {
		x, at, class := s.X.RawRowView(i), rng.IntN(6), rng.IntN(2)
		for k := range 6 {
			x[[]int{6*at + k, 6*k + at}[class]] = 1
		}
		for j := range x {
			x[j] += 0.2 * rng.NormFloat64()
		}
		s.Y.Set(i, 0, float64(class))
	}
	return s
}

// An image network works with every method, is saved, and predicts the same bits.
func TestImageNetwork(t *testing.T) {
	m := &bnn.Model{
		Net: nn.NewImage(nn.Shape{H: 6, W: 6, C: 1},
			nn.Conv{Out: 4, Size: 3, Start: nn.Scaled{Gain: 2}}, nn.ReLU, nn.MaxPool{Size: 2},
			nn.Dropout{}, nn.Conv{Out: 6, Size: 2, Start: nn.Scaled{Gain: 2}}, nn.ReLU,
			nn.Dropout{}, nn.Dense{Out: 2}),
		Prior: bnn.Normal{SD: 1, FanIn: true, Bias: 1}, Likelihood: bnn.Categorical{Classes: 2}}
	train, test := bars(200, 1), bars(200, 2)
	all := map[string]bnn.Method{"Laplace last layer": bnn.Laplace{Kind: bnn.LaplaceLastLayer, Steps: 500}, "Laplace diagonal": bnn.Laplace{Kind: bnn.LaplaceDiagonal, Steps: 500, Polish: -1}}
	for name, fit := range fits {
		if name != "Metropolis" { // which is not for networks
			all[name] = fit(500, nil)
		}
	}
	all["HMC"] = bnn.HMC{Chains: 1, Warmup: 100, Keep: 20, MaxDepth: 5}
	all["SGLD"] = bnn.SGLD{Steps: 1000, Batch: 32}
	for name, method := range all {
		post, err := method.Fit(t.Context(), m.On(train), newRand(3))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		options := func() bnn.PredictOptions { return bnn.PredictOptions{Draws: 30, Y: test.Y, Rand: newRand(4)} }
		pred, err := bnn.Predict(t.Context(), m, post, test.X, options())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if acc := metrics.Accuracy(pred.Mean, 2, test.Y.RawMatrix().Data); !(acc >= 0.85) { // guessing gives 0.5
			t.Errorf("%s: accuracy %.3f, want at least 0.85", name, acc)
		}
		var file bytes.Buffer
		if err := bnn.Save(&file, bnn.Trained{Model: m, Posterior: post}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		back, err := bnn.Load(&file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, err := bnn.Predict(t.Context(), back.Model, back.Posterior, test.X, options()); err != nil || !slices.Equal(again.Mean, pred.Mean) {
			t.Errorf("%s: a saved model predicts something else (%v)", name, err)
		}
	}
}
