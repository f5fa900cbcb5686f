package bnn

import (
	"iter"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// LaplacePosterior is the posterior of [Laplace], q(θ) = N(θ*, H⁻¹) over θ[Lo:];
// θ[:Lo] is certain. It draws linearised functions ([Functions]), which [Predict]
// uses. The fields must not be changed.
type LaplacePosterior struct {
	Net  nn.Net
	Mode []float64     // θ*, length d
	Lo   int           // first parameter in doubt: 0, or the start of the last layer
	Root *mat.TriDense // upper U with H = UᵀU; nil for LaplaceDiagonal
	SD   []float64     // 1/√H_jj, length d, of LaplaceDiagonal; else nil
	// LogEvidence is Laplace's approximation of log p(D), in nats,
	//
	//	log p(D, θ*) + (d/2) log 2π − ½ log |H|,
	//
	// exact for linear models with Gaussian noise. For the last layer it is that of
	// a model whose other layers are given: it has no prior for them.
	LogEvidence float64
	// Slope is the largest |∂ log p(D, θ)/∂θ_j| left at the mode, which should be near
	// 0. Where the gradient itself jumps, with rectified units, polishing may end at
	// a kink, with a Slope of order 1.
	Slope float64
}

var (
	_ Posterior = (*LaplacePosterior)(nil)
	_ Functions = (*LaplacePosterior)(nil)
)

// Draws implements [Posterior]: θ = θ* + U⁻¹ε, ε ~ N(0, I).
func (q *LaplacePosterior) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		theta := make([]float64, len(q.Mode))
		for range n {
			copy(theta, q.Mode)
			delta := theta[q.Lo:]
			q.deviate(delta, rng)
			for j := range delta {
				delta[j] += q.Mode[q.Lo+j]
			}
			if !yield(theta) {
				return
			}
		}
	}
}

// deviate writes a draw of (θ − θ*)[Lo:] over dst.
func (q *LaplacePosterior) deviate(dst []float64, rng *rand.Rand) {
	for j := range dst {
		dst[j] = rng.NormFloat64()
	}
	if q.SD != nil {
		for j, s := range q.SD {
			dst[j] *= s
		}
		return
	}
	blas64.Trsv(blas.NoTrans, q.Root.RawTriangular(), blas64.Vector{N: len(dst), Inc: 1, Data: dst})
}

// FuncDraws implements [Functions] with the network linearised at the mode,
//
//	f_s(x) = f(x; θ*) + J(x) (θ_s − θ*).
func (q *LaplacePosterior) FuncDraws(x []float64, n int, rng *rand.Rand) iter.Seq2[[]float64, []float64] {
	return func(yield func(f, phi []float64) bool) {
		a := newJacobian(q.Net, q.Lo)
		w, in, m := q.Net.Dim(), q.Net.In(), len(q.Mode)-q.Lo
		rows := len(x) / in
		nf := rows * a.out
		delta, f := make([]float64, n*m), make([]float64, n*nf)
		for s := range n {
			q.deviate(delta[s*m:(s+1)*m], rng)
		}
		for i := range rows { // rows outside, so that every Jacobian is made once
			at, j := a.at(q.Mode[:w], x[i*in:(i+1)*in])
			for s := range n {
				for o, v := range at {
					f[s*nf+i*a.out+o] = v + dot(j[o*a.width:(o+1)*a.width], delta[s*m:])
				}
			}
		}
		phi := make([]float64, len(q.Mode)-w)
		for s := range n {
			for k := range phi {
				phi[k] = q.Mode[w+k] + delta[s*m+a.width+k]
			}
			if !yield(f[s*nf:(s+1)*nf], phi) {
				return
			}
		}
	}
}

// Function returns the exact mean and standard deviation of the linearised outputs
// at one x, given as the network sees it (in):
//
//	mean = f(x; θ*),   sd_o = √(J_o H⁻¹ J_oᵀ).
func (q *LaplacePosterior) Function(x []float64) (mean, sd []float64) {
	a := newJacobian(q.Net, q.Lo)
	mean, j := a.at(q.Mode[:q.Net.Dim()], x)
	sd = make([]float64, a.out)
	v := make([]float64, len(q.Mode)-q.Lo)
	for o := range sd {
		clear(v)
		copy(v, j[o*a.width:(o+1)*a.width])
		if q.SD != nil {
			for i, s := range q.SD {
				v[i] *= s
			}
		} else {
			blas64.Trsv(blas.Trans, q.Root.RawTriangular(), blas64.Vector{N: len(v), Inc: 1, Data: v})
		}
		sd[o] = math.Sqrt(dot(v, v))
	}
	return mean, sd
}

// Weights returns the same posterior without linearisation: [Predict] then puts
// draws of θ through the network. Far from θ* the quadratic fit holds no more, and
// for all but small networks these predictions are worse.
func (q *LaplacePosterior) Weights() Posterior { return weights{q} }

// weights hides FuncDraws.
type weights struct{ q *LaplacePosterior }

func (w weights) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] { return w.q.Draws(n, rng) }

// dot returns Σ a_i b_i over a.
func dot(a, b []float64) float64 {
	return blas64.Dot(blas64.Vector{N: len(a), Inc: 1, Data: a}, blas64.Vector{N: len(a), Inc: 1, Data: b})
}
