package viz

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
)

// An Update is a belief after some more data.
type Update struct {
	Title string    // e.g. "after 3 flips"
	Y     []float64 // density at the figure's X
}

// UpdatesData is a belief that data move step by step.
type UpdatesData struct {
	Title  string
	XLabel string // empty = "θ"

	X     []float64 // increasing grid
	Prior []float64 // density before any data, at X
	Steps []Update  // at most 24

	Lines   []VLine // e.g. the truth, in every panel
	Columns int     // 0 = as many as look well, at most 4
}

// Updates draws one panel a step: the belief after it, over the belief before it, which
// is the posterior of the panel to its left. Each panel has a scale of its own, since
// what counts is where a belief lies and how wide it is.
func Updates(d UpdatesData) (*Figure, error) {
	const name = "Updates"
	if len(d.X) < 2 {
		return nil, fmt.Errorf("viz: %s: X has %d values; a density needs at least two", name, len(d.X))
	}
	if len(d.Steps) == 0 || len(d.Steps) > 24 {
		return nil, fmt.Errorf("viz: %s: %d Steps; it draws one panel each, from 1 to 24 (leave some out)", name, len(d.Steps))
	}
	cols := []column{{"Prior", nonNil(d.Prior)}}
	for i, s := range d.Steps {
		cols = append(cols, column{fmt.Sprintf("Steps[%d].Y", i), nonNil(s.Y)})
	}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	for _, c := range cols {
		for i, v := range c.v {
			if v < 0 {
				return nil, fmt.Errorf("viz: %s: %s[%d] = %v; a density cannot be negative (is it a log density?)", name, c.name, i, v)
			}
		}
		if !(maxOf(c.v) > 0) {
			return nil, fmt.Errorf("viz: %s: %s is zero everywhere; there is nothing to draw", name, c.name)
		}
	}
	x := cloneOf(d.X)
	zero := make([]float64, len(x))
	before := d.Prior
	alt := opening(d.Title, "A belief, step by step") + fmt.Sprintf(" %s, each with the belief before it in grey. The prior is %s.",
		plural(len(d.Steps), "panel"), shape(x, d.Prior))
	var panels []*panel
	for i, s := range d.Steps {
		p := newPlot()
		pan := &panel{plot: p, title: s.Title}
		p.X.Label.Text = orText(d.XLabel, "θ")
		p.Y.Tick.Marker = plot.ConstantTicks(nil)
		p.Add(area{x, zero, cloneOf(before), fade(Prior, 36)}, newCurve(x, cloneOf(before), Prior, 1))
		p.Add(area{x, zero, cloneOf(s.Y), fade(Posterior, 50)}, newCurve(x, cloneOf(s.Y), Posterior, 1.7))
		if err := addLines(name, pan, d.Lines); err != nil {
			return nil, err
		}
		if i > 0 { // labelled once
			for k := range pan.marks {
				pan.marks[k].label = ""
			}
		}
		pan.legend = []entry{{"before", lineSample, Prior}, {"after", lineSample, Posterior}}
		p.X.Min, p.X.Max = x[0], x[len(x)-1]
		p.Y.Min, p.Y.Max = 0, 1.06*max(maxOf(before), maxOf(s.Y))
		panels = append(panels, pan)
		before = s.Y
		alt += fmt.Sprintf(" %s: now %s.", orText(s.Title, fmt.Sprintf("Step %d", i+1)), shape(x, s.Y))
	}
	n := d.Columns
	if n <= 0 {
		n = niceColumns(len(panels))
	}
	f := tile(panels, n, d.Title)
	f.alt = alt + linesAlt(d.Lines)
	f.share(true, false)
	return f, nil
}

func shape(x, y []float64) string {
	if lo, hi := minOf(y), maxOf(y); hi-lo <= 1e-9*hi {
		return "flat"
	}
	return "highest at " + number(x[argMax(y)], 3)
}

// niceColumns returns how many of n panels stand side by side.
func niceColumns(n int) int {
	switch {
	case n <= 3:
		return n
	case n == 4:
		return 2
	case n <= 9:
		return 3
	}
	return 4
}

// tile makes a figure of panels in reading order, with legend entries in common.
func tile(panels []*panel, cols int, title string) *Figure {
	cols = min(cols, len(panels))
	f := &Figure{title: title, w: defaultWidth, h: defaultHeight}
	for row := range slices.Chunk(panels, cols) {
		f.panels = append(f.panels, append(row, make([]*panel, cols-len(row))...))
	}
	if rows := len(f.panels); rows > 2 {
		f.h = 60 + 140*rows
	}
	if len(panels) == 1 { // the only panel carries the title
		panels[0].title = orText(title, panels[0].title)
		f.title = ""
	}
	return f
}
