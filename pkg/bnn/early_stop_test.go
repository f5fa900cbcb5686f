package bnn_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// overfitting is a wide network on few noisy points with next to no prior: the
// training likelihood rises for ever, the held-out one falls soon.
func overfitting() *bnn.Problem {
	m := &bnn.Model{Net: nn.MLP([]int{1, 40, 40, 1}, nn.ReLU), Prior: bnn.Normal{SD: 30}, Likelihood: bnn.GaussianNoise{SD: 0.05}}
	held := make([]int, 20)
	for i := range held {
		held[i] = 2 * i
	}
	return m.On(wave(40, 1, 3)).HoldOut(held)
}

func heldOut(t *testing.T, p *bnn.Problem, post bnn.Posterior) float64 {
	t.Helper()
	s, ok := p.HeldOutScore(post.Draws(200, newRand(9)))
	if !ok {
		t.Fatal("no held-out rows")
	}
	return s
}

func TestEarlyStopping(t *testing.T) {
	for name, c := range map[string]struct {
		margin     float64 // nats a row, at least
		all, early func(func(bnn.Progress)) bnn.Method
	}{
		"MAP": {0.5,
			func(func(bnn.Progress)) bnn.Method { return bnn.MAP{Steps: 2000} },
			func(m func(bnn.Progress)) bnn.Method { return bnn.MAP{Steps: 2000, Patience: 10, Monitor: m} }},
		"VI": {0.1, // its KL term already holds it back
			func(func(bnn.Progress)) bnn.Method { return bnn.VI{Steps: 2000, InitSD: 1e-3} },
			func(m func(bnn.Progress)) bnn.Method {
				return bnn.VI{Steps: 2000, InitSD: 1e-3, Patience: 10, Monitor: m}
			}},
		"MCDropout": {0.5,
			func(func(bnn.Progress)) bnn.Method { return bnn.MCDropout{P: 0.01, Steps: 2000} },
			func(m func(bnn.Progress)) bnn.Method {
				return bnn.MCDropout{P: 0.01, Steps: 2000, Patience: 10, Monitor: m}
			}},
		"Concrete": {0.1,
			func(func(bnn.Progress)) bnn.Method { return bnn.ConcreteDropout{P: 0.01, Steps: 2000} },
			func(m func(bnn.Progress)) bnn.Method {
				return bnn.ConcreteDropout{P: 0.01, Steps: 2000, Patience: 10, Monitor: m}
			}},
	} {
		var last bnn.Progress
		p, a, e := overfitting(), 0.0, 0.0
		const seeds = 4
		for seed := range uint64(seeds) {
			all, err := c.all(nil).Fit(t.Context(), p, newRand(seed))
			if err != nil {
				t.Fatal(err)
			}
			early, err := c.early(func(p bnn.Progress) { last = p }).Fit(t.Context(), p, newRand(seed))
			if err != nil {
				t.Fatal(err)
			}
			a, e = a+heldOut(t, p, all)/seeds, e+heldOut(t, p, early)/seeds
		}
		if !(e > a+c.margin) {
			t.Errorf("%s: held-out score %.2f with early stopping, %.2f without", name, e, a)
		}
		if last.Step != last.Steps {
			t.Errorf("%s: the last progress says step %d of %d", name, last.Step, last.Steps)
		}
	}
}

// The score is log-mean-exp over draws, by hand on the linear model.
func TestHeldOutScore(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set).HoldOut([]int{3, 7})
	if p.Len() != 38 {
		t.Errorf("N = %d with 2 of 40 rows held out", p.Len())
	}
	lines := bnn.Samples{{1, 0}, {2, 0.5}}
	want := 0.0
	for _, i := range []int{3, 7} {
		x, y := l.Set.X.At(i, 0), l.Set.Y.At(i, 0)
		density := 0.0
		for _, th := range lines {
			z := (y - th[0]*x - th[1]) / l.Noise
			density += math.Exp(-z*z/2) / (l.Noise * math.Sqrt(2*math.Pi)) / 2
		}
		want += math.Log(density) / 2
	}
	for _, q := range []*bnn.Problem{p, p.Clone().(*bnn.Problem)} {
		got, ok := q.HeldOutScore(lines.Draws(2, nil))
		bnntest.Near(t, "held-out score", got, want, 1e-9)
		if !ok {
			t.Error("no held-out rows")
		}
	}
	if _, ok := l.Model().On(l.Set).HeldOutScore(lines.Draws(2, nil)); ok {
		t.Error("a problem without held-out rows has a score")
	}
	for name, held := range map[string][]int{"twice": {1, 1}, "outside": {40}, "all": seq(40)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			l.Model().On(l.Set).HoldOut(held)
		}()
	}
}

func seq(n int) []int {
	v := make([]int, n)
	for i := range v {
		v[i] = i
	}
	return v
}

// A warm start begins where it is told to.
func TestWarmStart(t *testing.T) {
	l := bnntest.NewLinear(1)
	p, start := l.Model().On(l.Set), []float64{5, -7}
	for name, m := range map[string]bnn.Method{
		"MAP": bnn.MAP{Steps: 1, Rate: 1e-9, Start: start}, "VI": bnn.VI{Steps: 1, Rate: 1e-9, Start: start}, "MCDropout": bnn.MCDropout{Steps: 1, Rate: 1e-9, Start: start},
	} {
		post, err := m.Fit(t.Context(), p, newRand(1))
		if err != nil {
			t.Fatal(err)
		}
		var theta []float64
		switch q := post.(type) {
		case bnn.Samples:
			theta = q[0]
		case *bnn.Gaussian:
			theta = q.Mu
		case *bnn.Dropped:
			theta = q.Theta
		}
		for j, v := range theta {
			bnntest.Near(t, fmt.Sprintf("%s θ[%d]", name, j), v, start[j], 1e-6)
		}
		if start[0] != 5 {
			t.Fatalf("%s changed its Start", name)
		}
	}
	exact := []float64{math.Pi, -math.E} // not a step: not a bit
	if q := laplace(t, bnn.Laplace{Steps: -1, Polish: -1, Start: exact}, p); !slices.Equal(q.Mode, exact) {
		t.Errorf("Laplace without steps is at %v, want %v", q.Mode, exact)
	}
	_, err := bnn.VI{Start: start[:1]}.Fit(t.Context(), p, newRand(1))
	wantError(t, "short start", err, "1 parameters, the target has 2")
}

func ExampleProblem_HoldOut() {
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.Tanh)}
	p := model.On(line()).HoldOut([]int{0, 5, 10, 15, 20})
	fmt.Println(p.Len(), "rows to train on")
	// Then: bnn.MAP{Patience: 10}.Fit(ctx, p, rng)
	// Output: 45 rows to train on
}
