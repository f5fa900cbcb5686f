package bnn

import (
	"context"
	"iter"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// Chain is one run of a Markov chain sampler after its warm-up. Slices with an entry
// a draw have length S.
type Chain struct {
	Theta    Samples   // the draws, in order (S × d)
	LogJoint []float64 // log p(θ, D) of each, in nats
	Accept   []float64 // acceptance probability: of the proposal, or the mean over HMC's path
	Step     float64   // HMC's leapfrog step ε, or the random walk's sd, after adaptation

	// Of HMC only:
	InvMass   []float64 // diagonal of M⁻¹ (d)
	Energy    []float64 // H(θ, ρ) of each draw, in nats
	Leapfrogs []int     // gradients that each draw took
	Diverged  []bool    // whether the draw's path met H growing without bound

	last []float64 // where the chain stands
}

func (c *Chain) add(theta []float64, logJoint float64) {
	c.Theta = append(c.Theta, append([]float64(nil), theta...))
	c.LogJoint = append(c.LogJoint, logJoint)
}

// Chains is the posterior of [HMC] and [Metropolis]: the draws of all chains, equally
// likely, with what is needed to judge them. It must not be changed.
type Chains struct {
	Chain []Chain
	all   Samples // chain after chain
}

var (
	_ Posterior = (*Chains)(nil)
	_ Finite    = (*Chains)(nil)
)

// newChains pools chains. Those that were stopped before their first draw are left
// out, unless that is true of all: then each one's last point stands for it.
func newChains(chains []Chain) Posterior {
	c := &Chains{}
	for _, ch := range chains {
		if len(ch.Theta) > 0 {
			c.Chain, c.all = append(c.Chain, ch), append(c.all, ch.Theta...)
		}
	}
	for _, ch := range chains {
		if len(c.Chain) == 0 && ch.last != nil {
			c.all = append(c.all, ch.last)
		}
	}
	if len(c.all) == 0 {
		return nil
	}
	return c
}

// Len implements [Finite]: the number of draws of all chains.
func (c *Chains) Len() int { return len(c.all) }

// At implements [Finite]: draw i of all, chain after chain.
func (c *Chains) At(i int) []float64 { return c.all[i] }

// Draws implements [Posterior]; see [Samples.Draws].
func (c *Chains) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] { return c.all.Draws(n, rng) }

// Divergences returns how many kept draws had a path that diverged. More than a few
// mean that a part of the posterior is too narrow for the step: raise TargetAccept,
// or do not trust the result.
func (c *Chains) Divergences() int {
	n := 0
	for _, ch := range c.Chain {
		for _, d := range ch.Diverged {
			if d {
				n++
			}
		}
	}
	return n
}

// Diagnosis says how far the chains can be trusted on one scalar function of θ.
type Diagnosis struct {
	Mean, SD float64 // posterior mean and standard deviation of the function
	MCSE     float64 // standard error of Mean, SD/√ESS
	RHat     float64 // 1 when the chains agree; above 1.01 (strict) or 1.05 they do not
	BulkESS  float64 // independent draws that the middle of the distribution is worth; 400 are enough
	TailESS  float64 // the same for the 5 % and 95 % quantiles
}

// Diagnose judges the chains on f(θ), such as one prediction. Chains of different
// lengths, as after a cancellation, are cut to the shortest; with fewer than 4 draws a
// chain every field is NaN. See [metrics.RHat], [metrics.BulkESS], [metrics.TailESS].
func (c *Chains) Diagnose(f func(theta []float64) float64) Diagnosis {
	return c.diagnose(func(chain, draw int) float64 { return f(c.Chain[chain].Theta[draw]) })
}

// DiagnoseLogJoint judges the chains on log p(θ, D).
func (c *Chains) DiagnoseLogJoint() Diagnosis {
	return c.diagnose(func(chain, draw int) float64 { return c.Chain[chain].LogJoint[draw] })
}

// DiagnoseAt judges the chains on E[y | x, θ] at the rows of x (N × D, raw units), for
// the model that they were fitted on: one Diagnosis for each of the N·K predictions,
// row by row. It returns the errors of [Predict].
func (c *Chains) DiagnoseAt(ctx context.Context, m *Model, x *mat.Dense) ([]Diagnosis, error) {
	var so []Diagnosis
	f := make([][][]float64, len(c.Chain)) // [chain][draw][prediction]
	for i, ch := range c.Chain {
		n := len(ch.Theta)
		none := rand.New(rand.NewPCG(0, 0)) // every θ is used once, in order: nothing is random
		p, err := Predict(ctx, m, ch.Theta, x, PredictOptions{Draws: n, Keep: n, Rand: none})
		if err != nil {
			return nil, err
		}
		f[i], so = p.Functions, make([]Diagnosis, p.N*p.K)
	}
	for k := range so {
		so[k] = c.diagnose(func(chain, draw int) float64 { return f[chain][draw][k] })
	}
	return so, nil
}

func (c *Chains) diagnose(f func(chain, draw int) float64) Diagnosis {
	n := math.MaxInt
	for _, ch := range c.Chain {
		n = min(n, len(ch.Theta))
	}
	nan := math.NaN()
	if n < 4 || len(c.Chain) == 0 {
		return Diagnosis{nan, nan, nan, nan, nan, nan}
	}
	v, all := make([][]float64, len(c.Chain)), []float64(nil)
	for i := range v {
		for k := range n {
			v[i] = append(v[i], f(i, k))
		}
		all = append(all, v[i]...)
	}
	mean, sd := stat.MeanStdDev(all, nil)
	return Diagnosis{Mean: mean, SD: sd, MCSE: sd / math.Sqrt(metrics.ESS(v)),
		RHat: metrics.RHat(v), BulkESS: metrics.BulkESS(v), TailESS: metrics.TailESS(v)}
}
