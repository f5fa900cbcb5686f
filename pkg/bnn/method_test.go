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

// whole hides nothing.
func whole(p *bnn.Problem) bnn.Target { return p }

// plain hides all abilities.
type plain struct{ bnn.Target }

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

// monitor is what a method is told to tell.
type monitor = func(bnn.Progress)

// fits are the methods as functions of the number of steps and of their Monitor.
var fits = map[string]func(steps int, m monitor) bnn.Method{
	"MAP":         func(s int, m monitor) bnn.Method { return bnn.MAP{Steps: s, Batch: 32, Monitor: m} },
	"VI":          func(s int, m monitor) bnn.Method { return bnn.VI{Steps: s, Batch: 32, Monitor: m} },
	"VI one draw": func(s int, m monitor) bnn.Method { return bnn.VI{Steps: s, Batch: 32, OneDraw: true, Monitor: m} },
	"MCDropout":   func(s int, m monitor) bnn.Method { return bnn.MCDropout{Steps: s, Batch: 32, Monitor: m} },
	"Concrete":    func(s int, m monitor) bnn.Method { return bnn.ConcreteDropout{Steps: s, Batch: 32, Monitor: m} },
	"Ensemble": func(s int, m monitor) bnn.Method {
		return bnn.Ensemble{Members: 3, Base: bnn.MAP{Steps: s, Batch: 32, Monitor: m}}
	},
	"HMC": func(s int, m monitor) bnn.Method {
		return bnn.HMC{Chains: 3, Warmup: s, Keep: 2, MaxDepth: 4, Monitor: m}
	},
	"SGLD": func(s int, m monitor) bnn.Method {
		return bnn.SGLD{Steps: s, Batch: 32, Keep: 1, BurnIn: s - 1, Monitor: m}
	},
	"Metropolis": func(s int, m monitor) bnn.Method { return bnn.Metropolis{Chains: 3, Warmup: s, Keep: 2, Monitor: m} },
}

func TestStepsDoNotAllocate(t *testing.T) {
	for lik, m := range models() {
		for name, fit := range fits {
			if name == "Concrete" && lik == "foreign prior" {
				continue // it needs a Gaussian prior
			}
			p := m.On(wave(100, 2, 1))
			for precision, target := range map[string]bnn.Target{"float32": p, "float64": withoutSingle(p)} {
				count := func(steps int) float64 {
					return testing.AllocsPerRun(3, func() {
						if _, err := fit(steps, nil).Fit(context.Background(), target, newRand(1)); err != nil {
							t.Fatal(err)
						}
					})
				}
				// One allocation a step would be 38 more; the runtime may need a few for goroutines.
				if a, b := count(2), count(40); !(b-a < 10) {
					t.Errorf("%s, %s, %s: %v allocations for 2 steps, %v for 40", name, lik, precision, a, b)
				}
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
			post, err := fit(50, nil).Fit(t.Context(), m.On(wave(64, 1, 1)), rng)
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
		method := fit(1<<30, func(p bnn.Progress) {
			if p.Step > 5 {
				cancel()
			}
		})
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
		"MAP": bnn.MAP{Rate: 1e4}, "VI": bnn.VI{Rate: 1e4}, "VI one draw": bnn.VI{Rate: 1e4, OneDraw: true}, "MCDropout": bnn.MCDropout{Rate: 1e4}, "Concrete": bnn.ConcreteDropout{Rate: 1e4},
	} {
		post, err := method.Fit(t.Context(), m.On(wave(60, 1, 1)), newRand(1))
		var d *bnn.DivergedError
		if !errors.As(err, &d) || post != nil || !strings.Contains(err.Error(), "lower Rate") {
			t.Errorf("%s with rate 1e4: posterior %v, error %v", name, post != nil, err)
		}
	}
}

func (doubleMAP) Fit(ctx context.Context, t bnn.Target, rng *rand.Rand) (bnn.Posterior, error) {
	return bnn.MAP{Steps: 30}.Fit(ctx, plain{t}, rng)
}
