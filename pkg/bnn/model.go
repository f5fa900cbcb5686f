package bnn

import (
	"errors"
	"fmt"
	"slices"

	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A Model is network × prior × likelihood: a description without data and
// without weights. It is immutable, safe for concurrent use, and what is saved.
//
// Its parameter vector θ holds the network's weights and then the likelihood's
// parameters (such as log σ).
type Model struct {
	Net        nn.Net
	Prior      Prior       // p(w) over the network's weights; nil means Normal{}
	Likelihood Likelihood  // p(y | f(x), φ); nil means GaussianNoise{}
	Scale      *data.Scale // nil means none; else data are standardised by it and predictions are in raw units
}

// Dim returns d = len(θ) for data with k target columns.
func (m *Model) Dim(k int) int { return m.Net.Dim() + m.likelihood().Params(k) }

// On returns the model on a data set: the [Target] that methods fit. The set is
// not copied and must not change. Bad data (no rows, NaN, widths that do not
// match the network) do not panic here: every Fit returns [Problem.Err].
func (m *Model) On(set *data.Set) *Problem {
	p := &Problem{model: m}
	p.engine = &engine[float64]{p: p}
	if p.err = m.check(set); p.err == nil {
		p.set = set
		p.build()
	}
	return p
}

// check reports what makes the model and the set unusable together.
func (m *Model) check(set *data.Set) error {
	if m.Net.In() == 0 || m.Net.Dim() == 0 {
		return errors.New("bnn: the model has no network with weights; make one with nn.MLP or nn.New")
	}
	if set == nil {
		return errors.New("bnn: the model was put on no data (nil)")
	}
	if err := set.Err(); err != nil {
		return fmt.Errorf("bnn: %w", err)
	}
	_, d := set.X.Dims()
	_, k := set.Y.Dims()
	if d != m.Net.In() {
		return fmt.Errorf("bnn: set %q has %d input columns, the network takes %d", set.Name, d, m.Net.In())
	}
	if out := m.likelihood().Outputs(k); out != m.Net.Out() {
		return fmt.Errorf("bnn: set %q has %d target columns, for which %T needs %d network outputs; the network has %d", set.Name, k, m.likelihood(), out, m.Net.Out())
	}
	if s := m.Scale; s != nil && (len(s.XMean) != d || len(s.YMean) != k) {
		return fmt.Errorf("bnn: the model's Scale is for %d inputs and %d targets, set %q has %d and %d", len(s.XMean), len(s.YMean), set.Name, d, k)
	}
	for _, part := range []any{m.prior(), m.likelihood()} {
		if c, ok := part.(interface{ check() error }); ok {
			if err := c.check(); err != nil {
				return err
			}
		}
	}
	if tc, ok := m.likelihood().(TargetChecker); ok {
		for i := range set.Len() {
			if err := tc.CheckTargets(set.Y.RawRowView(i)); err != nil {
				return fmt.Errorf("bnn: set %q, Y row %d: %w", set.Name, i, err)
			}
		}
		if s := m.Scale; s != nil && slices.ContainsFunc(s.YSD, func(sd float64) bool { return sd != 1 }) {
			return fmt.Errorf("bnn: the model's Scale standardises the targets, which %T cannot take; use data.NewScaleX", m.likelihood())
		}
	}
	return nil
}

// targets returns K, the number of target columns that the network's outputs are
// for, or 0 when the likelihood fits no number of them.
func (m *Model) targets() int {
	for k := 1; k <= m.Net.Out(); k++ {
		if m.likelihood().Outputs(k) == m.Net.Out() {
			return k
		}
	}
	return 0
}

func (m *Model) prior() Prior {
	if m.Prior == nil {
		return Normal{}
	}
	return m.Prior
}

func (m *Model) likelihood() Likelihood {
	if m.Likelihood == nil {
		return GaussianNoise{}
	}
	return m.Likelihood
}
