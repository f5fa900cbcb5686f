package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Laplace fits a Gaussian at the mode θ* of the posterior, as wide as the curvature
// there says,
//
//	q(θ) = N(θ*, H⁻¹),   H = Σ_i J_iᵀ C_i J_i + diag(1/s_j²),
//
// with the Jacobians J_i = ∂f(x_i)/∂θ, C_i the curvature of −log p(y_i | f_i) and
// prior sd s_j: the generalised Gauss–Newton matrix, which is exact for linear
// models and never indefinite. A learned noise φ = log σ is part of θ, by its own
// second derivative; its correlation with the weights, whose mean is 0, is left out.
//
// θ* is found as by [MAP], and then polished by L-BFGS on all rows in float64.
// Predictions are linearised, f(x) + J(x)(θ − θ*), as the curvature is: with the
// network itself the same q fits badly (see [LaplacePosterior.Weights]).
//
// References: MacKay, A Practical Bayesian Framework for Backpropagation Networks,
// 1992; Immer, Korzepa & Bauer, Improving Predictions of Bayesian Neural Nets via
// Local Linearization, 2021.
type Laplace struct {
	Kind    LaplaceKind // which part of H; the zero value is LaplaceFull
	Steps   int         // gradient steps of MAP before polishing; 0 means 2000, negative none
	Batch   int         // rows a step; 0 means 128, and never more than N
	Rate    float64     // Adam's learning rate at the start, falling to 0; 0 means 0.01
	Start   []float64   // θ to start from, such as the mode of a trained network; nil means the target's own start
	Polish  int         // most iterations of L-BFGS; 0 means 5000, negative none
	Monitor func(Progress)
}

var _ Method = Laplace{}

// LaplaceKind says which part of the curvature [Laplace] keeps.
type LaplaceKind int

const (
	LaplaceFull      LaplaceKind = iota // all of H: up to 5,000 parameters
	LaplaceDiagonal                     // diag(H): parameters independent, any number of them
	LaplaceLastLayer                    // H of the last dense layer and φ, up to 5,000; all else stays at θ*
)

// Fit implements [Method]. The posterior is a *[LaplacePosterior]; when ctx is
// cancelled, a [Samples] with the θ reached. It needs a target with [GaussNewton]
// and a Gaussian prior ([GaussPrior]).
func (l Laplace) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "Laplace", steps: max(or(l.Steps, 2000), 0), batch: l.Batch, rate: or(l.Rate, 0.01), start: l.Start, monitor: l.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	gn, sd, mean, err := l.needs(t)
	if err != nil {
		return nil, err
	}
	theta, err := mode(ctx, d, t, rng, 0)
	if theta == nil {
		return nil, err
	}
	if err != nil {
		return Samples{theta}, err
	}
	q, err := l.around(ctx, gn, theta, mean, sd)
	if ctx.Err() != nil {
		return Samples{theta}, err
	}
	if err != nil {
		return nil, err
	}
	return q, nil
}

// needs finds what Laplace needs of its target.
func (l Laplace) needs(t Target) (gn laplaceTarget, sd, mean []float64, err error) {
	if _, ok := t.(GaussNewton); !ok {
		return nil, nil, nil, &NeedsError{Method: "Laplace", Ability: "GaussNewton", Target: t}
	}
	if g, ok := t.(GaussPrior); ok {
		mean, sd = g.PriorMoments()
	}
	if sd == nil {
		return nil, nil, nil, &NeedsError{Method: "Laplace", Ability: "GaussPrior (a prior such as Normal)", Target: t}
	}
	return t.(laplaceTarget), sd, mean, nil
}

type laplaceTarget interface {
	Target
	GaussNewton
}

// around polishes θ and fits the Gaussian at the mode.
func (l Laplace) around(ctx context.Context, t laplaceTarget, theta, mean, sd []float64) (*LaplacePosterior, error) {
	n := float64(t.Len())
	if l.Polish >= 0 {
		var err error
		theta, _, _, err = climb(ctx, theta, or(l.Polish, 5000), 0, func(grad, x []float64) float64 {
			value := t.LogJoint(grad, x, nil) / n
			for j := range grad {
				grad[j] /= n
			}
			return value
		})
		if err != nil {
			return nil, fmt.Errorf("bnn: Laplace stopped while polishing: %w", err)
		}
	}
	q := &LaplacePosterior{Net: t.Network(), Mode: theta}
	if l.Kind == LaplaceLastLayer {
		blocks := q.Net.Blocks()
		q.Lo = blocks[len(blocks)-2].Lo
	}
	logDet, err := q.curve(t, l.Kind, sd)
	if err != nil {
		return nil, err
	}
	grad := make([]float64, len(theta))
	q.LogEvidence = t.LogJoint(grad, theta, nil) + float64(len(theta)-q.Lo)*halfLog2Pi - logDet/2
	for j, g := range grad {
		q.Slope = math.Max(q.Slope, math.Abs(g))
		if j < q.Lo { // what is not integrated out is not weighed by the prior either
			z := (theta[j] - mean[j]) / sd[j]
			q.LogEvidence += z*z/2 + math.Log(sd[j]) + halfLog2Pi
		}
	}
	return q, nil
}

// curve fills in the spread around the mode and returns log |H|.
func (q *LaplacePosterior) curve(t GaussNewton, kind LaplaceKind, sd []float64) (logDet float64, err error) {
	if kind == LaplaceDiagonal {
		h, err := diagonal(t, q.Mode, sd, 0)
		for j, v := range h {
			if err == nil && !(v > 0 && v < math.MaxFloat64) {
				err = errNotDefinite
			}
			logDet += math.Log(v)
			h[j] = 1 / math.Sqrt(v)
		}
		q.SD = h
		return logDet, err
	}
	h, err := precision(t, q.Mode, sd, q.Lo)
	if err != nil {
		return 0, err
	}
	if slices.ContainsFunc(h.RawSymmetric().Data, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }) {
		return 0, errNotDefinite
	}
	var chol mat.Cholesky
	if !chol.Factorize(h) {
		return 0, errNotDefinite
	}
	q.Root = new(mat.TriDense)
	chol.UTo(q.Root)
	return chol.LogDet(), nil
}
