package bnn_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func wantError(t *testing.T, name string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error %q, want one with %q", name, err, want)
	}
}

func TestBadData(t *testing.T) {
	good := data.New("good", []float64{1, 2, 3}, []float64{1, 2, 3})
	scale, err := data.NewScale(good)
	if err != nil {
		t.Fatal(err)
	}
	wide := &data.Scale{XMean: []float64{0, 0}, XSD: []float64{1, 1}, YMean: []float64{0}, YSD: []float64{1}}
	model := bnn.Model{Net: nn.MLP([]int{1, 3, 1}, nn.Tanh)}
	with := func(change func(m *bnn.Model)) *bnn.Model {
		m := model
		change(&m)
		return &m
	}
	for name, c := range map[string]struct {
		m    *bnn.Model
		set  *data.Set
		want string
	}{
		"NaN":            {&model, data.New("d", []float64{1, math.NaN()}, []float64{1, 2}), "X row 1"},
		"Inf":            {&model, data.New("d", []float64{1, 2}, []float64{math.Inf(-1), 2}), "Y row 0"},
		"no rows":        {&model, data.New("d", nil, nil), "no rows"},
		"nil set":        {&model, nil, "no data"},
		"wrong lengths":  {&model, &data.Set{Name: "d", X: mat.NewDense(3, 1, nil), Y: mat.NewDense(2, 1, nil)}, "3 rows of X but 2 of Y"},
		"no targets":     {&model, &data.Set{Name: "d", X: mat.NewDense(3, 1, nil)}, "no targets"},
		"wide X":         {&model, &data.Set{Name: "d", X: mat.NewDense(3, 2, nil), Y: mat.NewDense(3, 1, nil)}, "2 input columns, the network takes 1"},
		"wide Y":         {&model, &data.Set{Name: "d", X: mat.NewDense(3, 1, nil), Y: mat.NewDense(3, 2, nil)}, "needs 2 network outputs"},
		"no network":     {&bnn.Model{}, good, "no network with weights"},
		"wrong scale":    {with(func(m *bnn.Model) { m.Scale = wide }), good, "Scale is for 2 inputs"},
		"negative prior": {with(func(m *bnn.Model) { m.Prior = bnn.Normal{SD: -1} }), good, "positive"},
		"NaN noise":      {with(func(m *bnn.Model) { m.Likelihood = bnn.GaussianNoise{SD: math.NaN()} }), good, "positive"},
		"one output":     {with(func(m *bnn.Model) { m.Likelihood = bnn.Heteroscedastic{} }), good, "needs 2 network outputs"},
	} {
		p := c.m.On(c.set)
		wantError(t, name, p.Err(), c.want)
		for _, fit := range fits {
			_, err := fit(10, nil).Fit(t.Context(), p, newRand(1))
			wantError(t, name+" in Fit", err, c.want)
		}
	}
	if err := with(func(m *bnn.Model) { m.Scale = scale }).On(good).Err(); err != nil {
		t.Errorf("good data: %v", err)
	}
}

func TestBadSettings(t *testing.T) {
	p := (&bnn.Model{Net: nn.MLP([]int{1, 3, 1}, nn.Tanh)}).On(wave(20, 1, 1))
	for want, m := range map[string]bnn.Method{
		"-1 steps":      bnn.MAP{Steps: -1},
		"batches of -5": bnn.VI{Batch: -5},
		"rate -0.1":     bnn.MCDropout{Rate: -0.1},
		"rate NaN":      bnn.VI{Rate: math.NaN()},
		"InitSD -1":     bnn.VI{InitSD: -1},
		"P = 1;":        bnn.MCDropout{P: 1},
	} {
		_, err := m.Fit(t.Context(), p, newRand(1))
		wantError(t, want, err, want)
	}
}

// A constant input column and a model without hidden layers are odd, not wrong.
func TestConstantInputIsHarmless(t *testing.T) {
	set := wave(30, 1, 1)
	x := mat.NewDense(30, 2, nil)
	for i := range 30 {
		x.SetRow(i, []float64{set.X.At(i, 0), 7})
	}
	set = &data.Set{Name: "constant", X: x, Y: set.Y}
	scale, err := data.NewScale(set)
	if err != nil {
		t.Fatal(err)
	}
	m := &bnn.Model{Net: nn.MLP([]int{2, 5, 1}, nn.Tanh), Scale: scale}
	post, err := bnn.VI{Steps: 50}.Fit(t.Context(), m.On(set), newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	pred, err := bnn.Predict(t.Context(), m, post, set.X, bnn.PredictOptions{Rand: newRand(2)})
	if err != nil || !(pred.SD()[0] > 0) {
		t.Errorf("prediction %v, error %v", pred, err)
	}
}
