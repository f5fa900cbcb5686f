package echart_test

import (
	"fmt"
	"math"
	"strings"

	"github.com/credence-bnn/credence/pkg/viz"
	"github.com/credence-bnn/credence/pkg/viz/echart"
)

// The same data make a picture and an explorer. In a cell: nb.Show(chart).
func ExampleLoss() {
	d := viz.LossData{Title: "VI", Traces: []viz.Trace{
		{Name: "mean NLL", Y: []float64{2.1, 1.4, 1.1, 1.0}},
		{Name: "KL/N", Y: []float64{0, 0.1, 0.15, 0.16}},
	}}
	chart, err := echart.Loss(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(chart.Alt())
	// Output:
	// VI. mean NLL goes from 2.1 to 1 over 4 steps; its lowest value is 1, at step 4. KL/N goes from 0 to 0.16 over 4 steps; its lowest value is 0, at step 1.
}

func ExampleRunning() {
	chart := echart.Must(echart.Running(viz.RunningData{Title: "Ada's coin", Runs: []viz.Run{{Name: "Ada", Freq: []float64{1, 0.5, 2. / 3}}}}))
	html, err := chart.HTML()
	fmt.Println(strings.Contains(html, "Ada's coin"), strings.Contains(html, "<img"), err)
	// Output: true true <nil>
}

// The counts come from metrics.Confusion.
func ExampleConfusion() {
	chart, err := echart.Confusion(viz.ConfusionData{
		Title:  "Penguins",
		Names:  []string{"Adélie", "Chinstrap", "Gentoo"},
		Counts: [][]int{{34, 2, 0}, {3, 13, 1}, {0, 0, 29}},
	})
	fmt.Println(chart.Alt(), err)
	// Output: Penguins. 82 answers in 3 classes, 92.7 % right. The most frequent mistake: Chinstrap taken for Adélie, 3 times. <nil>
}

// The bins come from metrics.Reliability; the first one is empty.
func ExampleCalibration() {
	chart := echart.Must(echart.Calibration(echart.CalibrationData{Title: "Ensemble", Curves: []echart.CalibrationCurve{{
		Confidence: []float64{math.NaN(), 0.56, 0.94},
		Accuracy:   []float64{math.NaN(), 0.52, 0.93},
		Count:      []int{0, 80, 250},
	}}}))
	html, err := chart.HTML()
	fmt.Println(strings.Contains(html, `promised 0.940\nkept 0.930 (0.891 to 0.956)`), err)
	// Output: true <nil>
}

// Two rounds over a pool of four rows, of which the first is labelled.
func ExampleAcquisition() {
	chart := echart.Must(echart.Acquisition(echart.AcquisitionData{
		Title: "BALD",
		X:     []float64{0, 1, 0, 1}, Y: []float64{0, 0, 1, 1},
		Start: []int{0},
		Steps: []echart.AcquisitionStep{
			{Score: []float64{math.NaN(), 0.2, 0.3, 0.6}, Chosen: []int{3}, Test: 0.5},
			{Score: []float64{math.NaN(), 0.4, 0.3, math.NaN()}, Chosen: []int{1}, Test: 0.75},
		},
		TestName: "accuracy",
	}))
	fmt.Println(chart.Alt())
	// Output: BALD. 4 rows, 2 steps, 1 labels at first and 2 at the last step. The accuracy goes from 0.5 to 0.75.
}

// Draw i of chain c has to mean the same θ in all quantities.
func ExampleTraces() {
	chart := echart.Must(echart.Traces(viz.ChainsData{
		Title: "Two weights",
		Quantities: []viz.Quantity{
			{Name: "w₁", Chains: [][]float64{{0.1, 0.3, 0.2}, {0.2, 0.1, 0.4}}},
			{Name: "w₂", Chains: [][]float64{{1.1, 1.3, 1.2}, {1.2, 1.1, 1.4}}},
		},
	}))
	option, err := chart.Option()
	fmt.Println(strings.Contains(string(option), `"brushLink":"all"`), err)
	// Output: true <nil>
}

// The runtime is shown once in a notebook, before or after the charts.
func ExampleRuntime() {
	html, err := echart.Runtime().HTML()
	fmt.Println(len(html) > 1_000_000, err)
	// Output: true <nil>
}
