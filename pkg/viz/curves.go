package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
)

// A Curve is one function, or one set of points, of a Curves figure.
type Curve struct {
	Name   string
	X      []float64 // nil = the figure's X; increasing
	Y      []float64
	Dashed bool // a reference to compare with
	Dots   bool // points instead of a line: what was measured
	// Color of the curve; nil = the next of Series, or Truth when Dashed, or Ink for Dots.
	Color color.Color
}

// CurvesData is a few functions over one axis, for what has no figure of its own.
type CurvesData struct {
	Title          string
	XLabel, YLabel string

	X      []float64 // shared by the curves that have no X of their own
	Curves []Curve   // at most 6 with a name and no colour of their own
	Lines  []VLine

	LogX, LogY bool
	YMin, YMax float64 // both 0: from the data
}

// Curves draws functions and points over each other.
func Curves(d CurvesData) (*Figure, error) {
	const name = "Curves"
	if len(d.Curves) == 0 {
		return nil, fmt.Errorf("viz: %s: no Curves; there is nothing to draw", name)
	}
	named := 0
	for _, k := range d.Curves {
		if k.Name != "" && k.Color == nil && !k.Dots && !k.Dashed {
			named++
		}
	}
	if err := tellApart(name, "Curves", named); err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, d.YLabel
	logAxis(&p.X, d.LogX)
	logAxis(&p.Y, d.LogY)
	x0, x1, lo, hi := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	next, whole := 0, !d.LogX
	alt := opening(d.Title, "Curves")
	for i, k := range d.Curves {
		field := fmt.Sprintf("Curves[%d]", i)
		x := k.X
		if x == nil {
			x = d.X
		}
		if len(x) == 0 {
			return nil, fmt.Errorf("viz: %s: %s has no X, and the figure has none; there is nothing to draw", name, field)
		}
		if err := sameLength(name, column{field + ".X", x}, column{field + ".Y", nonNil(k.Y)}); err != nil {
			return nil, err
		}
		if err := increasing(name, field+".X", x); err != nil {
			return nil, err
		}
		if d.LogX && !(x[0] > 0) || d.LogY && !(minOf(k.Y) > 0) {
			return nil, fmt.Errorf("viz: %s: %s reaches 0 or less; a logarithmic axis needs positive values", name, field)
		}
		span(&x0, &x1, x[0], x[len(x)-1])
		span(&lo, &hi, minOf(k.Y), maxOf(k.Y))
		whole = whole && wholeNumbers(x)
		var c color.NRGBA
		switch {
		case k.Color != nil:
			c = color.NRGBAModel.Convert(k.Color).(color.NRGBA)
		case k.Dots:
			c = Ink
		case k.Dashed:
			c = Truth
		default:
			c = Series(next)
			next++
		}
		kind := lineSample
		switch {
		case k.Dots:
			kind = dotSample
			p.Add(dots{cloneOf(x), cloneOf(k.Y), 2.2, c})
		case k.Dashed:
			kind = dashSample
			p.Add(newCurve(cloneOf(x), cloneOf(k.Y), c, 1.1, dashes...))
		default:
			p.Add(newCurve(cloneOf(x), cloneOf(k.Y), c, 1.6))
		}
		if k.Name != "" {
			pan.legend = append(pan.legend, entry{k.Name, kind, c})
		}
		alt += curveAlt(k, x, i)
	}
	if x0 == x1 {
		x0, x1 = 0.9*x0, 1.1*x1
		if x0 == x1 {
			x0, x1 = -1, 1
		}
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	p.X.Min, p.X.Max = x0, x1
	if whole { // layers, units, steps: no marks between them
		p.X.Tick.Marker = &ticks{integer: true}
	}
	var err error
	if d.LogY && d.YMin == 0 && d.YMax == 0 {
		p.Y.Min, p.Y.Max = lo/1.2, hi*1.2
	} else if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.05); err != nil {
		return nil, err
	}
	if d.LogY && !(p.Y.Min > 0) {
		return nil, fmt.Errorf("viz: %s: YMin = %v; a logarithmic axis needs positive values", name, p.Y.Min)
	}
	pan.alt = alt + linesAlt(d.Lines)
	return onePanel(pan), nil
}

// logAxis makes an axis logarithmic.
func logAxis(a *plot.Axis, on bool) {
	if on {
		a.Scale = plot.LogScale{}
		a.Tick.Marker = &ticks{log: true}
	}
}

func curveAlt(k Curve, x []float64, i int) string {
	last, top := len(x)-1, argMax(k.Y)
	s := fmt.Sprintf(" %s goes from %s at %s to %s at %s", orText(k.Name, fmt.Sprintf("Curve %d", i+1)),
		number(k.Y[0], 3), number(x[0], 4), number(k.Y[last], 3), number(x[last], 4))
	if top > 0 && top < last {
		s += fmt.Sprintf(", highest at %s with %s", number(x[top], 4), number(k.Y[top], 3))
	}
	return s + "."
}
