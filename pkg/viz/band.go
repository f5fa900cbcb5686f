package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A VLine is a dashed vertical line with a label above the data.
type VLine struct {
	X     float64
	Label string
}

// BandData is a prediction along one input. Only X and Mean are needed.
type BandData struct {
	Title          string
	XLabel, YLabel string

	X           []float64   // where predictions were made; increasing
	Mean        []float64   // predictive mean at X
	EpistemicSD []float64   // sd that more data would remove, at X; nil = none drawn
	TotalSD     []float64   // sd of a new observation (epistemic and noise), at X; nil = none drawn
	Draws       [][]float64 // functions drawn from the posterior, each at X
	Truth       []float64   // the true function at X, when known; or another to compare with
	TruthName   string      // what Truth is called, when it is another; empty = "truth"

	DataX, DataY []float64 // the observations
	Lines        []VLine   // e.g. where the data end

	YMin, YMax float64 // both 0: from the mean, the bands and the data
}

// Band draws a predictive distribution: the mean, mean ± 2 sd of the epistemic
// uncertainty over mean ± 2 sd of the total, a few functions from the posterior,
// the data and the truth.
func Band(d BandData) (*Figure, error) {
	const name = "Band"
	if len(d.X) == 0 {
		return nil, fmt.Errorf("viz: %s: X is empty; there is nothing to draw", name)
	}
	cols := []column{{"Mean", nonNil(d.Mean)}, {"EpistemicSD", d.EpistemicSD}, {"TotalSD", d.TotalSD}, {"Truth", d.Truth}}
	for i, f := range d.Draws {
		cols = append(cols, column{fmt.Sprintf("Draws[%d]", i), nonNil(f)})
	}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	for _, c := range cols[1:3] {
		for i, sd := range c.v {
			if sd < 0 {
				return nil, fmt.Errorf("viz: %s: %s[%d] = %v; a standard deviation cannot be negative (is it a variance or a log?)", name, c.name, i, sd)
			}
		}
	}
	if err := sameLength(name, column{"DataX", d.DataX}, column{"DataY", nonNil(d.DataY)}); err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, d.YLabel

	lo, hi := math.Inf(1), math.Inf(-1)
	span(&lo, &hi, d.Mean...)
	span(&lo, &hi, d.Truth...)
	single := len(d.X) == 1
	ribbon := func(sd []float64, what string, fill color.NRGBA) {
		if sd == nil {
			return
		}
		a := area{x: cloneOf(d.X), lo: make([]float64, len(sd)), hi: make([]float64, len(sd)), c: fill}
		for i := range sd {
			a.lo[i], a.hi[i] = d.Mean[i]-2*sd[i], d.Mean[i]+2*sd[i]
		}
		span(&lo, &hi, a.lo...)
		span(&lo, &hi, a.hi...)
		if single { // one place: an interval, not a ribbon
			p.Add(newCurve([]float64{d.X[0], d.X[0]}, []float64{a.lo[0], a.hi[0]}, fill, 6))
		}
		p.Add(a)
		pan.legend = append(pan.legend, entry{what, fillSample, fill})
	}
	ribbon(d.TotalSD, "total ± 2 sd", Total)
	ribbon(d.EpistemicSD, "epistemic ± 2 sd", Epistemic)
	for _, f := range d.Draws {
		p.Add(newCurve(cloneOf(d.X), cloneOf(f), fade(Mean, 170), 0.6))
	}
	if len(d.Draws) > 0 {
		pan.legend = append(pan.legend, entry{"functions drawn", thinSample, fade(Mean, 170)})
	}
	if d.Truth != nil {
		p.Add(newCurve(cloneOf(d.X), cloneOf(d.Truth), Truth, 1, 4, 2.5))
	}
	if len(d.DataX) > 0 {
		span(&lo, &hi, d.DataY...)
		p.Add(dots{cloneOf(d.DataX), cloneOf(d.DataY), dotRadius(len(d.DataX)), fade(Ink, 200)})
	}
	p.Add(newCurve(cloneOf(d.X), cloneOf(d.Mean), Mean, 1.6))
	if single {
		p.Add(dots{cloneOf(d.X), cloneOf(d.Mean), 2.5, Mean})
	}
	// The legend in the order in which one reads the picture.
	pan.legend = append([]entry{{"mean", lineSample, Mean}}, reversed(pan.legend, 2)...)
	if d.Truth != nil {
		pan.legend = append(pan.legend, entry{orText(d.TruthName, "truth"), dashSample, Truth})
	}
	if len(d.DataX) > 0 {
		pan.legend = append(pan.legend, entry{"data", dotSample, fade(Ink, 200)})
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	x0, x1 := math.Inf(1), math.Inf(-1)
	span(&x0, &x1, d.X...)
	span(&x0, &x1, d.DataX...)
	for _, l := range d.Lines {
		span(&x0, &x1, l.X)
	}
	if x0 == x1 {
		x0, x1, _ = limits(name, 0, 0, x0, x1, 0)
	}
	p.X.Min, p.X.Max = x0, x1
	var err error
	if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.04); err != nil {
		return nil, err
	}
	pan.alt = bandAlt(d)
	return onePanel(pan), nil
}

// addLines adds dashed vertical lines with their labels.
func addLines(figure string, pan *panel, lines []VLine) error {
	for i, l := range lines {
		if math.IsNaN(l.X) || math.IsInf(l.X, 0) {
			return fmt.Errorf("viz: %s: Lines[%d].X is %v; a figure needs finite numbers", figure, i, l.X)
		}
		pan.plot.Add(upright{l.X, draw.LineStyle{Color: tickGrey, Width: 0.9, Dashes: dashes}})
		pan.marks = append(pan.marks, mark{l.X, l.Label, tickGrey})
	}
	return nil
}

// dotRadius shrinks with the number of points, so that many stay apart.
func dotRadius(n int) vg.Length {
	switch {
	case n > 1000:
		return 0.9
	case n > 150:
		return 1.2
	}
	return 1.9
}

func bandAlt(d BandData) string {
	s := opening(d.Title, "Prediction") + fmt.Sprintf(" Predictive mean over %s from %s to %s, between %s and %s.",
		orText(d.XLabel, "x"),
		number(d.X[0], 4), number(d.X[len(d.X)-1], 4), number(minOf(d.Mean), 3), number(maxOf(d.Mean), 3))
	width := func(what string, sd []float64) {
		if sd == nil {
			return
		}
		i, j := argMin(sd), argMax(sd)
		s += fmt.Sprintf(" The %s standard deviation is smallest, %s, at %s and largest, %s, at %s.",
			what, number(sd[i], 2), number(d.X[i], 3), number(sd[j], 2), number(d.X[j], 3))
	}
	width("epistemic", d.EpistemicSD)
	width("total", d.TotalSD)
	if n := len(d.Draws); n > 0 {
		s += fmt.Sprintf(" %s drawn from the posterior.", plural(n, "function"))
	}
	switch {
	case d.Truth != nil && d.TruthName != "":
		s += fmt.Sprintf(" The dashed curve is called %s.", d.TruthName)
	case d.Truth != nil:
		s += " The true function is dashed."
	}
	if n := len(d.DataX); n > 0 {
		s += fmt.Sprintf(" %s.", plural(n, "data point"))
	}
	return s + linesAlt(d.Lines)
}
