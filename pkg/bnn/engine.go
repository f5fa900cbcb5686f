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

	x     []T // (N × in)
	tape  *nn.Tape[T]
	xb    []T       // (chunk × in) gathered rows
	yb    []T       // (chunk) their targets, as numbers
	class []int     // and as classes
	f     []float64 // (out) one row of outputs
	df    []float64 // (out)
	phi   []float64 // φ
	dphi  []float64
	drow  []float64 // ∂/∂φ of one weighted row
	eps   []float64 // noise of φ under LogLikLocal
	s, g  []float64 // (d) scratch of a prior that is not Gaussian
}

func newEngine[T nn.Float](p *Problem) *engine[T] {
	net, lik := p.model.Net, p.model.likelihood()
	rows, params := min(chunkOf(net.Widest()), p.set.Len()), lik.Params(p.k)
	e := &engine[T]{p: p, lik: lik, w: net.Dim(), x: make([]T, len(p.x)), tape: nn.NewTape[T](net, rows),
		xb: make([]T, rows*net.In()), yb: make([]T, rows), class: make([]int, rows), f: make([]float64, net.Out()), df: make([]float64, net.Out()),
		phi: make([]float64, params), dphi: make([]float64, params), drow: make([]float64, params), eps: make([]float64, params)}
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
	if grad != nil { // the first chunk writes over the rest
		clear(grad[e.w:])
	}
	if gradVar != nil {
		clear(gradVar[e.w:])
	}
	clear(e.dphi)
	sum, scale := 0.0, float64(total)/float64(n)
	for lo := 0; lo < n; lo += e.tape.Rows() {
		sum += e.chunk(grad, gradVar, theta, rows, lo, min(lo+e.tape.Rows(), n), scale, z)
	}
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

// chunk handles rows lo … hi−1 of the batch: forward, likelihood, backward.
func (e *engine[T]) chunk(grad, gradVar, theta []T, rows []int, lo, hi int, scale float64, z nn.Noise[T]) float64 {
	in, n := e.p.model.Net.In(), hi-lo
	x := e.x[lo*in : hi*in]
	if rows != nil {
		x = e.xb[:n*in]
		for r, i := range rows[lo:hi] {
			copy(x[r*in:(r+1)*in], e.x[i*in:(i+1)*in])
		}
	}
	out := e.tape.ForwardNoisy(theta[:e.w], x, n, z) // (n × out)
	back := e.tape.OutGrad()
	sum, done := e.allRows(back, out, rows, lo, hi, scale)
	if !done {
		sum = e.eachRow(back, out, rows, lo, hi, scale)
	}
	if grad != nil {
		var gv []T
		if gradVar != nil {
			gv = gradVar[:e.w]
		}
		back := e.tape.Backward
		if lo == 0 {
			back = e.tape.BackwardOver
		}
		back(grad[:e.w], gv, theta[:e.w])
	}
	return sum
}

// eachRow returns Σ log p(y_i | f_i, φ) over a chunk of rows with the outputs f, and
// writes scale·∂/∂f over df, for any likelihood.
func (e *engine[T]) eachRow(df, f []T, rows []int, lo, hi int, scale float64) (sum float64) {
	o := len(e.f)
	for r := range hi - lo {
		for j, v := range f[r*o : (r+1)*o] {
			e.f[j] = float64(v)
		}
		sum += e.row(rowAt(rows, lo+r), e.p.k)
		for j, d := range e.df {
			df[r*o+j] = T(scale * d)
		}
	}
	return sum
}

// row returns the log likelihood of row i at the outputs e.f, with its gradients
// in e.df and e.dphi, all times the row's weight.
func (e *engine[T]) row(i, k int) float64 {
	y := e.p.y[i*k : (i+1)*k]
	if e.p.weight == nil {
		return e.lik.LogProb(e.df, e.dphi, e.f, e.phi, y)
	}
	w := e.p.weight[i]
	clear(e.drow)
	lp := w * e.lik.LogProb(e.df, e.drow, e.f, e.phi, y)
	for j := range e.df {
		e.df[j] *= w
	}
	for j, d := range e.drow {
		e.dphi[j] += w * d
	}
	return lp
}
