package bench

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// DigitsDraws is S, the passes of a prediction.
const DigitsDraws = 30

// A DigitsRow is how one method did with one seed on the test digits, or, in the row
// of a choice, what settings the method gets and how all of them did on rows of the
// training part.
type DigitsRow struct {
	Choice     string             `json:"choice"`
	Validation map[string]float64 `json:"validation,omitempty"` // mean log likelihood by settings

	Error   float64                        `json:"error,omitempty"` // share of wrong answers
	NLL     float64                        `json:"nll,omitempty"`   // nats an image
	ECE     Estimate                       `json:"ece"`             // 15 bins of equal width
	Outside map[string]map[string]Estimate `json:"outside,omitempty"`
	Seconds float64                        `json:"seconds"`

	Wrong     Indices   `json:"wrong,omitempty"`     // which test digits
	Surprises Millinats `json:"surprises,omitempty"` // −log p(y | x) of every test digit
}

// An Estimate is a score with its bootstrap standard error.
type Estimate struct {
	Value float64 `json:"value"`
	SE    float64 `json:"se"`
}

// A Digits is the task: learn digits, then look at digits and at other pictures.
type Digits struct {
	Train, Test *data.Set
	Outside     []Pictures
}

// Pictures are a named set of what is no digit.
type Pictures struct {
	Name string
	Set  *data.Set
}

// Choose fits every recipe to four fifths of the training digits and returns the one
// whose log likelihood is best on the last fifth. Test digits are not looked at. Where
// there is one recipe there is no choice.
func (t *Digits) Choose(ctx context.Context, m Tuned, rng *rand.Rand) (row DigitsRow, err error) {
	begin := time.Now()
	row.Choice = m.Recipes[0].Name
	if len(m.Recipes) == 1 {
		return row, nil
	}
	fit, held := data.Split(t.Train.Len(), 0.8, rng)
	train, check := t.Train.Rows(fit), t.Train.Rows(held)
	row.Validation = map[string]float64{}
	for _, r := range m.Recipes {
		model, post, err := r.fitDigits(ctx, train, rng)
		if err != nil {
			return row, err
		}
		p, err := bnn.Predict(ctx, model, post, check.X, bnn.PredictOptions{Draws: DigitsDraws, Y: check.Y, Rand: rng})
		if err != nil {
			return row, err
		}
		row.Validation[r.Name] = -metrics.NLL(p.LogProb)
		if row.Validation[r.Name] > row.Validation[row.Choice] {
			row.Choice = r.Name
		}
	}
	row.Seconds = time.Since(begin).Seconds()
	return row, nil
}

// Run fits the chosen recipe to all training digits and scores it on the test digits
// and on what is no digit.
func (t *Digits) Run(ctx context.Context, m Tuned, choice string, rng *rand.Rand) (row DigitsRow, err error) {
	recipe, err := m.recipe(choice)
	if err != nil {
		return row, err
	}
	begin := time.Now()
	model, post, err := recipe.fitDigits(ctx, t.Train, rng)
	if err != nil {
		return row, err
	}
	row.Choice, row.Seconds = choice, time.Since(begin).Seconds()
	predict := func(set *data.Set) (*bnn.Predictive, error) {
		return bnn.Predict(ctx, model, post, set.X, bnn.PredictOptions{Draws: DigitsDraws, Y: set.Y, Rand: rng})
	}
	in, err := predict(t.Test)
	if err != nil {
		return row, err
	}
	labels := t.Test.Y.RawMatrix().Data
	row.Error, row.NLL = 1-metrics.Accuracy(in.Mean, in.K, labels), metrics.NLL(in.LogProb)
	row.ECE = estimate(len(labels), rng, func(rows []int) float64 {
		return metrics.ECE(pickRows(in.Mean, in.K, rows), in.K, pickRows(labels, 1, rows), 15)
	})
	for i, lp := range in.LogProb {
		row.Surprises = append(row.Surprises, -lp)
		if p := in.Mean[i*in.K : (i+1)*in.K]; p[int(labels[i])] < slices.Max(p) {
			row.Wrong = append(row.Wrong, i)
		}
	}
	row.Outside = map[string]map[string]Estimate{}
	for _, o := range t.Outside {
		out, err := predict(o.Set)
		if err != nil {
			return row, err
		}
		row.Outside[o.Name] = detect(in, out, rng)
	}
	return row, nil
}

// fitDigits fits the recipe to a set.
func (r Recipe) fitDigits(ctx context.Context, train *data.Set, rng *rand.Rand) (*bnn.Model, bnn.Posterior, error) {
	model := &bnn.Model{Net: r.Net, Prior: r.Prior, Likelihood: bnn.Categorical{Classes: 10}}
	post, err := r.Method.Fit(ctx, model.On(train), rng)
	return model, post, err
}

// DigitsScores are the ways to tell from a prediction that a picture is none of the
// digits: the larger, the more doubtful.
var DigitsScores = []string{"max probability", "entropy", "mutual information"}

// detect returns the AUROC of each score. With one θ there is no mutual information.
func detect(in, out *bnn.Predictive, rng *rand.Rand) map[string]Estimate {
	positive := make([]bool, in.N+out.N)
	for i := range out.N {
		positive[in.N+i] = true
	}
	found := map[string]Estimate{}
	for _, name := range DigitsScores {
		var score []float64
		for _, p := range []*bnn.Predictive{in, out} {
			switch name {
			case "max probability":
				for i := range p.N {
					score = append(score, -slices.Max(p.Mean[i*p.K:(i+1)*p.K]))
				}
			case "entropy":
				score = append(score, p.Entropy...)
			case "mutual information":
				score = append(score, p.MutualInformation...)
			}
		}
		if name == "mutual information" && in.S == 1 {
			continue
		}
		found[name] = estimate(len(score), rng, func(rows []int) float64 {
			s, p := make([]float64, len(rows)), make([]bool, len(rows))
			for k, i := range rows {
				s[k], p[k] = score[i], positive[i]
			}
			return metrics.AUROC(s, p)
		})
	}
	return found
}

// estimate returns the score of all n rows and its standard error from 200 bootstrap
// samples.
func estimate(n int, rng *rand.Rand, score func(rows []int) float64) Estimate {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	var samples []float64
	metrics.Bootstrap(n, 200, rng, func(rows []int) float64 {
		samples = append(samples, score(rows))
		return samples[len(samples)-1]
	})
	return Estimate{score(all), stat.StdDev(samples, nil)}
}

// pickRows returns the given rows of a matrix with k columns.
func pickRows(m []float64, k int, rows []int) []float64 {
	out := make([]float64, 0, k*len(rows))
	for _, i := range rows {
		out = append(out, m[i*k:(i+1)*k]...)
	}
	return out
}
