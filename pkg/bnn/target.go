package bnn

import (
	"context"
	"iter"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/progress"
)

// A Target is an unnormalised log density over a flat vector θ ∈ R^Dim: the log
// joint log p(θ) + log p(D | θ) of a model and its data, or any other density
// with a gradient. A Target is not safe for concurrent use.
type Target interface {
	// Dim returns d = len(θ).
	Dim() int
	// Len returns N, the number of rows of data; 1 for a density without data.
	Len() int
	// Init writes a starting point over theta.
	Init(theta []float64, rng *rand.Rand)
	// LogJoint returns, in nats,
	//
	//	log p(θ) + N/|rows| Σ_{i∈rows} log p(y_i | x_i, θ)
	//
	// and writes its gradient with respect to θ over grad if that is not nil.
	// rows == nil means all rows. Averaged over minibatches that partition the
	// data, it is the full log joint.
	LogJoint(grad, theta []float64, rows []int) float64
}

// A Method turns a Target into a Posterior. Methods are plain values whose zero
// value has documented defaults; they are safe for concurrent use.
type Method interface {
	// Fit approximates p(θ | D). The same rng state gives the same posterior, bit
	// for bit. When ctx is cancelled it returns the posterior so far together with
	// an error that wraps ctx.Err().
	Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error)
}

// A Posterior draws θ ~ q(θ) ≈ p(θ | D). Posteriors are safe for concurrent use.
type Posterior interface {
	// Draws yields n draws. Each slice is valid until the next iteration and must
	// not be modified.
	Draws(n int, rng *rand.Rand) iter.Seq[[]float64]
}

// Progress is what a method's Monitor is told, at most ten times a second and
// once at the end, always from the goroutine that called Fit.
type Progress = progress.Report
