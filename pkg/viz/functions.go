package viz

import (
	"fmt"
	"math"
)

// FunctionsData is functions drawn from a prior, or from a posterior.
type FunctionsData struct {
	Title          string
	XLabel, YLabel string

	X         []float64   // increasing
	Draws     [][]float64 // each at X
	Posterior bool        // in the colour of what is believed after the data
	Shown     int         // how many are drawn as lines; 0 = 12

	DataX, DataY []float64
	YMin, YMax   float64 // both 0: from the 1 % and 99 % quantiles and the lines
}

// Functions draws functions from a distribution over functions: some of them as lines,
// one of them stronger so that the eye can follow it, over the intervals that hold the
// middle half and the middle 90 % at each x. With fewer than 20 draws only lines.
func Functions(d FunctionsData) (*Figure, error) {
	const name = "Functions"
	if len(d.X) < 2 || len(d.Draws) == 0 {
		return nil, fmt.Errorf("viz: %s: %d values of X and %d Draws; it needs at least two and one", name, len(d.X), len(d.Draws))
	}
	var cols []column
	for i, f := range d.Draws {
		cols = append(cols, column{fmt.Sprintf("Draws[%d]", i), nonNil(f)})
	}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	if err := sameLength(name, column{"DataX", d.DataX}, column{"DataY", nonNil(d.DataY)}); err != nil {
		return nil, err
	}
	if d.Shown < 0 {
		return nil, fmt.Errorf("viz: %s: Shown = %d; it is a number of functions", name, d.Shown)
	}
	shown := d.Shown
	if shown == 0 {
		shown = 12
	}
	shown = min(shown, len(d.Draws))
	c, what := Prior, "prior"
	if d.Posterior {
		c, what = Posterior, "posterior"
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, d.YLabel
	x := cloneOf(d.X)
	lo, hi := math.Inf(1), math.Inf(-1)
	q := make([][]float64, 7)
	levels := []float64{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}
	at := make([]float64, len(d.Draws))
	for i := range x {
		for k, f := range d.Draws {
			at[k] = f[i]
		}
		s := sorted(at)
		for k, l := range levels {
			q[k] = append(q[k], quantile(s, l))
		}
	}
	banded := len(d.Draws) >= 20
	if banded {
		p.Add(area{x, q[1], q[5], fade(c, 40)}, area{x, q[2], q[4], fade(c, 55)})
		pan.legend = append(pan.legend, entry{"middle half", fillSample, fade(c, 95)}, entry{"middle 90 %", fillSample, fade(c, 45)})
	}
	span(&lo, &hi, q[0]...)
	span(&lo, &hi, q[6]...)
	for k := shown - 1; k >= 0; k-- {
		f := cloneOf(d.Draws[k])
		if k == 0 {
			p.Add(newCurve(x, f, Ink, 1.5))
		} else {
			p.Add(newCurve(x, f, fade(c, 190), 0.7))
		}
	}
	pan.legend = append([]entry{{"one function", lineSample, Ink}, {"more functions", thinSample, fade(c, 190)}}, pan.legend...)
	if shown == 1 {
		pan.legend = append(pan.legend[:1], pan.legend[2:]...)
	}
	if len(d.DataX) > 0 {
		p.Add(dots{cloneOf(d.DataX), cloneOf(d.DataY), dotRadius(len(d.DataX)), Ink})
		span(&lo, &hi, d.DataY...)
		pan.legend = append(pan.legend, entry{"data", dotSample, Ink})
	}
	p.X.Min, p.X.Max = x[0], x[len(x)-1]
	var err error
	if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.03); err != nil {
		return nil, err
	}
	mid := len(x) / 2
	pan.alt = fmt.Sprintf("%s %s from the %s over %s from %s to %s; %d are drawn as lines. The middle 90 %% lies between %s and %s at the left end, %s and %s at %s, %s and %s at the right end.",
		opening(d.Title, "Functions"), plural(len(d.Draws), "function"), what, orText(d.XLabel, "x"), number(x[0], 3), number(x[len(x)-1], 3), shown,
		number(q[1][0], 2), number(q[5][0], 2), number(q[1][mid], 2), number(q[5][mid], 2), number(x[mid], 2), number(q[1][len(x)-1], 2), number(q[5][len(x)-1], 2))
	if n := len(d.DataX); n > 0 {
		pan.alt += fmt.Sprintf(" %s.", plural(n, "data point"))
	}
	return onePanel(pan), nil
}
