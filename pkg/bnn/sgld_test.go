package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

// Without any slope SGLD is pure noise: a step of length ε adds the variance 2ε, not
// ε, also where the steps decay. All draws are kept, so that they differ by one step.
func TestSGLDNoise(t *testing.T) {
	for _, decay := range []float64{0, 0.6} {
		const steps, rate = 40000, 0.03
		s := bnn.SGLD{Steps: steps, BurnIn: 1000, Keep: 1 << 20, Rate: rate, Decay: decay, Plain: true}
		post, err := s.Fit(t.Context(), constant{}, newRand(1))
		if err != nil {
			t.Fatal(err)
		}
		c := post.(*bnn.Chains)
		if c.Len() != steps-1000 {
			t.Fatalf("%d draws, want one a step", c.Len())
		}
		ratio, n := 0.0, 0.0
		for k := 1; k < c.Len(); k++ {
			eps := rate * math.Pow(1+float64(k+999)/1000, -decay)
			for j := range 2 {
				d := c.At(k)[j] - c.At(k - 1)[j]
				ratio, n = ratio+d*d/(2*eps), n+1
			}
		}
		bnntest.Near(t, fmt.Sprintf("variance of a step over 2ε, decay %v", decay), ratio/n, 1, 0.025) // 5 standard errors
	}
}

func TestSGLDOnTheGaussian(t *testing.T) {
	for name, s := range map[string]bnn.SGLD{
		"constant": {Steps: 200000, Keep: 20000, Rate: 0.05},
		"decaying": {Steps: 200000, Keep: 20000, Rate: 0.3, Decay: 0.5},
		"plain":    {Steps: 200000, Keep: 20000, Rate: 0.02, Plain: true},
	} {
		post, err := s.Fit(t.Context(), bnntest.Gauss{}, newRand(2))
		if err != nil {
			t.Fatal(err)
		}
		mean, sd := bnntest.Moments(post, 20000, newRand(3))
		for j := range mean {
			bnntest.Near(t, fmt.Sprintf("%s mean θ[%d]", name, j), mean[j], bnntest.GaussMean[j], 0.16*bnntest.GaussSD[j])
			bnntest.Near(t, fmt.Sprintf("%s sd θ[%d]", name, j), sd[j], bnntest.GaussSD[j], 0.08*bnntest.GaussSD[j])
		}
	}
}

// On the line, with all rows and with minibatches of 10 of the 40.
func TestSGLDOnTheLine(t *testing.T) {
	l := bnntest.NewLinear(1)
	for name, s := range map[string]bnn.SGLD{
		"all rows": {Steps: 200000, Keep: 10000, Rate: 0.003},
		"batches":  {Steps: 600000, Keep: 10000, Rate: 0.001, Batch: 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			post, err := s.Fit(t.Context(), l.Model().On(l.Set), newRand(4))
			if err != nil {
				t.Fatal(err)
			}
			at, err := post.(*bnn.Chains).DiagnoseAt(t.Context(), l.Model(), bnntest.Grid())
			if err != nil {
				t.Fatal(err)
			}
			for i, x := range []float64{-2, 0, 2} {
				mean, sd := l.Function(x)
				bnntest.Near(t, fmt.Sprintf("mean at %v", x), at[i].Mean, mean, 0.1*sd)
				bnntest.Near(t, fmt.Sprintf("sd at %v", x), at[i].SD, sd, 0.08*sd)
			}
		})
	}
}

func TestSGLDRefuses(t *testing.T) {
	for want, s := range map[string]bnn.SGLD{
		"BurnIn 7 of 7 steps": {Steps: 7, BurnIn: 7},
		"Decay 1":             {Decay: 1},
		"learning rate -1":    {Rate: -1},
		"starts from 3":       {Start: []float64{1, 2, 3}},
		"diverged at step":    {Rate: 1e6, Plain: true},
	} {
		post, err := s.Fit(t.Context(), bnntest.Gauss{}, newRand(1))
		if wantError(t, "SGLD", err, want); post != nil {
			t.Errorf("%s: a posterior beside the error", want)
		}
	}
}
