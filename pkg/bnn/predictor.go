package bnn

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// predictor is what all runs share.
type predictor struct {
	m       *Model
	lik     Likelihood
	n       int
	targets int                          // columns of y
	k       int                          // predicted columns
	x       []float64                    // (N × in) standardised
	y       []float64                    // (N × targets) standardised, or nil
	entropy func(mean []float64) float64 // of a row; nil unless targets are discrete
	logUnit float64                      // Σ_k log sd(y_k): from densities per standardised unit to per raw unit
	kept    [][]float64
	samples [][]float64
	sampler Sampler // nil unless samples are asked for
}

// run of draws: those of one shard; lo is the index of its first draw.
type drawRun struct {
	lo, n int
	noise *rand.Rand                      // of samples of y
	masks *rand.Rand                      // of the masks of [Dropped], or
	theta iter.Seq[[]float64]             // draws of θ, or
	funcs iter.Seq2[[]float64, []float64] // draws of the outputs (N × O) and φ
}

func newPredictor(m *Model, x *mat.Dense, o PredictOptions) (*predictor, error) {
	if x == nil || x.IsEmpty() {
		return nil, errors.New("bnn: Predict with no rows of x")
	}
	if o.Draws < 0 || o.Keep < 0 || o.Samples < 0 || o.Workers < 0 {
		return nil, fmt.Errorf("bnn: Predict with Draws %d, Keep %d, Samples %d, Workers %d; none may be negative", o.Draws, o.Keep, o.Samples, o.Workers)
	}
	c := &predictor{m: m, lik: m.likelihood()}
	var d int
	if c.n, d = x.Dims(); d != m.Net.In() {
		return nil, fmt.Errorf("bnn: Predict at x with %d columns, the network takes %d", d, m.Net.In())
	}
	if c.targets = m.targets(); c.targets == 0 {
		return nil, fmt.Errorf("bnn: %T fits no network with %d outputs", c.lik, m.Net.Out())
	}
	c.k = c.lik.Predicts(c.targets)
	if e, ok := c.lik.(Entropic); ok {
		c.entropy = e.Entropy
	}
	check := &data.Set{Name: "x of Predict", X: x, Y: mat.NewDense(c.n, c.targets, nil)}
	if o.Y != nil {
		if r, k := o.Y.Dims(); r != c.n || k != c.targets {
			return nil, fmt.Errorf("bnn: Predict with Y %d × %d, want %d × %d", r, k, c.n, c.targets)
		}
		check.Y = o.Y
	}
	if err := check.Err(); err != nil {
		return nil, fmt.Errorf("bnn: %w", err)
	}
	if tc, ok := c.lik.(TargetChecker); ok && o.Y != nil {
		for i := range c.n {
			if err := tc.CheckTargets(o.Y.RawRowView(i)); err != nil {
				return nil, fmt.Errorf("bnn: Y of Predict, row %d: %w", i, err)
			}
		}
	}
	if s := m.Scale; s != nil {
		check = s.Set(check)
		for _, sd := range s.YSD {
			c.logUnit += math.Log(sd)
		}
	}
	c.x = rows(check.X)
	if o.Y != nil {
		c.y = rows(check.Y)
	}
	c.kept, c.samples = make([][]float64, o.Keep), make([][]float64, o.Samples)
	if o.Samples > 0 {
		var ok bool
		if c.sampler, ok = c.lik.(Sampler); !ok {
			return nil, fmt.Errorf("bnn: Predict cannot draw samples of y: %T is no Sampler", c.lik)
		}
	}
	return c, nil
}

// rows returns the entries of m row by row.
func rows(m *mat.Dense) []float64 {
	n, c := m.Dims()
	v := make([]float64, 0, n*c)
	for i := range n {
		v = append(v, m.RawRowView(i)...)
	}
	return v
}

// plan cuts the draws into runs, each with a stream of random numbers of its own
// that is seeded here, before any worker starts. A finite posterior with no more
// θ than draws is used up exactly once.
func (c *predictor) plan(p Posterior, draws int, rng *rand.Rand) []drawRun {
	f, finite := p.(Finite)
	if finite {
		draws = min(draws, f.Len())
	}
	shards := min(predictShards, draws)
	runs := make([]drawRun, shards)
	for i := range runs {
		lo, hi := i*draws/shards, (i+1)*draws/shards
		stream := rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
		runs[i] = drawRun{lo: lo, n: hi - lo, masks: stream, theta: p.Draws(hi-lo, stream)}
		if c.sampler != nil {
			runs[i].noise = rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
		}
		if functions, ok := functionsOf(p); ok {
			runs[i].funcs = functions.FuncDraws(c.x, hi-lo, stream)
		} else if finite {
			runs[i].theta = func(yield func([]float64) bool) {
				for s := lo; s < hi && yield(f.At(s*f.Len()/draws)); s++ {
				}
			}
		}
	}
	c.kept, c.samples = c.kept[:min(len(c.kept), draws)], c.samples[:min(len(c.samples), draws)]
	return runs
}

// run evaluates the draws of one run at all rows.
func (c *predictor) run(ctx context.Context, pass *passer, r drawRun) (*moments, error) {
	t := &taker{predictor: c, moments: newMoments(c.n*c.k, c.n), next: r.lo, noise: r.noise, rowMean: make([]float64, c.k), rowVar: make([]float64, c.k), f: make([]float64, c.m.Net.Out())}
	w := c.m.Net.Dim()
	each := func(phi []float64) error { // all rows of the draw that pass has begun
		t.begin()
		for lo := 0; lo < c.n; lo += pass.tape.Rows() {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("bnn: Predict stopped: %w", err)
			}
			hi := min(lo+pass.tape.Rows(), c.n)
			take(t, lo, hi, pass.rows(lo, hi), phi)
		}
		return nil
	}
	if pass.drops != nil {
		for range r.n {
			pass.beginMask(r.masks)
			if err := each(pass.drops.Theta[w:]); err != nil {
				return nil, err
			}
		}
	} else if r.funcs != nil {
		for f, phi := range r.funcs {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("bnn: Predict stopped: %w", err)
			}
			if len(f) != c.n*c.m.Net.Out() || w+len(phi) != c.m.Dim(c.targets) {
				return nil, fmt.Errorf("bnn: the posterior draws functions with %d values and %d parameters of the likelihood, which do not fit the model", len(f), len(phi))
			}
			t.begin()
			take(t, 0, c.n, f, phi)
		}
	} else {
		for theta := range r.theta {
			if len(theta) != c.m.Dim(c.targets) {
				return nil, fmt.Errorf("bnn: the posterior draws θ of length %d, the model has %d parameters", len(theta), c.m.Dim(c.targets))
			}
			pass.begin(theta)
			if err := each(theta[w:]); err != nil {
				return nil, err
			}
		}
	}
	if t.s != r.n {
		return nil, fmt.Errorf("bnn: the posterior gave %d draws where %d were asked for", t.s, r.n)
	}
	return t.moments, nil
}

// result turns the sums into a Predictive in raw units.
func (c *predictor) result(a *moments) *Predictive {
	p := &Predictive{N: c.n, K: c.k, S: a.s, Mean: a.mean, Epistemic: a.m2, Aleatoric: a.within, Functions: c.kept, Samples: c.samples}
	for i := range p.Epistemic {
		p.Epistemic[i] /= float64(a.s)
	}
	if c.y != nil {
		p.LogProb = make([]float64, c.n)
		for i := range p.LogProb {
			p.LogProb[i] = a.top[i] + math.Log(a.sum[i]/float64(a.s)) - c.logUnit
		}
	}
	if c.entropy != nil {
		p.ExpectedEntropy, p.Entropy, p.MutualInformation = a.entropy, make([]float64, c.n), make([]float64, c.n)
		for i := range p.Entropy {
			p.Entropy[i] = c.entropy(p.Mean[i*c.k : (i+1)*c.k])
			p.MutualInformation[i] = max(p.Entropy[i]-p.ExpectedEntropy[i], 0) // below 0 only by rounding
		}
		if a.s == 1 { // a single function leaves no doubt, nor what rounding makes of it
			copy(p.ExpectedEntropy, p.Entropy)
			clear(p.MutualInformation)
		}
	}
	if s := c.m.Scale; s != nil && c.k == c.targets {
		p.Mean = s.UnY(p.Mean)
		for i := range p.Functions {
			p.Functions[i] = s.UnY(p.Functions[i])
		}
		for i := range p.Samples {
			p.Samples[i] = s.UnY(p.Samples[i])
		}
		for i := range p.Epistemic {
			v := s.YSD[i%c.k] * s.YSD[i%c.k]
			p.Epistemic[i] *= v
			p.Aleatoric[i] *= v
		}
	}
	return p
}
