package viz_test

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/viz"
)

func ExampleBand() {
	x := []float64{0, 1, 2, 3, 4}
	fig, err := viz.Band(viz.BandData{
		Title: "A straight line", XLabel: "x", YLabel: "y",
		X:           x,
		Mean:        []float64{0, 1, 2, 3, 4},
		EpistemicSD: []float64{0.1, 0.1, 0.2, 0.5, 1},
		TotalSD:     []float64{0.3, 0.3, 0.4, 0.6, 1.1},
		DataX:       []float64{0, 1, 1.5}, DataY: []float64{0.2, 0.9, 1.4},
		Lines: []viz.VLine{{X: 2, Label: "end of data"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	w, h := fig.Size()
	fmt.Println(w, h)
	fmt.Println(fig.Alt())
	// Output:
	// 605 340
	// A straight line. Predictive mean over x from 0 to 4, between 0 and 4. The epistemic standard deviation is smallest, 0.1, at 0 and largest, 1, at 4. The total standard deviation is smallest, 0.3, at 0 and largest, 1.1, at 4. 3 data points. A dashed vertical line marks end of data at 2.
}

func ExampleRunning() {
	fig := viz.Must(viz.Running(viz.RunningData{
		Title: "Four tosses", LogX: true,
		Runs:   []viz.Run{{Name: "Ada", Freq: []float64{1, 0.5, 2. / 3, 0.75}}},
		Points: []viz.RunningPoint{{Label: "Pearson", N: 24000, Freq: 12012. / 24000}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Four tosses. Ada starts at 1 and ends at 0.75 after 4 trials. Pearson: 0.5005 after 24 000 trials. The dashed line is ½.
}

func ExamplePriorPosterior() {
	// A uniform prior, and 7 heads in 10 tosses: Beta(8, 4).
	var x, prior, posterior []float64
	for i := range 201 {
		θ := float64(i) / 200
		x = append(x, θ)
		prior = append(prior, 1)
		posterior = append(posterior, 1320*math.Pow(θ, 7)*math.Pow(1-θ, 3))
	}
	fig := viz.Must(viz.PriorPosterior(viz.PriorPosteriorData{
		Title: "A coin", X: x, Prior: prior, Posterior: posterior,
		Lo: 0.39, Hi: 0.891, IntervalLabel: "95 % interval",
		Lines: []viz.VLine{{X: 0.5, Label: "fair"}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// A coin. The prior is flat. The posterior is highest at θ = 0.7. The 95 % interval runs from 0.39 to 0.891. A dashed vertical line marks fair at 0.5.
}

func ExampleLoss() {
	fig := viz.Must(viz.Loss(viz.LossData{
		Title:  "Training",
		Traces: []viz.Trace{{Name: "loss", Step: []float64{1, 100, 200}, Y: []float64{3, 1.2, 1.1}}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Training. loss goes from 3 to 1.1 over 200 steps; its lowest value is 1.1, at step 200.
}

func ExampleBars() {
	fig := viz.Must(viz.Bars(viz.BarsData{
		Title: "Two tosses", XLabel: "heads",
		Series:    []viz.BarSeries{{Y: []float64{0.25, 0.5, 0.25}}},
		Highlight: []int{1, 2}, HighlightName: "at least one",
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two tosses. probability: 0 0.25, 1 0.5, 2 0.25. Highlighted: at least one, 0.75 in all.
}

func ExampleGrid() {
	a := viz.Must(viz.Bars(viz.BarsData{Title: "One toss", Series: []viz.BarSeries{{Y: []float64{0.5, 0.5}}}}))
	b := viz.Must(viz.Bars(viz.BarsData{Title: "Two tosses", Series: []viz.BarSeries{{Y: []float64{0.25, 0.5, 0.25}}}}))
	fig := viz.Must(viz.Grid(viz.GridData{Figures: []*viz.Figure{a, b}, SharedY: true}))
	w, h := fig.Size()
	fmt.Println(w, h)
	fmt.Println(fig.Alt())
	// Output:
	// 760 290
	// 2 panels. Panel a: One toss. probability: 0 0.5, 1 0.5. Panel b: Two tosses. probability: 0 0.25, 1 0.5, 2 0.25.
}

func ExampleFigure_Resize() {
	fig := viz.Must(viz.Loss(viz.LossData{Traces: []viz.Trace{{Y: []float64{2, 1}}}}))
	w, h := fig.Resize(400, 250).Size()
	fmt.Println(w, h)
	// Output: 400 250
}

func ExampleFixed() {
	fmt.Println(viz.Fixed(-0.001, 2), viz.Fixed(-1.5, 2), viz.Fixed(24000, 0))
	// Output: 0.00 −1.50 24 000
}

func ExampleTraceRange() {
	y := make([]float64, 100)
	for i := range y {
		y[i] = 1 + float64(i%2)/10
	}
	y[0] = 500
	lo, hi := viz.TraceRange(y)
	fmt.Printf("%.2f %.2f\n", lo, hi)
	// Output: 1.00 1.11
}

func ExampleSeries() {
	fmt.Println(viz.Series(0) == viz.Mean, viz.Series(6) == viz.Series(0))
	// Output: true true
}

func ExampleMust() {
	defer func() { fmt.Println(recover()) }()
	viz.Must(viz.Loss(viz.LossData{}))
	// Output: viz: Loss: no Traces; there is nothing to draw
}
