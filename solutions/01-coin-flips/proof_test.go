package coinflips

import (
	"math"
	"math/rand/v2"
	"testing"

	cases "github.com/credence-bnn/credence/tests/01-coin-flips"
	stub "github.com/credence-bnn/credence/tests/01-coin-flips/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"frequency":      stub.Frequency,
		"running":        stub.Running,
		"standard-error": stub.StandardError,
		"interval":       stub.Interval,
		"flips-needed":   stub.FlipsNeeded,
		"paths":          stub.Paths,
	}, wrong, right...)
}

// heads counts the heads among flips.
func heads(flips []bool) (h float64) {
	for _, f := range flips {
		if f {
			h++
		}
	}
	return h
}

var wrong = []prove.Wrong{
	{Task: "frequency", Name: "divides whole numbers", Func: func(flips []bool) float64 {
		if len(flips) == 0 {
			return 0
		}
		return float64(int(heads(flips)) / len(flips))
	}},
	{Task: "frequency", Name: "divides by n−1, which belongs to the sample variance", Func: func(flips []bool) float64 {
		return heads(flips) / float64(len(flips)-1)
	}},
	{Task: "frequency", Name: "takes F for false: counts tails", Func: func(flips []bool) float64 {
		return 1 - heads(flips)/float64(len(flips))
	}},
	{Task: "frequency", Name: "heads against tails: odds, not a share", Func: func(flips []bool) float64 {
		return heads(flips) / (float64(len(flips)) - heads(flips))
	}},
	{Task: "frequency", Name: "Laplace's rule: a prior has slipped in", Func: func(flips []bool) float64 {
		return (heads(flips) + 1) / float64(len(flips)+2)
	}},

	{Task: "running", Name: "off by one: divides by i, not i+1", Func: func(flips []bool) []float64 {
		f := make([]float64, len(flips))
		for i := range f {
			f[i] = heads(flips[:i+1]) / float64(i)
		}
		return f
	}},
	{Task: "running", Name: "divides by all flips from the start", Func: func(flips []bool) []float64 {
		f := make([]float64, len(flips))
		for i := range f {
			f[i] = heads(flips[:i+1]) / float64(len(flips))
		}
		return f
	}},
	{Task: "running", Name: "leaves the present flip out", Func: func(flips []bool) []float64 {
		f := make([]float64, len(flips))
		for i := range f {
			f[i] = heads(flips[:i]) / float64(i+1)
		}
		return f
	}},
	{Task: "running", Name: "the final frequency repeated", Func: func(flips []bool) []float64 {
		f := make([]float64, len(flips))
		for i := range f {
			f[i] = heads(flips) / float64(len(flips))
		}
		return f
	}},

	{Task: "standard-error", Name: "the sd of one flip instead of the standard error", Func: func(theta float64, n int) float64 {
		return math.Sqrt(theta * (1 - theta))
	}},
	{Task: "standard-error", Name: "the variance: no root", Func: func(theta float64, n int) float64 {
		return theta * (1 - theta) / float64(n)
	}},
	{Task: "standard-error", Name: "n outside the root", Func: func(theta float64, n int) float64 {
		return math.Sqrt(theta*(1-theta)) / float64(n)
	}},
	{Task: "standard-error", Name: "divides by n−1", Func: func(theta float64, n int) float64 {
		return math.Sqrt(theta * (1 - theta) / float64(n-1))
	}},
	{Task: "standard-error", Name: "takes every coin for fair", Func: func(theta float64, n int) float64 {
		return 0.5 / math.Sqrt(float64(n))
	}},
	{Task: "standard-error", Name: "the sd of the number of heads, not of their share", Func: func(theta float64, n int) float64 {
		return math.Sqrt(theta * (1 - theta) * float64(n))
	}},

	{Task: "interval", Name: "Wald's interval: the error taken at θ̂ instead of θ", Func: func(h, n int, z float64) (lo, hi float64) {
		hat := float64(h) / float64(n)
		se := StandardError(hat, n)
		return hat - z*se, hat + z*se
	}},
	{Task: "interval", Name: "forgets the divisor 1 + z²/n", Func: func(h, n int, z float64) (lo, hi float64) {
		lo, hi = Interval(h, n, z)
		d := 1 + z*z/float64(n)
		return lo * d, hi * d
	}},
	{Task: "interval", Name: "divides only the centre by 1 + z²/n", Func: func(h, n int, z float64) (lo, hi float64) {
		lo, hi = Interval(h, n, z)
		center, half, d := (lo+hi)/2, (hi-lo)/2, 1+z*z/float64(n)
		return center - half*d, center + half*d
	}},
	{Task: "interval", Name: "gives the upper end first", Func: func(h, n int, z float64) (lo, hi float64) {
		lo, hi = Interval(h, n, z)
		return hi, lo
	}},
	{Task: "interval", Name: "one standard error whatever z is", Func: func(h, n int, z float64) (lo, hi float64) {
		return Interval(h, n, 1)
	}},

	{Task: "flips-needed", Name: "rounds down", Func: func(theta, margin, z float64) int {
		return FlipsNeeded(theta, margin, z) - 1
	}},
	{Task: "flips-needed", Name: "forgets to square", Func: func(theta, margin, z float64) int {
		return int(math.Ceil(z * math.Sqrt(theta*(1-theta)) / margin))
	}},
	{Task: "flips-needed", Name: "takes the margin for the whole width", Func: func(theta, margin, z float64) int {
		return FlipsNeeded(theta, margin/2, z)
	}},
	{Task: "flips-needed", Name: "takes every coin for fair", Func: func(theta, margin, z float64) int {
		return FlipsNeeded(0.5, margin, z)
	}},
	{Task: "flips-needed", Name: "one standard error whatever z is", Func: func(theta, margin, z float64) int {
		return FlipsNeeded(theta, margin, 1)
	}},

	{Task: "paths", Name: "one run shown many times", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		one := Paths(theta, n, 1, rng)[0]
		all := make([][]float64, runs)
		for r := range all {
			all[r] = one
		}
		return all
	}},
	{Task: "paths", Name: "counts on from run to run", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		long := Paths(theta, n*runs, 1, rng)[0]
		var all [][]float64
		for r := range runs {
			all = append(all, long[r*n:(r+1)*n])
		}
		return all
	}},
	{Task: "paths", Name: "takes every coin for fair", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		return Paths(0.5, n, runs, rng)
	}},
	{Task: "paths", Name: "heads when the number is above θ", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		all := Paths(theta, n, runs, rng)
		for _, p := range all {
			for i := range p {
				p[i] = 1 - p[i]
			}
		}
		return all
	}},
}
