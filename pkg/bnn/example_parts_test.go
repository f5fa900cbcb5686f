package bnn_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func ExampleMixture_Draws() {
	mix := bnn.Mixture{bnn.Samples{{1}}, bnn.Samples{{2}}}
	sum := 0.0
	for theta := range mix.Draws(4, rand.New(rand.NewPCG(1, 2))) {
		sum += theta[0]
	}
	fmt.Println(sum) // each component twice
	// Output: 6
}

func ExampleModel_On() {
	model := &bnn.Model{Net: nn.MLP([]int{2, 10, 1}, nn.Tanh)}
	fmt.Println(model.On(line()).Err())
	// Output: bnn: set "line" has 1 input columns, the network takes 2
}

func ExampleModel_Dim() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 10, 1}, nn.Tanh)} // learned noise
	fmt.Println(model.Net.Dim(), "weights,", model.Dim(1), "parameters with log σ")
	// Output: 31 weights, 32 parameters with log σ
}

func ExampleProblem_LogJoint() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.1}}
	problem := model.On(line())
	grad := make([]float64, problem.Dim())
	fmt.Printf("log p(D, θ) = %.0f at y = 1 + 2x", problem.LogJoint(grad, []float64{2, 1}, nil))
	fmt.Printf(", %.0f at y = 0\n", problem.LogJoint(grad, []float64{0, 0}, nil))
	// Output: log p(D, θ) = 37 at y = 1 + 2x, -11810 at y = 0
}

func ExampleNormal_SDs() {
	net := nn.MLP([]int{4, 2, 1}, nn.Tanh)
	sd := make([]float64, net.Dim())
	bnn.Normal{SD: 1, FanIn: true, Bias: 2}.SDs(sd, net.Blocks())
	fmt.Printf("%.2f\n", sd)
	// Output: [0.50 0.50 0.50 0.50 0.50 0.50 0.50 0.50 2.00 2.00 0.71 0.71 2.00]
}

func ExampleGaussianNoise() {
	mean, variance := make([]float64, 1), make([]float64, 1)
	bnn.GaussianNoise{SD: 0.5}.Moments(mean, variance, []float64{3}, nil)
	fmt.Println(mean, variance)
	// Output: [3] [0.25]
}

func ExampleHeteroscedastic() {
	mean, variance := make([]float64, 1), make([]float64, 1)
	bnn.Heteroscedastic{}.Moments(mean, variance, []float64{3, 0}, nil) // f = (mean, log σ²)
	fmt.Println(mean, variance)
	// Output: [3] [1]
}

func ExampleSamples_Draws() {
	for theta := range (bnn.Samples{{1}, {2}, {3}, {4}}).Draws(2, nil) {
		fmt.Println(theta)
	}
	// Output:
	// [1]
	// [3]
}

func ExampleGaussian_Draws() {
	q := &bnn.Gaussian{Mu: []float64{1, 2}, Sigma: []float64{0, 0}} // no doubt at all
	for theta := range q.Draws(2, rand.New(rand.NewPCG(1, 2))) {
		fmt.Println(theta)
	}
	// Output:
	// [1 2]
	// [1 2]
}

func ExampleDropped_Draws() {
	net := nn.MLP([]int{1, 3, 1}, nn.ReLU)
	q := &bnn.Dropped{Net: net, Theta: []float64{1, 1, 1, 0, 0, 0, 3, 3, 3, 0}, P: 0.5}
	for theta := range q.Draws(2, rand.New(rand.NewPCG(1, 2))) {
		fmt.Println(theta[6:9]) // the weights that leave the three hidden units
	}
	// Output:
	// [6 0 6]
	// [0 6 0]
}

func ExamplePredictive_SD() {
	p := &bnn.Predictive{N: 1, K: 1, Mean: []float64{0}, Epistemic: []float64{9}, Aleatoric: []float64{16}}
	fmt.Println(p.EpistemicSD(), p.AleatoricSD(), p.SD()) // variances add, standard deviations do not
	// Output: [3] [4] [5]
}

func ExampleNeedsError() {
	_, err := bnn.MCDropout{}.Fit(context.Background(), bnntest.Gauss{}, rand.New(rand.NewPCG(1, 2)))
	fmt.Println(strings.SplitAfter(err.Error(), "Masker")[0])
	// Output: bnn: MCDropout needs a target with the ability Masker
}
