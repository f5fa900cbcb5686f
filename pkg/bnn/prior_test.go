package bnn_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Every prior is a density: it integrates to 1 over a weight, and its gradient is
// that of its log.
func TestPriorsAreDensities(t *testing.T) {
	weight := []nn.Block{{Lo: 0, Hi: 1, FanIn: 4}} // a single weight with four inputs beside it
	for name, p := range map[string]bnn.Prior{
		"Normal":       bnn.Normal{SD: 0.7},
		"FanIn":        bnn.Normal{SD: 0.9, FanIn: true},
		"Layers":       bnn.Normal{SD: 3, Layers: []float64{0.6}},
		"ScaleMixture": bnn.ScaleMixture{Pi: 0.3, Wide: 1.2, Narrow: 0.1},
		"Laplacian":    bnn.Laplacian{Scale: 0.6},
		"LearnedScale": bnn.LearnedScale{SD: 0.8},
	} {
		const h = 0.002
		sum := 0.0
		for w := -12.0; w <= 12; w += h {
			sum += h * math.Exp(p.LogProb(nil, []float64{w}, weight))
		}
		bnntest.Near(t, name+" ∫p(w)dw", sum, 1, 1e-4)
		for _, w := range []float64{-2, -0.3, 0.2, 5} {
			grad := []float64{0.25} // LogProb adds
			p.LogProb(grad, []float64{w}, weight)
			up, down := p.LogProb(nil, []float64{w + 1e-5}, weight), p.LogProb(nil, []float64{w - 1e-5}, weight)
			bnntest.Near(t, fmt.Sprintf("%s gradient at %v", name, w), grad[0]-0.25, (up-down)/2e-5, 1e-5*math.Max(1, math.Abs(grad[0])))
		}
	}
	// So far out that both densities underflow: the wide one still decides.
	bnntest.Near(t, "far out", bnn.ScaleMixture{}.LogProb(nil, []float64{60}, nil), math.Log(0.5)-1800-math.Log(math.Sqrt(2*math.Pi)), 1e-9)
}

// Many weights share a logarithm, and get the sum and the gradients of each alone.
func TestScaleMixtureOfManyWeights(t *testing.T) {
	p, rng := bnn.ScaleMixture{Narrow: 0.2}, newRand(1)
	w, grad, sum := make([]float64, 1000), make([]float64, 1000), 0.0
	for j := range w {
		w[j] = rng.NormFloat64() * 0.5
		sum += p.LogProb(nil, w[j:j+1], nil)
	}
	bnntest.Near(t, "log p", p.LogProb(grad, w, nil), sum, 1e-10*math.Abs(sum))
	for j, v := range w {
		wide, narrow := 0.5*math.Exp(-v*v/2), 0.5*math.Exp(-v*v/2/0.04)/0.2
		bnntest.Near(t, "gradient", grad[j], -v*(wide+narrow/0.04)/(wide+narrow), 1e-12*(1+math.Abs(grad[j])))
	}
}

// A mixture of two equal Gaussians is a Gaussian: VI through the drawn KL must
// reach the σ that the closed form gives, under a prior strong enough to matter.
func TestDrawnKLReachesTheOptimum(t *testing.T) {
	l, m := bnntest.NewLinear(1), bnntest.NewLinear(1).Model()
	const sd = 0.08
	m.Prior = bnn.ScaleMixture{Pi: 0.4, Wide: sd, Narrow: sd}
	const seeds = 6 // one run is off by 3 %
	for name, c := range map[string]struct {
		vi bnn.VI
		as func(*bnn.Problem) bnn.Target
	}{
		"float32": {bnn.VI{}, whole}, "float32, one draw": {bnn.VI{OneDraw: true}, whole}, "float64": {bnn.VI{}, withoutSingle},
	} {
		c.vi.Steps = 20000
		var sigma [2]float64
		for seed := range uint64(seeds) {
			post, err := c.vi.Fit(t.Context(), c.as(m.On(l.Set)), newRand(seed))
			if err != nil {
				t.Fatal(err)
			}
			for j := range sigma {
				sigma[j] += post.(*bnn.Gaussian).Sigma[j] / seeds
			}
		}
		for j, s := range sigma {
			want := 1 / math.Sqrt(l.Precision[j][j]-1/(l.Prior*l.Prior)+1/(sd*sd))
			bnntest.Near(t, fmt.Sprintf("%s: σ[%d]", name, j), s, want, 0.05*want)
		}
		// With hardly any spread all draws are near μ, and the loss near that with the closed form.
		var loss [2]float64
		for i, prior := range []bnn.Prior{m.Prior, bnn.Normal{SD: sd}} {
			model := l.Model()
			model.Prior = prior
			one := bnn.VI{Steps: 1, InitSD: 1e-5, OneDraw: c.vi.OneDraw, Monitor: func(p bnn.Progress) { loss[i] = p.Loss }}
			if _, err := one.Fit(t.Context(), c.as(model.On(l.Set)), newRand(1)); err != nil {
				t.Fatal(err)
			}
		}
		bnntest.Near(t, name+": loss of the first step", loss[0], loss[1], 1e-3*math.Abs(loss[1]))
	}
}

// Warm-up changes the way, not the end: β is 1 at the end.
func TestWarmupEndsAtTheOptimum(t *testing.T) {
	l := bnntest.NewLinear(1)
	for name, as := range map[string]func(*bnn.Problem) bnn.Target{"float32": whole, "float64": withoutSingle} {
		post, err := bnn.VI{Steps: 20000, Warmup: 0.5}.Fit(t.Context(), as(l.Model().On(l.Set)), newRand(5))
		if err != nil {
			t.Fatal(err)
		}
		q, best := post.(*bnn.Gaussian), l.BestFactorised()
		for j := range best {
			bnntest.Near(t, fmt.Sprintf("%s: σ[%d]", name, j), q.Sigma[j], best[j], 0.03*best[j])
		}
	}
	// With β near 0 all along, q would be the likelihood's, which is wider by 1/prior².
	for _, bad := range []float64{-0.1, 1, math.NaN()} {
		_, err := bnn.VI{Warmup: bad}.Fit(t.Context(), l.Model().On(l.Set), newRand(5))
		wantError(t, fmt.Sprint("warm-up ", bad), err, "Warmup")
	}
}

// Learned scales sit where the ELBO is largest given q, and that ELBO is no worse
// than the one under the starting scale.
func TestLearnedScale(t *testing.T) {
	l := bnntest.NewLinear(1)
	m := l.Model()
	m.Prior = bnn.LearnedScale{SD: 20} // far too wide
	p := m.On(l.Set)
	post, err := bnn.VI{Steps: 20000}.Fit(t.Context(), p, newRand(5))
	if err != nil {
		t.Fatal(err)
	}
	q := post.(*bnn.Gaussian)
	s := make([]float64, 2)
	if !p.LearnPrior(s, q.Mu, q.Sigma) {
		t.Fatal("LearnedScale has nothing to learn")
	}
	for j := range s {
		bnntest.Near(t, fmt.Sprintf("s[%d]", j), s[j], math.Hypot(q.Mu[j], q.Sigma[j]), 1e-12)
		// σ_j² of the best q under N(0, s_j²) is 1/(ΦᵀΦ_jj/noise² + 1/s_j²).
		want := 1 / math.Sqrt(l.Precision[j][j]-1/(l.Prior*l.Prior)+1/(s[j]*s[j]))
		bnntest.Near(t, fmt.Sprintf("σ[%d]", j), q.Sigma[j], want, 0.03*want)
	}
	if s[0] > 2 || s[1] > 2 {
		t.Errorf("scales %v, still near the start at 20", s)
	}
}

func TestBadPriors(t *testing.T) {
	for want, p := range map[string]bnn.Prior{
		"Pi = 1;":                       bnn.ScaleMixture{Pi: 1},
		"ScaleMixture prior with scale": bnn.ScaleMixture{Wide: -1},
		"Laplacian prior with scale":    bnn.Laplacian{Scale: math.Inf(1)},
		"Normal prior with scale -3":    bnn.Normal{Layers: []float64{1, -3}},
	} {
		wantError(t, want, (&bnn.Model{Net: nn.MLP([]int{1, 2, 1}, nn.Tanh), Prior: p}).On(wave(9, 1, 1)).Err(), want)
	}
}

func ExampleScaleMixture() {
	p := bnn.ScaleMixture{Pi: 0.5, Wide: 1, Narrow: 0.1}
	for _, w := range []float64{0, 0.5, 2} {
		fmt.Printf("log p(%v) = %.2f\n", w, p.LogProb(nil, []float64{w}, nil))
	}
	// Output:
	// log p(0) = 0.79
	// log p(0.5) = -1.74
	// log p(2) = -3.61
}

func ExampleLaplacian() {
	p := bnn.Laplacian{Scale: 0.25}
	fmt.Printf("%.2f %.2f\n", p.LogProb(nil, []float64{0}, nil), p.LogProb(nil, []float64{1}, nil))
	// Output: 0.69 -3.31
}

func ExampleLearnedScale() {
	// Data with a slope of 1.4: VI learns how large weights have to be.
	l := bnntest.NewLinear(1)
	model := l.Model()
	model.Prior = bnn.LearnedScale{}
	problem := model.On(l.Set)
	post, err := bnn.VI{}.Fit(context.Background(), problem, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	s := make([]float64, 2)
	problem.LearnPrior(s, post.(*bnn.Gaussian).Mu, post.(*bnn.Gaussian).Sigma)
	fmt.Printf("scale of the slope %.1f, of the intercept %.1f\n", s[0], s[1])
	// Output: scale of the slope 1.4, of the intercept 0.5
}

func ExampleGaussian_SNR() {
	q := &bnn.Gaussian{Mu: []float64{2, -0.1, 0.3}, Sigma: []float64{0.1, 0.2, 0.1}}
	fmt.Printf("%.1f\n", q.SNR())
	fmt.Println(q.Prune(3, 0.4).Mu) // the least certain weight goes
	// Output:
	// [20.0 0.5 3.0]
	// [2 0 0.3]
}
