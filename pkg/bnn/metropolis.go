package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// Metropolis is the random-walk Metropolis algorithm, the simplest sampler that is
// exact in the long run. From θ it proposes
//
//	θ' = θ + Step ξ,   ξ ~ N(0, I),
//
// and moves there with probability min(1, p(θ', D)/p(θ, D)); otherwise it stays, and
// the old θ counts once more. It needs no gradient and is for a handful of
// dimensions: its walk slows down with d, where [HMC] does not.
//
// Reference: Metropolis et al., Equation of State Calculations by Fast Computing
// Machines, 1953.
type Metropolis struct {
	Chains  int            // independent chains; 0 means 4
	Warmup  int            // steps a chain that are thrown away; 0 means 2000
	Keep    int            // steps a chain to keep; 0 means 10000
	Step    float64        // sd of the proposal, in units of θ; 0 means tuned during warm-up to accept a third
	Start   Samples        // θ to start from, chain i from Start[i mod len]; nil means the target's own starts
	Workers int            // chains run at once; 0 means GOMAXPROCS. The result does not depend on it
	Monitor func(Progress) // steps are those of all chains; Loss is −log joint/N
}

var _ Method = Metropolis{}

// Fit implements [Method]. The posterior is a *[Chains]. Chains run side by side when
// the target is a [Cloner]. Cancellation and errors are as for [HMC.Fit].
func (m Metropolis) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	m.Chains, m.Warmup, m.Keep = or(m.Chains, 4), or(m.Warmup, 2000), or(m.Keep, 10000)
	if m.Chains < 0 || m.Warmup < 0 || m.Keep < 0 || !(m.Step >= 0) || math.IsInf(m.Step, 1) {
		return nil, fmt.Errorf("bnn: Metropolis with Chains %d, Warmup %d, Keep %d, Step %v; they must be positive (0 means the default)", m.Chains, m.Warmup, m.Keep, m.Step)
	}
	return chainsRun{"Metropolis", m.Chains, m.Warmup + m.Keep, m.Workers, m.Start, m.Monitor}.run(ctx, t, rng, m.chain)
}

func (m Metropolis) chain(ctx context.Context, t Target, rng *rand.Rand, tell func(logJoint float64)) (Chain, error) {
	theta, proposal := make([]float64, t.Dim()), make([]float64, t.Dim())
	t.Init(theta, rng)
	lp := t.LogJoint(nil, theta, nil)
	if math.IsNaN(lp) || math.IsInf(lp, 0) {
		return Chain{}, fmt.Errorf("bnn: Metropolis cannot start: the log joint is %v at the target's own start", lp)
	}
	c := Chain{Step: or(m.Step, 1)}
	for k := range m.Warmup + m.Keep {
		if ctx.Err() != nil {
			break
		}
		for j, v := range theta {
			proposal[j] = v + c.Step*rng.NormFloat64()
		}
		new := t.LogJoint(nil, proposal, nil)
		accept := math.Min(1, math.Exp(new-lp))
		if rng.Float64() < accept { // false for NaN
			theta, proposal, lp = proposal, theta, new
		}
		if k >= m.Warmup {
			c.add(theta, lp)
			c.Accept = append(c.Accept, accept)
		} else if m.Step == 0 && !math.IsNaN(accept) {
			c.Step *= math.Exp((accept - 1./3) / math.Sqrt(1+float64(k)/10))
		}
		tell(lp)
	}
	c.last = theta
	return c, ctx.Err()
}
