package viz

import (
	"image/color"
	"math"

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
			c.StrokeLines(k.line, c.ClipLinesXY(run)...)
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

// area fills between lo and hi over x.
type area struct {
	x, lo, hi []float64
	c         color.Color
}

func (a area) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	pts := make([]vg.Point, 0, 2*len(a.x))
	for i := range a.x {
		pts = append(pts, vg.Point{X: tx(a.x[i]), Y: ty(a.hi[i])})
	}
	for i := len(a.x) - 1; i >= 0; i-- {
		pts = append(pts, vg.Point{X: tx(a.x[i]), Y: ty(a.lo[i])})
	}
	if pts = c.ClipPolygonXY(pts); len(pts) > 2 {
		c.FillPolygon(a.c, pts)
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
