package bnn

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// MCDropout is dropout kept on at prediction time, read as variational inference:
// q(θ) is "random units of M zeroed", and each prediction uses its own masks. It
// minimises
//
//	loss = −(E_q[log p(D | θ)] + E_q[log p(θ)]) / N,
//
// with one mask per example in training. The second term is the weight decay that
// the model's own prior asks for: with masks z ∈ {0, 1/(1−p)}, E[z²] = 1/(1−p),
//
//	E_q[log p(θ)] = −Σ_j (E[z_j²] M_j² − 2 M_j m_j + m_j²)/(2 s_j²) + const.
//
// Units are dropped where the network has a Dropout layer; one before the first
// dense layer drops inputs. A layer with its own probability keeps it.
//
// Reference: Gal & Ghahramani, Dropout as a Bayesian Approximation, 2016.
type MCDropout struct {
	P        float64   // probability of dropping a unit; 0 means 0.1, negative means none
	Steps    int       // gradient steps; 0 means 5000
	Batch    int       // rows a step; 0 means 128, and never more than N
	Rate     float64   // Adam's learning rate at the start, falling to 0; 0 means 0.01
	Start    []float64 // θ to start from (warm start); nil means the target's own start
	Patience int       // as in [MAP]
	Monitor  func(Progress)
}

var _ Method = MCDropout{}

// Fit implements [Method]. The posterior is a *[Dropped]. It needs the ability
// [Masker]; with [Noisy] and [GaussPrior] every example gets its own mask, and
// with [Single] in float32.
func (m MCDropout) Fit(ctx context.Context, t Target, rng *rand.Rand) (Posterior, error) {
	d := descent{method: "MCDropout", steps: or(m.Steps, 5000), batch: m.Batch, rate: or(m.Rate, 0.01), start: m.Start, monitor: m.Monitor}
	if err := d.check(t); err != nil {
		return nil, err
	}
	p := max(or(m.P, 0.1), 0)
	if !(p < 1) {
		return nil, fmt.Errorf("bnn: MCDropout with P = %v; it must be below 1", m.P)
	}
	mk, ok := t.(Masker)
	if !ok {
		return nil, &NeedsError{Method: "MCDropout", Ability: "Masker", Target: t}
	}
	q := &Dropped{Net: mk.Network(), P: p}
	var mean, sd []float64
	if g, ok := t.(GaussPrior); ok {
		mean, sd = g.PriorMoments()
	}
	noisy, perExample := t.(Noisy)
	single, inSingle := t.(Single)
	var err error
	switch {
	case sd == nil || !perExample:
		q.Theta, err = ascend(ctx, d, t, rng, m.Patience, q.at, oneMask(t, q, rng))
	case inSingle:
		q.Theta, err = ascend(ctx, d, t, rng, m.Patience, q.at, perExampleMasks(single.Single().LogLikDropout, q, mean, sd, rng))
	default:
		q.Theta, err = ascend(ctx, d, t, rng, m.Patience, q.at, perExampleMasks(noisy.LogLikDropout, q, mean, sd, rng))
	}
	if q.Theta == nil {
		return nil, err
	}
	return q, err
}

// perExampleMasks is the objective with one mask per example and the Gaussian
// prior's expectation in closed form.
func perExampleMasks[T nn.Float](logLik func(grad, theta []T, p float64, rows []int, rng *rand.Rand) float64,
	q *Dropped, mean, sd []float64, rng *rand.Rand) ascent[T] {
	z2 := append(q.Net.MaskMoment(q.P), make([]float64, len(sd)-q.Net.Dim())...) // E[z_j²]
	for j := q.Net.Dim(); j < len(z2); j++ {
		z2[j] = 1
	}
	return ascent[T]{prior: gaussRuns(mean, sd, z2), value: func(grad, theta []T, rows []int) float64 {
		return logLik(grad, theta, q.P, rows, rng)
	}}
}

// oneMask is the objective with one mask z for the whole batch, θ = M⊙z, for
// targets that cannot mask every example: its gradient is ∇log p(D, θ) ⊙ z.
func oneMask(t Target, q *Dropped, rng *rand.Rand) ascent[float64] {
	z, masked := make([]float64, t.Dim()), make([]float64, t.Dim())
	return ascent[float64]{value: func(grad, theta []float64, rows []int) float64 {
		for j := range z {
			z[j] = 1
		}
		q.Net.Mask(z[:q.Net.Dim()], q.P, rng)
		for j, v := range theta {
			masked[j] = v * z[j]
		}
		value := t.LogJoint(grad, masked, rows)
		for j := range grad {
			grad[j] *= z[j]
		}
		return value
	}}
}

// Dropped is the posterior of [MCDropout]: Theta with random units of Net zeroed
// with probability P and the others scaled by 1/(1−P). A draw uses one mask, so it
// is one function of x. The fields must not be changed.
type Dropped struct {
	Net   nn.Net
	Theta []float64 // M, length d; likelihood parameters at the end are never masked
	P     float64
}

var _ Posterior = (*Dropped)(nil)

// at is q around another M.
func (q *Dropped) at(theta []float64) Posterior { return &Dropped{Net: q.Net, Theta: theta, P: q.P} }

// Draws implements [Posterior].
func (q *Dropped) Draws(n int, rng *rand.Rand) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		theta := make([]float64, len(q.Theta))
		for range n {
			copy(theta, q.Theta)
			q.Net.Mask(theta[:q.Net.Dim()], q.P, rng)
			if !yield(theta) {
				return
			}
		}
	}
}
