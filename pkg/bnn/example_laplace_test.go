package bnn_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func ExampleLaplace() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))
	x, y := make([]float64, 40), make([]float64, 40) // data left and right of a gap
	for i := range x {
		x[i] = -2 + float64(i)/19
		if i >= 20 {
			x[i] += 2 - 1./19
		}
		y[i] = math.Sin(2*x[i]) + 0.1*rng.NormFloat64()
	}
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.Tanh), Prior: bnn.Normal{SD: 1}, Likelihood: bnn.GaussianNoise{SD: 0.1}}
	post, err := bnn.Laplace{}.Fit(ctx, model.On(data.New("gap", x, y)), rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	pred, err := bnn.Predict(ctx, model, post, mat.NewDense(2, 1, []float64{-1.5, 0}), bnn.PredictOptions{Draws: 2000, Rand: rng})
	if err != nil {
		fmt.Println(err)
		return
	}
	sd := pred.EpistemicSD()
	fmt.Println("in the gap the functions lie more than ten times as far apart as at the data:", sd[1] > 10*sd[0])
	// Output: in the gap the functions lie more than ten times as far apart as at the data: true
}

func ExampleLaplace_Tune() {
	line := bnntest.NewLinear(1) // drawn with noise sd 0.3
	model := line.Model()
	model.Likelihood = bnn.GaussianNoise{SD: 2} // a bad guess
	tuned, err := bnn.Laplace{}.Tune(context.Background(), model, line.Set, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("noise %.2f\n", tuned.Model.Likelihood.(bnn.GaussianNoise).SD)
	fmt.Printf("log evidence %.1f\n", tuned.Posterior.(*bnn.LaplacePosterior).LogEvidence)
	// Output:
	// noise 0.30
	// log evidence -14.4
}

func ExampleLaplacePosterior_Function() {
	line := bnntest.NewLinear(1)
	post, err := bnn.Laplace{}.Fit(context.Background(), line.Model().On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	mean, sd := post.(*bnn.LaplacePosterior).Function([]float64{2})
	exactMean, exactSD := line.Function(2)
	fmt.Printf("Laplace %.4f ± %.4f, exact %.4f ± %.4f\n", mean[0], sd[0], exactMean, exactSD)
	// Output: Laplace 3.2180 ± 0.1803, exact 3.2180 ± 0.1803
}

func ExampleLaplacePosterior_FuncDraws() {
	line := bnntest.NewLinear(1)
	post, err := bnn.Laplace{}.Fit(context.Background(), line.Model().On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	q := post.(*bnn.LaplacePosterior)
	for f := range q.FuncDraws([]float64{0, 1, 2}, 2, rand.New(rand.NewPCG(1, 2))) {
		fmt.Printf("%.2f, a straight line: %v\n", f, math.Abs(f[2]-2*f[1]+f[0]) < 1e-12)
	}
	// Output:
	// [0.47 1.88 3.28], a straight line: true
	// [0.41 1.76 3.12], a straight line: true
}

func ExampleBernoulli_Curvature() {
	c := make([]float64, 1)
	for _, logit := range []float64{0, 4} {
		bnn.Bernoulli{}.Curvature(c, nil, []float64{logit}, nil, []float64{1})
		fmt.Printf("%.3f ", c[0]) // a sure prediction teaches little
	}
	// Output: 0.250 0.018
}

func ExampleGP_Tune() {
	rng := rand.New(rand.NewPCG(1, 2))
	x, y := make([]float64, 60), make([]float64, 60)
	for i := range x {
		x[i] = float64(i) / 10
		y[i] = math.Sin(2*math.Pi*x[i]/1.5) + 0.2*rng.NormFloat64()
	}
	set := data.New("season", x, y)
	gp, err := bnn.GP{Kernel: bnn.Periodic{Period: 1.2}}.Tune(context.Background(), set, 3, rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("period %.2f, noise %.2f\n", gp.Kernel.(bnn.Periodic).Period, gp.Noise)
	// Output: period 1.50, noise 0.20
}

func ExampleGPFit_FuncDraws() {
	fit, err := bnn.GP{Noise: 0.01}.On(data.New("two", []float64{0, 1}, []float64{1, -1}))
	if err != nil {
		fmt.Println(err)
		return
	}
	draws, err := fit.FuncDraws(mat.NewDense(3, 1, []float64{0, 1, 5}), 3, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	for f := range draws {
		fmt.Printf("%.1f\n", f) // they agree at the data only
	}
	// Output:
	// [1.0 -1.0 0.2]
	// [1.0 -1.0 -3.1]
	// [1.0 -1.0 -0.1]
}
