package bnn_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// three is a posterior of three lines f(x) = w x + b.
var three = bnn.Samples{{1, 0}, {2, 0.5}, {4, -1}}

// By hand at x = 2: f = 2, 4.5, 7; mean 4.5, variance 25/6; noise 1.3.
func TestPredictByHand(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 1.3}}
	x, y := mat.NewDense(2, 1, []float64{2, -1}), mat.NewDense(2, 1, []float64{4, 0})
	p, err := bnn.Predict(t.Context(), m, three, x, bnn.PredictOptions{Draws: 100, Keep: 5, Y: y, Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	if p.S != 3 || len(p.Functions) != 3 { // a finite posterior is used up once
		t.Errorf("S = %d, %d functions, want 3 and 3", p.S, len(p.Functions))
	}
	bnntest.Near(t, "mean", p.Mean[0], 4.5, 1e-12)
	bnntest.Near(t, "epistemic variance", p.Epistemic[0], 25./6, 1e-12)
	bnntest.Near(t, "aleatoric variance", p.Aleatoric[0], 1.69, 1e-12)
	bnntest.Near(t, "sd", p.SD()[0], math.Sqrt(25./6+1.69), 1e-12)
	bnntest.Near(t, "function 2 at x = −1", p.Functions[2][1], -5, 1e-12)
	density := 0.0
	for _, f := range []float64{2, 4.5, 7} {
		density += math.Exp(-0.5*math.Pow((4-f)/1.3, 2)) / (1.3 * math.Sqrt(2*math.Pi)) / 3
	}
	bnntest.Near(t, "log density", p.LogProb[0], math.Log(density), 1e-9)
	// Fewer draws than θ: evenly spread, each at most once.
	p, err = bnn.Predict(t.Context(), m, three, x, bnn.PredictOptions{Draws: 2, Keep: 2, Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	bnntest.Near(t, "mean of two", p.Mean[0], (2+4.5)/2, 1e-12)
}

// A density far in the tail must not underflow to log 0.
func TestLogProbFarOut(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.01}}
	p, err := bnn.Predict(t.Context(), m, three, mat.NewDense(1, 1, []float64{0}), bnn.PredictOptions{Y: mat.NewDense(1, 1, []float64{100}), Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	want := -0.5*math.Pow(99.5/0.01, 2) - math.Log(0.01*math.Sqrt(2*math.Pi)) - math.Log(3) // the nearest line, f = 0.5, outweighs the others
	bnntest.Near(t, "log density", p.LogProb[0], want, 1e-6)
}

// Standardisation is undone: the same lines through scaled data predict the same.
func TestScaleIsUndone(t *testing.T) {
	set := data.New("far", []float64{100, 110, 120, 140}, []float64{-3000, -2000, -1500, 500})
	scale, err := data.NewScale(set)
	if err != nil {
		t.Fatal(err)
	}
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.3}, Scale: scale}
	p, err := bnn.Predict(t.Context(), m, three, set.X, bnn.PredictOptions{Keep: 3, Y: set.Y, Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	sx, sy := scale.XSD[0], scale.YSD[0]
	tol := 1e-6 * sy // predictions are in float32
	for i := range 4 {
		x, y := set.X.At(i, 0), set.Y.At(i, 0)
		f := [3]float64{}
		mean, density := 0.0, 0.0
		for s, th := range three { // y = my + sy (w (x − mx)/sx + b)
			f[s] = scale.YMean[0] + sy*(th[0]*(x-scale.XMean[0])/sx+th[1])
			mean += f[s] / 3
			density += math.Exp(-0.5*math.Pow((y-f[s])/(0.3*sy), 2)) / (0.3 * sy * math.Sqrt(2*math.Pi)) / 3
			bnntest.Near(t, "function", p.Functions[s][i], f[s], tol)
		}
		variance := 0.0
		for _, v := range f {
			variance += (v - mean) * (v - mean) / 3
		}
		bnntest.Near(t, "mean", p.Mean[i], mean, tol)
		bnntest.Near(t, "epistemic sd", p.EpistemicSD()[i], math.Sqrt(variance), tol)
		bnntest.Near(t, "aleatoric sd", p.AleatoricSD()[i], 0.3*sy, tol)
		bnntest.Near(t, "log density", p.LogProb[i], math.Log(density), 1e-4)
	}
}

// Predictions under VI's q on the linear model have q's own moments at x.
func TestPredictMoments(t *testing.T) {
	l := bnntest.NewLinear(1)
	q := &bnn.Gaussian{Mu: l.Mean[:], Sigma: []float64{0.2, 0.1}}
	p, err := bnn.Predict(t.Context(), l.Model(), q, bnntest.Grid(), bnn.PredictOptions{Draws: 40000, Rand: newRand(2)})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range []float64{-2, 0, 2} {
		sd := math.Hypot(0.2*x, 0.1)
		mean, _ := l.Function(x)
		bnntest.Near(t, fmt.Sprintf("mean at %v", x), p.Mean[i], mean, 4*sd/200)
		bnntest.Near(t, fmt.Sprintf("epistemic sd at %v", x), p.EpistemicSD()[i], sd, 0.02*sd)
	}
}

// short is a posterior that gives too few draws of the wrong length.
type short struct{ n, d int }

func (s short) Draws(n int, _ *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		for range min(n, s.n) {
			if !yield(make([]float64, s.d)) {
				return
			}
		}
	}
}

func TestPredictRefuses(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.3}}
	good := mat.NewDense(1, 1, []float64{2})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		post bnn.Posterior
		x    *mat.Dense
		o    bnn.PredictOptions
		want string
	}{
		"NaN in x":      {t.Context(), three, mat.NewDense(2, 1, []float64{0, math.NaN()}), bnn.PredictOptions{}, "row 1"},
		"wide x":        {t.Context(), three, mat.NewDense(1, 2, nil), bnn.PredictOptions{}, "2 columns"},
		"no rows":       {t.Context(), three, &mat.Dense{}, bnn.PredictOptions{}, "no rows"},
		"nil x":         {t.Context(), three, nil, bnn.PredictOptions{}, "no rows"},
		"Inf in Y":      {t.Context(), three, good, bnn.PredictOptions{Y: mat.NewDense(1, 1, []float64{math.Inf(1)})}, "+Inf"},
		"long Y":        {t.Context(), three, good, bnn.PredictOptions{Y: mat.NewDense(2, 1, nil)}, "want 1 × 1"},
		"negative":      {t.Context(), three, good, bnn.PredictOptions{Draws: -1}, "negative"},
		"no θ":          {t.Context(), bnn.Samples{}, good, bnn.PredictOptions{}, "without any θ"},
		"θ too long":    {t.Context(), short{100, 5}, good, bnn.PredictOptions{}, "length 5"},
		"too few draws": {t.Context(), short{2, 2}, good, bnn.PredictOptions{}, "2 draws"},
		"cancelled":     {cancelled, three, good, bnn.PredictOptions{}, "context canceled"},
	} {
		c.o.Rand = newRand(1)
		_, err := bnn.Predict(c.ctx, m, c.post, c.x, c.o)
		wantError(t, name, err, c.want)
		if name == "cancelled" && !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v does not wrap context.Canceled", err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Predict without Rand does not panic")
		}
	}()
	bnn.Predict(t.Context(), m, three, good, bnn.PredictOptions{})
}

// A draw of masks is one function: the same x in two rows far apart, in different chunks
// of the pass, has the same value, whether or not the mask comes before the first layer.
func TestDroppedDrawIsOneFunction(t *testing.T) {
	const n = 700
	for _, net := range []nn.Net{
		nn.MLP([]int{1, 20, 20, 1}, nn.Tanh),
		nn.New(1, nn.Dropout{P: 0.5}, nn.Dense{Out: 20}, nn.Tanh, nn.Dropout{}, nn.Dense{Out: 1}),
	} {
		m, theta := &bnn.Model{Net: net}, make([]float64, net.Dim()+1)
		net.Init(theta[:net.Dim()], newRand(1))
		x := mat.NewDense(2*n, 1, nil)
		for i := range n {
			x.Set(i, 0, float64(i)/n-0.5)
			x.Set(i+n, 0, float64(i)/n-0.5)
		}
		pred, err := bnn.Predict(t.Context(), m, &bnn.Dropped{Net: net, Theta: theta, P: 0.3}, x, bnn.PredictOptions{Draws: 5, Keep: 5, Rand: newRand(2)})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range pred.Functions {
			for i := range n {
				if math.Abs(f[i]-f[i+n]) > 1e-6 {
					t.Fatalf("%v: f(%v) is %v and %v in one draw", net, x.At(i, 0), f[i], f[i+n])
				}
			}
		}
		if a, b := pred.Functions[0][n/4], pred.Functions[1][n/4]; a == b {
			t.Errorf("%v: two draws are alike, %v", net, a)
		}
	}
}

// Masks of units, as in Dropped, have the moments of masked weights, as in its draws.
func TestDroppedPredictsAsItsDraws(t *testing.T) {
	net := nn.MLP([]int{1, 30, 30, 1}, nn.ReLU)
	m, theta := &bnn.Model{Net: net, Likelihood: bnn.GaussianNoise{SD: 0.1}}, make([]float64, net.Dim())
	net.Init(theta, newRand(1))
	q, x := &bnn.Dropped{Net: net, Theta: theta, P: 0.2}, wave(30, 1, 1).X
	const draws = 4000
	masks, err := bnn.Predict(t.Context(), m, q, x, bnn.PredictOptions{Draws: draws, Rand: newRand(2)})
	if err != nil {
		t.Fatal(err)
	}
	var all bnn.Samples
	for theta := range q.Draws(draws, newRand(3)) {
		all = append(all, slices.Clone(theta))
	}
	weights, err := bnn.Predict(t.Context(), m, all, x, bnn.PredictOptions{Draws: draws, Rand: newRand(4)})
	if err != nil {
		t.Fatal(err)
	}
	for i := range masks.Mean {
		se := math.Sqrt(masks.Epistemic[i] / draws)
		bnntest.Near(t, "mean", masks.Mean[i], weights.Mean[i], 6*se)
		bnntest.Near(t, "epistemic", masks.Epistemic[i]/weights.Epistemic[i], 1, 0.15)
	}
}
