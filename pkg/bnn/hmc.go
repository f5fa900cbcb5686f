package bnn

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// HMC is Hamiltonian Monte Carlo with the no-U-turn sampler (NUTS): draws from the
// posterior itself, not from an approximation of a fixed shape. θ gets a momentum
// ρ ~ N(0, M) and moves along the level lines of
//
//	H(θ, ρ) = −log p(θ, D) + ½ ρᵀ M⁻¹ ρ,
//
// forwards and backwards until the path starts to turn back; the next draw is one of
// the path's points, chosen with probability ∝ exp(−H). During warm-up it learns the
// step size (dual averaging) and the diagonal M (the draws' variances, in windows
// that double, as Stan does); warm-up draws are thrown away.
//
// Every gradient looks at all N rows, so HMC is for small data and small networks,
// and as the reference for everything else. The weights of a network are not
// identified (hidden units can swap): judge convergence by the log joint and by
// f(x), with [Chains.Diagnose] and [Chains.DiagnoseAt], not by single weights.
//
// References: Hoffman & Gelman, The No-U-Turn Sampler, 2014; Betancourt, A Conceptual
// Introduction to Hamiltonian Monte Carlo, 2017; Neal, Bayesian Learning for Neural
// Networks, 1996.
type HMC struct {
	Chains       int            // independent chains; 0 means 4
	Warmup       int            // draws a chain to adapt on; 0 means 500
	Keep         int            // draws a chain to keep; 0 means 500
	TargetAccept float64        // acceptance that the step size aims at, in (0, 1); 0 means 0.8. More means smaller steps and fewer divergences
	MaxDepth     int            // a path has at most 2^MaxDepth − 1 leapfrog steps; 0 means 10
	Start        Samples        // θ to start from, chain i from Start[i mod len]; nil means the target's own starts
	Workers      int            // chains run at once; 0 means GOMAXPROCS. The result does not depend on it
	Monitor      func(Progress) // steps are draws of all chains, warm-up included; Loss is −log joint/N
}

var _ Method = HMC{}

// Fit implements [Method]. The posterior is a *[Chains]. Chains run side by side when
// the target is a [Cloner]; every chain's stream of random numbers is seeded before
// the first one starts. Fit allocates once a kept draw, and never in between. On
// cancellation it returns the draws so far: of a run cancelled during warm-up, where
// the chains were. It returns an error when the log joint is not finite at the start.
func (h HMC) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	h.Chains, h.Warmup, h.Keep = or(h.Chains, 4), or(h.Warmup, 500), or(h.Keep, 500)
	h.TargetAccept, h.MaxDepth = or(h.TargetAccept, 0.8), or(h.MaxDepth, 10)
	switch {
	case h.Chains < 0 || h.Warmup < 0 || h.Keep < 0 || h.MaxDepth < 0:
		return nil, fmt.Errorf("bnn: HMC with Chains %d, Warmup %d, Keep %d, MaxDepth %d; they must be positive (0 means the default)", h.Chains, h.Warmup, h.Keep, h.MaxDepth)
	case !(h.TargetAccept > 0 && h.TargetAccept < 1):
		return nil, fmt.Errorf("bnn: HMC with TargetAccept %v; it must lie between 0 and 1 (0 means 0.8)", h.TargetAccept)
	}
	return chainsRun{"HMC", h.Chains, h.Warmup + h.Keep, h.Workers, h.Start, h.Monitor}.run(ctx, t, rng, h.chain)
}

// chain runs one chain on a target of its own and tells of every draw's log joint.
func (h HMC) chain(ctx context.Context, t Target, rng *rand.Rand, tell func(logJoint float64)) (Chain, error) {
	s, err := newNUTS(t, h.MaxDepth, rng)
	if err != nil {
		return Chain{}, err
	}
	a, err := newAdaptation(s, h.Warmup, h.TargetAccept)
	if err != nil {
		return Chain{}, err
	}
	var c Chain
	for k := range h.Warmup + h.Keep {
		path, ok := s.draw(ctx)
		if !ok {
			err = ctx.Err()
			break
		}
		if k < h.Warmup {
			if err = a.learn(k, path.accept); err != nil {
				break
			}
		} else {
			c.add(s.now.theta, s.now.lp)
			c.Accept, c.Energy = append(c.Accept, path.accept), append(c.Energy, path.energy)
			c.Leapfrogs, c.Diverged = append(c.Leapfrogs, path.leapfrogs), append(c.Diverged, path.diverged)
		}
		tell(s.now.lp)
	}
	c.Step, c.InvMass = s.step, s.invMass
	c.last = append(c.last, s.now.theta...)
	return c, err
}
