package viz

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// labelled draws dots with their names beside them, each name where it covers no
// other name, no dot and, if possible, no curve.
type labelled struct {
	points []RunningPoint
	curves []curve
	level  float64 // of a horizontal line
}

func newLabelled(ps []RunningPoint, cs []curve, level float64) labelled {
	return labelled{append([]RunningPoint(nil), ps...), cs, level}
}

func (l labelled) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	sty := style(legendSize, 0, draw.XLeft, draw.YCenter)
	var boxes []vg.Rectangle // nothing may be drawn over these
	var at []vg.Point
	for _, q := range l.points {
		pt := vg.Point{X: tx(q.N), Y: ty(q.Freq)}
		at = append(at, pt)
		boxes = append(boxes, around(pt, 3))
	}
	var ink []vg.Point // points of the curves: better not drawn over
	for _, k := range l.curves {
		for i := range k.x {
			ink = append(ink, vg.Point{X: tx(k.x[i]), Y: ty(k.y[i])})
		}
	}
	for i, q := range l.points {
		if !c.Contains(at[i]) {
			continue
		}
		dot(c, at[i], 2.4, Ink)
		if q.Label == "" {
			continue
		}
		w, h := sty.Width(q.Label), vg.Length(9)
		best, cost, over := vg.Point{}, -1, false
		for k, o := range offsets(w) {
			at := at[i].Add(o)
			box := vg.Rectangle{Min: vg.Point{X: at.X, Y: at.Y - h/2}, Max: vg.Point{X: at.X + w, Y: at.Y + h/2}}
			now, crossed := k, false
			if box.Min.X < c.Min.X || box.Max.X > c.Max.X || box.Min.Y < c.Min.Y || box.Max.Y > c.Max.Y {
				now += 4000
			}
			for j, b := range boxes {
				if j != i && overlap(box, b) {
					now += 2000
				}
			}
			if y := ty(l.level); y > box.Min.Y-1 && y < box.Max.Y+1 {
				now += 400
			}
			for _, pt := range ink {
				if overlap(box, around(pt, 0.5)) {
					now, crossed = now+40, true
				}
			}
			if cost < 0 || now < cost {
				best, cost, over = at, now, crossed
			}
		}
		box := vg.Rectangle{Min: vg.Point{X: best.X, Y: best.Y - h/2}, Max: vg.Point{X: best.X + w, Y: best.Y + h/2}}
		boxes = append(boxes, box)
		// A thread from the dot to a name that had to stand away from it.
		if dx, dy := clampTo(at[i].X, box.Min.X, box.Max.X)-at[i].X, clampTo(at[i].Y, box.Min.Y, box.Max.Y)-at[i].Y; dx*dx+dy*dy > 60 {
			c.StrokeLine2(draw.LineStyle{Color: axisGrey, Width: 0.6}, at[i].X, at[i].Y, at[i].X+dx, at[i].Y+dy)
			dot(c, at[i], 2.4, Ink)
		}
		if over { // a curve passes below: keep the name readable
			c.FillPolygon(fade(paper, 170), []vg.Point{box.Min, {X: box.Max.X, Y: box.Min.Y}, box.Max, {X: box.Min.X, Y: box.Max.Y}})
		}
		write(c, sty, best, q.Label)
	}
}

// offsets lists where a label of width w may start, seen from its dot, best first.
func offsets(w vg.Length) []vg.Point {
	o := []vg.Point{{X: 5}, {X: -5 - w}}
	for _, dy := range []vg.Length{9, -9, 18, -18, 28, -28, 40, -40} {
		o = append(o, vg.Point{X: -w / 2, Y: dy}, vg.Point{X: 3, Y: dy}, vg.Point{X: -3 - w, Y: dy})
	}
	return o
}

func around(p vg.Point, r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: p.X - r, Y: p.Y - r}, Max: vg.Point{X: p.X + r, Y: p.Y + r}}
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

func clampTo(v, lo, hi vg.Length) vg.Length { return max(lo, min(v, hi)) }
