package bnn

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
)

// viSingle is [VI.Fit] in float32, for targets that offer [Single] and a Gaussian
// prior that stays as it is. Each step does what the loop in Fit does, with the same
// random numbers, over whole vectors at a time.
type viSingle struct {
	VI
	t        Target
	pass     Passes[float32]
	mean, sd []float32 // of the prior

	phi, g             []float32 // (μ, ρ) and ∂ELBO/∂(μ, ρ)
	mu, rho, gMu, gRho []float32 // their halves
	sigma, eps, theta  []float32
	opt                *adam[float32]
}

// single returns the fast form of v on t, or false if t does not offer what it needs.
func (v VI) single(t Target) (*viSingle, bool) {
	s, ok := t.(Single)
	g, gaussian := t.(GaussPrior)
	if !ok || !gaussian {
		return nil, false
	}
	mean, sd := g.PriorMoments()
	dim := t.Dim()
	if l, ok := t.(PriorLearner); sd == nil || ok && l.LearnPrior(make([]float64, dim), make([]float64, dim), make([]float64, dim)) {
		return nil, false
	}
	f := &viSingle{VI: v, t: t, pass: s.Single(), mean: narrow(mean), sd: narrow(sd), phi: make([]float32, 2*dim), g: make([]float32, 2*dim),
		sigma: make([]float32, dim), eps: make([]float32, dim), theta: make([]float32, dim), opt: newAdam[float32](2 * dim)}
	f.mu, f.rho, f.gMu, f.gRho = f.phi[:dim], f.phi[dim:], f.g[:dim], f.g[dim:]
	return f, true
}

// fit is the rest of [VI.Fit] from the starting point on.
func (f *viSingle) fit(ctx context.Context, d descent, rng *rand.Rand, start []float64, beta, rise float64) (Posterior, error) {
	copy(f.phi, narrow(start))
	n := float64(f.t.Len())
	d.stop = newEarlyStop(f.t, d.steps, f.Patience, rng, func() Posterior { return f.posterior() }, saved(f.phi))
	err := d.run(ctx, f.t.Len(), rng, func(rows []int, rate float64) float64 {
		elbo := f.step(rows, rate, beta, rng)
		beta = min(beta+rise, 1)
		return -elbo / n
	})
	if _, diverged := err.(*DivergedError); diverged {
		return nil, err
	}
	return f.posterior(), err
}

// step climbs once and returns the estimate of the ELBO.
func (f *viSingle) step(rows []int, rate, beta float64, rng *rand.Rand) float64 {
	kernels.Softplus(f.sigma, f.rho)
	elbo := 0.0
	if f.OneDraw {
		noise(f.eps, rng)
		for j, e := range f.eps {
			f.theta[j] = f.mu[j] + f.sigma[j]*e
		}
		elbo = f.pass.LogLik(f.gMu, f.theta, rows)
		kernels.Mul(f.gRho, f.gMu, f.eps) // ∂/∂σ
	} else {
		kernels.Square(f.theta, f.sigma) // v
		elbo = f.pass.LogLikLocal(f.gMu, f.gRho, f.mu, f.theta, rows, rng)
		for j, s := range f.sigma {
			f.gRho[j] *= 2 * s // ∂/∂σ = 2σ ∂/∂v
		}
	}
	b := float32(beta)
	kl := 0.0
	kernels.Sigmoid(f.eps, f.rho)
	for j, s := range f.sd {
		z, r := (f.mu[j]-f.mean[j])/s, f.sigma[j]/s
		kl += float64((r*r+z*z-1)/2) - math.Log(float64(r))
		f.gMu[j] -= b * z / s
		f.gRho[j] = (f.gRho[j] - b*(r/s-1/f.sigma[j])) * f.eps[j]
	}
	f.opt.step(f.phi, f.g, rate)
	return elbo - beta*kl
}

// posterior returns q as it stands.
func (f *viSingle) posterior() *Gaussian {
	kernels.Softplus(f.sigma, f.rho)
	return &Gaussian{Mu: widen(make([]float64, len(f.mu)), f.mu), Sigma: widen(make([]float64, len(f.mu)), f.sigma)}
}

// narrow returns v in float32.
func narrow(v []float64) []float32 {
	w := make([]float32, len(v))
	for j, x := range v {
		w[j] = float32(x)
	}
	return w
}
