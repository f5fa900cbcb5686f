package viz

import (
	"slices"
	"strings"

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
	for p, l := range own {
		defer func(old []entry) { p.legend = old }(p.legend)
		p.legend = l
	}
	var head vg.Length // height of what stands above all panels
	if f.title != "" {
		head += titleStyle().Height("X") + titleGap
	}
	rows := legendRows(slices.Concat(f.legend, shared), 0.9*(c.Max.X-c.Min.X))
	if len(rows) > 0 {
		head += vg.Length(len(rows))*rowHeight + 2*headerGap
	}
	left := f.drawGrid(draw.Crop(c, 0, 0, 0, -head))
	y := c.Max.Y
	if f.title != "" {
		write(c, titleStyle(), vg.Point{X: left, Y: y}, f.title)
		y -= titleStyle().Height("X") + titleGap
	}
	drawLegend(c, rows, left, y)
}

const (
	panelGapX = 14
	panelGapY = 12
)

// drawGrid draws the panels with their data areas aligned in rows and columns, of equal
// size or as the figure's weights say, each row with room for its headers. It returns the left edge of the
// first column's data.
func (f *Figure) drawGrid(c draw.Canvas) (left vg.Length) {
	rows, cols := len(f.panels), len(f.panels[0])
	at := make([][]draw.Canvas, rows)
	tops := make([]vg.Length, rows)
	t := draw.Tiles{Rows: rows, Cols: cols, PadX: panelGapX, PadY: panelGapY}
	for i := range rows {
		for j := range cols {
			at[i] = append(at[i], t.At(c, j, i))
		}
	}
	// Margins depend on the size (ticks, wrapped titles) and the size on the margins:
	// a few rounds settle it.
	for range 4 {
		ml, mr, mb := make([]vg.Length, cols), make([]vg.Length, cols), make([]vg.Length, rows)
		clear(tops)
		f.each(func(i, j int, p *panel) {
			p.fitTicks(at[i][j])
			d := p.plot.DataCanvas(at[i][j])
			ml[j] = max(ml[j], d.Min.X-at[i][j].Min.X)
			mr[j] = max(mr[j], at[i][j].Max.X-d.Max.X)
			mb[i] = max(mb[i], d.Min.Y-at[i][j].Min.Y)
			tops[i] = max(tops[i], p.header(at[i][j])+at[i][j].Max.Y-d.Max.Y)
		})
		w := shares(c.Max.X-c.Min.X-sum(ml)-sum(mr)-vg.Length(cols-1)*panelGapX, f.wide, cols)
		h := shares(c.Max.Y-c.Min.Y-sum(mb)-sum(tops)-vg.Length(rows-1)*panelGapY, f.tall, rows)
		if slices.Min(w) < 4 || slices.Min(h) < 4 {
			break // hopelessly small: leave it as it is
		}
		left = c.Min.X + ml[0]
		f.each(func(i, j int, p *panel) {
			want := vg.Rectangle{
				Min: vg.Point{X: c.Min.X + sum(ml[:j+1]) + sum(mr[:j]) + sum(w[:j]) + vg.Length(j)*panelGapX},
				Max: vg.Point{Y: c.Max.Y - sum(tops[:i+1]) - sum(mb[:i]) - sum(h[:i]) - vg.Length(i)*panelGapY},
			}
			want.Max.X, want.Min.Y = want.Min.X+w[j], want.Max.Y-h[i]
			d, k := p.plot.DataCanvas(at[i][j]), &at[i][j]
			k.Rectangle = vg.Rectangle{
				Min: want.Min.Sub(d.Min).Add(k.Min),
				Max: want.Max.Sub(d.Max).Add(k.Max),
			}
		})
	}
	f.each(func(i, j int, p *panel) {
		p.draw(at[i][j], tops[i]-(at[i][j].Max.Y-p.plot.DataCanvas(at[i][j]).Max.Y))
	})
	return left
}

// shares divides room among n by weights.
func shares(room vg.Length, weights []float64, n int) []vg.Length {
	out := make([]vg.Length, n)
	total := 0.0
	for _, w := range weights {
		total += w
	}
	for i := range out {
		out[i] = room / vg.Length(n)
		if weights != nil {
			out[i] = room * vg.Length(weights[i]/total)
		}
	}
	return out
}

// each calls fn for every panel.
func (f *Figure) each(fn func(i, j int, p *panel)) {
	for i, row := range f.panels {
		for j, p := range row {
			if p != nil {
				fn(i, j, p)
			}
		}
	}
}

func sum(v []vg.Length) (s vg.Length) {
	for _, x := range v {
		s += x
	}
	return s
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
	var all []*panel
	for _, row := range panels {
		for _, p := range row {
			if p != nil {
				all = append(all, p)
			}
		}
	}
	// The longest legend gives the order of the shared entries.
	slices.SortStableFunc(all, func(a, b *panel) int { return len(b.legend) - len(a.legend) })
	for _, p := range all {
		own[p] = nil
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
	return shared, own
}
