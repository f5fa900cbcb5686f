package viz

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The marks that figures are made of. All are clipped to the data area, which
// gonum's own polygons are not.

// curve is a line through (x_i, y_i); a NaN breaks it.
type curve struct {
	x, y []float64
	line draw.LineStyle
}

func newCurve(x, y []float64, c color.Color, width vg.Length, dashes ...vg.Length) curve {
	return curve{x, y, draw.LineStyle{Color: c, Width: width, Dashes: dashes}}
}

func (k curve) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	var run []vg.Point
	flush := func() {
		if len(run) > 1 {
			for _, line := range c.ClipLinesXY(thinned(run, c.Max.X-c.Min.X)) {
				k.stroke(c, line)
			}
		}
		run = nil
	}
	for i := range k.x {
		if math.IsNaN(k.x[i]) || math.IsNaN(k.y[i]) {
			flush()
			continue
		}
		run = append(run, vg.Point{X: tx(k.x[i]), Y: ty(k.y[i])})
	}
	flush()
}

// stroke draws a line, a noisy one in pieces.
func (k curve) stroke(c draw.Canvas, line []vg.Point) {
	pieces := [][]vg.Point{line}
	if k.line.Dashes == nil {
		pieces = calm(line)
	}
	for _, piece := range pieces {
		c.StrokeLines(k.line, piece)
	}
}

// calm cuts a line after so many turns up or down: the time that a rasteriser needs for
// one path grows with the square of how often the path crosses a row of pixels. Smooth
// lines stay whole, for the pieces would show.
func calm(line []vg.Point) (pieces [][]vg.Point) {
	const most = 32
	from, turns := 0, 0
	for i := 1; i+1 < len(line); i++ {
		if (line[i].Y-line[i-1].Y)*(line[i+1].Y-line[i].Y) < 0 {
			turns++
		}
		if turns == most {
			pieces = append(pieces, line[from:i+1])
			from, turns = i, 0
		}
	}
	return append(pieces, line[from:])
}

// thinned drops the points of a line from left to right that cannot be told apart on a
// canvas so wide.
func thinned(pts []vg.Point, width vg.Length) []vg.Point {
	bins := min(600, max(100, int(width/px(1))))
	if len(pts) <= 4*bins {
		return pts
	}
	x, y := make([]float64, len(pts)), make([]float64, len(pts))
	for i, p := range pts {
		x[i], y[i] = float64(p.X), float64(p.Y)
		if i > 0 && x[i] < x[i-1] {
			return pts
		}
	}
	idx := thin(x, y, bins, false)
	out := make([]vg.Point, len(idx))
	for i, k := range idx {
		out[i] = pts[k]
	}
	return out
}

// area fills between lo and hi over x.
type area struct {
	x, lo, hi []float64
	c         color.Color
}

func (a area) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	lo, hi := make([]vg.Point, len(a.x)), make([]vg.Point, len(a.x))
	for i, x := range a.x {
		lo[i], hi[i] = vg.Point{X: tx(x), Y: ty(a.lo[i])}, vg.Point{X: tx(x), Y: ty(a.hi[i])}
	}
	if len(a.x) > 600 {
		a.columns(c, lo, hi)
		return
	}
	slices.Reverse(lo)
	if pts := c.ClipPolygonXY(append(hi, lo...)); len(pts) > 2 {
		c.FillPolygon(a.c, pts)
	}
}

// columns fills between the edges lo and hi of very many points, one column of the page
// after the other: as high as the edges get in it. The columns are as wide as a pixel
// at 96 dpi and lie on its grid, so that no seams show between them.
func (a area) columns(c draw.Canvas, lo, hi []vg.Point) {
	const pixel = vg.Length(0.75)
	type column struct{ x, lo, hi vg.Length }
	var cols []column
	for i := range lo {
		x := vg.Length(math.Floor(float64(lo[i].X/pixel))) * pixel
		if n := len(cols); n > 0 && cols[n-1].x == x {
			cols[n-1].lo, cols[n-1].hi = min(cols[n-1].lo, lo[i].Y), max(cols[n-1].hi, hi[i].Y)
			continue
		}
		cols = append(cols, column{x, lo[i].Y, hi[i].Y})
	}
	for i, k := range cols {
		next := min(k.x+pixel, c.Max.X)
		if i+1 < len(cols) {
			next = cols[i+1].x
		}
		x, y0, y1 := max(k.x, c.Min.X), max(k.lo, c.Min.Y), min(k.hi, c.Max.Y)
		if x < next && y0 < y1 {
			c.FillPolygon(a.c, []vg.Point{{X: x, Y: y0}, {X: next, Y: y0}, {X: next, Y: y1}, {X: x, Y: y1}})
		}
	}
}

// dots marks points; those outside the axes are left out.
type dots struct {
	x, y []float64
	r    vg.Length
	c    color.Color
}

func (d dots) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	if len(d.x) > 3000 {
		d.cloud(c, tx, ty)
		return
	}
	for i := range d.x {
		if pt := (vg.Point{X: tx(d.x[i]), Y: ty(d.y[i])}); c.Contains(pt) {
			dot(c, pt, d.r, d.c)
		}
	}
}

// upright is a vertical line from bottom to top.
type upright struct {
	x    float64
	line draw.LineStyle
}

func (u upright) Plot(c draw.Canvas, p *plot.Plot) {
	if x := c.X(p.X.Norm(u.x)); c.ContainsX(x) {
		c.StrokeLine2(u.line, x, c.Min.Y, x, c.Max.Y)
	}
}

// rug marks values by short strokes on the axis.
type rug struct {
	x []float64
	c color.Color
}

func (r rug) Plot(c draw.Canvas, p *plot.Plot) {
	seen := map[int]bool{} // a stroke hides what is a fifth of a point away
	for _, v := range r.x {
		x := c.X(p.X.Norm(v))
		if k := int(5 * x); c.ContainsX(x) && !seen[k] {
			seen[k] = true
			c.StrokeLine2(draw.LineStyle{Color: r.c, Width: 0.6}, x, c.Min.Y, x, c.Min.Y+5)
		}
	}
}

// level is a horizontal line from left to right.
type level struct {
	y    float64
	line draw.LineStyle
}

func (l level) Plot(c draw.Canvas, p *plot.Plot) {
	if y := c.Y(p.Y.Norm(l.y)); c.ContainsY(y) {
		c.StrokeLine2(l.line, c.Min.X, y, c.Max.X, y)
	}
}

// block is a filled rectangle in data units.
type block struct {
	x0, x1, y0, y1 float64
	c              color.Color
}

func (b block) Plot(c draw.Canvas, p *plot.Plot) {
	area{[]float64{b.x0, b.x1}, []float64{b.y0, b.y0}, []float64{b.y1, b.y1}, b.c}.Plot(c, p)
}

// thin returns the indices of a curve's points worth drawing: in each of bins
// equal steps along the axis (of log x if log), the first, lowest, highest and last,
// so that a long trace keeps its look at a small cost.
func thin(x, y []float64, bins int, log bool) []int {
	if len(x) <= 4*bins {
		idx := make([]int, len(x))
		for i := range idx {
			idx[i] = i
		}
		return idx
	}
	pos := func(v float64) float64 {
		if log {
			return math.Log(v)
		}
		return v
	}
	x0, x1 := pos(x[0]), pos(x[len(x)-1])
	var idx []int
	for i := 0; i < len(x); {
		bin := int(float64(bins) * (pos(x[i]) - x0) / (x1 - x0))
		lo, hi, j := i, i, i
		for ; j < len(x) && int(float64(bins)*(pos(x[j])-x0)/(x1-x0)) == bin; j++ {
			if y[j] < y[lo] {
				lo = j
			}
			if y[j] > y[hi] {
				hi = j
			}
		}
		last := -1
		for _, k := range []int{i, min(lo, hi), max(lo, hi), j - 1} {
			if k != last {
				idx, last = append(idx, k), k
			}
		}
		i = j
	}
	return idx
}

// pick returns v at the indices.
func pick(v []float64, idx []int) []float64 {
	out := make([]float64, len(idx))
	for i, k := range idx {
		out[i] = v[k]
	}
	return out
}

// stems are upright strokes from zero.
type stems struct {
	x, y []float64
	c    color.Color
}

func (s stems) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	w := max(0.6, min(2.4, 0.6*(c.Max.X-c.Min.X)/vg.Length(len(s.x))))
	for i := range s.x {
		c.StrokeLines(draw.LineStyle{Color: s.c, Width: w}, c.ClipLinesXY([]vg.Point{{X: tx(s.x[i]), Y: ty(0)}, {X: tx(s.x[i]), Y: ty(s.y[i])}})...)
	}
}
