// Command quickstart fits a small Bayesian neural network to a curve of which it sees
// only a part, and draws what it believes about the rest. It is the example of the
// README with the lines around it:
//
//	go run ./docs/quickstart            # writes docs/img/quickstart.png
//	go run ./docs/quickstart FILE.png
package main

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"os"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
	"github.com/credence-bnn/credence/pkg/viz"
)

func main() {
	log.SetFlags(0)
	file := "docs/img/quickstart.png"
	if len(os.Args) > 1 {
		file = os.Args[1]
	}
	png, err := picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o666); err != nil {
		log.Fatal(err)
	}
	fmt.Println("wrote", file)
}

// picture returns the figure as PNG.
func picture() ([]byte, error) {
	x := floats.Span(make([]float64, 201), -0.2, 0.8)
	train, pred, err := believe(context.Background(), mat.NewDense(len(x), 1, x))
	if err != nil {
		return nil, err
	}
	fig, err := viz.Band(viz.BandData{
		Title: "Sure where it has seen data, in doubt where it has not", XLabel: "x", YLabel: "y",
		X: x, Mean: pred.Mean, EpistemicSD: pred.EpistemicSD(), TotalSD: pred.SD(), Draws: pred.Functions,
		DataX: mat.Col(nil, 0, train.X), DataY: mat.Col(nil, 0, train.Y),
	})
	if err != nil {
		return nil, err
	}
	return fig.PNG()
}

// believe trains on 400 points with x between 0 and 0.5 and predicts at xs.
func believe(ctx context.Context, xs *mat.Dense) (*data.Set, *bnn.Predictive, error) {
	rng := rand.New(rand.NewPCG(1, 2))
	train := data.Blundell(400, rng)
	scale, err := data.NewScale(train)
	if err != nil {
		return nil, nil, err
	}
	model := &bnn.Model{
		Net:        nn.MLP([]int{1, 30, 30, 1}, nn.ReLU),
		Prior:      bnn.Normal{SD: 1},
		Likelihood: bnn.GaussianNoise{}, // its σ is learned
		Scale:      scale,               // predictions come back in the units of the data
	}
	post, err := bnn.VI{Steps: 10000}.Fit(ctx, model.On(train), rng)
	if err != nil {
		return nil, nil, err
	}
	pred, err := bnn.Predict(ctx, model, post, xs, bnn.PredictOptions{Draws: 500, Keep: 6, Rand: rng})
	if err != nil {
		return nil, nil, err
	}
	return train, pred, nil
}
