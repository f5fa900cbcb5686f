package bnn

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/internal/kernels"
)

// TestFusedStepIsTheClearOne follows the clear code of this package (softplus, oneDraw's
// and local's chain rule, gaussKL, adam) and the fused kernels of internal/kernels over
// 50 steps uphill on a quadratic.
func TestFusedStepIsTheClearOne(t *testing.T) {
	for _, draw := range []bool{false, true} {
		const n, beta, rate = 37, 0.6, 0.02
		rng := rand.New(rand.NewPCG(1, 2))
		phi, g, sigma := make([]float64, 2*n), make([]float64, 2*n), make([]float64, n)
		mean, sd, eps := make([]float64, n), make([]float64, n), make([]float64, n)
		mu, rho, gMu, gRho := phi[:n], phi[n:], g[:n], g[n:]
		wide, narrow := kernels.NewFactors[float64](n), kernels.NewFactors[float32](n)
		for j := range n {
			mu[j], rho[j], mean[j], sd[j] = rng.NormFloat64(), rng.NormFloat64()-3, 0.3, 0.7
			wide.Mu[j], wide.Rho[j], narrow.Mu[j], narrow.Rho[j] = mu[j], rho[j], float32(mu[j]), float32(rho[j])
		}
		opt, p := newAdam[float64](2*n), kernels.Normal{Mean: 0.3, SD: 0.7}
		for step := 1; step <= 50; step++ {
			second, g32, second32 := make([]float64, n), make([]float32, n), make([]float32, n)
			for j, r := range rho {
				sigma[j] = softplus(r)
				eps[j] = rng.NormFloat64()
				gMu[j] = 3 - 2*mu[j] // of 3μ − μ²
				second[j] = -2       // with respect to σ²
				gRho[j] = second[j] * 2 * sigma[j]
				if draw {
					gMu[j], second[j] = 3-2*(mu[j]+sigma[j]*eps[j]), eps[j]
					gRho[j] = gMu[j] * eps[j]
				}
				g32[j], second32[j] = float32(gMu[j]), float32(second[j])
			}
			fused, fused32 := wide.StepVar, narrow.StepVar
			if draw {
				fused, fused32 = wide.StepDraw, narrow.StepDraw
			}
			at := kernels.AdamAt(step, rate)
			got, got32 := beta*fused(gMu, second, p, beta, at), beta*fused32(g32, second32, p, beta, at)
			want := gaussKL(beta, gMu, gRho, mu, sigma, mean, sd)
			for j, r := range rho {
				gRho[j] *= sigmoid(r)
			}
			opt.step(phi, g, rate)
			if !(math.Abs(got-want) <= 1e-11*want && math.Abs(got32-want) <= 1e-4*want) {
				t.Fatalf("draw %v, step %d: KL %v in float64, %v in float32, want %v", draw, step, got, got32, want)
			}
			for j := range n {
				if !(math.Abs(wide.Mu[j]-mu[j]) <= 1e-11 && math.Abs(wide.Rho[j]-rho[j]) <= 1e-11) {
					t.Fatalf("draw %v, step %d: μ, ρ = %v, %v, want %v, %v", draw, step, wide.Mu[j], wide.Rho[j], mu[j], rho[j])
				}
				if !(math.Abs(float64(narrow.Mu[j])-mu[j]) <= 1e-4 && math.Abs(float64(narrow.Rho[j])-rho[j]) <= 1e-4) {
					t.Fatalf("draw %v, step %d: in float32 μ, ρ = %v, %v, want %v, %v", draw, step, narrow.Mu[j], narrow.Rho[j], mu[j], rho[j])
				}
			}
		}
	}
}
