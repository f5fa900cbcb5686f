package bnn_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// doubleOnly hides every ability of a Problem that is not in float64.
type doubleOnly struct {
	bnn.Target
	bnn.Parts
	bnn.GaussPrior
	bnn.Noisy
	bnn.Masker
}

func withoutSingle(p *bnn.Problem) bnn.Target { return doubleOnly{p, p, p, p, p} }

// plain hides all abilities.
type plain struct{ bnn.Target }

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
	}{"local": {vi, p}, "one draw": {one, p.Clone()}, "no abilities": {vi, plain{p.Clone()}}} {
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
	for _, oneDraw := range []bool{false, true} {
		const starts = 2000
		var sum, sum2 float64
		for seed := range uint64(starts) {
			p, mu, got := l.Model().On(l.Set), make([]float64, 2), 0.0
			p.Init(mu, newRand(seed)) // the first thing VI does
			vi := bnn.VI{Steps: 1, InitSD: 0.3, OneDraw: oneDraw, Monitor: func(p bnn.Progress) { got = p.Loss }}
			if _, err := vi.Fit(t.Context(), p, newRand(seed)); err != nil {
				t.Fatal(err)
			}
			d := got + elbo(l, mu, []float64{0.3, 0.3})/40
			sum, sum2 = sum+d/starts, sum2+d*d/starts
		}
		bnntest.Near(t, fmt.Sprintf("mean error of the loss, one draw %v", oneDraw), sum, 0, 4*math.Sqrt(sum2/starts))
		if !(math.Sqrt(sum2/starts) < 0.02*math.Sqrt(starts)) {
			t.Errorf("one draw %v: the estimates scatter by %v nats a row; the check is too weak", oneDraw, math.Sqrt(sum2))
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

// MAP in float32 and in float64 end at the same place.
func TestSingleStepsAgree(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.GaussianNoise{SD: 0.3}}
	for _, steps := range []int{1, 20} {
		var theta [2][]float64
		for i, target := range []bnn.Target{m.On(wave(60, 1, 1)), withoutSingle(m.On(wave(60, 1, 1)))} {
			p, err := bnn.MAP{Steps: steps, Batch: 16}.Fit(t.Context(), target, newRand(2))
			if err != nil {
				t.Fatal(err)
			}
			theta[i] = p.(bnn.Samples)[0]
		}
		for j := range theta[0] {
			bnntest.Near(t, fmt.Sprintf("θ[%d] after %d steps", j, steps), theta[0][j], theta[1][j], 2e-5*float64(steps))
		}
	}
}

// fits are the methods as functions of the number of steps.
var fits = map[string]func(steps int) bnn.Method{
	"MAP":         func(s int) bnn.Method { return bnn.MAP{Steps: s, Batch: 32} },
	"VI":          func(s int) bnn.Method { return bnn.VI{Steps: s, Batch: 32} },
	"VI one draw": func(s int) bnn.Method { return bnn.VI{Steps: s, Batch: 32, OneDraw: true} },
	"MCDropout":   func(s int) bnn.Method { return bnn.MCDropout{Steps: s, Batch: 32} },
	"Ensemble":    func(s int) bnn.Method { return bnn.Ensemble{Members: 3, Base: bnn.MAP{Steps: s, Batch: 32}} },
}

func TestStepsDoNotAllocate(t *testing.T) {
	for lik, m := range models() {
		for name, fit := range fits {
			p := m.On(wave(100, 2, 1))
			count := func(steps int) float64 {
				return testing.AllocsPerRun(3, func() {
					if _, err := fit(steps).Fit(context.Background(), p, newRand(1)); err != nil {
						t.Fatal(err)
					}
				})
			}
			if a, b := count(2), count(40); a != b {
				t.Errorf("%s, %s: %v allocations for 2 steps, %v for 40", name, lik, a, b)
			}
		}
	}
}

func TestSameSeedSameBits(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 12, 1}, nn.ReLU)}
	for name, fit := range fits {
		var first string
		for _, workers := range []int{1, 2, 3, 8} {
			rng := newRand(7)
			post, err := fit(50).Fit(t.Context(), m.On(wave(64, 1, 1)), rng)
			if err != nil {
				t.Fatal(err)
			}
			pred, err := bnn.Predict(t.Context(), m, post, wave(70, 1, 2).X, bnn.PredictOptions{Draws: 33, Keep: 20, Y: wave(70, 1, 2).Y, Rand: rng, Workers: workers})
			if err != nil {
				t.Fatal(err)
			}
			if s := fmt.Sprintf("%b", *pred); first == "" {
				first = s
			} else if s != first {
				t.Errorf("%s: %d workers give other bits than 1", name, workers)
			}
		}
	}
}

func TestCancel(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 50, 1}, nn.Tanh)}
	for name, fit := range fits {
		ctx, cancel := context.WithCancel(t.Context())
		method := fit(1 << 30)
		stop := func(p bnn.Progress) {
			if p.Step > 5 {
				cancel()
			}
		}
		switch v := method.(type) {
		case bnn.MAP:
			v.Monitor = stop
			method = v
		case bnn.VI:
			v.Monitor = stop
			method = v
		case bnn.MCDropout:
			v.Monitor = stop
			method = v
		case bnn.Ensemble:
			v.Base = bnn.MAP{Steps: 1 << 30, Monitor: stop}
			method = v
		}
		post, err := method.Fit(ctx, m.On(wave(60, 1, 1)), newRand(1))
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "stopped at step") {
			t.Errorf("%s: error %v", name, err)
		}
		if post == nil {
			t.Errorf("%s: no posterior so far", name)
			continue
		}
		for theta := range post.Draws(1, newRand(1)) {
			for j, v := range theta {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%s: θ[%d] = %v after cancelling", name, j, v)
				}
			}
		}
	}
}

func TestDivergence(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 50, 50, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.1}}
	for name, method := range map[string]bnn.Method{
		"MAP": bnn.MAP{Rate: 1e4}, "VI": bnn.VI{Rate: 1e4}, "VI one draw": bnn.VI{Rate: 1e4, OneDraw: true}, "MCDropout": bnn.MCDropout{Rate: 1e4},
	} {
		post, err := method.Fit(t.Context(), m.On(wave(60, 1, 1)), newRand(1))
		var d *bnn.DivergedError
		if !errors.As(err, &d) || post != nil || !strings.Contains(err.Error(), "lower Rate") {
			t.Errorf("%s with rate 1e4: posterior %v, error %v", name, post != nil, err)
		}
	}
}

// Members of an ensemble start and end apart, do not depend on the workers, and
// are predicted from once each.
func TestEnsemble(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 10, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.2}}
	var first string
	for _, workers := range []int{1, 2, 7} {
		for _, target := range []bnn.Target{m.On(wave(40, 1, 1)), plain{m.On(wave(40, 1, 1))}} { // with and without Cloner
			done := 0
			e := bnn.Ensemble{Base: doubleMAP{}, Members: 7, Workers: workers, Monitor: func(p bnn.Progress) { done = p.Step }}
			post, err := e.Fit(t.Context(), target, newRand(3))
			if err != nil {
				t.Fatal(err)
			}
			s := post.(bnn.Samples)
			if got := fmt.Sprintf("%b", s); first == "" {
				first = got
			} else if got != first {
				t.Errorf("%d workers give other bits", workers)
			}
			if len(s) != 7 || done != 7 || s[0][0] == s[1][0] {
				t.Errorf("%d members, %d reported done, first weights %v and %v", len(s), done, s[0][0], s[1][0])
			}
		}
	}
	if _, err := (bnn.Ensemble{Base: bnn.MAP{Rate: -1}}).Fit(t.Context(), m.On(wave(40, 1, 1)), newRand(3)); err == nil || !strings.Contains(err.Error(), "learning rate -1") {
		t.Errorf("a base that cannot run: %v", err)
	}
}

// doubleMAP is MAP in float64 on any target.
type doubleMAP struct{}

func (doubleMAP) Fit(ctx context.Context, t bnn.Target, rng *rand.Rand) (bnn.Posterior, error) {
	return bnn.MAP{Steps: 30}.Fit(ctx, plain{t}, rng)
}

// Every component of a mixture is equally likely, also in short runs of draws.
func TestMixtureIsBalanced(t *testing.T) {
	mix := bnn.Mixture{&bnn.Gaussian{Mu: []float64{0}, Sigma: []float64{0}}, &bnn.Gaussian{Mu: []float64{1}, Sigma: []float64{0}}, &bnn.Gaussian{Mu: []float64{2}, Sigma: []float64{0}}}
	count, rng := [3]int{}, newRand(4)
	for range 3000 {
		for theta := range mix.Draws(2, rng) {
			count[int(theta[0])]++
		}
	}
	for i, c := range count { // 2000 expected; binomial sd below 37
		bnntest.Near(t, fmt.Sprintf("draws of component %d", i), float64(c), 2000, 150)
	}
}
