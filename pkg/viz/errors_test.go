package viz_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

var nan, inf = math.NaN(), math.Inf(1)

// Data that cannot be drawn give an error that names the figure, the field and the place.
func TestErrors(t *testing.T) {
	ok3 := []float64{1, 2, 3}
	band := func(d viz.BandData) error { _, err := viz.Band(d); return err }
	running := func(d viz.RunningData) error { _, err := viz.Running(d); return err }
	pp := func(d viz.PriorPosteriorData) error { _, err := viz.PriorPosterior(d); return err }
	loss := func(d viz.LossData) error { _, err := viz.Loss(d); return err }
	bars := func(d viz.BarsData) error { _, err := viz.Bars(d); return err }
	grid := func(d viz.GridData) error { _, err := viz.Grid(d); return err }
	for _, c := range []struct {
		err  error
		want []string
	}{
		{band(viz.BandData{}), []string{"Band", "X is empty"}},
		{band(viz.BandData{X: ok3}), []string{"Mean has 0", "X has 3"}},
		{band(viz.BandData{X: ok3, Mean: []float64{1, nan, 2}}), []string{"Mean[1] is NaN"}},
		{band(viz.BandData{X: []float64{1, 3, 2}, Mean: ok3}), []string{"X[2] = 2 after 3", "increase"}},
		{band(viz.BandData{X: ok3, Mean: ok3, EpistemicSD: []float64{1, -1, 1}}), []string{"EpistemicSD[1] = -1", "negative"}},
		{band(viz.BandData{X: ok3, Mean: ok3, TotalSD: ok3[:2]}), []string{"TotalSD has 2"}},
		{band(viz.BandData{X: ok3, Mean: ok3, Draws: [][]float64{ok3, ok3[:1]}}), []string{"Draws[1] has 1"}},
		{band(viz.BandData{X: ok3, Mean: ok3, Draws: [][]float64{nil}}), []string{"Draws[0] has 0"}},
		{band(viz.BandData{X: ok3, Mean: ok3, DataX: ok3}), []string{"DataY has 0", "DataX has 3"}},
		{band(viz.BandData{X: ok3, Mean: ok3, DataX: ok3, DataY: []float64{0, inf, 0}}), []string{"DataY[1] is +Inf"}},
		{band(viz.BandData{X: ok3, Mean: ok3, Lines: []viz.VLine{{X: nan}}}), []string{"Lines[0].X is NaN"}},
		{band(viz.BandData{X: ok3, Mean: ok3, YMin: 2, YMax: 1}), []string{"YMin = 2, YMax = 1"}},
		{running(viz.RunningData{}), []string{"Running", "nothing to draw"}},
		{running(viz.RunningData{Runs: []viz.Run{{}}}), []string{"Runs[0].Freq is empty"}},
		{running(viz.RunningData{Runs: []viz.Run{{N: ok3, Freq: ok3[:2]}}}), []string{"Runs[0].Freq has 2"}},
		{running(viz.RunningData{Runs: []viz.Run{{N: []float64{0, 1}, Freq: ok3[:2]}}}), []string{"Runs[0].N[0] = 0", "positive"}},
		{running(viz.RunningData{Points: []viz.RunningPoint{{N: -3, Freq: 1}}}), []string{"Points[0].N = -3"}},
		{running(viz.RunningData{Points: []viz.RunningPoint{{N: 3, Freq: nan}}}), []string{"Points[0]", "NaN"}},
		{running(viz.RunningData{Runs: []viz.Run{{Freq: ok3}}, Reference: 3.14, Funnel: true}), []string{"Reference = 3.14", "between 0 and 1"}},
		{pp(viz.PriorPosteriorData{X: ok3[:1]}), []string{"at least two"}},
		{pp(viz.PriorPosteriorData{X: ok3}), []string{"nothing to draw"}},
		{pp(viz.PriorPosteriorData{X: ok3, Prior: []float64{1, -2, 1}}), []string{"Prior[1] = -2", "log density"}},
		{pp(viz.PriorPosteriorData{X: ok3, Likelihood: []float64{0, 0, 0}}), []string{"Likelihood is 0", "underflows"}},
		{pp(viz.PriorPosteriorData{X: ok3, Posterior: []float64{0, 0, 0}}), []string{"zero everywhere"}},
		{pp(viz.PriorPosteriorData{X: ok3, Posterior: ok3, Lo: 2, Hi: 9}), []string{"[2, 9]", "[1, 3]"}},
		{loss(viz.LossData{Traces: []viz.Trace{{Y: []float64{nan, nan}}}}), []string{"Traces[0].Y has no finite value"}},
		{loss(viz.LossData{Traces: []viz.Trace{{Step: ok3, Y: ok3[:1]}}}), []string{"Traces[0].Y has 1"}},
		{loss(viz.LossData{Traces: slices.Repeat([]viz.Trace{{Name: "a", Y: ok3}}, 7)}), []string{"7 Traces", "6 colours"}},
		{fails(viz.Curves(viz.CurvesData{X: ok3, Curves: slices.Repeat([]viz.Curve{{Name: "a", Y: ok3}}, 7)})), []string{"7 Curves", "6 colours"}},
		{loss(viz.LossData{Smooth: -1, Traces: []viz.Trace{{Y: ok3}}}), []string{"Smooth = -1"}},
		{bars(viz.BarsData{}), []string{"Bars", "nothing to draw"}},
		{bars(viz.BarsData{Series: []viz.BarSeries{{Y: ok3}, {Y: ok3[:2]}}}), []string{"Series[1].Y has 2"}},
		{bars(viz.BarsData{Series: []viz.BarSeries{{Y: []float64{-1}}}}), []string{"Series[0].Y[0] = -1"}},
		{bars(viz.BarsData{Series: []viz.BarSeries{{Y: ok3}}, Names: []string{"a"}}), []string{"1 Names for 3 bars"}},
		{bars(viz.BarsData{Series: []viz.BarSeries{{Y: ok3}}, Highlight: []int{3}}), []string{"Highlight holds 3"}},
		{grid(viz.GridData{}), []string{"Grid", "nothing to draw"}},
		{grid(viz.GridData{Figures: []*viz.Figure{nil}}), []string{"nothing to draw"}},
		{grid(viz.GridData{Width: 100, Figures: []*viz.Figure{viz.Must(viz.Loss(loss1()))}}), []string{"120 × 120"}},
		{grid(viz.GridData{Figures: []*viz.Figure{viz.Must(viz.Grid(viz.GridData{Figures: []*viz.Figure{viz.Must(viz.Loss(loss1())), viz.Must(viz.Loss(loss1()))}}))}}), []string{"Figures[0] is itself a grid"}},
	} {
		if c.err == nil {
			t.Errorf("no error, want one with %q", c.want)
			continue
		}
		for _, w := range append(c.want, "viz: ") {
			if !strings.Contains(c.err.Error(), w) {
				t.Errorf("error %q does not say %q", c.err, w)
			}
		}
	}
}

func loss1() viz.LossData { return viz.LossData{Traces: []viz.Trace{{Y: []float64{2, 1}}}} }

// One point, constant data, values of any size: a picture comes out.
func TestOddData(t *testing.T) {
	one := []float64{3}
	flat := []float64{5, 5, 5}
	x := []float64{1, 2, 3}
	for name, draw := range map[string]func() (*viz.Figure, error){
		"band of one": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: one, Mean: one, EpistemicSD: one, TotalSD: one})
		},
		"flat band": func() (*viz.Figure, error) { return viz.Band(viz.BandData{X: x, Mean: flat}) },
		"sd zero": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: x, Mean: flat, EpistemicSD: []float64{0, 0, 0}})
		},
		"huge": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: []float64{1e15, 2e15}, Mean: []float64{-1e200, 1e200}})
		},
		"tiny": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: []float64{1e-15, 2e-15}, Mean: []float64{1e-200, 2e-200}})
		},
		"data far outside": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: x, Mean: flat, DataX: []float64{900}, DataY: []float64{-900}, YMin: 4, YMax: 6})
		},
		"one toss": func() (*viz.Figure, error) { return viz.Running(viz.RunningData{Runs: []viz.Run{{Freq: one}}}) },
		"one toss, log": func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{LogX: true, Runs: []viz.Run{{Freq: one}}})
		},
		"one point": func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{Points: []viz.RunningPoint{{"a", 10, 0.5}}, Funnel: true})
		},
		"no reference": func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{Reference: -1, Runs: []viz.Run{{Freq: flat}}})
		},
		"one loss": func() (*viz.Figure, error) { return viz.Loss(viz.LossData{Traces: []viz.Trace{{Y: one}}}) },
		"loss with NaN": func() (*viz.Figure, error) {
			return viz.Loss(viz.LossData{Smooth: 9, Traces: []viz.Trace{{Y: []float64{3, nan, 2, inf, 1}}}})
		},
		"one bar": func() (*viz.Figure, error) { return viz.Bars(viz.BarsData{Series: []viz.BarSeries{{Y: one}}}) },
		"bars of zero": func() (*viz.Figure, error) {
			return viz.Bars(viz.BarsData{Series: []viz.BarSeries{{Y: []float64{0, 0}}}})
		},
		"flat posterior": func() (*viz.Figure, error) { return viz.PriorPosterior(viz.PriorPosteriorData{X: x, Posterior: flat}) },
		"grid with a gap": func() (*viz.Figure, error) {
			a := viz.Must(viz.Loss(loss1()))
			return viz.Grid(viz.GridData{Figures: []*viz.Figure{a, nil, a}, SharedX: true, SharedY: true})
		},
	} {
		fig, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := fig.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(fig.Alt(), "NaN") {
			t.Errorf("%s: alt text %q", name, fig.Alt())
		}
	}
}

// An SVG is well-formed XML, holds its fonts and nothing of the net, and the caller's
// slices are neither changed nor kept.
func TestSVG(t *testing.T) {
	d := sine(1)
	d.Title = `<b> & "quotes"`
	fig := viz.Must(viz.Band(d))
	first, err := fig.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Mean {
		d.Mean[i], d.DataY[i%40], d.X[i] = 99, 99, 99
	}
	again, err := fig.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("the figure changed with the slices it was made from, or by drawing it")
	}
	if !bytes.HasPrefix(first, []byte("<svg ")) || !bytes.Contains(first, []byte("@font-face")) {
		t.Errorf("the SVG starts with %q, and holds a font: %t", first[:20], bytes.Contains(first, []byte("@font-face")))
	}
	for x := xml.NewDecoder(bytes.NewReader(first)); ; {
		if _, err := x.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestResizePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for a figure of 100 × 100")
		}
	}()
	viz.Must(viz.Loss(loss1())).Resize(100, 100)
}
