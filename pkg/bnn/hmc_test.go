package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

func hmc(t *testing.T, h bnn.HMC, target bnn.Target, seed uint64) *bnn.Chains {
	t.Helper()
	post, err := h.Fit(t.Context(), target, newRand(seed))
	if err != nil {
		t.Fatal(err)
	}
	return post.(*bnn.Chains)
}

// coarse aims at a low acceptance, so that steps are long and the weights exp(−H) of
// a path's points matter: a sampler that took any point of the path would be off by
// more than a tenth.
var coarse = bnn.HMC{Warmup: 1000, Keep: 6000, TargetAccept: 0.55}

func TestHMCOnTheGaussian(t *testing.T) {
	for name, h := range map[string]bnn.HMC{"coarse": coarse, "fine": {Keep: 6000}, "no mass": {Warmup: 19, Keep: 6000, TargetAccept: 0.7}} {
		c := hmc(t, h, bnntest.Gauss{}, 3)
		for j := range bnntest.GaussMean {
			d := c.Diagnose(func(theta []float64) float64 { return theta[j] })
			bnntest.Near(t, fmt.Sprintf("%s mean θ[%d]", name, j), d.Mean, bnntest.GaussMean[j], 0.03*bnntest.GaussSD[j])
			bnntest.Near(t, fmt.Sprintf("%s sd θ[%d]", name, j), d.SD, bnntest.GaussSD[j], 0.03*bnntest.GaussSD[j])
			if !(d.RHat < 1.01 && d.BulkESS > 2000 && d.TailESS > 2000) {
				t.Errorf("%s θ[%d]: %+v", name, j, d)
			}
		}
		// The log joint is −½χ² of 2 degrees of freedom: mean −1 beside its constant, sd 1.
		d, top := c.DiagnoseLogJoint(), bnntest.Gauss{}.LogJoint(nil, bnntest.GaussMean[:], nil)
		bnntest.Near(t, name+" mean log joint", d.Mean, top-1, 0.04)
		bnntest.Near(t, name+" sd log joint", d.SD, 1, 0.05)
	}
}

func TestHMCOnTheLine(t *testing.T) {
	l := bnntest.NewLinear(1)
	for name, h := range map[string]bnn.HMC{"coarse": coarse, "fine": {Keep: 6000}} {
		p := l.Model().On(l.Set)
		c := hmc(t, h, p, 4)
		at, err := c.DiagnoseAt(t.Context(), l.Model(), bnntest.Grid())
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range []float64{-2, 0, 2} {
			mean, sd := l.Function(x)
			bnntest.Near(t, fmt.Sprintf("%s mean at %v", name, x), at[i].Mean, mean, 0.03*sd)
			bnntest.Near(t, fmt.Sprintf("%s sd at %v", name, x), at[i].SD, sd, 0.03*sd)
			if !(at[i].RHat < 1.01 && at[i].BulkESS > 4000) {
				t.Errorf("%s at %v: %+v", name, x, at[i])
			}
		}
		accept, count := 0.0, 0.0
		for _, ch := range c.Chain {
			for k, a := range ch.Accept {
				accept, count = accept+a, count+1
				if e := ch.Energy[k] + ch.LogJoint[k]; !(e >= 0) {
					t.Fatalf("%s: a kinetic energy of %v", name, e)
				}
			}
			for j, sd := range l.SD() { // 3 windows of draws have told it the scales
				bnntest.Near(t, fmt.Sprintf("%s √M⁻¹[%d]", name, j), math.Sqrt(ch.InvMass[j]), sd, 0.35*sd)
			}
		}
		want := 0.8
		if h.TargetAccept != 0 {
			want = h.TargetAccept
		}
		bnntest.Near(t, name+" acceptance", accept/count, want+0.07, 0.08) // averaging log ε errs to the safe side
		if c.Len() != 24000 || c.Divergences() != 0 {
			t.Errorf("%s: %d draws, %d divergences", name, c.Len(), c.Divergences())
		}
	}
}

// Every leapfrog step after the adaptation is as cheap as the one before: nothing is
// allocated but the kept draws.
func TestHMCDoesNotAllocate(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set)
	count := func(warmup, keep int) float64 {
		return testing.AllocsPerRun(3, func() { hmc(t, bnn.HMC{Chains: 1, Warmup: warmup, Keep: keep}, p, 1) })
	}
	if a, b := count(20, 1), count(400, 1); !(b-a < 10) {
		t.Errorf("%v allocations with 20 draws to warm up, %v with 400", a, b)
	}
	if a, b := count(20, 100), count(20, 200); !(b-a < 130) { // one a draw, and the slices grow
		t.Errorf("%v allocations for 100 draws, %v for 200", a, b)
	}
}

// funnel is Neal's: v ~ N(0, 3²), x_j ~ N(0, e^v). Its neck is too narrow for any
// one step size, which is what divergences are there to tell.
type funnel struct{ bnntest.Gauss }

func (funnel) Dim() int { return 10 }
func (funnel) LogJoint(grad, theta []float64, _ []int) float64 {
	v := theta[0]
	lp := -v * v / 18
	if grad != nil {
		grad[0] = -v / 9
	}
	for j, x := range theta[1:] {
		lp -= x*x/2*math.Exp(-v) + v/2
		if grad != nil {
			grad[0] += x*x/2*math.Exp(-v) - 0.5
			grad[j+1] = -x * math.Exp(-v)
		}
	}
	return lp
}

func TestHMCReportsDivergences(t *testing.T) {
	c := hmc(t, bnn.HMC{Warmup: 300, Keep: 500}, funnel{}, 5)
	d := c.Diagnose(func(theta []float64) float64 { return theta[0] })
	if c.Divergences() == 0 || !(d.BulkESS < 1000) {
		t.Errorf("on Neal's funnel: %d divergences, %+v", c.Divergences(), d)
	}
}

func TestHMCRefuses(t *testing.T) {
	for want, c := range map[string]struct {
		h bnn.HMC
		t bnn.Target
	}{
		"TargetAccept 1":        {bnn.HMC{TargetAccept: 1}, bnntest.Gauss{}},
		"Keep -1":               {bnn.HMC{Keep: -1}, bnntest.Gauss{}},
		"log joint is NaN":      {bnn.HMC{}, constant{value: math.NaN()}},
		"finds no step size":    {bnn.HMC{}, constant{}},
		"the model was put on ": {bnn.HMC{}, (&bnn.Model{Net: bnntest.NewLinear(1).Model().Net}).On(nil)},
	} {
		post, err := c.h.Fit(t.Context(), c.t, newRand(1))
		if wantError(t, "HMC", err, want); post != nil {
			t.Errorf("%s: a posterior beside the error", want)
		}
	}
}

// constant is a log joint without any slope.
type constant struct {
	bnntest.Gauss
	value float64
}

func (c constant) LogJoint(grad, _ []float64, _ []int) float64 {
	clear(grad)
	return c.value
}
