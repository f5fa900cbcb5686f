package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

// scipy 1.17.1: beta(3.5, 7.2).mean(), .std(), .ppf(.025), .ppf(.975), .cdf(.4),
// .pdf(.4), betabinom(9, 3.5, 7.2).logpmf(4).
func TestBetaBinomialAgainstSciPy(t *testing.T) {
	b := bnn.BetaBinomial{A: 1.5, B: 3.2}.Update(2, 6)
	lo, hi := b.Interval(0.95)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"mean", b.Mean(), 0.327102803738318},
		{"sd", b.SD(), 0.137158763683242},
		{"lower end", lo, 0.0958715779294729},
		{"upper end", hi, 0.619099089542475},
		{"CDF", b.CDF(0.4), 0.711163216369041},
		{"density", b.Density(0.4), 2.19798980360527},
		{"log predictive", b.LogPredict(4, 9), -1.84244279427056},
	} {
		bnntest.Near(t, c.name, c.got, c.want, 1e-12*math.Max(1, math.Abs(c.want)))
	}
}

// The evidence of a sequence is the product of the predictions of its trials, and
// predictions of all counts sum to 1.
func TestBetaBinomialChainRule(t *testing.T) {
	b, sum, h := bnn.BetaBinomial{A: 0.7, B: 2.3}, 0.0, 0
	for i, y := range []int{1, 0, 0, 1, 1, 0, 1} {
		p := b.Update(h, i).Mean()
		if y == 0 {
			p = 1 - p
		}
		sum += math.Log(p)
		h += y
	}
	bnntest.Near(t, "log evidence", b.LogEvidence(h, 7), sum, 1e-12)
	total := 0.0
	for h := range 31 {
		total += math.Exp(b.LogPredict(h, 30))
	}
	bnntest.Near(t, "sum of predictions", total, 1, 1e-12)
}

// The highest-density interval holds its mass, is no longer than any other, and has
// equal density at both ends unless it touches 0 or 1.
func TestHDI(t *testing.T) {
	for _, b := range []bnn.BetaBinomial{{A: 3, B: 9}, {A: 81, B: 21}, {A: 1, B: 4}, {A: 5, B: 1}, {A: 0.5, B: 3}, {A: 2, B: 0.5}, {A: 1, B: 0.5}, {A: 0.5, B: 1}, {A: 1.5, B: 1.1}, {}} {
		for _, p := range []float64{0.5, 0.95} {
			lo, hi := b.HDI(p)
			bnntest.Near(t, fmt.Sprintf("%+v: mass", b), b.CDF(hi)-b.CDF(lo), p, 1e-9)
			for tail := 0.0; tail <= 1-p; tail += (1 - p) / 50 {
				if w := b.Quantile(min(tail+p, 1)) - b.Quantile(tail); !(hi-lo <= w+1e-9) {
					t.Errorf("%+v: [%v, %v] is longer than %v with %v below", b, lo, hi, w, tail)
				}
			}
			if lo > 0 && hi < 1 && b.A != 0 {
				bnntest.Near(t, fmt.Sprintf("%+v: density at the ends", b), b.Density(lo)/b.Density(hi), 1, 1e-6)
			}
		}
	}
	lo, hi := bnn.BetaBinomial{A: 0.5, B: 0.5}.HDI(0.9)
	bnntest.Near(t, "symmetric U", lo+hi, 1, 1e-9)
}

func TestBetaBinomialPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"negative A": func() { bnn.BetaBinomial{A: -1}.Mean() },
		"h > n":      func() { bnn.BetaBinomial{}.Update(3, 2) },
		"mass 1":     func() { bnn.BetaBinomial{}.HDI(1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func ExampleBetaBinomial() {
	belief := bnn.BetaBinomial{}.Update(8, 10) // uniform before, 8 of 10 heads
	lo, hi := belief.Interval(0.95)
	fmt.Printf("mean %.3f, 95%% interval [%.3f, %.3f]\n", belief.Mean(), lo, hi)
	lo, hi = belief.HDI(0.95)
	fmt.Printf("shortest [%.3f, %.3f]\n", lo, hi)
	fmt.Printf("evidence against a fair coin: %.2f nats\n", bnn.BetaBinomial{}.LogEvidence(8, 10)-10*math.Log(0.5))
	// Output:
	// mean 0.750, 95% interval [0.482, 0.940]
	// shortest [0.516, 0.959]
	// evidence against a fair coin: 0.73 nats
}
