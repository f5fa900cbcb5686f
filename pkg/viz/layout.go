package viz

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func splitWords(s string) []string { return strings.Fields(s) }

// draw lays the figure out on c: the figure's title and the legend that several
// panels share on top, then the panels with their data areas aligned.
func (f *Figure) draw(c draw.Canvas) {
	c = draw.Crop(c, outerSpace, -outerSpace-2, outerSpace, -outerSpace)
	if len(f.panels) == 1 && len(f.panels[0]) == 1 {
		p := f.panels[0][0]
		p.fitTicks(c)
		top := p.header(c)
		p.draw(draw.Crop(c, 0, 0, 0, -top), top)
		return
	}
	shared, own := shareLegend(f.panels)
	if f.title != "" {
		c.FillText(titleStyle(), vg.Point{X: c.Min.X, Y: c.Max.Y}, f.title)
		c.Max.Y -= titleStyle().Height("X") + titleGap
	}
	if rows := legendRows(shared, c.Max.X-c.Min.X); len(rows) > 0 {
		drawLegend(c, rows, c.Min.X, c.Max.Y)
		c.Max.Y -= vg.Length(len(rows))*rowHeight + 2*headerGap
	}
	f.drawGrid(c, own)
}

// drawGrid draws the panels in aligned tiles, each with room for its header above.
func (f *Figure) drawGrid(c draw.Canvas, legends map[*panel][]entry) {
	rows, cols := len(f.panels), len(f.panels[0])
	plots := make([][]*plot.Plot, rows)
	restore := make(map[*panel][]entry)
	for i, row := range f.panels {
		plots[i] = make([]*plot.Plot, cols)
		for j, p := range row {
			if p == nil {
				continue
			}
			plots[i][j] = p.plot
			restore[p] = p.legend
			p.legend = legends[p]
		}
	}
	defer func() {
		for p, l := range restore {
			p.legend = l
		}
	}()
	// The header's height depends on the width of the data area and the other way
	// round: two rounds settle it.
	var top vg.Length
	var at [][]draw.Canvas
	for range 2 {
		t := draw.Tiles{Rows: rows, Cols: cols, PadX: 14, PadY: 10 + top, PadTop: top}
		if at == nil {
			at = make([][]draw.Canvas, rows)
			for i := range rows {
				for j := range cols {
					at[i] = append(at[i], t.At(c, j, i))
				}
			}
		}
		for i, row := range f.panels {
			for j, p := range row {
				if p != nil {
					p.fitTicks(at[i][j])
					top = max(top, p.header(at[i][j]))
				}
			}
		}
		t.PadY, t.PadTop = 10+top, top
		at = plot.Align(plots, t, c)
	}
	for i, row := range f.panels {
		for j, p := range row {
			if p != nil {
				p.draw(at[i][j], top)
			}
		}
	}
}

// shareLegend splits the legends: an entry that stands in two panels or more is
// drawn once, above all of them; the others stay with their panel.
func shareLegend(panels [][]*panel) (shared []entry, own map[*panel][]entry) {
	count := make(map[entry]int)
	for _, row := range panels {
		for _, p := range row {
			if p != nil {
				for _, e := range p.legend {
					count[e]++
				}
			}
		}
	}
	own = make(map[*panel][]entry)
	seen := make(map[entry]bool)
	for _, row := range panels {
		for _, p := range row {
			if p == nil {
				continue
			}
			for _, e := range p.legend {
				switch {
				case count[e] < 2:
					own[p] = append(own[p], e)
				case !seen[e]:
					seen[e] = true
					shared = append(shared, e)
				}
			}
		}
	}
	return shared, own
}
