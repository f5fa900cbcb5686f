package viz_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// rooted is 1/(2√n) over n = 1 … 1000 with a few measured points beside it.
func rooted() viz.CurvesData {
	x := []float64{1, 10, 100, 1000}
	y := make([]float64, len(x))
	for i := range x {
		y[i] = 0.5 / math.Sqrt(x[i])
	}
	return viz.CurvesData{
		Title: "Standard error", XLabel: "number of flips n", YLabel: "standard error", LogX: true, LogY: true, X: x,
		Curves: []viz.Curve{
			{Name: "formula", Y: y},
			{Name: "measured", X: []float64{5, 50, 500}, Y: []float64{0.225, 0.07, 0.0224}, Dots: true},
			{Name: "one hundredth", Y: []float64{0.01, 0.01, 0.01, 0.01}, Dashed: true},
		},
		Lines: []viz.VLine{{2500. / 25, "100 flips"}},
	}
}

func flippers() viz.IntervalsData {
	return viz.IntervalsData{
		Title: "People who flipped coins", XLabel: "chance of heads", Reference: 0.5, RefLabel: "½",
		Groups: []string{"flipped", "spun"},
		Rows: []viz.Interval{
			{Label: "Ada, 10 flips", At: 0.6, Lo: 0.31, Hi: 0.83},
			{Label: "Ben, 100 spins", At: 0.56, Lo: 0.46, Hi: 0.65, Group: 1},
			{Label: "Cy, 1000 flips", At: 0.492, Lo: 0.461, Hi: 0.523},
		},
	}
}

func ExampleCurves() {
	fig, err := viz.Curves(rooted())
	fmt.Println(fig.Alt(), err)
	// Output:
	// Standard error. formula goes from 0.5 at 1 to 0.0158 at 1000. measured goes from 0.225 at 5 to 0.0224 at 500. one hundredth goes from 0.01 at 1 to 0.01 at 1000. A dashed vertical line marks 100 flips at 100. <nil>
}

func ExampleIntervals() {
	d := flippers()
	d.Rows = d.Rows[:2]
	fig, err := viz.Intervals(d)
	fmt.Println(fig.Alt(), err)
	// Output:
	// People who flipped coins. Ada, 10 flips: 0.6, from 0.31 to 0.83. Ben, 100 spins: 0.56, from 0.46 to 0.65. A dashed vertical line marks ½ at 0.5. <nil>
}

// TestCurvesErrors checks that what cannot be drawn is named.
func TestCurvesErrors(t *testing.T) {
	one := []float64{1, 2}
	curves := func(d viz.CurvesData) error { _, err := viz.Curves(d); return err }
	rows := func(d viz.IntervalsData) error { _, err := viz.Intervals(d); return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{curves(viz.CurvesData{}), "no Curves"},
		{curves(viz.CurvesData{Curves: []viz.Curve{{Y: one}}}), "Curves[0] has no X"},
		{curves(viz.CurvesData{X: one, Curves: []viz.Curve{{Y: one[:1]}}}), "Curves[0].Y has 1"},
		{curves(viz.CurvesData{X: one, Curves: []viz.Curve{{}}}), "Curves[0].Y has 0"},
		{curves(viz.CurvesData{X: one, Curves: []viz.Curve{{Y: []float64{1, math.NaN()}}}}), "Curves[0].Y[1] is NaN"},
		{curves(viz.CurvesData{X: []float64{2, 1}, Curves: []viz.Curve{{Y: one}}}), "must increase"},
		{curves(viz.CurvesData{X: one, LogY: true, Curves: []viz.Curve{{Y: []float64{0, 1}}}}), "logarithmic"},
		{rows(viz.IntervalsData{}), "no Rows"},
		{rows(viz.IntervalsData{Rows: []viz.Interval{{At: 1, Lo: 2, Hi: 1}}}), "Lo = 2 above Hi = 1"},
		{rows(viz.IntervalsData{Rows: []viz.Interval{{Group: 1}}}), "Group = 1"},
		{rows(viz.IntervalsData{Rows: []viz.Interval{{Hi: math.Inf(1)}}}), "Rows[0]"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("got error %v, want one with %q", c.err, c.want)
		}
	}
}

// What stands beside a prediction is not always the truth, and is then not called so.
func TestBandTruthName(t *testing.T) {
	for _, c := range []struct{ name, legend, alt string }{
		{"", "truth", "The true function is dashed."},
		{"law of flight", "law of flight", "The dashed curve is called law of flight."},
	} {
		fig := viz.Must(viz.Band(viz.BandData{X: []float64{0, 1}, Mean: []float64{0, 1}, Truth: []float64{0, 2}, TruthName: c.name}))
		texts, err := fig.Texts()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(texts, func(w viz.Written) bool { return w.Text == c.legend }) {
			t.Errorf("TruthName %q: no %q in the legend: %v", c.name, c.legend, texts)
		}
		if !strings.Contains(fig.Alt(), c.alt) {
			t.Errorf("TruthName %q: %q lacks %q", c.name, fig.Alt(), c.alt)
		}
	}
}
