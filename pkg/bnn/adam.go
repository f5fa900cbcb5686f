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

// An adamUnder climbs the sum of what it is given the gradient of and of a Gaussian prior's
// E[log p(z x)], block by block.
type adamUnder[T nn.Float] struct {
	adam[T]
	blocks [][]gaussRun
	values []float64 // E[log p(z x)] of each block, without its constant
	crew   *crew
	x, g   []T // of this step
	at     kernels.AdamStep
}

func newAdamUnder[T nn.Float](prior []gaussRun, dim int) *adamUnder[T] {
	a := &adamUnder[T]{adam: *newAdam[T](dim), blocks: inBlocks(prior)}
	a.values = make([]float64, len(a.blocks))
	a.crew = newCrew(a.block)
	return a
}

func (a *adamUnder[T]) block(i int) {
	value := 0.0
	for _, p := range a.blocks[i] {
		value += kernels.AdamDecay(a.x[p.lo:p.hi], a.g[p.lo:p.hi], a.m[p.lo:p.hi], a.v[p.lo:p.hi], p.Normal, p.z2, a.at)
	}
	a.values[i] = value
}

// step is [adam.step], and returns E[log p(z x)] before it, without its constant.
func (a *adamUnder[T]) step(x, g []T, rate float64) float64 {
	a.t++
	a.x, a.g, a.at = x, g, kernels.AdamAt(a.t, rate)
	a.crew.run(len(a.blocks))
	value := 0.0
	for _, v := range a.values {
		value += v
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

// stepBlock is how many parameters make a part of a step that pays for a goroutine.
const stepBlock = 1 << 16

// blocksOf returns in how many blocks of stepBlock parameters dim parameters lie.
func blocksOf(dim int) int { return (dim + stepBlock - 1) / stepBlock }

// blockOf returns the bounds of the i-th of them.
func blockOf(i, dim int) (lo, hi int) { return i * stepBlock, min((i+1)*stepBlock, dim) }

// inBlocks returns the runs of each block, of runs that cover all parameters in order.
func inBlocks(runs []gaussRun) [][]gaussRun {
	blocks := make([][]gaussRun, blocksOf(runs[len(runs)-1].hi))
	for _, r := range runs {
		for r.lo < r.hi {
			i := r.lo / stepBlock
			part := r
			part.hi = min(r.hi, (i+1)*stepBlock)
			blocks[i], r.lo = append(blocks[i], part), part.hi
		}
	}
	return blocks
}

// logNorm returns the constant that [adamUnder.step] leaves out, Σ_j −log s_j − ½ log 2π.
func logNorm(prior []gaussRun) float64 {
	c := 0.0
	for _, p := range prior {
		c -= float64(p.hi-p.lo) * (math.Log(p.SD) + halfLog2Pi)
	}
	return c
}
