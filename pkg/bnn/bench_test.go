package bnn_test

import (
	"context"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// BenchmarkStep times one training step of 1-50-50-1 on batches of 32 rows.
func BenchmarkStep(b *testing.B) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 50, 50, 1}, nn.ReLU)}
	for name, fit := range fits {
		b.Run(name, func(b *testing.B) {
			p, steps := m.On(wave(512, 1, 1)), max(b.N, 1)
			b.ReportAllocs()
			b.ResetTimer()
			if _, err := fit(steps, nil).Fit(context.Background(), p, newRand(1)); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// BenchmarkPredict times 100 draws at 1,000 points of 1-50-50-1.
func BenchmarkPredict(b *testing.B) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 50, 50, 1}, nn.ReLU)}
	p := m.On(wave(64, 1, 1))
	post, err := bnn.MCDropout{Steps: 1}.Fit(b.Context(), p, newRand(1))
	if err != nil {
		b.Fatal(err)
	}
	x := wave(1000, 1, 2).X
	for b.Loop() {
		if _, err := bnn.Predict(b.Context(), m, post, x, bnn.PredictOptions{Draws: 100, Rand: newRand(1), Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
