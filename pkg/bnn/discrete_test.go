package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// labelled returns wave's inputs with targets 0 … classes−1 that grow with x.
func labelled(n, classes int, seed uint64) *data.Set {
	set, rng := wave(n, 1, seed), newRand(seed+100)
	for i := range n {
		v := (set.X.At(i, 0)+1)/2*float64(classes) + 0.5*rng.NormFloat64()
		set.Y.Set(i, 0, math.Floor(min(max(v, 0), float64(classes)-1)))
	}
	return set
}

func TestDiscreteProblems(t *testing.T) {
	weighted := labelled(200, 3, 1)
	weighted.W = make([]float64, 200)
	for i := range weighted.W {
		weighted.W[i] = float64(i % 4)
	}
	for name, c := range map[string]struct {
		m   *bnn.Model
		set *data.Set
	}{
		"Bernoulli":   {&bnn.Model{Net: nn.MLP([]int{1, 6, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.Bernoulli{}}, labelled(200, 2, 1)},
		"Categorical": {&bnn.Model{Net: nn.MLP([]int{1, 6, 3}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.Categorical{Classes: 3}}, labelled(200, 3, 1)},
		"weights":     {&bnn.Model{Net: nn.MLP([]int{1, 6, 3}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.Categorical{Classes: 3, Weights: []float64{1, 2.5, 0.4}}}, labelled(200, 3, 1)},
		"Poisson":     {&bnn.Model{Net: nn.MLP([]int{1, 6, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.Poisson{}}, labelled(200, 5, 1)},
		"row weights": {&bnn.Model{Net: nn.MLP([]int{1, 6, 3}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.Categorical{Classes: 3}}, weighted},
		"weighted φ":  {&bnn.Model{Net: nn.MLP([]int{1, 6, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}}, weighted},
	} {
		t.Run(name, func(t *testing.T) {
			checkProblem(t, c.m.On(c.set))
		})
	}
}

// A weight of 3 is the row three times; a weight of 0 leaves it out.
func TestWeightsAreRepeatedRows(t *testing.T) {
	set := wave(6, 1, 1)
	m := &bnn.Model{Net: nn.MLP([]int{1, 4, 1}, nn.Tanh)}
	repeated := set.Rows([]int{0, 2, 2, 2, 3, 3, 4, 5})
	set.W = []float64{1, 0, 3, 2, 1, 1}
	a, b := m.On(set), m.On(repeated)
	theta := make([]float64, a.Dim())
	a.Init(theta, newRand(1))
	bnntest.Near(t, "log likelihood", a.LogLik(nil, theta, nil), b.LogLik(nil, theta, nil), 1e-12)
	for name, w := range map[string][]float64{"negative": {1, -1, 1, 1, 1, 1}, "short": {1}, "NaN": {1, 1, 1, 1, math.NaN(), 1}} {
		set.W = w
		wantError(t, name, m.On(set).Err(), "weight")
	}
}

func TestDiscreteLikelihoodsByHand(t *testing.T) {
	for _, c := range []struct {
		lik     bnn.Likelihood
		f       []float64
		y, want float64
		mean    []float64
	}{
		{bnn.Bernoulli{}, []float64{math.Log(3)}, 1, math.Log(0.75), []float64{0.75}},
		{bnn.Bernoulli{}, []float64{-800}, 1, -800, []float64{0}}, // no overflow
		{bnn.Categorical{Classes: 3}, []float64{math.Log(1), math.Log(2), math.Log(5)}, 2, math.Log(5. / 8), []float64{1. / 8, 2. / 8, 5. / 8}},
		{bnn.Categorical{Classes: 2}, []float64{1000, 0}, 1, -1000, []float64{1, 0}},
		{bnn.Poisson{}, []float64{math.Log(2)}, 3, math.Log(8. / 6 * math.Exp(-2)), []float64{2}},
	} {
		bnntest.Near(t, fmt.Sprintf("%T log p", c.lik), c.lik.LogProb(nil, nil, c.f, nil, []float64{c.y}), c.want, 1e-12)
		mean, variance := make([]float64, len(c.mean)), make([]float64, len(c.mean))
		c.lik.Moments(mean, variance, c.f, nil)
		for j, m := range mean {
			bnntest.Near(t, fmt.Sprintf("%T mean %d", c.lik, j), m, c.mean[j], 1e-12)
		}
	}
}

// Two θ that are each sure, of opposite classes: averaging probabilities gives ½ and
// one bit of mutual information; averaging logits would, too, but for θ that
// differ in size it would not, and the second input shows it.
func TestEntropySplit(t *testing.T) {
	m := &bnn.Model{Net: nn.New(1, nn.Dense{Out: 2}), Likelihood: bnn.Categorical{Classes: 2}}
	// θ = (w_0, w_1, b_0, b_1); logits difference w_0 x at x = 1 and x = 2.
	post := bnn.Samples{{40, 0, 0, 0}, {-1, 0, 0, 0}}
	x, y := mat.NewDense(2, 1, []float64{1, 2}), mat.NewDense(2, 1, []float64{0, 1})
	p, err := bnn.Predict(t.Context(), m, post, x, bnn.PredictOptions{Y: y, Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	h := func(q float64) float64 {
		if q == 0 || q == 1 {
			return 0
		}
		return -q*math.Log(q) - (1-q)*math.Log(1-q)
	}
	for i, xi := range []float64{1, 2} {
		a, b := 1/(1+math.Exp(-40*xi)), 1/(1+math.Exp(xi))
		mean := (a + b) / 2 // not the sigmoid of the mean logit, which is 1 to 8 digits
		bnntest.Near(t, "probability of class 0", p.Mean[2*i], mean, 1e-12)
		bnntest.Near(t, "entropy", p.Entropy[i], h(mean), 1e-12)
		bnntest.Near(t, "expected entropy", p.ExpectedEntropy[i], (h(a)+h(b))/2, 1e-12)
		bnntest.Near(t, "mutual information", p.MutualInformation[i], h(mean)-(h(a)+h(b))/2, 1e-12)
		bnntest.Near(t, "total variance", p.Epistemic[2*i]+p.Aleatoric[2*i], mean*(1-mean), 1e-12)
	}
	bnntest.Near(t, "log p(y = 0) at 1", p.LogProb[0], math.Log(p.Mean[0]), 1e-12)
	bnntest.Near(t, "log p(y = 1) at 2", p.LogProb[1], math.Log(p.Mean[3]), 1e-12)
}

// A single function leaves no doubt about which it is: not even what rounding makes of it.
func TestOneFunctionHasNoMutualInformation(t *testing.T) {
	m := &bnn.Model{Net: nn.New(1, nn.Dense{Out: 3}), Likelihood: bnn.Categorical{Classes: 3}}
	p, err := bnn.Predict(t.Context(), m, bnn.Samples{{0.3, -1.7, 2.1, 0.2, 0.5, -0.4}}, labelled(50, 3, 1).X, bnn.PredictOptions{Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	for i, mi := range p.MutualInformation {
		if mi != 0 || p.ExpectedEntropy[i] != p.Entropy[i] {
			t.Errorf("row %d: entropy %v = %v + %v", i, p.Entropy[i], p.ExpectedEntropy[i], mi)
		}
	}
}

func TestDiscreteTargetsAreChecked(t *testing.T) {
	half := data.New("half", []float64{1, 2}, []float64{0, 0.5})
	standardised, err := data.NewScale(labelled(20, 2, 1))
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := data.NewScaleX(labelled(20, 2, 1))
	if err != nil {
		t.Fatal(err)
	}
	two, three := nn.MLP([]int{1, 3, 2}, nn.Tanh), nn.MLP([]int{1, 3, 3}, nn.Tanh)
	one := nn.MLP([]int{1, 3, 1}, nn.Tanh)
	for want, c := range map[string]struct {
		m   *bnn.Model
		set *data.Set
	}{
		"Y row 1: Bernoulli needs targets 0 or 1, got 0.5":                  {&bnn.Model{Net: one, Likelihood: bnn.Bernoulli{}}, half},
		"Y row 1: Categorical with 2 classes needs targets 0 to 1, got 0.5": {&bnn.Model{Net: two, Likelihood: bnn.Categorical{Classes: 2}}, half},
		"Y row 1: Poisson needs counts":                                     {&bnn.Model{Net: one, Likelihood: bnn.Poisson{}}, half},
		"with 1 classes":                                                    {&bnn.Model{Net: one, Likelihood: bnn.Categorical{Classes: 1}}, labelled(20, 2, 1)},
		"3 classes and 2 weights":                                           {&bnn.Model{Net: three, Likelihood: bnn.Categorical{Classes: 3, Weights: []float64{1, 2}}}, labelled(20, 2, 1)},
		"weight -1 for class 1":                                             {&bnn.Model{Net: two, Likelihood: bnn.Categorical{Classes: 2, Weights: []float64{1, -1}}}, labelled(20, 2, 1)},
		"use data.NewScaleX":                                                {&bnn.Model{Net: one, Likelihood: bnn.Bernoulli{}, Scale: standardised}, labelled(20, 2, 1)},
	} {
		wantError(t, want, c.m.On(c.set).Err(), want)
	}
	m := &bnn.Model{Net: one, Likelihood: bnn.Bernoulli{}, Scale: inputs}
	if err := m.On(labelled(20, 2, 1)).Err(); err != nil {
		t.Error(err)
	}
	_, err = bnn.Predict(t.Context(), m, bnn.Samples{make([]float64, m.Dim(1))}, half.X, bnn.PredictOptions{Y: half.Y, Rand: newRand(1)})
	wantError(t, "Y of Predict", err, "row 1")
}

func ExampleBernoulli() {
	mean, variance := make([]float64, 1), make([]float64, 1)
	bnn.Bernoulli{}.Moments(mean, variance, []float64{0}, nil) // logit 0
	fmt.Println(mean, variance)
	// Output: [0.5] [0.25]
}

func ExampleCategorical() {
	mean, variance := make([]float64, 3), make([]float64, 3)
	c := bnn.Categorical{Classes: 3}
	c.Moments(mean, variance, []float64{0, 0, math.Log(2)}, nil)
	fmt.Printf("%.2f, entropy %.2f nats\n", mean, c.Entropy(mean))
	// Output: [0.25 0.25 0.50], entropy 1.04 nats
}

func ExamplePoisson() {
	mean, variance := make([]float64, 1), make([]float64, 1)
	bnn.Poisson{}.Moments(mean, variance, []float64{math.Log(3)}, nil) // log rate
	fmt.Printf("%.0f %.0f\n", mean, variance)
	// Output: [3] [3]
}
