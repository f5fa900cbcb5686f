package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Ridge is one row: draws of one quantity.
type Ridge struct {
	Label   string
	Samples []float64 // two or more
}

// RidgelineData is many distributions to compare.
type RidgelineData struct {
	Title   string
	XLabel  string
	Rows    []Ridge    // first one on top; at most 40
	Support [2]float64 // where values can be; zero = anywhere
	Lines   []VLine    // e.g. zero
}

// Ridgeline draws one density a row, each as high as the others since what counts is
// where it lies and how wide it is, with its 95 % HDI darker and its median as a stroke.
func Ridgeline(d RidgelineData) (*Figure, error) {
	const name = "Ridgeline"
	if len(d.Rows) == 0 || len(d.Rows) > 40 {
		return nil, fmt.Errorf("viz: %s: %d Rows; it draws from 1 to 40", name, len(d.Rows))
	}
	n := len(d.Rows)
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text = d.XLabel
	labels := make([]string, n)
	lo, hi := math.Inf(1), math.Inf(-1)
	alt := opening(d.Title, "Distributions row by row")
	for i, r := range d.Rows {
		field := fmt.Sprintf("Rows[%d].Samples", i)
		if len(r.Samples) < 2 {
			return nil, fmt.Errorf("viz: %s: %s has %d values; a distribution needs at least two", name, field, len(r.Samples))
		}
		if err := finite(name, field, r.Samples); err != nil {
			return nil, err
		}
		if err := within(name, field, r.Samples, d.Support); err != nil {
			return nil, err
		}
		s := sorted(r.Samples)
		x, y := kde(s, d.Support)
		span(&lo, &hi, x[0], x[len(x)-1])
		labels[n-1-i] = r.Label
		a, b := hdi(s, 0.95)
		k := ridge{x: x, foot: float64(n - 1 - i), median: quantile(s, 0.5), lo: max(a, x[0]), hi: min(b, x[len(x)-1])}
		top := maxOf(y)
		for _, v := range y {
			k.y = append(k.y, k.foot+1.5*v/top)
		}
		p.Add(k)
		write := likeWidth(b - a)
		alt += fmt.Sprintf(" %s: median %s, 95 %% HDI from %s to %s.", orText(r.Label, fmt.Sprintf("Row %d", i+1)), write(k.median), write(a), write(b))
	}
	pan.legend = []entry{{"density", fillSample, onPaper(fade(Posterior, 50))}, {"95 % HDI", fillSample, onPaper(fade(Posterior, 120))}, {"median", tallyOne, Ink}}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	for _, l := range d.Lines {
		span(&lo, &hi, l.X)
	}
	p.Y.Tick.Marker = &ticks{names: labels}
	p.X.Min, p.X.Max = lo, hi
	p.Y.Min, p.Y.Max = -0.15, float64(n)+0.6
	pan.alt = alt + linesAlt(d.Lines)
	f := onePanel(pan)
	f.h = max(240, min(1200, 100+34*n))
	return f, nil
}

type ridge struct {
	x, y                 []float64
	foot, median, lo, hi float64
}

func (r ridge) Plot(c draw.Canvas, p *plot.Plot) {
	foot := fill(len(r.x), r.foot)
	area{r.x, foot, r.y, onPaper(fade(Posterior, 50))}.Plot(c, p)
	inner := between(r.x, r.y, r.lo, r.hi, Posterior)
	area{inner.x, fill(len(inner.x), r.foot), inner.hi, onPaper(fade(Posterior, 120))}.Plot(c, p)
	newCurve(r.x, r.y, Posterior, 1.2).Plot(c, p)
	tx, ty := p.Transforms(&c)
	x := tx(r.median)
	c.StrokeLine2(draw.LineStyle{Color: Ink, Width: vg.Length(1.2)}, x, ty(r.foot), x, ty(interpolate(r.x, r.y, r.median)))
}
