package viz_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// crowded are figures as full as they may be, with long names.
func crowded() map[string]func() (*viz.Figure, error) {
	name := func(i int) string { return fmt.Sprintf("a quite long name, number %d", i+1) }
	names := func(n int) (out []string) {
		for i := range n {
			out = append(out, name(i))
		}
		return out
	}
	quantities := func(n int) (qs []viz.Quantity) {
		for i := range n {
			qs = append(qs, viz.Quantity{Name: name(i), Chains: walks(4, 50, 0.5, 0.1)})
		}
		return qs
	}
	return map[string]func() (*viz.Figure, error){
		"Intervals": func() (*viz.Figure, error) {
			d := viz.IntervalsData{Title: "Two hundred rows", XLabel: "x"}
			for i := range 200 {
				d.Rows = append(d.Rows, viz.Interval{Label: name(i), At: float64(i % 7), Lo: -1, Hi: 8})
			}
			return viz.Intervals(d)
		},
		"Forest": func() (*viz.Figure, error) {
			return viz.Forest(viz.ForestData{Title: "Sixty", Quantities: quantities(60)})
		},
		"Ridgeline": func() (*viz.Figure, error) {
			d := viz.RidgelineData{Title: "Forty", XLabel: "x"}
			for i := range 40 {
				d.Rows = append(d.Rows, viz.Ridge{Label: name(i), Samples: manyDraws(100)})
			}
			return viz.Ridgeline(d)
		},
		"Bars": func() (*viz.Figure, error) {
			return viz.Bars(viz.BarsData{Title: "Forty bars", Names: names(40), Values: true, Series: []viz.BarSeries{{Name: "a", Y: ranks01(manyDraws(40))}, {Name: "b", Y: ranks01(manyDraws(40))}}})
		},
		"Confusion": func() (*viz.Figure, error) {
			d := viz.ConfusionData{Title: "Forty classes", Names: names(40), DoubtName: "mean entropy (nats)"}
			for i := range 40 {
				d.Counts, d.Doubt = append(d.Counts, make([]int, 40)), append(d.Doubt, make([]float64, 40))
				d.Counts[i][i], d.Counts[i][(i+3)%40] = 123456, 7
			}
			return viz.Confusion(d)
		},
		"Chains": func() (*viz.Figure, error) {
			return viz.Chains(viz.ChainsData{Title: "Eight", Quantities: quantities(8)})
		},
		"Autocorrelation": func() (*viz.Figure, error) {
			return viz.Autocorrelation(viz.AutocorrelationData{Title: "Eight", Quantities: quantities(8)})
		},
		"Ranks": func() (*viz.Figure, error) {
			return viz.Ranks(viz.RanksData{Title: "Eight chains", Chains: walks(8, 50, 0.5, 0.1)})
		},
		"Pairs": func() (*viz.Figure, error) {
			return viz.Pairs(viz.PairsData{Title: "Six", Names: names(6), Columns: walks(6, 60, 0.5, 0.1)})
		},
		"Updates": func() (*viz.Figure, error) {
			d := viz.UpdatesData{Title: "Twenty-four steps", X: counts(30), Prior: counts(30), Lines: []viz.VLine{{X: 3, Label: "the truth, which is known"}}}
			for i := range 24 {
				d.Steps = append(d.Steps, viz.Update{Title: name(i), Y: ranks01(manyDraws(30))})
			}
			return viz.Updates(d)
		},
		"Images": func() (*viz.Figure, error) {
			d := viz.ImagesData{Title: "Sixty", Width: 4, Height: 4, Predictions: names(60), Labels: names(60), Doubt: ranks01(manyDraws(60))}
			d.Labels[7] = "another long name"
			for range 60 {
				d.Pixels = append(d.Pixels, ranks01(manyDraws(16)))
			}
			return viz.Images(d)
		},
		"Segmentation": func() (*viz.Figure, error) {
			v := ranks01(manyDraws(16))
			return viz.Segmentation(viz.SegmentationData{Title: "Eight classes", Width: 4, Height: 4, Image: v, Classes: names(8), Prediction: make([]int, 16), Truth: make([]int, 16), Epistemic: v, Aleatoric: v, UncertaintyName: "entropy (nats)"})
		},
		"Network": func() (*viz.Figure, error) {
			d := viz.NetworkData{Title: "Six layers of twelve", Sizes: []int{12, 12, 12, 12, 12, 12}, Inputs: names(12), Outputs: names(12)}
			for range 5 {
				d.Mean = append(d.Mean, manyDraws(144))
			}
			return viz.Network(d)
		},
		"Weights": func() (*viz.Figure, error) {
			var d viz.WeightsData
			for i := range 6 {
				d.Layers = append(d.Layers, viz.LayerWeights{Name: name(i), W: manyDraws(100), PriorSD: 1})
			}
			return viz.Weights(d)
		},
		"Band": func() (*viz.Figure, error) {
			d := sine(1)
			d.Title, d.YLabel = strings.Repeat("A long title ", 12), strings.Repeat("a long label ", 3)
			for i := range 5 {
				d.Lines = append(d.Lines, viz.VLine{X: float64(i), Label: name(i)})
			}
			return viz.Band(d)
		},
		"Loss": func() (*viz.Figure, error) {
			d := viz.LossData{Title: "Six traces"}
			for i := range 6 {
				d.Traces = append(d.Traces, viz.Trace{Name: name(i), Y: manyDraws(100)})
			}
			return viz.Loss(d)
		},
		"Grid": func() (*viz.Figure, error) {
			d := viz.GridData{Title: "Twelve", Columns: 4}
			for i := range 12 {
				l := loss()
				l.Title = name(i)
				d.Figures = append(d.Figures, viz.Must(viz.Loss(l)))
			}
			return viz.Grid(d)
		},
		"huge numbers": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: []float64{1e15, 1.0001e15}, Mean: []float64{-1e200, 1e200}, XLabel: "x", YLabel: "y"})
		},
		"close numbers": func() (*viz.Figure, error) {
			return viz.Curves(viz.CurvesData{X: []float64{1e6, 1e6 + 1e-3}, Curves: []viz.Curve{{Y: []float64{123456.001, 123456.002}}}})
		},
	}
}

// Full figures with long names stay readable, too: no word over another or off the page.
func TestCrowded(t *testing.T) {
	for name, draw := range crowded() {
		fig, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		words, err := fig.Texts()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, s := range collisions(fig, words) {
			t.Errorf("%s: %s", name, s)
		}
	}
}
