package bnn_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func TestGaussianTarget(t *testing.T) {
	for name, m := range map[string]bnn.Method{"VI": bnn.VI{Steps: 8000, Rate: 0.02}} {
		q, err := m.Fit(t.Context(), bnntest.Gauss{}, newRand(3))
		if err != nil {
			t.Fatal(err)
		}
		mean, sd := bnntest.Moments(q, 20000, newRand(4))
		for j := range mean {
			bnntest.Near(t, fmt.Sprintf("%s mean θ[%d]", name, j), mean[j], bnntest.GaussMean[j], 0.05*bnntest.GaussSD[j])
			bnntest.Near(t, fmt.Sprintf("%s sd θ[%d]", name, j), sd[j], bnntest.GaussSD[j], 0.05*bnntest.GaussSD[j])
		}
	}
	p, err := bnn.MAP{}.Fit(t.Context(), bnntest.Gauss{}, newRand(3))
	if err != nil {
		t.Fatal(err)
	}
	for j, v := range p.(bnn.Samples)[0] {
		bnntest.Near(t, fmt.Sprintf("MAP θ[%d]", j), v, bnntest.GaussMean[j], 1e-3)
	}
}

// TestConjugate runs the methods where the answer is known exactly: Bayesian
// linear regression. VI must reach the best factorised Gaussian within 3 %, with
// noise per example, with one draw a batch, and with no abilities at all.
func TestConjugate(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set)
	best, exact := l.BestFactorised(), l.SD()
	vi := bnn.VI{Steps: 20000, Rate: 0.01}
	one := vi
	one.OneDraw = true
	for name, c := range map[string]struct {
		m bnn.VI
		t bnn.Target
	}{"local": {vi, p}, "one draw": {one, p.Clone()}, "no abilities": {vi, plain{p.Clone()}},
		"float64": {vi, withoutSingle(l.Model().On(l.Set))}, "float64, one draw": {one, withoutSingle(l.Model().On(l.Set))}} {
		t.Run("VI "+name, func(t *testing.T) {
			t.Parallel()
			post, err := c.m.Fit(t.Context(), c.t, newRand(5))
			if err != nil {
				t.Fatal(err)
			}
			q := post.(*bnn.Gaussian)
			for j := range best {
				bnntest.Near(t, fmt.Sprintf("μ[%d]", j), q.Mu[j], l.Mean[j], 0.05*exact[j])
				bnntest.Near(t, fmt.Sprintf("σ[%d]", j), q.Sigma[j], best[j], 0.03*best[j])
			}
		})
	}
	t.Run("MAP", func(t *testing.T) {
		post, err := bnn.MAP{}.Fit(t.Context(), p.Clone(), newRand(5))
		if err != nil {
			t.Fatal(err)
		}
		for j, v := range post.(bnn.Samples)[0] { // the mode of a Gaussian is its mean
			bnntest.Near(t, fmt.Sprintf("θ*[%d]", j), v, l.Mean[j], 1e-3)
		}
	})
}

// The ELBO of a factorised Gaussian never exceeds the evidence, and at the optimum
// it is what the closed form says: a KL that is too weak or counted twice fails.
func TestELBO(t *testing.T) {
	l := bnntest.NewLinear(2)
	var last bnn.Progress
	post, err := bnn.VI{Steps: 20000, Monitor: func(p bnn.Progress) { last = p }}.Fit(t.Context(), l.Model().On(l.Set), newRand(5))
	if err != nil {
		t.Fatal(err)
	}
	q := post.(*bnn.Gaussian)
	elbo := elbo(l, q.Mu, q.Sigma)
	if !(elbo <= l.LogEvidence) {
		t.Errorf("ELBO %v exceeds log p(D) = %v", elbo, l.LogEvidence)
	}
	bnntest.Near(t, "ELBO at the optimum", elbo, l.BestELBO(), 0.01)
	if last.Method != "VI" || last.Step != 20000 || last.Steps != 20000 {
		t.Errorf("last progress %+v", last)
	}
}

// The reported loss is an unbiased estimate of −ELBO/N: over many starts its error
// averages out, with noise per example and with one draw.
func TestReportedLoss(t *testing.T) {
	l := bnntest.NewLinear(2)
	for name, c := range map[string]struct {
		oneDraw bool
		as      func(*bnn.Problem) bnn.Target
	}{
		"local": {false, whole}, "one draw": {true, whole}, "float64": {false, withoutSingle}, "float64, one draw": {true, withoutSingle},
	} {
		const starts = 2000
		var sum, sum2 float64
		for seed := range uint64(starts) {
			p, mu, got := l.Model().On(l.Set), make([]float64, 2), 0.0
			p.Init(mu, newRand(seed)) // the first thing VI does
			vi := bnn.VI{Steps: 1, InitSD: 0.3, OneDraw: c.oneDraw, Monitor: func(p bnn.Progress) { got = p.Loss }}
			if _, err := vi.Fit(t.Context(), c.as(p), newRand(seed)); err != nil {
				t.Fatal(err)
			}
			d := got + elbo(l, mu, []float64{0.3, 0.3})/40
			sum, sum2 = sum+d/starts, sum2+d*d/starts
		}
		bnntest.Near(t, "mean error of the loss, "+name, sum, 0, 4*math.Sqrt(sum2/starts))
		if !(math.Sqrt(sum2/starts) < 0.02*math.Sqrt(starts)) {
			t.Errorf("%s: the estimates scatter by %v nats a row; the check is too weak", name, math.Sqrt(sum2))
		}
	}
}

// elbo is E_q[log p(D|θ)] − KL(q‖p) in closed form for the linear model.
func elbo(l *bnntest.Linear, mu, sigma []float64) float64 {
	v := 0.0
	for i := range l.Set.Len() {
		x, y := l.Set.X.At(i, 0), l.Set.Y.At(i, 0)
		r := y - mu[0]*x - mu[1]
		v -= (r*r+sigma[0]*sigma[0]*x*x+sigma[1]*sigma[1])/(2*l.Noise*l.Noise) + math.Log(l.Noise*math.Sqrt(2*math.Pi))
	}
	for j := range mu {
		v -= math.Log(l.Prior/sigma[j]) + (sigma[j]*sigma[j]+mu[j]*mu[j])/(2*l.Prior*l.Prior) - 0.5
	}
	return v
}

// Dropping the inputs of a linear unit is ridge regression in closed form: the
// exact optimum of MC dropout's objective.
func TestMCDropoutReachesItsOptimum(t *testing.T) {
	l := bnntest.NewLinear(3)
	l.Prior = 0.15 // strong enough for the weight decay to show
	const p = 0.3
	m := &bnn.Model{Net: nn.New(1, nn.Dropout{}, nn.Dense{Out: 1}), Prior: bnn.Normal{SD: l.Prior}, Likelihood: bnn.GaussianNoise{SD: l.Noise}}
	// E_z‖y − w z x − b‖² = Σ (y − w x − b)² + w² p/(1−p) Σ x²; prior w²/((1−p) s²) + b²/s².
	var xx, sx, xy, sy float64
	n := float64(l.Set.Len())
	for i := range l.Set.Len() {
		x, y := l.Set.X.At(i, 0), l.Set.Y.At(i, 0)
		xx, sx, xy, sy = xx+x*x, sx+x, xy+x*y, sy+y
	}
	s2, p2 := l.Noise*l.Noise, l.Prior*l.Prior
	a, b, c := xx/(1-p)/s2+1/(1-p)/p2, sx/s2, n/s2+1/p2
	det := a*c - b*b
	want := []float64{(c*xy - b*sy) / s2 / det, (a*sy - b*xy) / s2 / det}
	for name, target := range map[string]bnn.Target{"float32": m.On(l.Set), "float64": withoutSingle(m.On(l.Set)),
		"one mask": struct {
			bnn.Target
			bnn.Masker
		}{m.On(l.Set), m.On(l.Set)}} {
		post, err := bnn.MCDropout{P: p, Steps: 20000}.Fit(t.Context(), target, newRand(6))
		if err != nil {
			t.Fatal(err)
		}
		for j, v := range post.(*bnn.Dropped).Theta {
			bnntest.Near(t, fmt.Sprintf("%s M[%d]", name, j), v, want[j], 0.02)
		}
	}
	var need *bnn.NeedsError
	if _, err := (bnn.MCDropout{}).Fit(t.Context(), bnntest.Gauss{}, newRand(1)); !errors.As(err, &need) || need.Ability != "Masker" {
		t.Errorf("MCDropout on a target without a network: %v", err)
	}
}
