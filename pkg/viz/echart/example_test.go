package echart_test

import (
	"fmt"
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

// The runtime is shown once in a notebook, before or after the charts.
func ExampleRuntime() {
	html, err := echart.Runtime().HTML()
	fmt.Println(len(html) > 1_000_000, err)
	// Output: true <nil>
}
