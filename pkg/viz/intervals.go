package viz

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// An Interval is one row of an Intervals figure.
type Interval struct {
	Label  string
	At     float64 // the estimate, a dot
	Lo, Hi float64 // its interval, a bar
	Group  int     // rows of one group share a colour and an entry in the legend
}

// IntervalsData is a list of estimates with their intervals, first row on top.
type IntervalsData struct {
	Title  string
	XLabel string

	Rows      []Interval // at most 200
	Groups    []string   // names for the legend; nil = one group without a name
	Reference float64    // a dashed vertical line
	RefLabel  string     // its label; empty = no line

	XMin, XMax float64 // both 0: from the data
}

const maxRows = 200

// Intervals draws one row an estimate: a dot for the estimate, a bar for the interval.
func Intervals(d IntervalsData) (*Figure, error) {
	const name = "Intervals"
	if len(d.Rows) == 0 {
		return nil, fmt.Errorf("viz: %s: no Rows; there is nothing to draw", name)
	}
	n := len(d.Rows)
	if n > maxRows {
		return nil, fmt.Errorf("viz: %s: %d Rows; at most %d can be told apart", name, n, maxRows)
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text = d.XLabel
	labels := make([]string, n)
	lo, hi := math.Inf(1), math.Inf(-1)
	alt := opening(d.Title, "Estimates with intervals")
	for i, r := range d.Rows {
		if err := finite(name, fmt.Sprintf("Rows[%d] (At, Lo, Hi)", i), []float64{r.At, r.Lo, r.Hi}); err != nil {
			return nil, err
		}
		if !(r.Lo <= r.Hi) {
			return nil, fmt.Errorf("viz: %s: Rows[%d] has Lo = %v above Hi = %v", name, i, r.Lo, r.Hi)
		}
		if r.Group < 0 || r.Group >= max(1, len(d.Groups)) {
			return nil, fmt.Errorf("viz: %s: Rows[%d].Group = %d, but there are %d Groups", name, i, r.Group, len(d.Groups))
		}
		span(&lo, &hi, r.At, r.Lo, r.Hi)
		labels[n-1-i] = r.Label
		alt += fmt.Sprintf(" %s: %s, from %s to %s.", orText(r.Label, fmt.Sprintf("Row %d", i+1)), number(r.At, 4), number(r.Lo, 4), number(r.Hi, 4))
	}
	if d.RefLabel != "" {
		span(&lo, &hi, d.Reference)
		if err := addLines(name, pan, []VLine{{d.Reference, d.RefLabel}}); err != nil {
			return nil, err
		}
		alt += linesAlt([]VLine{{d.Reference, d.RefLabel}})
	}
	for g, s := range d.Groups {
		if s != "" {
			pan.legend = append(pan.legend, entry{s, barSample, intervalColour(g)})
		}
	}
	for i, r := range d.Rows {
		p.Add(rowBar{r, float64(n - 1 - i), intervalColour(r.Group)})
	}
	p.Y.Tick.Marker = &ticks{names: labels}
	p.Y.Min, p.Y.Max = -0.6, float64(n)-0.4
	var err error
	if p.X.Min, p.X.Max, err = limits(name, d.XMin, d.XMax, lo, hi, 0.05); err != nil {
		return nil, err
	}
	pan.alt = alt
	f := onePanel(pan)
	if slices.ContainsFunc(labels, func(s string) bool { return s != "" }) {
		f.h = max(f.h, 100+14*n)
	}
	return f, nil
}

// intervalColour is blue, the colour of an estimate, then orange, that of a posterior.
func intervalColour(group int) color.NRGBA { return Series(group) }

// rowBar is a bar from Lo to Hi with a dot at At, at height y; what leaves the
// axes is cut off.
type rowBar struct {
	r Interval
	y float64
	c color.NRGBA
}

func (b rowBar) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	y := ty(b.y)
	line := draw.LineStyle{Color: fade(b.c, 150), Width: 3.5}
	c.StrokeLines(line, c.ClipLinesX([]vg.Point{{X: tx(b.r.Lo), Y: y}, {X: tx(b.r.Hi), Y: y}})...)
	if pt := (vg.Point{X: tx(b.r.At), Y: y}); c.ContainsX(pt.X) {
		dot(c, pt, 2.4, b.c)
	}
}
