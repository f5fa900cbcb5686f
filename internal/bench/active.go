package bench

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/decide"
	"github.com/credence-bnn/credence/pkg/bnn/metrics"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// An ActiveRow is the course of one run of active learning.
type ActiveRow struct {
	Labels  []int     `json:"labels"` // bought so far, at every round
	Errors  []float64 `json:"errors"` // share of wrong answers on the test digits
	Seconds float64   `json:"seconds"`
}

// An Active is the task of Gal, Islam & Ghahramani (Deep Bayesian Active Learning with
// Image Data, 2017) in small: a pool of digits without labels, of which the network may
// buy some, round by round, and is trained anew on all it has.
type Active struct {
	Pool, Test *data.Set
	Net        nn.Net
	Classes    int
	Round      int // labels bought a round; before the first, two of every class are given
	Most       int // labels in all
	Candidates int // rows of the pool, drawn anew, that a round chooses from
	Draws      int // passes of a prediction
}

// ActiveDigits is the task on 8,000 digits: a small convolutional network, 10 labels a
// round of 1,000 candidates, 20 passes.
func ActiveDigits(pool, test *data.Set, most int) *Active {
	return &Active{Pool: pool, Test: test, Classes: 10, Round: 10, Most: most, Candidates: 1000, Draws: 20,
		Net: nn.NewImage(nn.Shape{H: 28, W: 28, C: 1},
			nn.Conv{Out: 16, Size: 5, Start: he}, nn.ReLU, nn.MaxPool{Size: 2},
			nn.Conv{Out: 32, Size: 3, Start: he}, nn.ReLU, nn.MaxPool{Size: 2}, nn.Dropout{P: 0.25},
			nn.Dense{Out: 128, Start: he}, nn.ReLU, nn.Dropout{P: 0.5},
			nn.Dense{Out: 10})}
}

// ActiveRules are the ways to choose what to label, in the order of the published table.
var ActiveRules = []string{"BALD", "variation ratios", "max entropy", "mean SD", "random"}

// score says how much the label of each candidate would teach, by the rule of this name.
func score(rule string, d *decide.Draws, n int, rng *rand.Rand) []float64 {
	switch rule {
	case "BALD":
		return d.BALD()
	case "variation ratios":
		return d.VariationRatios()
	case "max entropy":
		return d.MaxEntropy()
	case "mean SD":
		return d.MeanSD()
	}
	return decide.Random(n, rng)
}

// Run buys labels by the rule until it has the most. Runs with the same seed begin with
// the same labels, so that rules can be compared in pairs.
func (t *Active) Run(ctx context.Context, rule string, seed uint64) (row ActiveRow, err error) {
	begin := time.Now()
	have := t.begin(rand.New(rand.NewPCG(seed, 0)))
	rng := rand.New(rand.NewPCG(seed, 1))
	for {
		model, post, err := t.fit(ctx, t.Pool.Rows(have), rng)
		if err != nil {
			return row, err
		}
		p, err := bnn.Predict(ctx, model, post, t.Test.X, bnn.PredictOptions{Draws: t.Draws, Rand: rng})
		if err != nil {
			return row, err
		}
		row.Labels = append(row.Labels, len(have))
		row.Errors = append(row.Errors, 1-metrics.Accuracy(p.Mean, p.K, t.Test.Y.RawMatrix().Data))
		if len(have) >= t.Most {
			break
		}
		more, err := t.choose(ctx, rule, model, post, have, rng)
		if err != nil {
			return row, err
		}
		have = append(have, more...)
	}
	row.Seconds = time.Since(begin).Seconds()
	return row, nil
}

// begin returns two rows of every class.
func (t *Active) begin(rng *rand.Rand) (rows []int) {
	count := make([]int, t.Classes)
	for _, i := range rng.Perm(t.Pool.Len()) {
		if c := int(t.Pool.Y.At(i, 0)); count[c] < 2 {
			count[c]++
			rows = append(rows, i)
		}
	}
	return rows
}

// fit trains MC dropout from the start: 400 steps, and more from 100 labels on, for a
// network that is trained too little makes the curves jump.
func (t *Active) fit(ctx context.Context, train *data.Set, rng *rand.Rand) (*bnn.Model, bnn.Posterior, error) {
	model := &bnn.Model{Net: t.Net, Prior: bnn.Normal{SD: 1}, Likelihood: bnn.Categorical{Classes: t.Classes}}
	method := bnn.MCDropout{Steps: max(400, 4*train.Len()), Batch: 32, Rate: 1.5e-3}
	post, err := method.Fit(ctx, model.On(train), rng)
	return model, post, err
}

// choose returns the rows to buy next: the best by the rule among candidates.
func (t *Active) choose(ctx context.Context, rule string, model *bnn.Model, post bnn.Posterior, have []int, rng *rand.Rand) ([]int, error) {
	bought := map[int]bool{}
	for _, i := range have {
		bought[i] = true
	}
	var candidates []int
	for _, i := range rng.Perm(t.Pool.Len()) {
		if !bought[i] && len(candidates) < t.Candidates {
			candidates = append(candidates, i)
		}
	}
	p, err := bnn.Predict(ctx, model, post, t.Pool.Rows(candidates).X, bnn.PredictOptions{Draws: t.Draws, Keep: t.Draws, Rand: rng})
	if err != nil {
		return nil, err
	}
	draws := decide.NewDraws(len(candidates), t.Classes)
	for _, probs := range p.Functions {
		draws.Add(probs)
	}
	k := min(t.Round, t.Most-len(have), len(candidates))
	var rows []int
	for _, i := range decide.Top(score(rule, draws, len(candidates), rng), k) {
		rows = append(rows, candidates[i])
	}
	return rows, nil
}
