package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// smallBNN is a 1-5-1 tanh network with prior N(0, 0.7²) and noise 0.3 on 24 points
// that any language can make.
func smallBNN() (*bnn.Model, *data.Set) {
	x, y := make([]float64, 24), make([]float64, 24)
	for i := range x {
		x[i] = -1 + 2*float64((7*i+3)%24)/23
		y[i] = math.Sin(3*x[i]) + 0.3*math.Cos(17*float64(i))
	}
	m := &bnn.Model{Net: nn.MLP([]int{1, 5, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.GaussianNoise{SD: 0.3}}
	return m, data.New("small", x, y)
}

// HMC against an independent sampler. The wanted moments were printed by NUTS of
// NumPyro 0.22.0 (jax 0.10.2 in float64, target acceptance 0.9, 8 chains of 2000 warm-up
// and 20000 kept draws, starts from N(0, 0.7²)) for the log joint written in jax; R̂
// 1.0000 and bulk ESS above 60000 for each, by ArviZ 0.23.4, which gave the standard
// errors, too.
func TestHMCAgreesWithAnIndependentSampler(t *testing.T) {
	type moments struct{ mean, meanSE, sd, sdSE float64 }
	want := map[float64]moments{
		-2:  {0.17473, 0.00133, 0.46446, 0.00098},
		-1:  {-0.33711, 0.00047, 0.17688, 0.00034},
		0:   {-0.18194, 0.00027, 0.10923, 0.00022},
		0.5: {0.59065, 0.00028, 0.11109, 0.00023},
		2:   {0.44171, 0.00119, 0.40648, 0.00092},
	}
	wantLogJoint := moments{-22.26232, 0.01101, 2.75246, 0.00744}

	m, set := smallBNN()
	p := m.On(set)
	theta := make([]float64, 16)
	for k := range theta {
		theta[k] = 0.1*float64(k+1) - 0.8
	}
	bnntest.Near(t, "log joint, as the other one has it", p.LogJoint(nil, theta, nil), -295.7605296739035, 1e-9)

	keep := 1000
	if longTests() {
		keep = 20000
	}
	c := hmc(t, bnn.HMC{Keep: keep}, p, 1)
	agree := func(what string, d bnn.Diagnosis, w moments) {
		t.Helper()
		t.Logf("%s: mean %.4f (%.4f), sd %.4f (%.4f); R̂ %.4f, ESS %.0f %.0f", what, d.Mean, w.mean, d.SD, w.sd, d.RHat, d.BulkESS, d.TailESS)
		sdSE := d.SD / math.Sqrt(d.TailESS) // for a Gaussian SD/√(2 ESS); these are not
		bnntest.Near(t, what+", mean", d.Mean, w.mean, 4*math.Hypot(d.MCSE, w.meanSE))
		bnntest.Near(t, what+", sd", d.SD, w.sd, 4*math.Hypot(sdSE, w.sdSE))
		if !(d.RHat < 1.02 && d.BulkESS > 400) {
			t.Errorf("%s: %+v", what, d)
		}
	}
	agree("log joint", c.DiagnoseLogJoint(), wantLogJoint)
	for x, w := range want {
		at, err := c.DiagnoseAt(t.Context(), m, mat.NewDense(1, 1, []float64{x}))
		if err != nil {
			t.Fatal(err)
		}
		agree(fmt.Sprintf("f(%v)", x), at[0], w)
	}
	grid := mat.NewDense(20, 1, nil) // what to judge a network's chains by, instead of its weights
	for i := range 20 {
		grid.Set(i, 0, -2+4*float64(i)/19)
	}
	at, err := c.DiagnoseAt(t.Context(), m, grid)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range at {
		if !(d.RHat < 1.05 && d.BulkESS >= 400 && d.TailESS >= 400) {
			t.Errorf("f(%.2f): %+v", grid.At(i, 0), d)
		}
	}
	leapfrogs := 0
	for _, ch := range c.Chain {
		for _, n := range ch.Leapfrogs {
			leapfrogs += n
		}
	}
	t.Logf("%d divergences, %.0f leapfrogs a draw", c.Divergences(), float64(leapfrogs)/float64(c.Len()))
}
