package bnntest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

func ExampleNewLinear() {
	l := bnntest.NewLinear(1)
	fmt.Printf("posterior mean %.2f, sd %.3f\n", l.Mean, l.SD())
	fmt.Printf("best factorised sd %.3f, a bit too sure\n", l.BestFactorised())
	fmt.Printf("log evidence %.1f, best ELBO below it by %.3f\n", l.LogEvidence, l.LogEvidence-l.BestELBO())
	for _, x := range []float64{-2, 0, 2} {
		_, sd := l.Function(x)
		fmt.Printf("sd of the line at %+.0f: %.3f\n", x, sd)
	}
	// Output:
	// posterior mean [1.38 0.47], sd [0.076 0.052]
	// best factorised sd [0.069 0.047], a bit too sure
	// log evidence -14.8, best ELBO below it by 0.095
	// sd of the line at -2: 0.139
	// sd of the line at +0: 0.052
	// sd of the line at +2: 0.180
}

func ExampleGauss() {
	post, err := bnn.MAP{}.Fit(context.Background(), bnntest.Gauss{}, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f %v\n", post.(bnn.Samples)[0], bnntest.GaussMean)
	// Output: [1.0 -2.0] [1 -2]
}

func ExampleMoments() {
	q := &bnn.Gaussian{Mu: []float64{3}, Sigma: []float64{0.5}}
	mean, sd := bnntest.Moments(q, 100000, rand.New(rand.NewPCG(1, 2)))
	fmt.Printf("%.1f %.1f\n", mean, sd)
	// Output: [3.0] [0.5]
}

func ExampleGrid() {
	r, c := bnntest.Grid().Dims()
	fmt.Println(r, c)
	// Output: 3 1
}

// The checks must notice what they are there for.
func TestChecksNotice(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set)
	theta := []float64{0.3, 0.2}
	for name, check := range map[string]func(tb testing.TB){
		"wrong gradient": func(tb testing.TB) { bnntest.Gradient(tb, scaled{p}, theta, nil) },
		"dropped N/n":    func(tb testing.TB) { bnntest.Unbiased(tb, dropped{p}, theta) },
		"NaN":            func(tb testing.TB) { bnntest.Near(tb, "value", 0/zero, 1, 1e9) },
	} {
		var probe probe
		check(&probe)
		if !probe.failed {
			t.Errorf("%s passes", name)
		}
	}
	var probe probe
	bnntest.Gradient(&probe, p, theta, []int{1, 2, 3})
	bnntest.Unbiased(&probe, p, theta)
	if probe.failed {
		t.Error("a correct target fails")
	}
}

var zero float64

// scaled has a gradient that is 1 % too long.
type scaled struct{ bnn.Target }

func (s scaled) LogJoint(grad, theta []float64, rows []int) float64 {
	v := s.Target.LogJoint(grad, theta, rows)
	for j := range grad {
		grad[j] *= 1.01
	}
	return v
}

// dropped forgets to weight a minibatch by N/n.
type dropped struct{ *bnn.Problem }

func (d dropped) LogJoint(grad, theta []float64, rows []int) float64 {
	return d.LogLik(nil, theta, rows)*float64(len(rows))/float64(d.Len()) + d.LogPrior(nil, theta)
}

// probe notes a failure instead of failing.
type probe struct {
	testing.TB
	failed bool
}

func (p *probe) Helper()               {}
func (p *probe) Errorf(string, ...any) { p.failed = true }
