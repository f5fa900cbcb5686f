package viz

import (
	"image/color"
	"slices"
	"strings"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A panel is one pair of axes with what stands above it, in this order: title,
// legend, labels of vertical lines, data. The legend is outside the data, so it
// can never cover them.
type panel struct {
	plot   *plot.Plot
	title  string
	legend []entry
	marks  []mark
	alt    string
}

// An entry is one line of a legend: a sample and a name. The name of a rampSample is
// what its left end means, a tab, and what its right end means.
type entry struct {
	name string
	kind sample
	c    color.Color
}

// width of the entry: sample, gap and text.
func (e entry) width() vg.Length {
	switch e.kind {
	case noSample:
		return legendStyle().Width(e.name)
	case rampSample, cividisSample:
		from, to, _ := strings.Cut(e.name, "\t")
		return legendStyle().Width(from) + legendStyle().Width(to) + rampWidth + 2*swatchGap
	}
	return legendStyle().Width(e.name) + swatch + swatchGap
}

// A sample is the shape drawn before a legend's text.
type sample int

const (
	lineSample sample = iota
	thinSample
	dashSample
	dotSample
	fillSample
	barSample
	tallySample
	tallyOne
	ringSample
	rampSample
	cividisSample
	noSample // a remark
)

// A mark is a vertical line at x with its label above the data.
type mark struct {
	x     float64
	label string
	c     color.NRGBA
}

const (
	titleGap   = 4  // below the title
	rowHeight  = 12 // of a legend or label row
	swatch     = 14 // width of a legend's sample
	rampWidth  = 64
	swatchGap  = 4
	entryGap   = 11
	headerGap  = 3 // below the legend
	tickRoomX  = 62
	tickRoomY  = 34
	outerSpace = 6
)

func titleStyle() text.Style {
	return style(titleSize, stdfont.WeightSemiBold, draw.XLeft, draw.YTop)
}
func legendStyle() text.Style { return style(legendSize, 0, draw.XLeft, draw.YCenter) }

// header returns how much height the panel needs above its axes in c.
func (p *panel) header(c draw.Canvas) vg.Length {
	d := p.plot.DataCanvas(c)
	var h vg.Length
	if p.title != "" {
		h += vg.Length(len(wrap(titleStyle(), p.title, c.Max.X-d.Min.X)))*titleStyle().Height("X") + titleGap
	}
	if n := len(legendRows(p.legend, c.Max.X-d.Min.X)); n > 0 {
		h += vg.Length(n)*rowHeight + headerGap
	}
	if rows, _ := p.placeMarks(d); rows > 0 {
		h += vg.Length(rows) * rowHeight
	}
	return h
}

// draw draws the panel: axes in c, and what belongs above it in the header of
// height top above c.
func (p *panel) draw(c draw.Canvas, top vg.Length) {
	d := p.plot.DataCanvas(c)
	x, y := p.plot.X.Label, p.plot.Y.Label
	sty := style(labelSize, 0, draw.XCenter, draw.YBottom) // that of the labels claims to have no width
	p.plot.X.Label.Text = shorten(sty, x.Text, c.Max.X-d.Min.X)
	p.plot.Y.Label.Text = shorten(sty, y.Text, d.Max.Y-d.Min.Y+min(top, panelGapY))
	p.plot.Draw(c)
	p.plot.X.Label, p.plot.Y.Label = x, y
	left, at := d.Min.X, c.Max.Y+top
	if p.title != "" {
		for _, line := range wrap(titleStyle(), p.title, c.Max.X-left) {
			write(c, titleStyle(), vg.Point{X: left, Y: at}, line)
			at -= titleStyle().Height("X")
		}
		at -= titleGap
	}
	drawLegend(c, legendRows(p.legend, c.Max.X-left), left, at)
	_, places := p.placeMarks(d)
	for i, m := range p.marks {
		if m.label == "" {
			continue
		}
		sty := style(legendSize, 0, draw.XLeft, draw.YCenter)
		sty.Color = m.c
		write(c, sty, vg.Point{X: places[i].X, Y: d.Max.Y + (places[i].Y+0.5)*rowHeight}, m.label)
	}
}

// placeMarks puts every label over its line, inside the panel: centred, or, where
// neighbours would collide, to the left and to the right of their lines; what still
// collides goes to a higher row. It returns the number of rows, and for each mark the
// left edge (X, in canvas units) and the row (Y).
func (p *panel) placeMarks(d draw.Canvas) (rows int, at []vg.Point) {
	type span struct{ lo, hi vg.Length }
	centred := make([]span, len(p.marks))
	for i, m := range p.marks {
		x, w := d.X(p.plot.X.Norm(m.x)), legendStyle().Width(m.label)
		centred[i] = span{x - w/2, x + w/2}
	}
	apart := func(a, b span) bool { return a.hi+6 < b.lo || b.hi+6 < a.lo }
	var taken [][]span
	at = make([]vg.Point, len(p.marks))
	for i, m := range p.marks {
		if m.label == "" {
			continue
		}
		var left, right bool // is there a neighbour on that side, too near?
		for j, o := range p.marks {
			if o.label != "" && !apart(centred[i], centred[j]) {
				left, right = left || o.x < m.x, right || o.x > m.x
			}
		}
		w, x := centred[i].hi-centred[i].lo, centred[i].lo
		switch {
		case right && !left:
			x -= w/2 + 2
		case left && !right:
			x += w/2 + 2
		}
		x = max(d.Min.X, min(x, d.Max.X-w))
		me, row := span{x, x + w}, 0
		for row < len(taken) && slices.ContainsFunc(taken[row], func(o span) bool { return me.lo < o.hi+2 && o.lo < me.hi+2 }) {
			row++
		}
		if row == len(taken) {
			taken = append(taken, nil)
		}
		taken[row] = append(taken[row], me)
		at[i] = vg.Point{X: x, Y: vg.Length(row)}
	}
	return len(taken), at
}

// legendRows breaks the entries into rows no wider than w.
func legendRows(es []entry, w vg.Length) [][]entry {
	var rows [][]entry
	var used vg.Length
	for _, e := range es {
		need := e.width()
		if len(rows) == 0 || used+entryGap+need > w {
			rows, used = append(rows, nil), need
		} else {
			used += entryGap + need
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], e)
	}
	return rows
}

// drawLegend draws rows from the top left point down.
func drawLegend(c draw.Canvas, rows [][]entry, left, top vg.Length) {
	for _, row := range rows {
		x, y := left, top-rowHeight/2
		for _, e := range row {
			e.drawSample(c, x, y)
			_, name, ramp := strings.Cut(e.name, "\t")
			if !ramp {
				name = e.name
			}
			write(c, legendStyle(), vg.Point{X: x + e.width() - legendStyle().Width(name), Y: y}, name)
			x += e.width() + entryGap
		}
		top -= rowHeight
	}
}

func (e entry) drawSample(c draw.Canvas, x, y vg.Length) {
	stroke := func(w vg.Length, dash ...vg.Length) {
		c.StrokeLine2(draw.LineStyle{Color: e.c, Width: w, Dashes: dash}, x, y, x+swatch, y)
	}
	switch e.kind {
	case lineSample:
		stroke(1.6)
	case thinSample:
		stroke(0.8)
	case dashSample:
		stroke(1.1, 3, 2)
	case barSample:
		stroke(3.5)
	case ringSample:
		if k, ok := e.c.(fixed); ok {
			ringed(c, vg.Point{X: x + swatch/2, Y: y}, 3.2, k)
		}
	case tallyOne:
		c.StrokeLine2(draw.LineStyle{Color: e.c, Width: 0.8}, x+swatch/2, y-3, x+swatch/2, y+3)
	case tallySample:
		for at := x + 2; at < x+swatch; at += 3 {
			c.StrokeLine2(draw.LineStyle{Color: e.c, Width: 0.6}, at, y-2.5, at, y+2.5)
		}
	case dotSample:
		dot(c, vg.Point{X: x + swatch/2, Y: y}, 2, e.c)
	case rampSample, cividisSample:
		from, _, _ := strings.Cut(e.name, "\t")
		write(c, legendStyle(), vg.Point{X: x, Y: y}, from)
		x += legendStyle().Width(from) + swatchGap
		ramp := viridis
		if e.kind == cividisSample {
			ramp = cividis
		}
		raster(c, vg.Rectangle{Min: vg.Point{X: x, Y: y - 3.5}, Max: vg.Point{X: x + rampWidth, Y: y + 3.5}}, func(u, _ float64) color.NRGBA { return ramp(u) })
	case fillSample:
		c.FillPolygon(e.c, []vg.Point{{X: x, Y: y - 3.5}, {X: x + swatch, Y: y - 3.5}, {X: x + swatch, Y: y + 3.5}, {X: x, Y: y + 3.5}})
	}
}

// write draws text at a point. gonum sets the first line one font size below the
// top of its box instead of one ascent, about a fifth of the size too low; text that
// hangs from a point or is centred on one is put right here.
func write(c draw.Canvas, sty text.Style, at vg.Point, s string) {
	if sty.YAlign != draw.YBottom {
		e := sty.FontExtents()
		at.Y += e.Ascent + e.Descent - sty.Font.Size
	}
	c.FillText(sty, at, s)
}

// dot fills a circle.
func dot(c draw.Canvas, at vg.Point, r vg.Length, col color.Color) {
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: col, Radius: r, Shape: draw.CircleGlyph{}}, at)
}

// wrap breaks s at spaces into lines no wider than w.
func wrap(sty text.Style, s string, w vg.Length) []string {
	if sty.Width(s) <= w {
		return []string{s}
	}
	var lines []string
	line := ""
	for _, word := range splitWords(s) {
		switch next := line + " " + word; {
		case line == "":
			line = word
		case sty.Width(next) <= w:
			line = next
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}
