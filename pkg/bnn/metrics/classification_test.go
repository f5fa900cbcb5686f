package metrics_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// Four rows by hand, in two bins: [0.5, 0.75) holds 0.6 and 0.7, one right; the
// rest holds 0.8 and 0.9, both right.
func TestCalibrationByHand(t *testing.T) {
	probs := []float64{0.6, 0.4, 0.3, 0.7, 0.8, 0.2, 0.1, 0.9}
	labels := []float64{0, 0, 0, 1}
	if got := metrics.Accuracy(probs, 2, labels); got != 0.75 {
		t.Errorf("accuracy %v, want 0.75", got)
	}
	// bins of width ¼: (|1 − 1.3| + |2 − 1.7|)/4
	if got, want := metrics.ECE(probs, 2, labels, 4), 0.6/4; !(math.Abs(got-want) <= 1e-12) {
		t.Errorf("ECE %v, want %v", got, want)
	}
	if got := metrics.ECE([]float64{0, 1}, 2, []float64{1}, 15); got != 0 { // probability 1 is in the last bin
		t.Errorf("ECE of a sure and right row is %v", got)
	}
	if got := metrics.ECE([]float64{math.NaN(), 1}, 2, []float64{1}, 15); !math.IsNaN(got) {
		t.Errorf("ECE of NaN is %v", got)
	}
	for name, f := range map[string]func(){
		"lengths": func() { metrics.Accuracy(probs, 3, labels) },
		"label":   func() { metrics.Accuracy(probs, 2, []float64{0, 1, 2, 0}) },
		"half":    func() { metrics.Accuracy(probs, 2, []float64{0, 0.5, 1, 0}) },
		"bins":    func() { metrics.ECE(probs, 2, labels, 0) },
		"nothing": func() { metrics.Accuracy(nil, 2, nil) },
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

func ExampleAccuracy() {
	fmt.Println(metrics.Accuracy([]float64{0.9, 0.1, 0.2, 0.8}, 2, []float64{0, 0}))
	// Output: 0.5
}

func ExampleECE() {
	// Four answers at 75 %, three of them right: calibrated.
	probs := []float64{0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25}
	fmt.Println(metrics.ECE(probs, 2, []float64{0, 0, 0, 1}, 15))
	// Output: 0
}
