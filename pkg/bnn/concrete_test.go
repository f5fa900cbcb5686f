package bnn_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// dim returns n points around y = 0.35 x, in noise so large that dropping x costs little.
func dim(n int) *data.Set {
	rng, x, y := newRand(3), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = 2*rng.Float64() - 1
		y[i] = 0.35*x[i] + 0.1*rng.NormFloat64()
	}
	return data.New("dim", x, y)
}

// On a line behind a Dropout, the optimum with hard masks is in closed form given
// p: ridge regression for (w, b), and for the odds e^a a fixed point. The relaxed
// masks must come close.
func TestConcreteDropoutReachesItsOptimum(t *testing.T) {
	const noise, prior = 0.4, 0.3
	set := dim(8)
	m := &bnn.Model{Net: nn.New(1, nn.Dropout{}, nn.Dense{Out: 1}), Prior: bnn.Normal{SD: prior}, Likelihood: bnn.GaussianNoise{SD: noise}}
	var xx, sx, xy, sy float64
	for i := range set.Len() {
		x, y := set.X.At(i, 0), set.Y.At(i, 0)
		xx, sx, xy, sy = xx+x*x, sx+x, xy+x*y, sy+y
	}
	n, s2, p2, a, w := float64(set.Len()), noise*noise, prior*prior, 0.0, 0.0
	for range 200 {
		scale := 1 + math.Exp(a) // 1/(1−p)
		A, B, C := scale*(xx/s2+1/p2), sx/s2, n/s2+1/p2
		w = (C*xy - B*sy) / s2 / (A*C - B*B)
		// ∂/∂a: −½ w² (Σx²/s² + 1/prior²) e^a − a p (1−p) = 0, by bisection.
		cost := w * w * (xx/s2 + 1/p2) / 2
		lo, hi := -20.0, 0.0
		for range 60 {
			a = (lo + hi) / 2
			if p := 1 / (1 + math.Exp(-a)); -cost*math.Exp(a)-a*p*(1-p) > 0 {
				lo = a
			} else {
				hi = a
			}
		}
	}
	want := 1 / (1 + math.Exp(-a))
	for precision, target := range map[string]bnn.Target{"float32": m.On(set), "float64": withoutSingle(m.On(set))} {
		post, err := bnn.ConcreteDropout{Steps: 20000}.Fit(t.Context(), target, newRand(6))
		if err != nil {
			t.Fatal(err)
		}
		q := post.(*bnn.Dropped)
		bnntest.Near(t, precision+": p", q.Net.Sites()[0].P, want, 0.02)
		bnntest.Near(t, precision+": w", q.Theta[0], w, 0.02)
	}
	if !(want > 0.15 && want < 0.6) {
		t.Errorf("the optimum p = %v is no test of learning p from 0.1", want)
	}
}

// More data, less doubt about the function: p falls.
func TestConcreteDropoutFallsWithData(t *testing.T) {
	m := &bnn.Model{Net: nn.New(1, nn.Dropout{}, nn.Dense{Out: 1}), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.GaussianNoise{SD: 0.6}}
	var last float64 = 1
	for _, n := range []int{4, 40, 400} {
		post, err := bnn.ConcreteDropout{Steps: 6000}.Fit(t.Context(), m.On(dim(n)), newRand(6))
		if err != nil {
			t.Fatal(err)
		}
		p := post.(*bnn.Dropped).Net.Sites()[0].P
		if !(p < last) {
			t.Errorf("p = %v with %d rows, %v with a tenth of them", p, n, last)
		}
		last = p
	}
}

func TestConcreteDropoutRefuses(t *testing.T) {
	bare := &bnn.Model{Net: nn.New(1, nn.Dense{Out: 1})}
	_, err := bnn.ConcreteDropout{}.Fit(t.Context(), bare.On(dim(8)), newRand(1))
	wantError(t, "no sites", err, "Dropout layers")
	_, err = bnn.ConcreteDropout{P: 1}.Fit(t.Context(), bare.On(dim(8)), newRand(1))
	wantError(t, "P = 1", err, "between 0 and 1")
	var need *bnn.NeedsError
	if _, err := (bnn.ConcreteDropout{}).Fit(t.Context(), bnntest.Gauss{}, newRand(1)); !errors.As(err, &need) {
		t.Errorf("a target without a network: %v", err)
	}
}

func ExampleConcreteDropout() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.1}}
	post, err := bnn.ConcreteDropout{P: 0.3, Steps: 2000}.Fit(ctx, model.On(line()), rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("p fell below its start:", post.(*bnn.Dropped).Net.Sites()[0].P < 0.3)
	// Output: p fell below its start: true
}
