package bnn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// line returns 50 points around y = 1 + 2x on [0, 1], with noise of sd 0.1.
func line() *data.Set {
	rng := rand.New(rand.NewPCG(1, 2))
	x, y := make([]float64, 50), make([]float64, 50)
	for i := range x {
		x[i] = rng.Float64()
		y[i] = 1 + 2*x[i] + 0.1*rng.NormFloat64()
	}
	return data.New("line", x, y)
}

// From data to a prediction with its doubt: on the data, and far from them.
func Example() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))
	train := line()
	scale, err := data.NewScale(train)
	if err != nil {
		fmt.Println(err)
		return
	}
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.ReLU), Prior: bnn.Normal{SD: 1, FanIn: true}, Scale: scale}
	post, err := bnn.VI{Steps: 3000}.Fit(ctx, model.On(train), rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	x := mat.NewDense(2, 1, []float64{0.5, 3})
	pred, err := bnn.Predict(ctx, model, post, x, bnn.PredictOptions{Draws: 500, Rand: rng})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("at 0.5: %.1f\n", pred.Mean[0])
	fmt.Println("doubt about the function at 3 is more than five times that at 0.5:", pred.EpistemicSD()[1] > 5*pred.EpistemicSD()[0])
	// Output:
	// at 0.5: 1.9
	// doubt about the function at 3 is more than five times that at 0.5: true
}

func ExampleMAP() {
	// A network without hidden layers is a line: θ = (slope, intercept).
	model := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.ReLU), Prior: bnn.Normal{SD: 10}, Likelihood: bnn.GaussianNoise{SD: 0.1}}
	post, err := bnn.MAP{}.Fit(context.Background(), model.On(line()), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f\n", post.(bnn.Samples)[0])
	// Output: [1.9 1.0]
}

func ExampleVI() {
	target := bnntest.NewLinear(1) // Bayesian linear regression, with its exact answer
	post, err := bnn.VI{}.Fit(context.Background(), target.Model().On(target.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	q := post.(*bnn.Gaussian)
	fmt.Printf("σ         %.2f\n", q.Sigma)
	fmt.Printf("best q    %.2f\n", target.BestFactorised())
	// Output:
	// σ         [0.07 0.05]
	// best q    [0.07 0.05]
}

func ExampleMCDropout() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))
	model := &bnn.Model{Net: nn.MLP([]int{1, 50, 1}, nn.ReLU)} // Normal prior, learned noise
	post, err := bnn.MCDropout{P: 0.1, Steps: 2000}.Fit(ctx, model.On(line()), rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	pred, err := bnn.Predict(ctx, model, post, mat.NewDense(2, 1, []float64{0.5, 5}), bnn.PredictOptions{Draws: 200, Rand: rng})
	if err != nil {
		fmt.Println(err)
		return
	}
	sd := pred.EpistemicSD()
	fmt.Println("more doubt far away:", sd[1] > 2*sd[0])
	// Output: more doubt far away: true
}

func ExampleEnsemble() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.1}}
	post, err := bnn.Ensemble{Members: 5}.Fit(ctx, model.On(line()), rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	pred, err := bnn.Predict(ctx, model, post, mat.NewDense(2, 1, []float64{0.5, 4}), bnn.PredictOptions{Rand: rng})
	if err != nil {
		fmt.Println(err)
		return
	}
	sd := pred.EpistemicSD()
	fmt.Println(pred.S, "members, more apart far away:", sd[1] > 10*sd[0])
	// Output: 5 members, more apart far away: true
}

func ExamplePredict() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.3}}
	lines := bnn.Samples{{1, 0}, {2, 0}, {3, 0}} // a posterior of three lines through 0
	x, y := mat.NewDense(2, 1, []float64{0, 2}), mat.NewDense(2, 1, []float64{0, 4})
	p, err := bnn.Predict(context.Background(), model, lines, x, bnn.PredictOptions{Keep: 3, Y: y, Rand: rand.New(rand.NewPCG(1, 2))})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("mean       %.2f\n", p.Mean)
	fmt.Printf("epistemic  %.2f\n", p.Epistemic)
	fmt.Printf("aleatoric  %.2f\n", p.Aleatoric)
	fmt.Printf("log p(y)   %.2f\n", p.LogProb)
	fmt.Printf("functions  %v\n", p.Functions)
	// Output:
	// mean       [0.00 4.00]
	// epistemic  [0.00 2.67]
	// aleatoric  [0.09 0.09]
	// log p(y)   [0.29 -0.81]
	// functions  [[0 2] [0 4] [0 6]]
}

func ExampleSave() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.3}}
	var file bytes.Buffer
	if err := bnn.Save(&file, bnn.Trained{Model: model, Posterior: bnn.Samples{{2, 1}}}); err != nil {
		fmt.Println(err)
		return
	}
	back, err := bnn.Load(&file)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(back.Model.Net, back.Posterior)
	// Output: 1 → dense 1 [[2 1]]
}

func ExampleLoad() {
	_, err := bnn.Load(strings.NewReader("<html>not found</html>"))
	fmt.Println(errors.Is(err, bnn.ErrForeign))
	// Output: true
}
