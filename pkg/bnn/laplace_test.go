package bnn_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func laplace(t *testing.T, l bnn.Laplace, target bnn.Target) *bnn.LaplacePosterior {
	t.Helper()
	p, err := l.Fit(t.Context(), target, newRand(5))
	if err != nil {
		t.Fatal(err)
	}
	return p.(*bnn.LaplacePosterior)
}

// covariance returns H⁻¹ of a posterior with a Root.
func covariance(q *bnn.LaplacePosterior) *mat.Dense {
	var h, inv mat.Dense
	h.Mul(q.Root.T(), q.Root)
	if err := inv.Inverse(&h); err != nil {
		panic(err)
	}
	return &inv
}

// On Bayesian linear regression the full and the last-layer Laplace are exact:
// mean, covariance, evidence, functions. The diagonal is the best factorised one.
func TestLaplaceExact(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set)
	a, b, c := l.Precision[0][0], l.Precision[0][1], l.Precision[1][1]
	det := a*c - b*b
	for name, kind := range map[string]bnn.LaplaceKind{"full": bnn.LaplaceFull, "last layer": bnn.LaplaceLastLayer} {
		q := laplace(t, bnn.Laplace{Kind: kind}, p)
		cov := covariance(q)
		for i, want := range []float64{c / det, -b / det, -b / det, a / det} {
			bnntest.Near(t, fmt.Sprintf("%s: covariance %d", name, i), cov.At(i/2, i%2), want, 1e-6*math.Abs(want))
		}
		for j, want := range l.Mean {
			bnntest.Near(t, fmt.Sprintf("%s: mean %d", name, j), q.Mode[j], want, 1e-6)
		}
		bnntest.Near(t, name+": log evidence", q.LogEvidence, l.LogEvidence, 1e-6)
		for _, x := range []float64{-2, 0, 2} {
			mean, sd := q.Function([]float64{x})
			wantMean, wantSD := l.Function(x)
			bnntest.Near(t, fmt.Sprintf("%s: mean at %v", name, x), mean[0], wantMean, 1e-6)
			bnntest.Near(t, fmt.Sprintf("%s: sd at %v", name, x), sd[0], wantSD, 1e-6)
		}
		if !(q.Slope <= 1e-6) {
			t.Errorf("%s: gradient %v left at the mode", name, q.Slope)
		}
	}
	q := laplace(t, bnn.Laplace{Kind: bnn.LaplaceDiagonal}, p)
	for j, want := range l.BestFactorised() {
		bnntest.Near(t, fmt.Sprintf("diagonal: sd %d", j), q.SD[j], want, 1e-9)
	}
	// A factorised Gaussian with the mode's curvature has −½ log(ΠΛ_jj) for −½ log|Λ|.
	bnntest.Near(t, "diagonal: log evidence", q.LogEvidence, l.BestELBO(), 1e-6)
}

// Draws of θ and of functions, through Predict, have the moments of the formulas.
func TestLaplaceDraws(t *testing.T) {
	l := bnntest.NewLinear(1)
	m := l.Model()
	const draws = 20000
	for _, kind := range []bnn.LaplaceKind{bnn.LaplaceFull, bnn.LaplaceDiagonal, bnn.LaplaceLastLayer} {
		q := laplace(t, bnn.Laplace{Kind: kind}, m.On(l.Set))
		want := l.SD()
		if kind == bnn.LaplaceDiagonal {
			want = l.BestFactorised()
		}
		mean, sd := bnntest.Moments(q, draws, newRand(2))
		for j := range want {
			bnntest.Near(t, fmt.Sprintf("kind %d: mean %d", kind, j), mean[j], l.Mean[j], 4*want[j]/math.Sqrt(draws))
			bnntest.Near(t, fmt.Sprintf("kind %d: sd %d", kind, j), sd[j], want[j], 4*want[j]/math.Sqrt(2*draws))
		}
		for _, p := range []bnn.Posterior{q, q.Weights()} {
			pred, err := bnn.Predict(t.Context(), m, p, bnntest.Grid(), bnn.PredictOptions{Draws: draws, Rand: newRand(3)})
			if err != nil {
				t.Fatal(err)
			}
			for i, x := range []float64{-2, 0, 2} {
				f, sd := q.Function([]float64{x})
				bnntest.Near(t, fmt.Sprintf("kind %d: f(%v)", kind, x), pred.Mean[i], f[0], 4*sd[0]/math.Sqrt(draws))
				bnntest.Near(t, fmt.Sprintf("kind %d: sd of f(%v)", kind, x), pred.EpistemicSD()[i], sd[0], 4*sd[0]/math.Sqrt(2*draws))
				bnntest.Near(t, "noise", pred.AleatoricSD()[i], l.Noise, 1e-9)
			}
		}
	}
}

// On networks the mode is polished until nothing pulls at it, and the last layer
// leaves the others alone.
func TestLaplaceNetworks(t *testing.T) {
	for name, m := range models() {
		p := m.On(wave(40, 2, 1))
		if mean, _ := p.PriorMoments(); mean == nil {
			continue
		}
		full := laplace(t, bnn.Laplace{}, p)
		if !(full.Slope <= 1e-3) {
			t.Errorf("%s: gradient %v left at the mode", name, full.Slope)
		}
		last := laplace(t, bnn.Laplace{Kind: bnn.LaplaceLastLayer}, p)
		for theta := range last.Draws(1, newRand(1)) {
			for j, v := range theta {
				if (v == last.Mode[j]) != (j < last.Lo) {
					t.Fatalf("%s: θ[%d] = %v, at the mode %v, with the last layer from %d on", name, j, v, last.Mode[j], last.Lo)
				}
			}
		}
		// The Schur complement: fixing other layers leaves less doubt than knowing them.
		x := []float64{0.3}
		_, a := full.Function(x)
		_, b := last.Function(x)
		for o := range a {
			if !(b[o] <= a[o]*(1+1e-6)) && full.Slope < 1e-6 {
				t.Errorf("%s: output %d has sd %v in full, %v with the last layer", name, o, a[o], b[o])
			}
		}
	}
}

func TestLaplaceErrors(t *testing.T) {
	l := bnntest.NewLinear(1)
	var need *bnn.NeedsError
	if _, err := (bnn.Laplace{}).Fit(t.Context(), bnntest.Gauss{}, newRand(1)); !errors.As(err, &need) || need.Ability != "GaussNewton" {
		t.Errorf("a target without a network: %v", err)
	}
	mixture := l.Model()
	mixture.Prior = bnn.ScaleMixture{}
	if _, err := (bnn.Laplace{}).Fit(t.Context(), mixture.On(l.Set), newRand(1)); !errors.As(err, &need) {
		t.Errorf("a prior that is not Gaussian: %v", err)
	}
	big := &bnn.Model{Net: nn.MLP([]int{1, 100, 100, 1}, nn.Tanh)}
	_, err := bnn.Laplace{Steps: 1, Polish: -1}.Fit(t.Context(), big.On(l.Set), newRand(1))
	wantError(t, "10,000 parameters", err, "LaplaceDiagonal or LaplaceLastLayer")
	if _, err := (bnn.Laplace{Kind: bnn.LaplaceDiagonal, Steps: 1, Polish: -1}).Fit(t.Context(), big.On(l.Set), newRand(1)); err != nil {
		t.Error(err)
	}
	overflow := l.Model()
	overflow.Likelihood = bnn.GaussianNoise{SD: 1e-170}
	_, err = bnn.Laplace{Steps: -1, Polish: -1}.Fit(t.Context(), overflow.On(l.Set), newRand(1))
	wantError(t, "noise of 1e-170", err, "not positive definite; standardise")
	ctx, cancel := context.WithCancel(t.Context())
	post, err := bnn.Laplace{Steps: 1 << 30, Monitor: func(bnn.Progress) { cancel() }}.Fit(ctx, l.Model().On(l.Set), newRand(1))
	if !errors.Is(err, context.Canceled) || post.(bnn.Samples).Len() != 1 {
		t.Errorf("cancelled: %v, %v", post, err)
	}
}

func TestLaplaceSameBits(t *testing.T) {
	m, set := &bnn.Model{Net: nn.MLP([]int{1, 12, 1}, nn.Tanh)}, wave(64, 1, 1)
	first := ""
	for _, workers := range []int{1, 3, 8} {
		q := laplace(t, bnn.Laplace{Steps: 200}, m.On(set))
		pred, err := bnn.Predict(t.Context(), m, q, set.X, bnn.PredictOptions{Draws: 33, Keep: 20, Y: set.Y, Rand: rand.New(rand.NewPCG(1, 2)), Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if s := fmt.Sprintf("%b", *pred); first == "" {
			first = s
		} else if s != first {
			t.Errorf("%d workers give other bits than 1", workers)
		}
	}
}
