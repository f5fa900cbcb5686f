package metrics_test

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

func ExampleBrier() {
	probs := []float64{0.9, 0.1, 0.5, 0.5}
	fmt.Printf("%.2f\n", metrics.Brier(probs, 2, []float64{0, 0})) // (0.02 + 0.5)/2
	// Output: 0.26
}

func ExampleMurphy() {
	probs, labels := rain()
	m := metrics.Murphy(probs, 2, labels, 10)
	fmt.Printf("%.2f = %.2f − %.2f + %.2f\n", metrics.Brier(probs, 2, labels), m.Reliability, m.Resolution, m.Uncertainty)
	// Output: 0.44 = 0.04 − 0.08 + 0.48
}

func ExampleConfusion() {
	probs := []float64{0.8, 0.2, 0.3, 0.7, 0.6, 0.4}
	for class, taken := range metrics.Confusion(probs, 2, []float64{0, 1, 1}) {
		fmt.Println("class", class, "taken for", taken)
	}
	// Output:
	// class 0 taken for [1 0]
	// class 1 taken for [1 1]
}

func ExampleReliability() {
	probs := []float64{0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.6, 0.4}
	for _, b := range metrics.Reliability(probs, 2, []float64{0, 1, 0, 0}, 4) {
		fmt.Printf("[%.2f, %.2f) %d rows, says %.2f, is %.2f\n", b.Lo, b.Hi, b.Count, b.Confidence, b.Accuracy)
	}
	// Output:
	// [0.00, 0.25) 0 rows, says NaN, is NaN
	// [0.25, 0.50) 0 rows, says NaN, is NaN
	// [0.50, 0.75) 2 rows, says 0.60, is 1.00
	// [0.75, 1.00) 2 rows, says 0.85, is 0.50
}

func ExampleEqualMassReliability() {
	probs := []float64{0.95, 0.05, 0.9, 0.1, 0.8, 0.2, 0.7, 0.3}
	for _, b := range metrics.EqualMassReliability(probs, 2, []float64{0, 0, 0, 1}, 2) {
		fmt.Printf("[%.2f, %.2f] %d rows, says %.3f, is %.3f\n", b.Lo, b.Hi, b.Count, b.Confidence, b.Accuracy)
	}
	// Output:
	// [0.70, 0.80] 2 rows, says 0.750, is 0.500
	// [0.90, 0.95] 2 rows, says 0.925, is 1.000
}

func ExampleSignedECE() {
	probs := []float64{0.9, 0.1, 0.9, 0.1, 0.6, 0.4, 0.6, 0.4} // at 90 % half are right, at 60 % all
	over, under := metrics.SignedECE(probs, 2, []float64{0, 1, 0, 0}, 10)
	fmt.Printf("over-confident %.2f, under-confident %.2f\n", over, under)
	// Output: over-confident 0.20, under-confident 0.20
}

func ExampleEqualMassECE() {
	probs := []float64{0.99, 0.01, 0.98, 0.02, 0.97, 0.03, 0.96, 0.04}
	labels := []float64{0, 0, 1, 0}
	// In bins of equal width all four are in the last one.
	fmt.Printf("%.3f %.3f\n", metrics.ECE(probs, 2, labels, 10), metrics.EqualMassECE(probs, 2, labels, 2))
	// Output: 0.225 0.240
}

func ExampleClasswiseECE() {
	probs := []float64{0.8, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.1}
	for c, e := range metrics.ClasswiseECE(probs, 3, []float64{0, 0, 1}, 15) {
		fmt.Printf("class %d: %.2f\n", c, e)
	}
	// Output:
	// class 0: 0.17
	// class 1: 0.13
	// class 2: 0.10
}

func ExampleTemperature() {
	// Four answers with odds 9 : 1, three of them right: odds 3 : 1 would be honest.
	nine := math.Log(9)
	logits := []float64{nine, 0, nine, 0, nine, 0, nine, 0}
	t := metrics.Temperature(logits, 2, []float64{0, 0, 0, 1})
	fmt.Printf("T = %.3f: %.2f\n", t, metrics.Temper([]float64{nine, 0}, 2, t))
	// Output: T = 2.000: [0.75 0.25]
}
