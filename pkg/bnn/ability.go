package bnn

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Abilities are small interfaces that a Target or a Posterior may offer beyond
// the one it must. Methods find them by type assertion; see the table in the
// package documentation. [Problem] offers all abilities of a Target.

// Cloner is a Target that can be copied for another goroutine. A clone shares
// the data and owns its scratch space.
type Cloner interface {
	Clone() Target
}

// Parts is a Target whose log joint comes apart into likelihood and prior.
type Parts interface {
	// LogLik returns N/|rows| Σ log p(y_i | x_i, θ) and writes its gradient over grad if not nil.
	LogLik(grad, theta []float64, rows []int) float64
	// LogPrior returns log p(θ) and *adds* its gradient to grad if not nil.
	LogPrior(grad, theta []float64) float64
}

// GaussPrior is a Target whose prior is p(θ) = Π_j N(θ_j; mean_j, sd_j²).
type GaussPrior interface {
	// PriorMoments returns both vectors, of length Dim, to be read and not
	// changed, or nil when the prior is not Gaussian.
	PriorMoments() (mean, sd []float64)
}

// PriorLearner is a Target with a [GaussPrior] whose scales can be learned.
type PriorLearner interface {
	// LearnPrior writes the prior's standard deviations that are best for
	// q = Π N(μ_j, σ_j²) over sd, and reports whether the prior has any to learn.
	LearnPrior(sd, mu, sigma []float64) bool
}

// Noisy is a Target that can put the noise of q(θ) inside the pass, where every
// example gets its own: gradients with less variance than from one θ a batch.
type Noisy interface {
	// LogLikLocal estimates E_q[N/|rows| Σ log p(y_i | x_i, θ)] under
	// q(θ) = Π_j N(μ_j, v_j) by local reparameterisation, and writes the estimate's
	// gradients over gMu and gVar.
	LogLikLocal(gMu, gVar, mu, v []float64, rows []int, rng *rand.Rand) float64
	// LogLikDropout estimates the same under dropout with probability p and one
	// mask per example, and writes the gradient with respect to θ over grad.
	LogLikDropout(grad, theta []float64, p float64, rows []int, rng *rand.Rand) float64
	// LogLikConcrete does so under relaxed masks with one probability a site, given
	// by its logit, and also writes the gradient with respect to the logits over gLogit.
	LogLikConcrete(grad, gLogit, theta, logit []float64, rows []int, rng *rand.Rand) float64
}

// Passes are the evaluations that gradient descent needs, in one precision.
// Sums over rows are taken in float64. Not safe for concurrent use.
type Passes[T nn.Float] interface {
	LogJoint(grad, theta []T, rows []int) float64
	LogLik(grad, theta []T, rows []int) float64
	LogPrior(grad, theta []T) float64
	LogLikLocal(gMu, gVar, mu, v []T, rows []int, rng *rand.Rand) float64
	LogLikDropout(grad, theta []T, p float64, rows []int, rng *rand.Rand) float64
	LogLikConcrete(grad, gLogit, theta, logit []T, rows []int, rng *rand.Rand) float64
}

// Single is a Target with a float32 path, which needs half the memory traffic.
// [MAP], [MCDropout], [ConcreteDropout], [VI] and [Laplace] use it when it is there.
type Single interface {
	Single() Passes[float32]
}

// Masker is a Target whose θ begins with the weights of a network, so that units
// can be dropped: a mask multiplies θ[:Network().Dim()].
type Masker interface {
	Network() nn.Net
}

// GaussNewton is a Target whose log likelihood is a sum over rows of a function of
// a network's outputs f(x_i; w), so that the generalised Gauss–Newton matrix
//
//	G = Σ_i J_iᵀ C_i J_i,   J_i = ∂f(x_i)/∂w,   C_i = −∂² log p(y_i | f_i)/∂f²
//
// stands in for its negative second derivative, and is never indefinite.
type GaussNewton interface {
	Masker
	// GaussNewton calls visit for every row in order with J_i, of which only the
	// columns of θ[lo:W] are made (O × (W − lo), lo where a layer starts), and C_i
	// (O × O, with the row's weight); both are valid during the call. It writes
	// −∂² log p(D | θ)/∂φ_k² over cphi. It returns an error when the likelihood
	// has no curvature ([Curved]).
	GaussNewton(cphi, theta []float64, lo int, visit func(j, c []float64)) error
}

// Functions is a Posterior over functions: [Predict] draws outputs of the network
// from it in place of θ.
type Functions interface {
	// FuncDraws yields n draws of the network's outputs at the rows of x (N × in, as
	// the network sees them), each (N × O) and one function for all rows, with the
	// likelihood's parameters φ. They are valid until the next iteration.
	FuncDraws(x []float64, n int, rng *rand.Rand) iter.Seq2[[]float64, []float64]
}

// Finite is a Posterior with finitely many, equally likely θ. [Predict] evaluates
// each at most once.
type Finite interface {
	Len() int
	At(i int) []float64 // to be read and not changed
}

// HeldOut is a Target with rows that training does not see, for early stopping.
type HeldOut interface {
	// HeldOutScore returns the mean of log (1/S) Σ_s p(y_i | x_i, θ_s) over the
	// held-out rows, in nats a row, or false when no rows are held out.
	HeldOutScore(draws iter.Seq[[]float64]) (float64, bool)
}

// A NeedsError says that a method needs an ability that its target does not have.
type NeedsError struct {
	Method  string // such as "MCDropout"
	Ability string // such as "Masker"
	Target  Target
}

// Error names the method, the ability and the target's type.
func (e *NeedsError) Error() string {
	return fmt.Sprintf("bnn: %s needs a target with the ability %s, which %T does not offer; see the table in the documentation of package bnn", e.Method, e.Ability, e.Target)
}
