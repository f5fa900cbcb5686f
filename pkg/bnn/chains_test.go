package bnn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

// The chains do not depend on how many run at once, nor on whether the target can be
// cloned, and every chain has random numbers of its own.
func TestChainsSameBits(t *testing.T) {
	m, set := smallBNN()
	for name, fit := range map[string]func(workers int) bnn.Method{
		"HMC":        func(w int) bnn.Method { return bnn.HMC{Chains: 5, Warmup: 60, Keep: 20, Workers: w} },
		"Metropolis": func(w int) bnn.Method { return bnn.Metropolis{Chains: 5, Warmup: 60, Keep: 20, Workers: w} },
	} {
		first := ""
		for _, workers := range []int{1, 2, 8} {
			for _, target := range []bnn.Target{m.On(set), plain{m.On(set)}} {
				post, err := fit(workers).Fit(t.Context(), target, newRand(3))
				if err != nil {
					t.Fatal(err)
				}
				c := post.(*bnn.Chains)
				if got := fmt.Sprint(c.Chain); first == "" {
					first = got
				} else if got != first {
					t.Errorf("%s: %d workers give other bits", name, workers)
				}
				if c.Len() != 100 || c.At(0)[0] == c.At(20)[0] || &c.At(20)[0] != &c.Chain[1].Theta[0][0] {
					t.Errorf("%s: %d draws, the first of two chains %v and %v", name, c.Len(), c.At(0)[0], c.At(20)[0])
				}
			}
		}
	}
}

// A cancelled run returns what it has: during warm-up where the chains are, later the
// draws of the chains that have some.
func TestChainsCancel(t *testing.T) {
	m, set := smallBNN()
	for name, c := range map[string]struct {
		h    bnn.HMC
		stop int // after that many draws
		kept bool
	}{
		"warming up": {bnn.HMC{Warmup: 1 << 20}, 50, false},
		"keeping":    {bnn.HMC{Chains: 2, Warmup: 20, Keep: 1 << 20, Workers: 1}, 300, true},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		c.h.MaxDepth = 5
		c.h.Monitor = func(p bnn.Progress) {
			if p.Method != "HMC" || p.Step > p.Steps || math.IsNaN(p.Loss) {
				t.Errorf("%s: progress %+v", name, p)
			}
			if p.Step > c.stop {
				cancel()
			}
		}
		post, err := c.h.Fit(ctx, m.On(set), newRand(1))
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%s: %v", name, err)
		}
		so := post.(*bnn.Chains)
		if c.kept && (len(so.Chain) != 1 || so.Len() < c.stop-64) || !c.kept && (len(so.Chain) != 0 || so.Len() != 4) {
			t.Errorf("%s: %d chains with draws, %d draws", name, len(so.Chain), so.Len())
		}
		if d := so.DiagnoseLogJoint(); c.kept == math.IsNaN(d.RHat) {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestChainsStart(t *testing.T) {
	for name, m := range map[string]bnn.Method{
		"HMC":        bnn.HMC{Chains: 3, Warmup: 1, Keep: 1, MaxDepth: 1, Start: bnn.Samples{{1, 30}, {1, -30}}},
		"Metropolis": bnn.Metropolis{Chains: 3, Warmup: 1, Keep: 1, Step: 1e-6, Start: bnn.Samples{{1, 30}, {1, -30}}},
	} {
		post, err := m.Fit(t.Context(), bnntest.Gauss{}, newRand(1))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []float64{30, -30, 30} {
			bnntest.Near(t, fmt.Sprintf("%s: chain %d", name, i), post.(*bnn.Chains).At(i)[1], want, 10)
		}
	}
}

// Saved chains come back as the same draws in the same order.
func TestSaveChains(t *testing.T) {
	m, set := smallBNN()
	c := hmc(t, bnn.HMC{Chains: 2, Warmup: 20, Keep: 10, MaxDepth: 4}, m.On(set), 1)
	var file bytes.Buffer
	if err := bnn.Save(&file, bnn.Trained{Model: m, Posterior: c}); err != nil {
		t.Fatal(err)
	}
	back, err := bnn.Load(&file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Len() {
		if got := back.Posterior.(bnn.Samples).At(i); fmt.Sprint(got) != fmt.Sprint(c.At(i)) {
			t.Errorf("draw %d comes back as %v", i, got)
		}
	}
}
