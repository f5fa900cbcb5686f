package viz_test

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/viz"
)

func ExampleReliability() {
	fig := viz.Must(viz.Reliability(viz.ReliabilityData{
		Title: "Five answers", Bins: 5,
		Confidence: []float64{0.55, 0.65, 0.9, 0.95, 0.95},
		Correct:    []bool{true, false, true, true, false},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Five answers. 5 answers in 5 bins of confidence. Expected calibration error 0.38: 0.29 from over-confidence, 0.09 from under-confidence. 0.4 to 0.6: confidence 0.55, accuracy 1, 1 answer. 0.6 to 0.8: confidence 0.65, accuracy 0, 1 answer. 0.8 to 1: confidence 0.933, accuracy 0.667, 3 answers.
}

func ExamplePIT() {
	var pit []float64
	for i := range 100 {
		pit = append(pit, (float64(i)+0.5)/100)
	}
	fig := viz.Must(viz.PIT(viz.PITData{Title: "Calibrated", Values: pit}))
	fmt.Println(fig.Alt())
	// Output:
	// Calibrated. 100 values in 10 bins; a calibrated model has density 1 everywhere. 0 of 10 bars lie outside the 95 % band. The density is 1 near the ends and 1 in the middle.
}

func ExampleRiskCoverage() {
	wrong := []float64{0, 0, 1, 0, 1}
	fig := viz.Must(viz.RiskCoverage(viz.RiskCoverageData{
		Title: "What abstaining saves", RiskName: "error rate",
		Rankings: []viz.Ranking{{Name: "entropy", Uncertainty: []float64{0.1, 0.2, 0.5, 0.3, 0.6}, Loss: wrong}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// What abstaining saves. Answering all costs 0.4; withholding with knowledge of the losses has an area of 0.13. entropy, 5 answers: area 0.13; mean loss 0.25 of the surest 80 %, 0.4 of all.
}

func ExampleROC() {
	fig := viz.Must(viz.ROC(viz.ROCData{
		Title: "Digits against letters", ScoreName: "entropy (nats)",
		Detectors: []viz.Detector{{Name: "ensemble", In: []float64{0.1, 0.2, 0.4}, Out: []float64{0.3, 0.6, 0.7}}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Digits against letters. ensemble: 3 inputs in and 3 out of distribution, area under the ROC curve 0.889. Mean entropy (nats) of ensemble: 0.233 in distribution, 0.533 out of it.
}

func ExampleBoundary() {
	// The probability of class 1 rises with x; two posterior draws differ in where.
	x, y := []float64{-2, -1, 0, 1, 2}, []float64{-1, 0, 1}
	at := func(shift float64) (p [][]float64) {
		for range y {
			var row []float64
			for _, v := range x {
				row = append(row, 1/(1+math.Exp(-2*(v-shift))))
			}
			p = append(p, row)
		}
		return p
	}
	mean := at(0)
	var doubt [][]float64
	for _, row := range mean {
		var r []float64
		for _, p := range row {
			r = append(r, -p*math.Log(p)-(1-p)*math.Log(1-p))
		}
		doubt = append(doubt, r)
	}
	fig := viz.Must(viz.Boundary(viz.BoundaryData{
		Title: "Two classes", XLabel: "x₁", YLabel: "x₂", X: x, Y: y,
		Uncertainty: doubt, UncertaintyName: "entropy (nats)", Mean: mean,
		Draws:   [][][]float64{at(-0.4), at(0.4)},
		PointsX: []float64{-1.5, 1.5}, PointsY: []float64{0.2, -0.2}, Class: []int{0, 1},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two classes. A map of entropy (nats) over x₁ from −2 to 2 and x₂ from −1 to 1: least, 0.09, at (2, 1) and most, 0.693, at (0, 1). Over it the decision boundaries of 2 posterior draws. Class 0: 1 point. Class 1: 1 point.
}

func ExampleWeights() {
	fig := viz.Must(viz.Weights(viz.WeightsData{
		Title:  "After training",
		Layers: []viz.LayerWeights{{Name: "first layer", W: []float64{-0.4, 0.1, 0.2, 0.5}, PriorSD: 1}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// After training. first layer: 4 weights, mean 0.1, sd 0.374, where the prior has sd 1.
}

func ExampleSNR() {
	fig := viz.Must(viz.SNR(viz.SNRData{
		Title:  "Which weights say something",
		Layers: []viz.WeightBelief{{Name: "first layer", Mean: []float64{1, -0.1, 0.01}, SD: []float64{0.1, 0.1, 0.1}}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Which weights say something. first layer: 3 weights, median 0 dB, 33.3 % below 0 dB.
}

func ExampleNetwork() {
	fig := viz.Must(viz.Network(viz.NetworkData{
		Title: "Two inputs, two hidden units", Sizes: []int{2, 2, 1},
		Mean:   [][]float64{{0.5, -1, 0.2, 0.8}, {1.5, -0.3}},
		SD:     [][]float64{{0.2, 0.4, 0.3, 0.2}, {0.5, 0.6}},
		Inputs: []string{"age", "water"}, Outputs: []string{"strength"},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two inputs, two hidden units. A network with layers of 2, 2, 1 units and 6 weights, each a distribution. The largest from layer 1 to layer 2 is −1 ± 0.4. The largest from layer 2 to layer 3 is 1.5 ± 0.5.
}

func ExampleFunctions() {
	x := []float64{-1, 0, 1}
	fig := viz.Must(viz.Functions(viz.FunctionsData{
		Title: "Straight lines", XLabel: "x", X: x,
		Draws: [][]float64{{-1, 0, 1}, {0.5, 0, -0.5}, {2, 1, 0}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Straight lines. 3 functions from the prior over x from −1 to 1; 3 are drawn as lines. The middle 90 % lies between −0.85 and 1.8 at the left end, 0 and 0.9 at 0, −0.45 and 0.9 at the right end.
}
