package bnn_test

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A function draw uses one mask for all x: with two distant masks no curve may mix them.
func TestFunctionDrawsUseOneMask(t *testing.T) {
	net := nn.New(1, nn.Dropout{}, nn.Dense{Out: 1})
	m := &bnn.Model{Net: net, Likelihood: bnn.GaussianNoise{SD: 0.1}}
	x := mat.NewDense(200, 1, nil) // more rows than go through the network at a time
	for i := range 200 {
		x.Set(i, 0, 1+float64(i))
	}
	q := &bnn.Dropped{Net: net, Theta: []float64{3, 0}, P: 0.5}
	p, err := bnn.Predict(t.Context(), m, q, x, bnn.PredictOptions{Draws: 40, Keep: 40, Rand: newRand(3)})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[float64]int{}
	for _, f := range p.Functions {
		slope := f[0]
		seen[slope]++
		for i, v := range f {
			bnntest.Near(t, "f(x)/x", v/(1+float64(i)), slope, 1e-12)
		}
	}
	if len(seen) != 2 || seen[0] == 0 || seen[6] == 0 {
		t.Errorf("slopes %v, want 0 and 6", seen)
	}
}

// Every draw of θ is M under a mask of its own.
func TestDroppedDrawsStartFromM(t *testing.T) {
	q := &bnn.Dropped{Net: nn.New(1, nn.Dropout{}, nn.Dense{Out: 1}), Theta: []float64{3, 5}, P: 0.5}
	seen := map[float64]int{}
	for theta := range q.Draws(100, newRand(3)) {
		if seen[theta[0]]++; theta[1] != 5 {
			t.Fatalf("the bias is %v, want 5", theta[1])
		}
	}
	if len(seen) != 2 || !(seen[0] > 30 && seen[6] > 30) {
		t.Errorf("weights %v, want 0 and 6, half and half", seen)
	}
}
