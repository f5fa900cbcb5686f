package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/metrics"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A MethodRow is how one method did on one task with one seed.
type MethodRow struct {
	LogProb     float64 `json:"log_prob"`    // test log likelihood, nats a row
	Calibration float64 `json:"calibration"` // coverage of 95 % intervals (gap sine), or ECE (two moons)
	Between     float64 `json:"between"`     // where there are no data: mean epistemic sd (gap sine), or entropy (two moons)
	On          float64 `json:"on"`          // the same on the data
	Seconds     float64 `json:"seconds"`     // of training
	Parameters  int     `json:"parameters"`  // numbers stored
}

// A Contestant is a method with its name in the table.
type Contestant struct {
	Name   string
	Method bnn.Method
}

// Methods are those of the table, each with one setting for both tasks, chosen
// before any test row was looked at: defaults wherever there are any.
func Methods() []Contestant {
	return []Contestant{
		{"MAP", bnn.MAP{Steps: 5000}},
		{"VI", bnn.VI{Steps: 10000}},
		{"MCDropout", bnn.MCDropout{P: 0.05, Steps: 10000}},
		{"ConcreteDropout", bnn.ConcreteDropout{Steps: 10000}},
		{"Ensemble", bnn.Ensemble{Members: 10, Base: bnn.MAP{Steps: 5000}}},
		{"Laplace", bnn.Laplace{}},
		{"SGLD", bnn.SGLD{Steps: 50000}},
		{"HMC", bnn.HMC{}},
	}
}

// A Task is a model on training data, with test data and the inputs between them.
type Task struct {
	Name    string
	Model   *bnn.Model
	Train   *data.Set
	Test    *data.Set
	Between *mat.Dense
	score   func(t *Task, on, between *bnn.Predictive, row *MethodRow)
}

// GapSine is Foong et al.'s regression with a gap: 100 points of a wave in two
// stretches, 1-50-1 ReLU, weights N(0, 16/fan-in), known noise.
func GapSine(seed uint64) *Task {
	rng := rand.New(rand.NewPCG(seed, 1))
	t := &Task{Name: "gap sine", Train: data.GapSine(100, rng), Test: data.GapSine(1000, rng), Between: mat.NewDense(81, 1, nil)}
	for i := range 81 {
		t.Between.Set(i, 0, -0.5+0.01*float64(i)) // −0.5 … 0.3, well inside the gap
	}
	t.Model = &bnn.Model{Net: nn.MLP([]int{1, 50, 1}, nn.ReLU), Prior: bnn.Normal{SD: 4, FanIn: true, Bias: 1}, Likelihood: bnn.GaussianNoise{SD: 0.1}}
	t.score = func(t *Task, on, between *bnn.Predictive, row *MethodRow) {
		y := t.Test.Y.RawMatrix().Data
		lo, hi := make([]float64, len(y)), make([]float64, len(y))
		for i, sd := range on.SD() {
			lo[i], hi[i] = on.Mean[i]-1.96*sd, on.Mean[i]+1.96*sd
		}
		row.Calibration = metrics.Coverage(y, lo, hi)
		row.On, row.Between = mean(on.EpistemicSD()), mean(between.EpistemicSD())
	}
	return t
}

// TwoMoons is a classification with 100 points of two half circles, 2-20-20-2
// tanh, weights N(0, 4/fan-in). "Between" is far away, on a circle of radius 6.
func TwoMoons(seed uint64) *Task {
	rng := rand.New(rand.NewPCG(seed, 2))
	t := &Task{Name: "two moons", Train: data.TwoMoons(100, 0.25, rng), Test: data.TwoMoons(1000, 0.25, rng), Between: circle(6, 72)}
	t.Model = &bnn.Model{Net: nn.MLP([]int{2, 20, 20, 2}, nn.Tanh), Prior: bnn.Normal{SD: 2, FanIn: true, Bias: 1}, Likelihood: bnn.Categorical{Classes: 2}}
	t.score = func(t *Task, on, between *bnn.Predictive, row *MethodRow) {
		row.Calibration = metrics.ECE(on.Mean, 2, t.Test.Y.RawMatrix().Data, 15)
		row.On, row.Between = mean(on.Entropy), mean(between.Entropy)
	}
	return t
}

// Run fits the method to the task and scores it.
func (t *Task) Run(ctx context.Context, m bnn.Method, rng *rand.Rand) (row MethodRow, err error) {
	begin := time.Now()
	post, err := m.Fit(ctx, t.Model.On(t.Train), rng)
	if err != nil {
		return row, err
	}
	row.Seconds, row.Parameters = time.Since(begin).Seconds(), stored(post)
	on, err := bnn.Predict(ctx, t.Model, post, t.Test.X, bnn.PredictOptions{Draws: 1000, Y: t.Test.Y, Rand: rng})
	if err != nil {
		return row, err
	}
	between, err := bnn.Predict(ctx, t.Model, post, t.Between, bnn.PredictOptions{Draws: 1000, Rand: rng})
	if err != nil {
		return row, err
	}
	row.LogProb = -metrics.NLL(on.LogProb)
	t.score(t, on, between, &row)
	return row, nil
}

// Key names a job in the stored result.
func Key(task, method string, seed uint64) string {
	return fmt.Sprintf("%s / %s / seed %d", task, method, seed)
}
