package bnn

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// PredictOptions say how to predict. Rand is needed; the rest has defaults.
type PredictOptions struct {
	Draws   int        // S, draws of θ; 0 means 100. A [Finite] posterior with no more than that many θ uses each exactly once
	Keep    int        // how many function draws to return in Functions; at most the draws made
	Y       *mat.Dense // targets (N × K, raw units) to score in LogProb; nil for none
	Rand    *rand.Rand // source of the draws
	Workers int        // goroutines; 0 means GOMAXPROCS. The result does not depend on it
}

// predictShards is into how many runs the draws are cut. It fixes the streams of
// random numbers and the order of summation, whatever the number of workers.
const predictShards = 16

const needRand = "bnn: Predict needs PredictOptions.Rand"

// Predict evaluates the posterior predictive at the rows of x (N × D, raw units),
//
//	p(y | x, D) ≈ (1/S) Σ_s p(y | x, θ_s),   θ_s ~ q,
//
// averaging means, variances and probabilities, never logits. It streams: memory
// grows with N·K, not with S. Draws run in parallel and the result is the same,
// bit for bit, for any number of workers. It returns an error for x or Y with NaN
// or of the wrong shape, for a posterior that does not fit the model, and when ctx
// is cancelled; it panics without Rand.
func Predict(ctx context.Context, m *Model, p Posterior, x *mat.Dense, o PredictOptions) (*Predictive, error) {
	if o.Rand == nil {
		panic(needRand)
	}
	c, err := newPredictor(m, x, o)
	if err != nil {
		return nil, err
	}
	runs := c.plan(p, or(o.Draws, 100), o.Rand)
	if len(runs) == 0 {
		return nil, errors.New("bnn: Predict from a posterior without any θ")
	}
	acc := make([]*moments, len(runs))
	errs := make([]error, len(runs))
	parallel(len(runs), or(o.Workers, runtime.GOMAXPROCS(0)), func() func(int) {
		tape := nn.NewTape[float64](m.Net, min(chunkRows, c.n))
		return func(i int) { acc[i], errs[i] = c.run(ctx, tape, runs[i]) }
	})
	if err := errors.Join(errs...); err != nil {
		return nil, firstOf(errs)
	}
	for _, a := range acc[1:] {
		acc[0].merge(a)
	}
	return c.result(acc[0]), nil
}

// firstOf returns the first error: the others say the same.
func firstOf(errs []error) error {
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	return errs[i]
}

// predictor is what all runs share.
type predictor struct {
	m       *Model
	lik     Likelihood
	n, k    int
	x       []float64 // (N × in) standardised
	y       []float64 // (N × K) standardised, or nil
	logUnit float64   // Σ_k log sd(y_k): from densities per standardised unit to per raw unit
	kept    [][]float64
}

// run of draws: the θ of one shard; lo is the index of its first draw.
type drawRun struct {
	lo, n int
	theta iter.Seq[[]float64]
}

func newPredictor(m *Model, x *mat.Dense, o PredictOptions) (*predictor, error) {
	if x == nil || x.IsEmpty() {
		return nil, errors.New("bnn: Predict with no rows of x")
	}
	if o.Draws < 0 || o.Keep < 0 || o.Workers < 0 {
		return nil, fmt.Errorf("bnn: Predict with Draws %d, Keep %d, Workers %d; none may be negative", o.Draws, o.Keep, o.Workers)
	}
	c := &predictor{m: m, lik: m.likelihood()}
	var d int
	if c.n, d = x.Dims(); d != m.Net.In() {
		return nil, fmt.Errorf("bnn: Predict at x with %d columns, the network takes %d", d, m.Net.In())
	}
	if c.k = m.targets(); c.k == 0 {
		return nil, fmt.Errorf("bnn: %T fits no network with %d outputs", c.lik, m.Net.Out())
	}
	check := &data.Set{Name: "x of Predict", X: x, Y: mat.NewDense(c.n, c.k, nil)}
	if o.Y != nil {
		if r, k := o.Y.Dims(); r != c.n || k != c.k {
			return nil, fmt.Errorf("bnn: Predict with Y %d × %d, want %d × %d", r, k, c.n, c.k)
		}
		check.Y = o.Y
	}
	if err := check.Err(); err != nil {
		return nil, fmt.Errorf("bnn: %w", err)
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
	c.kept = make([][]float64, o.Keep)
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
		runs[i] = drawRun{lo: lo, n: hi - lo, theta: p.Draws(hi-lo, stream)}
		if finite {
			runs[i].theta = func(yield func([]float64) bool) {
				for s := lo; s < hi && yield(f.At(s*f.Len()/draws)); s++ {
				}
			}
		}
	}
	c.kept = c.kept[:min(len(c.kept), draws)]
	return runs
}

// run evaluates the draws of one run at all rows.
func (c *predictor) run(ctx context.Context, tape *nn.Tape[float64], r drawRun) (*moments, error) {
	acc := newMoments(c.n*c.k, c.n)
	w, out := c.m.Net.Dim(), c.m.Net.Out()
	mean, variance := make([]float64, c.k), make([]float64, c.k)
	in, s := c.m.Net.In(), r.lo
	for theta := range r.theta {
		if len(theta) != c.m.Dim(c.k) {
			return nil, fmt.Errorf("bnn: the posterior draws θ of length %d, the model has %d parameters", len(theta), c.m.Dim(c.k))
		}
		acc.s++
		var keep []float64
		if s < len(c.kept) {
			keep = make([]float64, c.n*c.k)
			c.kept[s] = keep
		}
		s++
		for lo := 0; lo < c.n; lo += tape.Rows() {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("bnn: Predict stopped: %w", err)
			}
			hi := min(lo+tape.Rows(), c.n)
			f := tape.Forward(theta[:w], c.x[lo*in:hi*in], hi-lo)
			for i := lo; i < hi; i++ {
				fi := f[(i-lo)*out : (i-lo+1)*out]
				c.lik.Moments(mean, variance, fi, theta[w:])
				for k := range mean {
					acc.add(i*c.k+k, mean[k], variance[k])
				}
				if keep != nil {
					copy(keep[i*c.k:], mean)
				}
				if c.y != nil {
					acc.addLog(i, c.lik.LogProb(nil, nil, fi, theta[w:], c.y[i*c.k:(i+1)*c.k]))
				}
			}
		}
	}
	if acc.s != r.n {
		return nil, fmt.Errorf("bnn: the posterior gave %d draws of θ where %d were asked for", acc.s, r.n)
	}
	return acc, nil
}

// result turns the sums into a Predictive in raw units.
func (c *predictor) result(a *moments) *Predictive {
	p := &Predictive{N: c.n, K: c.k, S: a.s, Mean: a.mean, Epistemic: a.m2, Aleatoric: a.within, Functions: c.kept}
	for i := range p.Epistemic {
		p.Epistemic[i] /= float64(a.s)
	}
	if c.y != nil {
		p.LogProb = make([]float64, c.n)
		for i := range p.LogProb {
			p.LogProb[i] = a.top[i] + math.Log(a.sum[i]/float64(a.s)) - c.logUnit
		}
	}
	if s := c.m.Scale; s != nil {
		p.Mean = s.UnY(p.Mean)
		for i := range p.Functions {
			p.Functions[i] = s.UnY(p.Functions[i])
		}
		for i := range p.Epistemic {
			v := s.YSD[i%c.k] * s.YSD[i%c.k]
			p.Epistemic[i] *= v
			p.Aleatoric[i] *= v
		}
	}
	return p
}
