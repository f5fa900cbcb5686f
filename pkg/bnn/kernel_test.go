package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// kernels are one of each, with awkward constants.
func kernels() map[string]bnn.Kernel {
	se, per := bnn.SquaredExponential{SD: 1.7, Length: 0.6}, bnn.Periodic{SD: 0.8, Length: 1.3, Period: 2.1}
	return map[string]bnn.Kernel{
		"squared exponential": se, "periodic": per,
		"Matérn 5/2": bnn.Matern{SD: 1.7, Length: 0.6},
		"Matérn 3/2": bnn.Matern{Order: bnn.Matern32, SD: 1.7, Length: 0.6},
		"Matérn 1/2": bnn.Matern{Order: bnn.Matern12, SD: 1.7, Length: 0.6},
		"linear":     bnn.LinearKernel{SD: 0.7}, "constant": bnn.ConstantKernel{SD: 0.7},
		"ReLU":    bnn.ReLUNetwork{Weight: 1.3, Bias: 0.7, OutWeight: 1.6, OutBias: 0.4},
		"erf":     bnn.ErfNetwork{Weight: 1.3, Bias: 0.7, OutWeight: 1.6, OutBias: 0.4},
		"sum":     bnn.SumKernel{se, per, bnn.LinearKernel{SD: 0.3}},
		"product": bnn.ProductKernel{se, per, bnn.ReLUNetwork{Weight: 1.1, Bias: 0.6, OutWeight: 0.9, OutBias: 2}},
		"nested":  bnn.SumKernel{bnn.ProductKernel{per, bnn.SumKernel{se, bnn.ConstantKernel{SD: 1.2}}}, bnn.Matern{SD: 0.5}},
	}
}

func TestKernelGradients(t *testing.T) {
	for name, k := range kernels() {
		log := k.Log()
		grad := make([]float64, len(log))
		for _, p := range [][2][]float64{{{0.3, -1}, {1.1, 0.4}}, {{0.3, -1}, {0.3, -1}}, {{0, 0}, {2, 1}}} {
			v := k.Cov(grad, p[0], p[1])
			bnntest.Near(t, name+": symmetry", k.Cov(nil, p[1], p[0]), v, 1e-14)
			for j, old := range log {
				const h = 1e-5
				log[j] = old + h
				up := k.With(log).Cov(nil, p[0], p[1])
				log[j] = old - h
				down := k.With(log).Cov(nil, p[0], p[1])
				log[j] = old
				bnntest.Near(t, fmt.Sprintf("%s: ∂k/∂log h[%d] at %v", name, j, p), grad[j], (up-down)/(2*h), 1e-8)
			}
		}
	}
}

// Draws of a wide network from the prior have the covariance of the infinite one: at
// two pairs of inputs, within four Monte Carlo errors (the spread of a product of
// Gaussians, √((k_xx k_zz + k_xz²)/n)); a finite width only fattens tails.
func TestWideNetworksApproachTheirKernel(t *testing.T) {
	const wide, draws = 500, 4000
	net := nn.New(2, nn.Dense{Out: wide}, nn.ReLU, nn.Dense{Out: 1})
	sd, theta := make([]float64, net.Dim()), make([]float64, net.Dim())
	bnn.Normal{SD: 1.3, FanIn: true, Bias: 0.6}.SDs(sd, net.Blocks())
	k := bnn.ReLUNetwork{Weight: 1.3, Bias: 0.6, OutWeight: 1.3, OutBias: 0.6}
	x := []float64{0.5, -1, 1.5, 0.2, -0.7, 0.9}
	tape, rng := nn.NewTape[float64](net, 3), newRand(6)
	var mean [3]float64
	cov := mat.NewDense(3, 3, nil)
	for range draws {
		for j, s := range sd {
			theta[j] = s * rng.NormFloat64()
		}
		f := tape.Forward(theta, x, 3)
		for i, a := range f {
			mean[i] += a / draws
			for j, b := range f {
				cov.Set(i, j, cov.At(i, j)+a*b/draws)
			}
		}
	}
	for i := range 3 {
		xi := x[2*i : 2*i+2]
		bnntest.Near(t, "mean", mean[i], 0, 4*math.Sqrt(k.Cov(nil, xi, xi)/draws))
		for j := range 3 {
			xj := x[2*j : 2*j+2]
			want := k.Cov(nil, xi, xj)
			bnntest.Near(t, fmt.Sprintf("covariance %d, %d", i, j), cov.At(i, j), want,
				4*math.Sqrt((k.Cov(nil, xi, xi)*k.Cov(nil, xj, xj)+want*want)/draws))
		}
	}
}

// The erf kernel is E[erf(u) erf(u′)] over hidden units, here by Monte Carlo.
func TestErfKernel(t *testing.T) {
	k := bnn.ErfNetwork{Weight: 1.3, Bias: 0.7, OutWeight: 1.6, OutBias: 0.4}
	rng := newRand(7)
	const draws = 200000
	sum, sum2 := 0.0, 0.0
	for range draws {
		w, b := 1.3*rng.NormFloat64(), 0.7*rng.NormFloat64()
		v := 0.16 + 1.6*1.6*math.Erf(0.5*w+b)*math.Erf(-1.2*w+b)
		sum, sum2 = sum+v/draws, sum2+v*v/draws
	}
	bnntest.Near(t, "k", k.Cov(nil, []float64{0.5}, []float64{-1.2}), sum, 4*math.Sqrt((sum2-sum*sum)/draws))
}

func ExampleSumKernel() {
	season := bnn.ProductKernel{bnn.Periodic{SD: 2, Period: 1}, bnn.SquaredExponential{Length: 50}}
	k := bnn.SumKernel{bnn.SquaredExponential{SD: 10, Length: 30}, season}
	for _, years := range []float64{0, 0.5, 1} {
		fmt.Printf("%.2f ", k.Cov(nil, []float64{0}, []float64{years}))
	}
	fmt.Println(len(k.Log()), "hyperparameters")
	// Output: 104.00 100.53 103.94 7 hyperparameters
}

func ExampleReLUNetwork() {
	k := bnn.ReLUNetwork{} // all scales 1
	fmt.Printf("prior sd of f at 0, 1, 10: %.1f %.1f %.1f\n", math.Sqrt(k.Cov(nil, []float64{0}, []float64{0})),
		math.Sqrt(k.Cov(nil, []float64{1}, []float64{1})), math.Sqrt(k.Cov(nil, []float64{10}, []float64{10})))
	// Output: prior sd of f at 0, 1, 10: 1.2 1.4 7.2
}
