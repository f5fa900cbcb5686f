package bnn_test

import (
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// The cost of the curvature alone, at 151 and at 2,701 parameters on 200 rows.
func BenchmarkLaplace(b *testing.B) {
	for name, sizes := range map[string][]int{"1-50-1": {1, 50, 1}, "1-50-50-1": {1, 50, 50, 1}} {
		b.Run(name, func(b *testing.B) {
			p := (&bnn.Model{Net: nn.MLP(sizes, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.3}}).On(wave(200, 1, 1))
			for b.Loop() {
				if _, err := (bnn.Laplace{Steps: -1, Polish: -1}).Fit(b.Context(), p, newRand(1)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
