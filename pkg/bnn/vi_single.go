package bnn

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/internal/kernels"
)

// viSingle is [VI.Fit] in float32, for targets that offer [Single]. Each step does what the loop in Fit does, with the same
// random numbers, and reads and writes every parameter once.
type viSingle struct {
	VI
	t      Target
	pass   Passes[float32]
	priors [][]gaussRun // by block
	drawn  *drawnPrior  // one that is not Gaussian; nil for none
	learn  func()       // sets the priors' scales to the best for q; nil where they are fixed
	q      kernels.Factors[float32]
	steps  int // taken

	theta, second []float32 // θ and ε of one draw, or σ² and ∂/∂σ²
	gMu, sigma    []float32

	spread, climb *crew          // before and after the pass, block by block
	streams       []kernels.Rand // of ε, by block
	kl            []float64      // by block
	beta          float64        // of this step
	at            kernels.AdamStep
}

// single returns the fast form of v on t, or false if t does not offer what it needs.
func (v VI) single(t Target) (*viSingle, bool) {
	s, ok := t.(Single)
	if !ok {
		return nil, false
	}
	dim := t.Dim()
	var mean, sd []float64
	if g, ok := t.(GaussPrior); ok {
		mean, sd = g.PriorMoments()
	}
	prior := flatRun(dim)
	if sd != nil {
		prior = gaussRuns(mean, sd, nil)
	}
	f := &viSingle{VI: v, t: t, pass: s.Single(), priors: inBlocks(prior), q: kernels.NewFactors[float32](dim),
		theta: make([]float32, dim), second: make([]float32, dim), gMu: make([]float32, dim), sigma: make([]float32, dim),
		streams: make([]kernels.Rand, blocksOf(dim)), kl: make([]float64, blocksOf(dim))}
	if sd == nil {
		f.drawn = &drawnPrior{logProb: f.pass.LogPrior, theta: f.theta, grad: make([]float32, dim)}
		if !v.OneDraw { // else the draw of the pass serves
			f.drawn.theta, f.drawn.eps = make([]float32, dim), make([]float32, dim)
		}
	}
	f.spread, f.climb = newCrew(f.spreadBlock), newCrew(f.climbBlock)
	if l, ok := t.(PriorLearner); ok && sd != nil {
		f.learnFrom(l, mean, slices.Clone(sd))
	}
	return f, true
}

// learnFrom makes f.learn if the prior has scales to learn. Runs of θ that share one
// are found by letting it learn from weights that are all different.
func (f *viSingle) learnFrom(l PriorLearner, mean, sd []float64) {
	mu, sigma := make([]float64, len(sd)), make([]float64, len(sd))
	for j := range mu {
		mu[j] = float64(j + 1)
	}
	if !l.LearnPrior(sd, mu, sigma) {
		return
	}
	f.priors = inBlocks(gaussRuns(mean, sd, nil))
	f.learn = func() {
		kernels.Softplus(f.sigma, f.q.Rho)
		l.LearnPrior(sd, widen(mu, f.q.Mu), widen(sigma, f.sigma))
		for _, block := range f.priors {
			for i := range block {
				block[i].SD = sd[block[i].lo]
			}
		}
	}
}

// fit is the rest of [VI.Fit] from the starting point (μ, ρ) on.
func (f *viSingle) fit(ctx context.Context, d descent, rng *rand.Rand, mu, rho []float64, beta, rise float64) (Posterior, error) {
	for j := range mu {
		f.q.Mu[j], f.q.Rho[j] = float32(mu[j]), float32(rho[j])
	}
	n := float64(f.t.Len())
	d.stop = newEarlyStop(f.t, d.steps, f.Patience, rng, func() Posterior { return f.posterior() }, func() (save, back func()) {
		saveMu, backMu := saved(f.q.Mu)()
		saveRho, backRho := saved(f.q.Rho)()
		return func() { saveMu(); saveRho() }, func() { backMu(); backRho() }
	})
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
	if f.OneDraw || f.drawn != nil {
		for i := range f.streams {
			f.streams[i] = stream(rng)
		}
	}
	f.spread.run(len(f.priors))
	elbo, gVar := 0.0, []float32(nil)
	if f.OneDraw {
		elbo = f.pass.LogLik(f.gMu, f.theta, rows)
	} else {
		gVar = f.second
		elbo = f.pass.LogLikLocal(f.gMu, gVar, f.q.Mu, f.theta, rows, rng)
	}
	if f.drawn != nil {
		elbo += f.drawn.add(beta, f.gMu, gVar, f.sigma)
	}
	if f.learn != nil {
		f.learn()
	}
	f.steps++
	f.at, f.beta = kernels.AdamAt(f.steps, rate), beta
	f.climb.run(len(f.priors))
	for _, kl := range f.kl {
		elbo -= kl
	}
	return elbo
}

// spreadBlock draws a block of θ, or writes its σ and σ².
func (f *viSingle) spreadBlock(i int) {
	lo, hi := blockOf(i, len(f.theta))
	q := f.q.Slice(lo, hi)
	if f.OneDraw {
		q.Draw(f.theta[lo:hi], f.second[lo:hi], &f.streams[i])
		return
	}
	q.Spread(f.sigma[lo:hi], f.theta[lo:hi])
	if f.drawn != nil {
		q.Draw(f.drawn.theta[lo:hi], f.drawn.eps[lo:hi], &f.streams[i])
	}
}

// climbBlock is the rest of the step for a block, after the gradient.
func (f *viSingle) climbBlock(i int) {
	climb := kernels.Factors[float32].StepVar
	if f.OneDraw {
		climb = kernels.Factors[float32].StepDraw
	}
	f.kl[i] = 0
	for _, p := range f.priors[i] {
		f.kl[i] += f.beta * climb(f.q.Slice(p.lo, p.hi), f.gMu[p.lo:p.hi], f.second[p.lo:p.hi], p.Normal, f.beta, f.at)
	}
}

// posterior returns q as it stands.
func (f *viSingle) posterior() *Gaussian {
	kernels.Softplus(f.sigma, f.q.Rho)
	dim := len(f.sigma)
	return &Gaussian{Mu: widen(make([]float64, dim), f.q.Mu), Sigma: widen(make([]float64, dim), f.sigma)}
}
