package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// BoundaryData is what a classifier of two inputs says on a grid. Rows of the matrices
// are places on Y, columns places on X: Uncertainty[j][i] is at (X[i], Y[j]).
type BoundaryData struct {
	Title          string
	XLabel, YLabel string

	X, Y            []float64     // increasing, evenly spaced
	Uncertainty     [][]float64   // e.g. the entropy of the prediction
	UncertaintyName string        // e.g. "entropy (nats)"; empty = "uncertainty"
	Mean            [][]float64   // predictive probability: its boundary is drawn thick; nil = none
	Draws           [][][]float64 // the probability of each posterior draw: thin boundaries
	Level           float64       // of the boundary; 0 = ½

	PointsX, PointsY []float64 // the data
	Class            []int     // 0 to 3, for each point; nil = all of one class
}

// Boundary draws uncertainty as a map, over it the decision boundaries of posterior
// draws: they agree where the data speak and spread where they do not. Points of the
// classes differ in lightness, so that they can be told apart without colour.
func Boundary(d BoundaryData) (*Figure, error) {
	const name = "Boundary"
	if len(d.X) < 2 || len(d.Y) < 2 {
		return nil, fmt.Errorf("viz: %s: X has %d values and Y has %d; a map needs at least two of each", name, len(d.X), len(d.Y))
	}
	for _, c := range []column{{"X", d.X}, {"Y", d.Y}} {
		if err := finite(name, c.name, c.v); err != nil {
			return nil, err
		}
		if err := evenlySpaced(name, c.name, c.v); err != nil {
			return nil, err
		}
	}
	grids := []matrix{{"Uncertainty", d.Uncertainty}}
	if d.Mean != nil {
		grids = append(grids, matrix{"Mean", d.Mean})
	}
	for k, g := range d.Draws {
		grids = append(grids, matrix{fmt.Sprintf("Draws[%d]", k), g})
	}
	for _, g := range grids {
		if err := g.check(name, len(d.Y), len(d.X)); err != nil {
			return nil, err
		}
	}
	if err := sameLength(name, column{"PointsX", d.PointsX}, column{"PointsY", nonNil(d.PointsY)}); err != nil {
		return nil, err
	}
	if d.Class != nil && len(d.Class) != len(d.PointsX) {
		return nil, fmt.Errorf("viz: %s: Class has %d values and PointsX has %d; they must match", name, len(d.Class), len(d.PointsX))
	}
	for i, k := range d.Class {
		if k < 0 || k > 3 {
			return nil, fmt.Errorf("viz: %s: Class[%d] = %d; it draws classes 0 to 3", name, i, k)
		}
	}
	level := d.Level
	if level == 0 {
		level = 0.5
	}
	p := newBarePlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, d.YLabel
	m := newHeat(d.X, d.Y, d.Uncertainty)
	p.Add(m)
	what := orText(d.UncertaintyName, "uncertainty")
	write := likeWidth(m.hi - m.lo)
	pan.legend = append(pan.legend, entry{what + " " + write(m.lo) + "\t" + write(m.hi), rampSample, Ink})
	for _, g := range d.Draws {
		p.Add(newContour(d.X, d.Y, g, level, draw.LineStyle{Color: fixed{255, 255, 255, 170}, Width: 0.7}))
	}
	if len(d.Draws) > 0 {
		pan.legend = append(pan.legend, entry{"boundaries drawn", thinSample, Prior})
	}
	if d.Mean != nil {
		p.Add(newContour(d.X, d.Y, d.Mean, level, draw.LineStyle{Color: fixed{255, 255, 255, 255}, Width: 2}))
		pan.legend = append(pan.legend, entry{"boundary of the mean", lineSample, Prior})
	}
	counts := [4]int{}
	marks := classDots{x: cloneOf(d.PointsX), y: cloneOf(d.PointsY), class: make([]int, len(d.PointsX))}
	copy(marks.class, d.Class)
	for _, k := range marks.class {
		counts[k]++
	}
	p.Add(marks)
	p.X.Min, p.X.Max = d.X[0], d.X[len(d.X)-1]
	p.Y.Min, p.Y.Max = d.Y[0], d.Y[len(d.Y)-1]
	lo, hi := m.extremes()
	pan.alt = fmt.Sprintf("%s A map of %s over %s from %s to %s and %s from %s to %s: least, %s, at (%s, %s) and most, %s, at (%s, %s).", opening(d.Title, "Decision boundary"), what,
		orText(d.XLabel, "x"), number(p.X.Min, 3), number(p.X.Max, 3), orText(d.YLabel, "y"), number(p.Y.Min, 3), number(p.Y.Max, 3),
		write(m.lo), number(lo.x, 2), number(lo.y, 2), write(m.hi), number(hi.x, 2), number(hi.y, 2))
	if n := len(d.Draws); n > 0 {
		pan.alt += fmt.Sprintf(" Over it the decision boundaries of %s.", plural(n, "posterior draw"))
	}
	for k, n := range counts {
		if n > 0 {
			pan.alt += fmt.Sprintf(" Class %d: %s.", k, plural(n, "point"))
		}
		if n > 0 && d.Class != nil {
			pan.legend = append(pan.legend, entry{fmt.Sprintf("class %d", k), ringSample, classColour[k]})
		}
	}
	f := onePanel(pan)
	f.h = 400
	return f, nil
}

// classColour is the inside and, by contrast, the ring of a class's points on a map.
var classColour = [...]fixed{{255, 255, 255, 255}, {20, 20, 24, 255}, {213, 94, 0, 255}, {86, 180, 233, 255}}

func ringOf(c fixed) fixed {
	if luminance := 3*int(c.R) + 6*int(c.G) + int(c.B); luminance > 1400 {
		return fixed{20, 20, 24, 255}
	}
	return fixed{255, 255, 255, 255}
}

func ringed(c draw.Canvas, at vg.Point, r vg.Length, k fixed) {
	dot(c, at, r, ringOf(k))
	dot(c, at, 0.68*r, k)
}

type classDots struct {
	x, y  []float64
	class []int
}

func (d classDots) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	r := 1.5 * dotRadius(len(d.x))
	cell := r / 2
	if len(d.x) > 3000 {
		r, cell = 0.9, 1.2
	}
	seen := map[[3]int]bool{} // what is hidden by a dot of the same class is not drawn
	for i := range d.x {
		at := vg.Point{X: tx(d.x[i]), Y: ty(d.y[i])}
		key := [3]int{int(at.X / cell), int(at.Y / cell), d.class[i]}
		if c.Contains(at) && !seen[key] {
			seen[key] = true
			ringed(c, at, r, classColour[d.class[i]])
		}
	}
}

// A matrix is a named grid of values.
type matrix struct {
	name string
	v    [][]float64
}

func (m matrix) check(figure string, rows, cols int) error {
	if len(m.v) != rows {
		return fmt.Errorf("viz: %s: %s has %d rows, want %d (one for each place on Y)", figure, m.name, len(m.v), rows)
	}
	for j, row := range m.v {
		if len(row) != cols {
			return fmt.Errorf("viz: %s: %s[%d] has %d values, want %d (one for each place on X)", figure, m.name, j, len(row), cols)
		}
		if err := finite(figure, fmt.Sprintf("%s[%d]", m.name, j), row); err != nil {
			return err
		}
	}
	return nil
}

func evenlySpaced(figure, field string, x []float64) error {
	if err := increasing(figure, field, x); err != nil {
		return err
	}
	step := (x[len(x)-1] - x[0]) / float64(len(x)-1)
	for i := range x {
		if math.Abs(x[i]-x[0]-float64(i)*step) > 1e-3*step {
			return fmt.Errorf("viz: %s: %s[%d] = %v, but evenly spaced values would have %v there", figure, field, i, x[i], x[0]+float64(i)*step)
		}
	}
	return nil
}

func cloneGrid(g [][]float64) [][]float64 {
	out := make([][]float64, len(g))
	for j := range g {
		out[j] = cloneOf(g[j])
	}
	return out
}

// heat is a map of values on a grid, in viridis, linear between the grid's places.
type heat struct {
	x, y   []float64
	z      [][]float64
	lo, hi float64
}

func newHeat(x, y []float64, z [][]float64) heat {
	h := heat{cloneOf(x), cloneOf(y), cloneGrid(z), math.Inf(1), math.Inf(-1)}
	for _, row := range z {
		span(&h.lo, &h.hi, row...)
	}
	return h
}

type place struct{ x, y float64 }

func (h heat) extremes() (lo, hi place) {
	for j, row := range h.z {
		for i, v := range row {
			if v == h.lo {
				lo = place{h.x[i], h.y[j]}
			}
			if v == h.hi {
				hi = place{h.x[i], h.y[j]}
			}
		}
	}
	return lo, hi
}

func (h heat) Plot(c draw.Canvas, p *plot.Plot) {
	nx, ny := len(h.x)-1, len(h.y)-1
	table := viridisTable()
	raster(c, c.Rectangle, func(u, v float64) color.NRGBA {
		i, j := min(int(u*float64(nx)), nx-1), min(int(v*float64(ny)), ny-1)
		a, b := u*float64(nx)-float64(i), v*float64(ny)-float64(j)
		z := (1-a)*(1-b)*h.z[j][i] + a*(1-b)*h.z[j][i+1] + (1-a)*b*h.z[j+1][i] + a*b*h.z[j+1][i+1]
		if h.hi == h.lo {
			return table[0]
		}
		return ramp(table, (z-h.lo)/(h.hi-h.lo))
	})
}
