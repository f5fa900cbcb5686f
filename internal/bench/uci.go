package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/metrics"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A UCIRow is how one method did on one split, in raw units of the target.
type UCIRow struct {
	RMSE    float64 `json:"rmse"`
	LogProb float64 `json:"log_prob"` // mean of log (1/S) Σ_s p(y|x,θ_s), S = 200
	Gauss   float64 `json:"gauss"`    // mean log density of the Gaussian with the same mean and variance
	Choice  string  `json:"choice"`   // the settings chosen on rows of the training part
	Seconds float64 `json:"seconds"`

	Validation map[string]float64 `json:"validation,omitempty"` // log likelihood of all settings on those rows
}

// UCIMethods are the methods of the table for a set with so many training rows, each
// with one list of settings for all sets. Networks have one hidden layer and learn
// their noise. The lists were fixed by `credence bench uci --tune --splits 2`, which
// looks at no test row.
//
// HMC, the one method that is meant to have the best log likelihood on most sets, has
// no choice: it was named, with its prior, before any of its test rows was looked at.
func UCIMethods(rows int) []Tuned {
	steps := max(8000, 60*rows/128) // at least 60 epochs of batches with 128 rows
	fan := func(sd float64) bnn.Prior { return bnn.Normal{SD: sd, FanIn: true, Bias: 1} }
	each := func(m bnn.Method, sds ...float64) (rs []Recipe) {
		for _, sd := range sds {
			rs = append(rs, Recipe{Name: fmt.Sprintf("prior %g", sd), Prior: fan(sd), Method: m})
		}
		return rs
	}
	var drop []Recipe
	for _, p := range []float64{0.003, 0.01, 0.03, 0.1} {
		for _, sd := range []float64{1, 3} {
			drop = append(drop, Recipe{Name: fmt.Sprintf("p %g, prior %g", p, sd), Prior: fan(sd), Method: bnn.MCDropout{P: p, Steps: steps}})
		}
	}
	// A point estimate of the noise shrinks to what is left of the training rows, and to
	// nothing where a network can learn them by heart. Rows held out end training before.
	points := func(m func(bnn.MAP) bnn.Method) []Recipe {
		return append(each(m(bnn.MAP{Steps: steps}), 0.25, 0.5, 1),
			Recipe{Name: "stopped early", Prior: fan(1), Method: m(bnn.MAP{Steps: steps, Patience: 20}), HoldOut: 0.2})
	}
	laplace := bnn.Laplace{Steps: steps}
	if rows > 10_000 {
		laplace.Polish = 200 // passes over all rows, which are what it costs
	}
	vi := bnn.VI{Steps: max(20000, steps), InitSD: 0.01, Warmup: 0.5}
	return []Tuned{
		{Name: "MAP", Recipes: points(func(m bnn.MAP) bnn.Method { return m })},
		{Name: "VI", Recipes: append(each(vi, 2, 4), Recipe{Name: "learned prior", Prior: bnn.LearnedScale{}, Method: vi})},
		{Name: "MCDropout", Recipes: drop},
		{Name: "Ensemble", Recipes: points(func(m bnn.MAP) bnn.Method { return bnn.Ensemble{Base: m} }), Like: "MAP"},
		{Name: "Laplace", Recipes: each(laplace, 0.25, 0.5, 1, 2)},
		{Name: "HMC", Recipes: []Recipe{{
			Name:   "layers 1, 4",
			Prior:  bnn.Normal{Layers: []float64{1, 4}, FanIn: true, Bias: 1},
			Method: bnn.HMC{Chains: 2, Warmup: 150, Keep: 150, MaxDepth: 6},
		}}},
	}
}

// holdouts is how often a choice of settings divides the training rows anew.
const holdouts = 2

// Choose fits every recipe to four fifths of the training rows of one split and returns
// the one whose log likelihood on the last fifth is best, on average over two such
// divisions, and a row that says how all did. It looks at no test row.
func (m Tuned) Choose(ctx context.Context, set *data.Set, fold data.Fold, hidden int, rng *rand.Rand) (best Recipe, row UCIRow, err error) {
	begin := time.Now()
	best = m.Recipes[0]
	row.Choice = best.Name
	if len(m.Recipes) == 1 {
		return best, row, nil
	}
	train, validation := set.Rows(fold.Train), map[string]float64{}
	for range holdouts {
		fit, held := data.Split(train.Len(), 0.8, rng)
		for _, r := range m.Recipes {
			_, _, lp, err := r.run(ctx, train.Rows(fit), train.Rows(held), hidden, rng)
			if err != nil {
				return best, row, err
			}
			validation[r.Name] += lp / holdouts
		}
	}
	for _, r := range m.Recipes {
		if validation[r.Name] > validation[best.Name] {
			best = r
		}
	}
	row.Choice, row.Validation, row.Seconds = best.Name, validation, time.Since(begin).Seconds()
	return best, row, nil
}

// Run scores the method on one split of the set: it chooses the settings on training
// rows, unless choice names them, fits them to all training rows, and looks at the test
// rows once.
func (m Tuned) Run(ctx context.Context, set *data.Set, fold data.Fold, hidden int, choice string, rng *rand.Rand) (row UCIRow, err error) {
	begin := time.Now()
	var best Recipe
	if choice == "" {
		best, row, err = m.Choose(ctx, set, fold, hidden, rng)
	} else {
		row.Choice = choice
		best, err = m.recipe(choice)
	}
	if err != nil {
		return row, err
	}
	row.RMSE, row.Gauss, row.LogProb, err = best.run(ctx, set.Rows(fold.Train), set.Rows(fold.Test), hidden, rng)
	row.Seconds = time.Since(begin).Seconds()
	return row, err
}

// run fits the recipe to the training rows and scores the others.
func (r Recipe) run(ctx context.Context, train, test *data.Set, hidden int, rng *rand.Rand) (rmse, gauss, logProb float64, err error) {
	scale, err := data.NewScale(train)
	if err != nil {
		return 0, 0, 0, err
	}
	_, d := train.X.Dims()
	net := r.Net
	if net.In() == 0 {
		net = nn.MLP([]int{d, hidden, 1}, nn.ReLU)
	}
	model := &bnn.Model{Net: net, Prior: r.Prior, Scale: scale}
	problem := model.On(train)
	if r.HoldOut > 0 {
		_, held := data.Split(train.Len(), 1-r.HoldOut, rng)
		problem = problem.HoldOut(held)
	}
	post, err := r.Method.Fit(ctx, problem, rng)
	if err != nil {
		return 0, 0, 0, err
	}
	p, err := bnn.Predict(ctx, model, post, test.X, bnn.PredictOptions{Draws: 200, Y: test.Y, Rand: rng})
	if err != nil {
		return 0, 0, 0, err
	}
	y := test.Y.RawMatrix().Data
	return metrics.RMSE(y, p.Mean), -metrics.GaussianNLL(y, p.Mean, p.SD()), -metrics.NLL(p.LogProb), nil
}
