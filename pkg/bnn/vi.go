package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// VI is Bayes by Backprop: variational inference with the factorised Gaussian
// q(θ) = Π_j N(μ_j, σ_j²), σ_j = softplus(ρ_j) = log(1 + exp ρ_j). It minimises
//
//	loss = −ELBO/N,   ELBO(μ, ρ) = E_q[log p(D | θ)] − KL(q ‖ p)
//
// by Adam on (μ, ρ), with unbiased estimates of the gradient from one draw a step.
// The KL is in closed form when the prior is Gaussian (abilities [Parts] and
// [GaussPrior]); otherwise log p(θ) is taken at a draw. The reported loss weighs
// the KL by β; Warmup needs [Parts].
//
// References: Blundell et al., Weight Uncertainty in Neural Networks, 2015; for
// local reparameterisation Kingma, Salimans & Welling, 2015.
type VI struct {
	Steps    int       // gradient steps; 0 means 5000
	Batch    int       // rows a step; 0 means 128, and never more than N
	Rate     float64   // Adam's learning rate at the start, falling to 0; 0 means 0.01
	InitSD   float64   // every σ_j at the start; 0 means 0.05
	Start    []float64 // μ to start from (warm start); nil means the target's own start
	Patience int       // as in [MAP]
	Warmup   float64   // fraction of the steps over which the weight β of the KL rises from 0 to 1, where it stays; 0 means none
	OneDraw  bool      // one θ for the whole batch, as in the paper, even where the target offers noise for every example ([Noisy])
	Monitor  func(Progress)
}

var _ Method = VI{}

// Fit implements [Method]. The posterior is a *[Gaussian].
func (v VI) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "VI", steps: or(v.Steps, 5000), batch: v.Batch, rate: or(v.Rate, 0.01), start: v.Start, monitor: v.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	if !(v.InitSD >= 0) || math.IsInf(v.InitSD, 1) {
		return nil, fmt.Errorf("bnn: VI with InitSD %v; it must be positive and finite (0 means the default)", v.InitSD)
	}
	if !(v.Warmup >= 0 && v.Warmup < 1) {
		return nil, fmt.Errorf("bnn: VI with Warmup %v; it is a fraction of the steps, in [0, 1), so that β ends at 1", v.Warmup)
	}
	dim, n := t.Dim(), float64(t.Len())
	phi, g := make([]float64, 2*dim), make([]float64, 2*dim) // φ = (μ, ρ) and ∂ELBO/∂φ
	mu, rho, gMu, gRho := phi[:dim], phi[dim:], g[:dim], g[dim:]
	d.init(t, mu, rng)
	for j := range rho {
		rho[j] = math.Log(math.Expm1(or(v.InitSD, 0.05)))
	}
	beta, rise := 1.0, 1.0
	if warm := v.Warmup * float64(d.steps); warm >= 1 {
		beta, rise = 0, 1/warm
	}
	if f, ok := v.single(t); ok {
		return f.fit(ctx, d, rng, mu, rho, beta, rise) // the loop below in float32
	}
	sigma := make([]float64, dim)
	logLik, kl := v.estimator(t, rng)
	opt := newAdam[float64](2 * dim)

	d.stop = newEarlyStop(t, d.steps, v.Patience, rng, func() Posterior { return &Gaussian{Mu: mu, Sigma: sigma} }, saved(phi))
	err := d.run(ctx, t.Len(), rng, func(rows []int, rate float64) float64 {
		for j, r := range rho {
			sigma[j] = softplus(r)
		}
		// 1. Estimate E_q[log p(D | θ)] and its gradients with respect to μ and σ.
		elbo := logLik(gMu, gRho, mu, sigma, rows)
		// 2. Subtract β KL(q ‖ p) and its gradients.
		elbo -= kl(beta, gMu, gRho, mu, sigma)
		beta = min(beta+rise, 1)
		// 3. Chain rule: ∂/∂ρ = ∂/∂σ · softplus'(ρ).
		for j, r := range rho {
			gRho[j] *= sigmoid(r)
		}
		// 4. Climb.
		opt.step(phi, g, rate)
		return -elbo / n
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	q := &Gaussian{Mu: mu, Sigma: sigma}
	for j, r := range rho {
		sigma[j] = softplus(r)
	}
	return q, err
}

func softplus(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
func sigmoid(x float64) float64  { return 1 / (1 + math.Exp(-x)) }
