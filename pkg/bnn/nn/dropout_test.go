package nn_test

import (
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// The gradients of a relaxed mask with respect to θ and to the logits.
func TestConcreteGradients(t *testing.T) {
	net := nn.New(2, nn.Dropout{}, nn.Dense{Out: 5}, nn.Tanh, nn.Dropout{}, nn.Dense{Out: 1})
	rng := newRand(5)
	const n = 6
	tape := nn.NewTape[float64](net, n)
	theta, x, c := make([]float64, net.Dim()), normals[float64](2*n, rng), normals[float64](n, rng)
	net.Init(theta, rng)
	logits, grad, gradLogits := []float64{-1.1, 0.4}, make([]float64, len(theta)), make([]float64, 2)
	value := func() float64 {
		return loss(tape, net, theta, x, c, n, nn.Noise[float64]{Logits: logits, GradLogits: make([]float64, 2)}, nil, nil)
	}
	loss(tape, net, theta, x, c, n, nn.Noise[float64]{Logits: logits, GradLogits: gradLogits}, grad, nil)
	checkGradient(t, "∂θ", theta, grad, value)
	checkGradient(t, "∂a", logits, gradLogits, value)
}

// A relaxed mask has nearly the mean and variance of the hard one.
func TestConcreteMoments(t *testing.T) {
	net := nn.New(1, nn.Dropout{}, nn.Dense{Out: 1})
	tape, rng := nn.NewTape[float64](net, 1), newRand(6)
	for _, p := range []float64{0.1, 0.4} {
		const draws = 40000
		var s, ss float64
		z := nn.Noise[float64]{Logits: []float64{math.Log(p / (1 - p))}, GradLogits: make([]float64, 1), Rand: rng}
		for range draws {
			f := tape.ForwardNoisy([]float64{1, 0}, []float64{1}, 1, z)[0]
			s, ss = s+f/draws, ss+f*f/draws
		}
		if !(math.Abs(s-1) <= 0.03) || !(math.Abs((ss-s*s)/(p/(1-p))-1) <= 0.25) {
			t.Errorf("p = %v: mean %v, want about 1; variance %v, want about %v", p, s, ss-s*s, p/(1-p))
		}
	}
}

// A site's own rate wins over the method's, in the pass and in a mask.
func TestSiteRates(t *testing.T) {
	net := nn.New(1, nn.Dropout{P: 0.8}, nn.Dense{Out: 1})
	tape, rng := nn.NewTape[float64](net, 1), newRand(6)
	const draws = 20000
	var inPass, byMask float64
	for range draws {
		if tape.ForwardNoisy([]float64{1, 0}, []float64{1}, 1, nn.Noise[float64]{Drop: 0.1, Rand: rng})[0] == 0 {
			inPass++
		}
		theta := []float64{1, 0}
		net.Mask(theta, 0.1, rng)
		if theta[0] == 0 {
			byMask++
		}
	}
	for _, share := range []float64{inPass / draws, byMask / draws} {
		if !(math.Abs(share-0.8) <= 4*math.Sqrt(0.16/draws)) {
			t.Errorf("share dropped %v, want 0.8", share)
		}
	}
	panics(t, map[string]func(){
		"rate 1":   func() { nn.New(1, nn.Dropout{P: 1}, nn.Dense{Out: 1}) },
		"too few":  func() { net.WithRates(nil) },
		"too many": func() { net.WithRates([]float64{0.1, 0.2}) },
		"no logits": func() {
			tape.ForwardNoisy([]float64{1, 0}, []float64{1}, 1, nn.Noise[float64]{Logits: make([]float64, 2)})
		},
	})
}
