package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

func TestMetropolisIsExact(t *testing.T) {
	l := bnntest.NewLinear(1)
	for name, m := range map[string]bnn.Metropolis{"tuned": {Keep: 30000}, "coarse": {Keep: 60000, Step: 0.2, Start: bnn.Samples{{3, 3}, {-3, 0}}}} {
		post, err := m.Fit(t.Context(), l.Model().On(l.Set), newRand(1))
		if err != nil {
			t.Fatal(err)
		}
		c := post.(*bnn.Chains)
		at, err := c.DiagnoseAt(t.Context(), l.Model(), bnntest.Grid())
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range []float64{-2, 0, 2} {
			mean, sd := l.Function(x)
			bnntest.Near(t, fmt.Sprintf("%s mean at %v", name, x), at[i].Mean, mean, 0.05*sd)
			bnntest.Near(t, fmt.Sprintf("%s sd at %v", name, x), at[i].SD, sd, 0.05*sd)
			if !(at[i].RHat < 1.01) {
				t.Errorf("%s at %v: %+v", name, x, at[i])
			}
		}
		accept := 0.0
		for _, ch := range c.Chain {
			for _, a := range ch.Accept {
				accept += a / float64(c.Len())
			}
		}
		if m.Step == 0 {
			bnntest.Near(t, "acceptance", accept, 1./3, 0.05)
		}
	}
	_, err := bnn.Metropolis{Start: bnn.Samples{{1}}}.Fit(t.Context(), bnntest.Gauss{}, newRand(1))
	wantError(t, "a start that is too short", err, "starts from 1 parameters")
	_, err = bnn.Metropolis{}.Fit(t.Context(), constant{value: math.Inf(-1)}, newRand(1))
	wantError(t, "an impossible start", err, "log joint is -Inf")
}

func TestImportanceSampling(t *testing.T) {
	l := bnntest.NewLinear(1)
	sd := l.SD()
	wide := &bnn.Gaussian{Mu: l.Mean[:], Sigma: []float64{1.5 * sd[0], 1.5 * sd[1]}}
	for name, c := range map[string]struct {
		s   bnn.ImportanceSampling
		ess float64 // at least
	}{"from the prior": {bnn.ImportanceSampling{Sample: 200000}, 300}, "near": {bnn.ImportanceSampling{Sample: 20000, Proposal: wide}, 5000}} {
		post, err := c.s.Fit(t.Context(), l.Model().On(l.Set), newRand(2))
		if err != nil {
			t.Fatal(err)
		}
		w := post.(*bnn.Weighted)
		ess := w.ESS()
		if !(ess >= c.ess) {
			t.Errorf("%s: ESS %v", name, ess)
		}
		bnntest.Near(t, name+" log evidence", w.LogEvidence, l.LogEvidence, 4*w.EvidenceSE)
		if !(w.EvidenceSE < 0.06) {
			t.Errorf("%s: the evidence is known to %v only", name, w.EvidenceSE)
		}
		for _, x := range []float64{-2, 0, 2} {
			mean, sd := l.Function(x)
			f := func(theta []float64) float64 { return theta[0]*x + theta[1] }
			got := w.Mean(f)
			bnntest.Near(t, fmt.Sprintf("%s mean at %v", name, x), got, mean, 4*sd/math.Sqrt(ess))
			v := w.Mean(func(theta []float64) float64 { return (f(theta) - got) * (f(theta) - got) })
			bnntest.Near(t, fmt.Sprintf("%s sd at %v", name, x), math.Sqrt(v), sd, 4*sd/math.Sqrt(2*ess))
		}
		// Resampled draws have the weighted moments.
		mean, spread := bnntest.Moments(w, 50000, newRand(3))
		for j, m := range l.Mean {
			bnntest.Near(t, fmt.Sprintf("%s resampled mean[%d]", name, j), mean[j], m, 4*sd[j]/math.Sqrt(ess))
			bnntest.Near(t, fmt.Sprintf("%s resampled sd[%d]", name, j), spread[j], sd[j], 0.1*sd[j])
		}
	}
	_, err := bnn.ImportanceSampling{}.Fit(t.Context(), bnntest.Gauss{}, newRand(1))
	wantError(t, "no proposal", err, "ability GaussPrior")
	_, err = bnn.ImportanceSampling{Proposal: wide}.Fit(t.Context(), constant{value: math.Inf(-1)}, newRand(1))
	wantError(t, "nothing is possible", err, "none of 10000 draws")
}
