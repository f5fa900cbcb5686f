package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A BarSeries is one set of bars.
type BarSeries struct {
	Name string
	Y    []float64 // heights ≥ 0
	// Lo and Hi are the ends of an interval around each height; nil = none drawn.
	Lo, Hi []float64
	// Color of the bars; nil = Mean for the first, then Posterior, then Series.
	Color color.Color
}

// BarsData is a discrete distribution, or several side by side: over whole
// numbers X, or over Names.
type BarsData struct {
	Title          string
	XLabel, YLabel string // YLabel empty = "probability"

	X      []float64 // whole numbers, increasing; nil = 0, 1, 2, …
	Names  []string  // names instead of numbers
	Series []BarSeries

	Highlight     []int  // indices of bars to colour as what is asked about (vermillion)
	HighlightName string // e.g. "14 heads or more"

	Values bool    // write each bar's height above it, if there is room
	Lines  []VLine // e.g. what was observed
	YMax   float64 // 0: from the data
}

const maxBars = 2000

// Bars draws a discrete distribution, of at most 2000 bars.
func Bars(d BarsData) (*Figure, error) {
	const name = "Bars"
	if len(d.Series) == 0 || len(d.Series[0].Y) == 0 {
		return nil, fmt.Errorf("viz: %s: no Series, or an empty first one; there is nothing to draw", name)
	}
	n := len(d.Series[0].Y)
	if n > maxBars {
		return nil, fmt.Errorf("viz: %s: %d bars; at most %d can be told apart (Density draws samples, Curves long series)", name, n, maxBars)
	}
	x := d.X
	if x == nil {
		x = counts(n)
		for i := range x {
			x[i]--
		}
	}
	if d.Names != nil && (d.X != nil || len(d.Names) != n) {
		return nil, fmt.Errorf("viz: %s: %d Names for %d bars, X given: %v; give one name a bar and no X", name, len(d.Names), n, d.X != nil)
	}
	var cols []column
	for i, s := range d.Series {
		field := fmt.Sprintf("Series[%d]", i)
		cols = append(cols, column{field + ".Y", nonNil(s.Y)}, column{field + ".Lo", s.Lo}, column{field + ".Hi", s.Hi})
		if (s.Lo == nil) != (s.Hi == nil) {
			return nil, fmt.Errorf("viz: %s: %s has only one of Lo and Hi; an interval has two ends", name, field)
		}
	}
	if err := sameLength(name, column{"X", x}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", x); err != nil {
		return nil, err
	}
	for _, c := range cols {
		for i, v := range c.v {
			if v < 0 {
				return nil, fmt.Errorf("viz: %s: %s[%d] = %v; a bar cannot be negative", name, c.name, i, v)
			}
		}
	}
	lit := make([]bool, n)
	for _, i := range d.Highlight {
		if i < 0 || i >= n {
			return nil, fmt.Errorf("viz: %s: Highlight holds %d, but there are %d bars", name, i, n)
		}
		lit[i] = true
	}
	p := newBarePlot()
	p.Add(newGrid(false)) // bars are upright lines enough
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, orText(d.YLabel, "probability")
	p.X.Tick.Marker = &ticks{integer: true, names: d.Names}
	p.X.Tick.Length = 0
	gap := 1.0
	for i := 1; i < n; i++ {
		gap = math.Min(gap, x[i]-x[i-1])
	}
	k := float64(len(d.Series))
	group := 0.86 * gap // of the room between neighbours
	if d.Names != nil {
		group = 0.62 * gap
	}
	width, top := group/k, 0.0
	for s, series := range d.Series {
		c := Series(s)
		if series.Color != nil {
			c = color.NRGBAModel.Convert(series.Color).(color.NRGBA)
		}
		top = max(top, maxOf(series.Y))
		var spans whiskers
		var on, off bars
		for i, h := range series.Y {
			left := x[i] - group/2 + float64(s)*width
			if series.Lo != nil {
				if !(series.Lo[i] <= h && h <= series.Hi[i]) {
					return nil, fmt.Errorf("viz: %s: Series[%d]: the height %v of bar %d is outside [Lo, Hi] = [%v, %v]", name, s, h, i, series.Lo[i], series.Hi[i])
				}
				spans = append(spans, whisker{left + 0.5*width, series.Lo[i], series.Hi[i]})
				top = max(top, series.Hi[i])
			}
			b := block{left + 0.03*width, left + 0.97*width, 0, h, onPaper(fade(c, 185))}
			if lit[i] && s == 0 {
				b.c = onPaper(fade(Posterior, 215))
				on = append(on, b)
			} else {
				off = append(off, b)
			}
		}
		p.Add(off, on, spans)
		if d.Values {
			room := width
			if k == 1 {
				room = gap
			}
			p.Add(heights{append(off, on...), spans, room})
		}
		if series.Name != "" {
			pan.legend = append(pan.legend, entry{series.Name, fillSample, onPaper(fade(c, 185))})
		}
	}
	if d.HighlightName != "" && len(d.Highlight) > 0 {
		pan.legend = append(pan.legend, entry{d.HighlightName, fillSample, onPaper(fade(Posterior, 215))})
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	p.X.Min, p.X.Max = x[0]-0.6*gap, x[n-1]+0.6*gap
	for _, l := range d.Lines {
		span(&p.X.Min, &p.X.Max, l.X)
	}
	p.Y.Min, p.Y.Max = 0, 1.06*top
	if d.Values {
		p.Y.Max = 1.12 * top
	}
	if top == 0 {
		p.Y.Max = 1
	}
	if d.YMax != 0 {
		if !(d.YMax > 0) || math.IsInf(d.YMax, 0) {
			return nil, fmt.Errorf("viz: %s: YMax = %v; it must be positive", name, d.YMax)
		}
		p.Y.Max = d.YMax
	}
	pan.alt = barsAlt(d, x)
	return onePanel(pan), nil
}

type bars []block

func (bs bars) Plot(c draw.Canvas, p *plot.Plot) {
	for _, b := range bs {
		b.Plot(c, p)
	}
}

// A whisker is an upright interval at x.
type whisker struct{ x, lo, hi float64 }

type whiskers []whisker

func (ws whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	for _, w := range ws {
		c.StrokeLines(draw.LineStyle{Color: Ink, Width: 1.1}, c.ClipLinesXY([]vg.Point{{X: tx(w.x), Y: ty(w.lo)}, {X: tx(w.x), Y: ty(w.hi)}})...)
	}
}

// heights writes each bar's height above it, if there is room for all of them.
type heights struct {
	bars  bars
	spans whiskers
	room  float64 // on the x axis, for each
}

func (hs heights) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	sty := style(legendSize, 0, draw.XCenter, draw.YBottom)
	for _, b := range hs.bars {
		if sty.Width(number(b.y1, 3)) > tx(hs.room)-tx(0) {
			return
		}
	}
	for _, b := range hs.bars {
		at := vg.Point{X: tx((b.x0 + b.x1) / 2), Y: ty(b.y1) + 3.5}
		for _, w := range hs.spans { // above the interval, too
			if w.x > b.x0 && w.x < b.x1 {
				at.Y = ty(w.hi) + 3.5
			}
		}
		if at.Y < c.Max.Y {
			c.FillText(sty, at, number(b.y1, 3))
		}
	}
}

func barsAlt(d BarsData, x []float64) string {
	s := opening(d.Title, "Bars")
	label := func(i int) string {
		if d.Names != nil {
			return d.Names[i]
		}
		return number(x[i], 6)
	}
	for i, b := range d.Series {
		name := orText(b.Name, orText(d.YLabel, "probability"))
		if len(d.Series) > 1 && b.Name == "" {
			name = fmt.Sprintf("Series %d", i+1)
		}
		if len(b.Y) <= 6 {
			s += " " + name + ":"
			for j, v := range b.Y {
				if j > 0 {
					s += ","
				}
				s += fmt.Sprintf(" %s %s", label(j), number(v, 3))
				if b.Lo != nil {
					s += fmt.Sprintf(" (%s to %s)", number(b.Lo[j], 3), number(b.Hi[j], 3))
				}
			}
			s += "."
			continue
		}
		j := argMax(b.Y)
		s += fmt.Sprintf(" %s over %s from %s to %s, highest at %s: %s.", name, orText(d.XLabel, "x"), label(0), label(len(b.Y)-1), label(j), number(b.Y[j], 3))
	}
	if len(d.Highlight) > 0 {
		sum := 0.0
		for _, i := range d.Highlight {
			sum += d.Series[0].Y[i]
		}
		s += fmt.Sprintf(" Highlighted: %s, %s in all.", orText(d.HighlightName, plural(len(d.Highlight), "bar")), number(sum, 3))
	}
	return s + linesAlt(d.Lines)
}
