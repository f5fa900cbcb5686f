package bnn

import (
	"math"

	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// adam climbs a gradient with Adam (Kingma & Ba, Adam: A Method for Stochastic
// Optimization, 2015).
type adam[T nn.Float] struct {
	t    int
	m, v []T // running mean of g and of g²
}

func newAdam[T nn.Float](dim int) *adam[T] {
	return &adam[T]{m: make([]T, dim), v: make([]T, dim)}
}

// step moves x uphill along g by about rate in each coordinate.
func (a *adam[T]) step(x, g []T, rate float64) {
	a.t++
	kernels.Adam(x, g, a.m, a.v, kernels.AdamAt(a.t, rate))
}

// stepUnder is step on the sum of what g is the gradient of and of a Gaussian prior's
// E[log p(z x)], which it returns without its constant.
func (a *adam[T]) stepUnder(prior []gaussRun, x, g []T, rate float64) float64 {
	a.t++
	at, value := kernels.AdamAt(a.t, rate), 0.0
	for _, p := range prior {
		value += kernels.AdamDecay(x[p.lo:p.hi], g[p.lo:p.hi], a.m[p.lo:p.hi], a.v[p.lo:p.hi], p.Normal, p.z2, at)
	}
	return value
}

// A gaussRun says that θ[lo:hi] have one prior N(Mean, SD²), and random factors z in
// front of them E[z²] = z2.
type gaussRun struct {
	lo, hi int
	kernels.Normal
	z2 float64
}

// gaussRuns returns the runs of equal moments, in order; nil for z2 stands for ones.
func gaussRuns(mean, sd, z2 []float64) []gaussRun {
	var runs []gaussRun
	for j := range sd {
		r := gaussRun{j, j + 1, kernels.Normal{Mean: mean[j], SD: sd[j]}, 1}
		if z2 != nil {
			r.z2 = z2[j]
		}
		if k := len(runs) - 1; k >= 0 && runs[k].Normal == r.Normal && runs[k].z2 == r.z2 {
			runs[k].hi = r.hi
		} else {
			runs = append(runs, r)
		}
	}
	return runs
}

// logNorm returns the constant that [adam.stepUnder] leaves out, Σ_j −log s_j − ½ log 2π.
func logNorm(prior []gaussRun) float64 {
	c := 0.0
	for _, p := range prior {
		c -= float64(p.hi-p.lo) * (math.Log(p.SD) + halfLog2Pi)
	}
	return c
}
