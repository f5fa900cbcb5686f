package bnntest

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
)

// Gradient checks the gradient of t's log joint at theta, on the given rows (nil
// for all), against central differences: every entry within 1e-6 of the largest.
func Gradient(tb testing.TB, t bnn.Target, theta []float64, rows []int) {
	tb.Helper()
	grad, at := make([]float64, t.Dim()), append([]float64(nil), theta...)
	t.LogJoint(grad, at, rows)
	scale := 0.0
	for _, g := range grad {
		scale = math.Max(scale, math.Abs(g))
	}
	const h = 1e-5 // error about h² by curvature and 1e-16/h by rounding
	for j, old := range at {
		at[j] = old + h
		up := t.LogJoint(nil, at, rows)
		at[j] = old - h
		down := t.LogJoint(nil, at, rows)
		at[j] = old
		if fd := (up - down) / (2 * h); !(math.Abs(fd-grad[j]) <= 1e-6*scale) {
			tb.Errorf("∂ log joint/∂θ[%d] = %.9g, by finite differences %.9g", j, grad[j], fd)
		}
	}
}

// Unbiased checks that the log joints of four minibatches that partition the data
// average to the full one, value and gradient. N must be a multiple of 4. A
// dropped factor N/n shows here and almost nowhere else.
func Unbiased(tb testing.TB, t bnn.Target, theta []float64) {
	tb.Helper()
	n := t.Len()
	if n%4 != 0 {
		tb.Fatalf("bnntest: Unbiased needs N divisible by 4, got %d", n)
	}
	grad, sum, mean := make([]float64, t.Dim()), make([]float64, t.Dim()), 0.0
	for b := range 4 {
		var rows []int
		for i := b; i < n; i += 4 {
			rows = append(rows, i)
		}
		mean += t.LogJoint(grad, theta, rows) / 4
		for j, g := range grad {
			sum[j] += g / 4
		}
	}
	full := t.LogJoint(grad, theta, nil)
	if !(math.Abs(mean-full) <= 1e-9*math.Abs(full)) {
		tb.Errorf("minibatch log joints average to %v, the full one is %v", mean, full)
	}
	for j, g := range grad {
		if !(math.Abs(sum[j]-g) <= 1e-9*math.Max(1, math.Abs(g))) {
			tb.Errorf("minibatch gradients average to %v in entry %d, the full one is %v", sum[j], j, g)
		}
	}
}

// Moments returns mean and standard deviation of every θ_j over n draws.
func Moments(p bnn.Posterior, n int, rng *rand.Rand) (mean, sd []float64) {
	count := 0.0
	for theta := range p.Draws(n, rng) {
		if mean == nil {
			mean, sd = make([]float64, len(theta)), make([]float64, len(theta))
		}
		count++
		for j, v := range theta {
			d := v - mean[j]
			mean[j] += d / count
			sd[j] += d * (v - mean[j])
		}
	}
	for j := range sd {
		sd[j] = math.Sqrt(sd[j] / count)
	}
	return mean, sd
}

// Near reports through tb unless |got − want| ≤ tol; NaN is never near.
func Near(tb testing.TB, what string, got, want, tol float64) {
	tb.Helper()
	if !(math.Abs(got-want) <= tol) {
		tb.Errorf("%s = %.6g, want %.6g ± %.2g", what, got, want, tol)
	}
}
