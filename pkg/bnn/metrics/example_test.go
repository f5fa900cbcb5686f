package metrics_test

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

func ExampleRMSE() {
	y := []float64{1, 2, 3, 4}
	mean := []float64{1, 2, 3, 6}
	fmt.Println(metrics.RMSE(y, mean)) // √(4/4)
	// Output: 1
}

func ExampleGaussianNLL() {
	y := []float64{0, 2}
	mean := []float64{0, 0}
	careful := []float64{2, 2}
	cocksure := []float64{0.1, 0.1}
	fmt.Printf("%.3f %.3f\n", metrics.GaussianNLL(y, mean, careful), metrics.GaussianNLL(y, mean, cocksure))
	// Output: 1.862 98.616
}

func ExampleCoverage() {
	y := []float64{0.1, 0.9, 2.5, -3}
	lo := []float64{-2, -2, -2, -2}
	hi := []float64{2, 2, 2.5, 2}
	fmt.Println(metrics.Coverage(y, lo, hi))
	// Output: 0.75
}

func ExampleNLL() {
	// The classifier gave the right class probability 1/2, then 1/8.
	fmt.Printf("%.3f nats, or %.0f bits\n", metrics.NLL([]float64{math.Log(0.5), math.Log(0.125)}),
		metrics.NLL([]float64{-1, -3}))
	// Output: 1.386 nats, or 2 bits
}

func ExampleLogMeanExp() {
	// Two draws, far below what exp can hold: exp(-1000) is 0 in float64.
	fmt.Printf("%.4f\n", metrics.LogMeanExp([]float64{-1000, -1001}))
	fmt.Println(math.Log((math.Exp(-1000) + math.Exp(-1001)) / 2))
	// Output:
	// -1000.3799
	// -Inf
}
