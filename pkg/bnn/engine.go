package bnn

import (
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// engine evaluates a Problem in one precision. It holds all scratch space, so
// that a step allocates nothing. Activations and gradients are T; sums over rows
// and everything the likelihood does are float64.
type engine[T nn.Float] struct {
	p   *Problem
	lik Likelihood
	w   int // weights of the network; θ[w:] is φ

	x        []T // (N × in)
	products int // of a row, forward
	shards   []*shard[T]
	each     *crew // runs the shards of a batch
	join     *crew // adds their gradients, block by block
	joined   int   // shards to add
	phi      []float64
	dphi     []float64
	eps      []float64 // noise of φ under LogLikLocal
	s, g     []float64 // (d) scratch of a prior that is not Gaussian
}

func newEngine[T nn.Float](p *Problem) *engine[T] {
	net, lik := p.model.Net, p.model.likelihood()
	params := lik.Params(p.k)
	e := &engine[T]{p: p, lik: lik, w: net.Dim(), x: make([]T, len(p.x)), products: net.Products(),
		phi: make([]float64, params), dphi: make([]float64, params), eps: make([]float64, params)}
	e.each, e.join = newCrew(func(i int) { e.shards[i].run() }), newCrew(e.joinBlock)
	for i, v := range p.x {
		e.x[i] = T(v)
	}
	if p.sd == nil {
		e.s, e.g = make([]float64, e.w+params), make([]float64, e.w+params)
	}
	return e
}

// LogJoint implements [Target].
func (e *engine[T]) LogJoint(grad, theta []T, rows []int) float64 {
	lp := e.LogLik(grad, theta, rows)
	return lp + e.LogPrior(grad, theta)
}

// LogLik implements [Parts].
func (e *engine[T]) LogLik(grad, theta []T, rows []int) float64 {
	return e.logLik(grad, nil, theta, rows, nn.Noise[T]{})
}

// LogPrior implements [Parts]. A Gaussian prior is summed in place; any other one
// goes through Prior.LogProb in float64.
func (e *engine[T]) LogPrior(grad, theta []T) float64 {
	p := e.p
	p.must()
	if p.sd != nil {
		lp := -p.norm
		for j, v := range theta {
			z := (float64(v) - p.mean[j]) / p.sd[j]
			lp -= z * z / 2
			if grad != nil {
				grad[j] -= T(z / p.sd[j])
			}
		}
		return lp
	}
	for j, v := range theta {
		e.s[j] = float64(v)
	}
	clear(e.g)
	lp := p.model.prior().LogProb(e.g[:e.w], e.s[:e.w], p.blocks)
	for k, m := range p.phiMean {
		z := (e.s[e.w+k] - m) / p.phiSD[k]
		lp -= z*z/2 + math.Log(p.phiSD[k]) + halfLog2Pi
		e.g[e.w+k] = -z / p.phiSD[k]
	}
	if grad != nil {
		for j, g := range e.g {
			grad[j] += T(g)
		}
	}
	return lp
}

// LogLikDropout implements [Noisy].
func (e *engine[T]) LogLikDropout(grad, theta []T, p float64, rows []int, rng *rand.Rand) float64 {
	return e.logLik(grad, nil, theta, rows, nn.Noise[T]{Drop: p, Rand: rng})
}

// LogLikConcrete implements [Noisy].
func (e *engine[T]) LogLikConcrete(grad, gLogit, theta, logit []T, rows []int, rng *rand.Rand) float64 {
	clear(gLogit)
	return e.logLik(grad, nil, theta, rows, nn.Noise[T]{Logits: logit, GradLogits: gLogit, Rand: rng})
}

// LogLikLocal implements [Noisy].
func (e *engine[T]) LogLikLocal(gMu, gVar, mu, v []T, rows []int, rng *rand.Rand) float64 {
	return e.logLik(gMu, gVar, mu, rows, nn.Noise[T]{Var: v, Rand: rng})
}

// logLik returns N/|rows| Σ log p(y_i | f_i, φ) at the noise z and writes the
// gradients, if asked for. Under a variance, φ = μ_φ + √v_φ ⊙ ε is drawn once.
func (e *engine[T]) logLik(grad, gradVar, theta []T, rows []int, z nn.Noise[T]) float64 {
	e.p.must()
	n, total := e.p.set.Len(), e.p.set.Len()
	if rows != nil {
		n = len(rows)
	}
	for k, v := range theta[e.w:] {
		e.phi[k], e.eps[k] = float64(v), 0
		if z.Var != nil {
			e.eps[k] = z.Rand.NormFloat64()
			e.phi[k] += math.Sqrt(float64(z.Var[e.w+k])) * e.eps[k]
		}
	}
	variance := z.Var
	if variance != nil {
		z.Var = variance[:e.w]
	}
	if grad != nil { // the rest is written over
		clear(grad[e.w:])
	}
	if gradVar != nil {
		clear(gradVar[e.w:])
	}
	scale := float64(total) / float64(n)
	sum := e.batch(pass[T]{grad, gradVar, theta, rows, scale, z}, n)
	if grad != nil {
		for k, d := range e.dphi {
			grad[e.w+k] = T(scale * d)
			if variance != nil && e.eps[k] != 0 {
				gradVar[e.w+k] = T(scale * d * e.eps[k] / (2 * math.Sqrt(float64(variance[e.w+k]))))
			}
		}
	}
	return scale * sum
}
