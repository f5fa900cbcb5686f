package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// PriorPosteriorData is a belief about one number before and after seeing data,
// as densities on a common grid. At least one curve is needed.
type PriorPosteriorData struct {
	Title  string
	XLabel string // empty = "θ"

	X          []float64 // increasing grid
	Prior      []float64 // density at X; nil = not drawn
	Likelihood []float64 // any multiple of it, at X: drawn scaled to unit area; nil = not drawn
	Posterior  []float64 // density at X; nil = not drawn

	// A credible interval, shaded under the posterior and drawn on the axis;
	// Lo = Hi = 0 draws none.
	Lo, Hi        float64
	IntervalLabel string // e.g. "95 % interval"; empty = "credible interval"

	Lines []VLine // e.g. the truth, or the estimate of maximum likelihood
}

// PriorPosterior draws prior, likelihood and posterior over each other.
func PriorPosterior(d PriorPosteriorData) (*Figure, error) {
	const name = "PriorPosterior"
	if len(d.X) < 2 {
		return nil, fmt.Errorf("viz: %s: X has %d values; a density needs at least two", name, len(d.X))
	}
	if d.Prior == nil && d.Likelihood == nil && d.Posterior == nil {
		return nil, fmt.Errorf("viz: %s: no Prior, no Likelihood and no Posterior; there is nothing to draw", name)
	}
	cols := []column{{"Prior", d.Prior}, {"Likelihood", d.Likelihood}, {"Posterior", d.Posterior}}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	for _, c := range cols {
		for i, v := range c.v {
			if v < 0 {
				return nil, fmt.Errorf("viz: %s: %s[%d] = %v; a density cannot be negative (is it a log density?)", name, c.name, i, v)
			}
		}
	}
	hasInterval := d.Lo != 0 || d.Hi != 0
	if hasInterval && !(d.Lo <= d.Hi && d.Lo >= d.X[0] && d.Hi <= d.X[len(d.X)-1]) {
		return nil, fmt.Errorf("viz: %s: the interval [Lo, Hi] = [%v, %v] must be in order and within X = [%v, %v]", name, d.Lo, d.Hi, d.X[0], d.X[len(d.X)-1])
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = orText(d.XLabel, "θ"), "density"
	p.Y.Tick.Marker = plot.ConstantTicks(nil) // heights of densities are not read off
	x := cloneOf(d.X)
	zero := make([]float64, len(x))
	top := 0.0

	if d.Prior != nil {
		p.Add(area{x, zero, cloneOf(d.Prior), fade(Prior, 36)}, newCurve(x, cloneOf(d.Prior), Prior, 1.2))
		pan.legend = append(pan.legend, entry{"prior", lineSample, Prior})
		top = max(top, maxOf(d.Prior))
	}
	if d.Posterior != nil {
		if hasInterval {
			p.Add(between(d.X, d.Posterior, d.Lo, d.Hi, fade(Posterior, 66)))
		}
		p.Add(newCurve(x, cloneOf(d.Posterior), Posterior, 2))
		pan.legend = append(pan.legend, entry{"posterior", lineSample, Posterior})
		top = max(top, maxOf(d.Posterior))
	}
	// On top of the posterior: with a flat prior they are the same curve.
	if d.Likelihood != nil {
		l, total := cloneOf(d.Likelihood), area1(d.X, d.Likelihood)
		if !(total > 0) || math.IsInf(total, 0) {
			return nil, fmt.Errorf("viz: %s: the area under Likelihood is %v; it underflows: subtract the largest log likelihood before exp", name, total)
		}
		for i := range l {
			l[i] /= total
		}
		p.Add(newCurve(x, l, Mean, 1, 4, 4))
		pan.legend = append(pan.legend, entry{"likelihood (scaled)", dashSample, Mean})
		top = max(top, maxOf(l))
	}
	if !(top > 0) {
		return nil, fmt.Errorf("viz: %s: every density is zero everywhere; there is nothing to draw", name)
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	if hasInterval {
		p.Add(axisBar{d.Lo, d.Hi})
		pan.legend = append(pan.legend, entry{fmt.Sprintf("%s [%s, %s]", orText(d.IntervalLabel, "credible interval"), number(d.Lo, 3), number(d.Hi, 3)), barSample, Posterior})
	}
	p.X.Min, p.X.Max = d.X[0], d.X[len(d.X)-1]
	p.Y.Min, p.Y.Max = 0, 1.05*top
	pan.alt = priorPosteriorAlt(d, hasInterval)
	return onePanel(pan), nil
}

// axisBar is a thick line on the axis from lo to hi.
type axisBar struct{ lo, hi float64 }

func (b axisBar) Plot(c draw.Canvas, p *plot.Plot) {
	x0, x1 := c.X(p.X.Norm(b.lo)), c.X(p.X.Norm(b.hi))
	c.StrokeLine2(draw.LineStyle{Color: Posterior, Width: 3.5}, x0, c.Min.Y+1.75, x1, c.Min.Y+1.75)
}

// between is the area under y from lo to hi, with its edges interpolated.
func between(x, y []float64, lo, hi float64, c color.NRGBA) area {
	a := area{c: c}
	add := func(v, h float64) { a.x, a.lo, a.hi = append(a.x, v), append(a.lo, 0), append(a.hi, h) }
	add(lo, interpolate(x, y, lo))
	for i := range x {
		if x[i] > lo && x[i] < hi {
			add(x[i], y[i])
		}
	}
	add(hi, interpolate(x, y, hi))
	return a
}

// interpolate returns y at v, linear between the grid points; v is within x.
func interpolate(x, y []float64, v float64) float64 {
	for i := 1; i < len(x); i++ {
		if v <= x[i] {
			t := (v - x[i-1]) / (x[i] - x[i-1])
			return y[i-1] + t*(y[i]-y[i-1])
		}
	}
	return y[len(y)-1]
}

// area1 is the area under y by the trapezium rule.
func area1(x, y []float64) float64 {
	s := 0.0
	for i := 1; i < len(x); i++ {
		s += (x[i] - x[i-1]) * (y[i] + y[i-1]) / 2
	}
	return s
}

func priorPosteriorAlt(d PriorPosteriorData, interval bool) string {
	x := orText(d.XLabel, "θ")
	s := opening(d.Title, "Belief about "+x+" before and after the data")
	peak := func(what string, y []float64) {
		if y != nil {
			if lo, hi := minOf(y), maxOf(y); hi-lo <= 1e-9*hi {
				s += fmt.Sprintf(" The %s is flat.", what)
				return
			}
			s += fmt.Sprintf(" The %s is highest at %s = %s.", what, x, number(d.X[argMax(y)], 3))
		}
	}
	peak("prior", d.Prior)
	peak("likelihood", d.Likelihood)
	peak("posterior", d.Posterior)
	if interval {
		s += fmt.Sprintf(" The %s runs from %s to %s.", orText(d.IntervalLabel, "credible interval"), number(d.Lo, 3), number(d.Hi, 3))
	}
	return s + linesAlt(d.Lines)
}
