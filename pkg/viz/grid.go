package viz

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
)

// GridData is several figures side by side.
type GridData struct {
	Title   string
	Figures []*Figure // in reading order, at most 26; nil leaves a place empty
	Columns int       // 0 = 2

	// SharedX and SharedY give all panels the same range, and only the outer ones
	// an axis label.
	SharedX, SharedY bool

	Width, Height int // CSS px; 0 = 760, and 250 a row
}

const maxPanels = 26

// Grid draws several figures as panels (a), (b), … with their data areas aligned.
// A legend entry that several panels have in common is drawn once, at the top. The
// figures given are not changed.
func Grid(d GridData) (*Figure, error) {
	const name = "Grid"
	if !slices.ContainsFunc(d.Figures, func(f *Figure) bool { return f != nil }) {
		return nil, fmt.Errorf("viz: %s: no Figures; there is nothing to draw", name)
	}
	if len(d.Figures) > maxPanels {
		return nil, fmt.Errorf("viz: %s: %d Figures; it draws at most %d, a letter each", name, len(d.Figures), maxPanels)
	}
	if d.Columns < 0 || d.Width < 0 || d.Height < 0 {
		return nil, fmt.Errorf("viz: %s: Columns = %d, Width = %d, Height = %d; none can be negative", name, d.Columns, d.Width, d.Height)
	}
	cols := d.Columns
	if cols == 0 {
		cols = 2
	}
	cols = min(cols, len(d.Figures))
	rows := (len(d.Figures) + cols - 1) / cols
	f := &Figure{title: d.Title, w: d.Width, h: d.Height}
	if f.w == 0 {
		f.w = 760
	}
	if f.h == 0 {
		f.h = 250*rows + 40
	}
	if f.w < 120*cols || f.h < 120*rows {
		return nil, fmt.Errorf("viz: %s: %d × %d pixels are too few for %d × %d panels; each needs 120 × 120", name, f.w, f.h, rows, cols)
	}
	f.alt = opening(d.Title, plural(len(d.Figures), "panel"))
	letter := 0
	f.panels = make([][]*panel, rows)
	for i := range f.panels {
		f.panels[i] = make([]*panel, cols)
	}
	for i, fig := range d.Figures {
		if fig == nil {
			continue
		}
		if len(fig.panels) != 1 || len(fig.panels[0]) != 1 {
			return nil, fmt.Errorf("viz: %s: Figures[%d] is itself a grid; give its figures instead", name, i)
		}
		p := fig.panels[0][0].copy()
		if len(d.Figures) > 1 {
			tag := string(rune('a' + letter))
			letter++
			f.alt += fmt.Sprintf(" Panel %s: %s", tag, fig.alt)
			p.title = "(" + tag + ") " + p.title
		} else {
			f.alt += " " + fig.alt
		}
		f.panels[i/cols][i%cols] = p
	}
	f.share(d.SharedX, d.SharedY)
	return f, nil
}

// copy returns a panel whose axes can be changed without touching the original.
func (p *panel) copy() *panel {
	q := *p
	pl := *p.plot
	for _, a := range []*plot.Ticker{&pl.X.Tick.Marker, &pl.Y.Tick.Marker} {
		if t, ok := (*a).(*ticks); ok {
			c := *t
			*a = &c
		}
	}
	q.plot = &pl
	return &q
}

// share gives all panels common ranges and drops the inner axis labels.
func (f *Figure) share(x, y bool) {
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	f.each(func(_, _ int, p *panel) {
		span(&x0, &x1, p.plot.X.Min, p.plot.X.Max)
		span(&y0, &y1, p.plot.Y.Min, p.plot.Y.Max)
	})
	f.each(func(i, j int, p *panel) {
		if x {
			p.plot.X.Min, p.plot.X.Max = x0, x1
			if i+1 < len(f.panels) && f.panels[i+1][j] != nil {
				p.plot.X.Label.Text = ""
			}
		}
		if y {
			p.plot.Y.Min, p.plot.Y.Max = y0, y1
			if j > 0 {
				p.plot.Y.Label.Text = ""
			}
		}
	})
}
