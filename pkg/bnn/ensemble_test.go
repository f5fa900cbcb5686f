package bnn_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Members of an ensemble start and end apart, do not depend on the workers, and
// are predicted from once each.
func TestEnsemble(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 10, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.2}}
	var first string
	for _, workers := range []int{1, 2, 7} {
		for _, target := range []bnn.Target{m.On(wave(40, 1, 1)), plain{m.On(wave(40, 1, 1))}} { // with and without Cloner
			done := 0
			e := bnn.Ensemble{Base: doubleMAP{}, Members: 7, Workers: workers, Monitor: func(p bnn.Progress) { done = p.Step }}
			post, err := e.Fit(t.Context(), target, newRand(3))
			if err != nil {
				t.Fatal(err)
			}
			s := post.(bnn.Samples)
			if got := fmt.Sprintf("%b", s); first == "" {
				first = got
			} else if got != first {
				t.Errorf("%d workers give other bits", workers)
			}
			if len(s) != 7 || done != 7 || s[0][0] == s[1][0] {
				t.Errorf("%d members, %d reported done, first weights %v and %v", len(s), done, s[0][0], s[1][0])
			}
		}
	}
	if _, err := (bnn.Ensemble{Base: bnn.MAP{Rate: -1}}).Fit(t.Context(), m.On(wave(40, 1, 1)), newRand(3)); err == nil || !strings.Contains(err.Error(), "learning rate -1") {
		t.Errorf("a base that cannot run: %v", err)
	}
}

// doubleMAP is MAP in float64 on any target.
type doubleMAP struct{}

// Every component of a mixture is equally likely, also in short runs of draws.
func TestMixtureIsBalanced(t *testing.T) {
	mix := bnn.Mixture{&bnn.Gaussian{Mu: []float64{0}, Sigma: []float64{0}}, &bnn.Gaussian{Mu: []float64{1}, Sigma: []float64{0}}, &bnn.Gaussian{Mu: []float64{2}, Sigma: []float64{0}}}
	count, rng := [3]int{}, newRand(4)
	for range 3000 {
		for theta := range mix.Draws(2, rng) {
			count[int(theta[0])]++
		}
	}
	for i, c := range count { // 2000 expected; binomial sd below 37
		bnntest.Near(t, fmt.Sprintf("draws of component %d", i), float64(c), 2000, 150)
	}
}
