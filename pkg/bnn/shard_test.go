package bnn_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// wide is a network of which 256 rows are work enough for several shards, and the
// parameters for several blocks.
var wide = nn.MLP([]int{1, 300, 300, 2}, nn.ReLU)

// weigh gives the rows of a set weights between ½ and 1½.
func weigh(set *data.Set) *data.Set {
	rng := newRand(11)
	for range set.Len() {
		set.W = append(set.W, 0.5+rng.Float64())
	}
	return set
}

// Training a wide network gives the same bits with 1 to 8 processors.
func TestShardsGiveTheSameBits(t *testing.T) {
	m := &bnn.Model{Net: wide, Likelihood: bnn.Heteroscedastic{}}
	classes := &bnn.Model{Net: wide, Likelihood: bnn.Categorical{Classes: 2}}
	learned := &bnn.Model{Net: nn.MLP([]int{1, 300, 300, 1}, nn.Tanh), Prior: &bnn.LearnedScale{}}
	set, labels := wave(400, 1, 1), labelled(400, 2, 1)
	for name, c := range map[string]struct {
		m   *bnn.Model
		set *data.Set
		fit bnn.Method
	}{
		"VI":              {m, weigh(wave(400, 1, 1)), bnn.VI{Steps: 4, Batch: 256}},
		"VI, one draw":    {m, set, bnn.VI{Steps: 4, Batch: 256, OneDraw: true}},
		"VI, all rows":    {learned, wave(1100, 1, 1), bnn.VI{Steps: 3, Batch: 1100}},
		"MAP":             {classes, labels, bnn.MAP{Steps: 4, Batch: 256}},
		"MCDropout":       {classes, labels, bnn.MCDropout{Steps: 4, Batch: 256}},
		"ConcreteDropout": {m, set, bnn.ConcreteDropout{Steps: 2, Batch: 256}},
	} {
		t.Run(name, func(t *testing.T) {
			all := func(procs int) string {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
				post, err := c.fit.Fit(t.Context(), c.m.On(c.set), newRand(7))
				if err != nil {
					t.Fatal(err)
				}
				for theta := range post.Draws(1, newRand(8)) {
					return fmt.Sprintf("%b", theta)
				}
				return "no draw"
			}
			first := all(1)
			for procs := 2; procs <= 8; procs++ {
				if all(procs) != first {
					t.Errorf("%d processors give other bits than 1", procs)
				}
			}
		})
	}
}

// The log likelihood of a batch in shards, and its gradient, are the sums over parts that
// are too small to be cut, in both precisions, with weighted rows and learned noise.
func TestShardsAddUp(t *testing.T) {
	for name, c := range map[string]struct {
		lik     bnn.Likelihood
		net     nn.Net
		weights bool
	}{
		"learned noise": {bnn.GaussianNoise{}, nn.MLP([]int{1, 300, 300, 1}, nn.Tanh), false},
		"weights":       {bnn.GaussianNoise{}, nn.MLP([]int{1, 300, 300, 1}, nn.Tanh), true},
		"two outputs":   {bnn.Heteroscedastic{}, wide, false},
	} {
		set := wave(600, 1, 1)
		if c.weights {
			weigh(set)
		}
		p := (&bnn.Model{Net: c.net, Likelihood: c.lik}).On(set)
		if p.Err() != nil {
			t.Fatal(p.Err())
		}
		rows := newRand(5).Perm(600)[:300]
		shardsAddUp(t, name+" in float64", p, p.LogLik, rows, 1e-12)
		shardsAddUp(t, name+" in float32", p, p.Single().LogLik, rows, 2e-5)
	}
}

func shardsAddUp[T nn.Float](t *testing.T, name string, p *bnn.Problem, logLik func(grad, theta []T, rows []int) float64, rows []int, tol float64) {
	t.Helper()
	start := make([]float64, p.Dim())
	p.Init(start, newRand(3))
	theta, grad, part, sum := make([]T, len(start)), make([]T, len(start)), make([]T, len(start)), make([]float64, len(start))
	for j, v := range start {
		theta[j] = T(v)
	}
	value, size := 0.0, 0.0
	for piece := range slices.Chunk(rows, 50) { // too few rows for shards
		value += logLik(part, theta, piece) * float64(len(piece)) / float64(len(rows))
		for j, g := range part {
			sum[j] += float64(g) * float64(len(piece)) / float64(len(rows))
		}
	}
	got := logLik(grad, theta, rows)
	if !(math.Abs(got-value) <= tol*math.Abs(value)) {
		t.Errorf("%s: log likelihood %v, the sum of its parts %v", name, got, value)
	}
	for _, g := range sum {
		size = max(size, math.Abs(g))
	}
	for j, g := range grad {
		if !(math.Abs(float64(g)-sum[j]) <= tol*size) {
			t.Fatalf("%s: ∂/∂θ_%d is %v, the sum of its parts %v", name, j, g, sum[j])
		}
	}
}

// Shards have noise of their own: 128 equal rows of f ~ N(0, s) give a sum of residuals
// with the variance 128 s. If two shards of 64 shared their noise, it would be twice that.
func TestShardsHaveNoiseOfTheirOwn(t *testing.T) {
	const in, rows, times = 50000, 128, 600
	set := &data.Set{Name: "ones", X: mat.NewDense(rows, in, slices.Repeat([]float64{1}, rows*in)), Y: mat.NewDense(rows, 1, nil)}
	p := (&bnn.Model{Net: nn.New(in, nn.Dense{Out: 1}), Likelihood: bnn.GaussianNoise{SD: 1}}).On(set)
	dim := p.Dim()
	zero, v, gMu, gVar := make([]float32, dim), slices.Repeat([]float32{1. / in}, dim), make([]float32, dim), make([]float32, dim)
	rng, sums := newRand(4), make([]float64, times)
	for i := range sums {
		p.Single().LogLikLocal(gMu, gVar, zero, v, nil, rng)
		sums[i] = float64(gMu[dim-1]) // ∂/∂b = Σ (y − f)
	}
	variance := stat.Variance(sums, nil) / (rows * (1 + 1./in))
	if se := math.Sqrt(2. / times); !(math.Abs(variance-1) <= 5*se) {
		t.Errorf("the variance is %.3f of what independent rows have", variance)
	}
}

// A step of training in shards makes no garbage.
func TestShardsDoNotAllocate(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	p := (&bnn.Model{Net: wide, Likelihood: bnn.Heteroscedastic{}}).On(wave(300, 1, 1))
	theta, grad := make([]float32, p.Dim()), make([]float32, p.Dim())
	single := p.Single()
	single.LogLik(grad, theta, nil)
	if n := testing.AllocsPerRun(50, func() { single.LogLik(grad, theta, nil) }); n > 0 {
		t.Errorf("%v allocations a pass", n)
	}
}
