package bnn_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Under a Gaussian q on a line, f(x) and y are Gaussian, with known quantiles.
func TestQuantiles(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.4},
		Scale: &data.Scale{XMean: []float64{0}, XSD: []float64{1}, YMean: []float64{10}, YSD: []float64{3}}}
	q := &bnn.Gaussian{Mu: []float64{0.5, 0.2}, Sigma: []float64{0.3, 0.1}}
	x := mat.NewDense(300, 1, nil) // several blocks at this number of draws
	for i := range 300 {
		x.Set(i, 0, float64(i)/100)
	}
	const z90, draws = 1.2815515655446004, 20000
	for of, noise := range map[bnn.QuantileOf]float64{bnn.OfFunction: 0, bnn.OfTarget: 0.4} {
		got, err := bnn.Quantiles(t.Context(), m, q, x, []float64{0.1, 0.5, 0.9}, of, bnn.PredictOptions{Draws: draws, Rand: newRand(1)})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 77, 299} {
			xi := float64(i) / 100
			mean, sd := 10+3*(0.5*xi+0.2), 3*math.Sqrt(0.09*xi*xi+0.01+noise*noise)
			for l, z := range []float64{-z90, 0, z90} { // standard error of a 10 % quantile: 1.7 sd/√S
				bnntest.Near(t, fmt.Sprintf("quantile %d of kind %d at %v", l, of, xi), got[l][i], mean+z*sd, 5*1.7*sd/math.Sqrt(draws))
			}
		}
	}
	for _, level := range []float64{0, 1, math.NaN()} {
		_, err := bnn.Quantiles(t.Context(), m, q, x, []float64{level}, bnn.OfFunction, bnn.PredictOptions{Rand: newRand(1)})
		wantError(t, "level", err, "levels are in (0, 1)")
	}
}

// Three functions have a median and quartiles that can be read off.
func TestQuantilesOfThreeFunctions(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.4}}
	x := mat.NewDense(3, 1, []float64{-1, 0, 2})
	got, err := bnn.Quantiles(t.Context(), m, three, x, []float64{0.25, 0.5}, bnn.OfFunction, bnn.PredictOptions{Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	// f = −5, −1.5, −1 at −1;  −1, 0, 0.5 at 0;  2, 4.5, 7 at 2
	for i, want := range []float64{-3.25, -0.5, 3.25} {
		bnntest.Near(t, fmt.Sprintf("lower quartile at row %d", i), got[0][i], want, 1e-12)
	}
	for i, want := range []float64{-1.5, 0, 4.5} {
		bnntest.Near(t, fmt.Sprintf("median at row %d", i), got[1][i], want, 1e-12)
	}
}

// Samples of y have the predictive's own mean and variance, for every likelihood.
func TestSamplesOfTargets(t *testing.T) {
	for name, c := range map[string]struct {
		lik bnn.Likelihood
		out int
		phi []float64
	}{
		"Gaussian": {bnn.GaussianNoise{SD: 0.4}, 1, nil}, "learned": {bnn.GaussianNoise{}, 1, []float64{-0.7}},
		"heteroscedastic": {bnn.Heteroscedastic{}, 2, nil}, "Bernoulli": {bnn.Bernoulli{}, 1, nil}, "Poisson": {bnn.Poisson{}, 1, nil},
	} {
		m := &bnn.Model{Net: nn.New(1, nn.Dense{Out: c.out}), Likelihood: c.lik}
		theta := append([]float64{0.4, -0.3, 0.2, 0.1}[:2*c.out], c.phi...)
		const s = 20000
		many := make(bnn.Samples, s)
		for i := range many {
			many[i] = theta
		}
		p, err := bnn.Predict(t.Context(), m, many, mat.NewDense(1, 1, []float64{1.5}), bnn.PredictOptions{Draws: s, Samples: s, Rand: newRand(1)})
		if err != nil {
			t.Fatal(err)
		}
		var a, aa float64
		for _, y := range p.Samples {
			a, aa = a+y[0]/s, aa+y[0]*y[0]/s
		}
		bnntest.Near(t, name+" mean", a, p.Mean[0], 5*p.SD()[0]/math.Sqrt(s))
		bnntest.Near(t, name+" variance", aa-a*a, p.SD()[0]*p.SD()[0], 0.06*p.SD()[0]*p.SD()[0])
	}
	// Classes come as often as their probabilities say.
	c, count, rng := bnn.Categorical{Classes: 3}, [3]float64{}, newRand(1)
	for range 30000 {
		y := []float64{-1}
		c.Sample(y, []float64{math.Log(0.2), math.Log(0.5), math.Log(0.3)}, nil, rng)
		count[int(y[0])]++
	}
	for i, want := range []float64{0.2, 0.5, 0.3} {
		bnntest.Near(t, fmt.Sprintf("class %d", i), count[i]/30000, want, 0.015)
	}
}

func ExampleQuantiles() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.5}}
	q := &bnn.Gaussian{Mu: []float64{2, 0}, Sigma: []float64{0.1, 0.1}}
	x, levels := mat.NewDense(1, 1, []float64{1}), []float64{0.025, 0.975}
	for _, of := range []bnn.QuantileOf{bnn.OfFunction, bnn.OfTarget} {
		iv, err := bnn.Quantiles(context.Background(), model, q, x, levels, of, bnn.PredictOptions{Draws: 50000, Rand: rand.New(rand.NewPCG(1, 2))})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("[%.1f, %.1f]\n", iv[0][0], iv[1][0])
	}
	// Output:
	// [1.7, 2.3]
	// [1.0, 3.0]
}
