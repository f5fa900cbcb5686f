package viz

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// contour is the line on which a grid's values cross a level (marching triangles: each
// cell is cut along its diagonal, so that no case is ambiguous).
type contour struct {
	x, y  []float64
	z     [][]float64
	level float64
	line  draw.LineStyle
}

// newContour copies a grid; of one with more than 150 places in a direction, which no
// screen shows apart, it takes as many, evenly.
func newContour(x, y []float64, z [][]float64, level float64, line draw.LineStyle) contour {
	pick := func(n int) []int {
		at := make([]int, min(n, 150))
		for i := range at {
			at[i] = i * (n - 1) / (len(at) - 1)
		}
		return at
	}
	k := contour{level: level, line: line}
	cols := pick(len(x))
	for _, i := range cols {
		k.x = append(k.x, x[i])
	}
	for _, j := range pick(len(y)) {
		row := make([]float64, len(cols))
		for c, i := range cols {
			row[c] = z[j][i]
		}
		k.y, k.z = append(k.y, y[j]), append(k.z, row)
	}
	return k
}

func (k contour) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	c.SetLineStyle(k.line)
	var path vg.Path
	flush := func() {
		if len(path) > 0 {
			c.Stroke(path)
			path = nil
		}
	}
	for _, line := range k.lines() {
		pts := make([]vg.Point, len(line))
		for i, q := range line {
			pts[i] = vg.Point{X: tx(q.x), Y: ty(q.y)}
		}
		for _, piece := range calm(pts) {
			path.Move(piece[0])
			for _, q := range piece[1:] {
				path.Line(q)
			}
			if len(path) > 64 { // many short ones go together
				flush()
			}
		}
	}
	flush()
}

// An edge joins two places of a grid, numbered row by row, the smaller number first.
type edge [2]int

// number returns the number of an edge: of each place there are three, to the right, up
// and both.
func (e edge) number(cols int) int {
	switch e[1] - e[0] {
	case 1:
		return 3 * e[0]
	case cols:
		return 3*e[0] + 1
	}
	return 3*e[0] + 2
}

// lines returns the contour as lines through the edges of the triangles that it cuts:
// those that end at the rim first, then the closed ones.
func (k contour) lines() (lines [][]place) {
	cols := len(k.x)
	var cuts [][2]edge // of one triangle each
	type both struct {
		n    int // triangles with this edge that are cut: one at the rim, two elsewhere
		cuts [2]int
	}
	at := make([]both, 3*cols*len(k.y))
	for j := 0; j+1 < len(k.y); j++ {
		for i := 0; i+1 < cols; i++ {
			a := j*cols + i
			b, d, e := a+1, a+1+cols, a+cols
			for _, t := range [...][3]int{{a, b, d}, {a, d, e}} {
				var cut [2]edge
				n := 0
				for s := range 3 {
					u, v := t[s], t[(s+1)%3]
					if (k.above(u) < 0) != (k.above(v) < 0) {
						cut[n] = edge{min(u, v), max(u, v)}
						n++
					}
				}
				if n == 2 {
					for _, e := range cut {
						b := &at[e.number(cols)]
						b.cuts[b.n] = len(cuts)
						b.n++
					}
					cuts = append(cuts, cut)
				}
			}
		}
	}
	used := make([]bool, len(cuts))
	walk := func(n, from int) {
		here := cuts[n][from]
		line := []place{k.crossing(here)}
		for n >= 0 {
			used[n] = true
			if here == cuts[n][0] {
				here = cuts[n][1]
			} else {
				here = cuts[n][0]
			}
			line = append(line, k.crossing(here))
			n = -1
			b := at[here.number(cols)]
			for _, m := range b.cuts[:b.n] {
				if !used[m] {
					n = m
				}
			}
		}
		lines = append(lines, line)
	}
	for n, c := range cuts {
		for from, e := range c {
			if !used[n] && at[e.number(cols)].n == 1 {
				walk(n, from)
			}
		}
	}
	for n := range cuts {
		if !used[n] {
			walk(n, 0)
		}
	}
	return lines
}

// above returns how far the value at a place is above the level.
func (k contour) above(n int) float64 { return k.z[n/len(k.x)][n%len(k.x)] - k.level }

// crossing returns where the level is on an edge.
func (k contour) crossing(e edge) place {
	u, v := k.above(e[0]), k.above(e[1])
	f, n := u/(u-v), len(k.x)
	x0, y0 := k.x[e[0]%n], k.y[e[0]/n]
	return place{x0 + f*(k.x[e[1]%n]-x0), y0 + f*(k.y[e[1]/n]-y0)}
}
