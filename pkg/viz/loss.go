package viz

import (
	"fmt"
	"image/color"
	"math"
	"slices"
)

// A Trace is one quantity followed over training.
type Trace struct {
	Name string
	Step []float64 // increasing; nil = 1, 2, 3, …
	Y    []float64 // a NaN or Inf is left out of the curve and mentioned in the alt text
	// Color of the curve; nil = the next of Series.
	Color color.Color
}

// LossData is one or more training traces.
type LossData struct {
	Title          string
	XLabel, YLabel string  // empty = "step", "loss (nats per row)"
	Traces         []Trace // at most 6 with a name and no colour of their own

	// Smooth draws the mean of this many neighbouring values over a pale trace;
	// 0 or 1 draws the trace as it is.
	Smooth int

	// YMin, YMax set the range; both 0: from the data, where a high start (above
	// the 98 % quantile by more than the spread below it) is cut off at the top.
	YMin, YMax float64
}

// Loss draws training traces.
func Loss(d LossData) (*Figure, error) {
	const name = "Loss"
	if len(d.Traces) == 0 {
		return nil, fmt.Errorf("viz: %s: no Traces; there is nothing to draw", name)
	}
	if d.Smooth < 0 {
		return nil, fmt.Errorf("viz: %s: Smooth = %d; it is a number of values", name, d.Smooth)
	}
	named := 0
	for _, t := range d.Traces {
		if t.Name != "" && t.Color == nil {
			named++
		}
	}
	if err := tellApart(name, "Traces", named); err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = orText(d.XLabel, "step"), orText(d.YLabel, "loss (nats per row)")
	p.X.Tick.Marker = &ticks{integer: true}
	var all []float64
	x0, x1 := math.Inf(1), math.Inf(-1)
	for i, t := range d.Traces {
		field := fmt.Sprintf("Traces[%d]", i)
		step := t.Step
		if step == nil {
			step = counts(len(t.Y))
		}
		if len(step) != len(t.Y) {
			return nil, fmt.Errorf("viz: %s: %s.Y has %d values and Step has %d; they must match", name, field, len(t.Y), len(step))
		}
		if err := finite(name, field+".Step", step); err != nil {
			return nil, err
		}
		if err := increasing(name, field+".Step", step); err != nil {
			return nil, err
		}
		x, y := onlyFinite(step, t.Y)
		if len(y) == 0 {
			return nil, fmt.Errorf("viz: %s: %s.Y has no finite value; there is nothing to draw", name, field)
		}
		all = append(all, y...)
		span(&x0, &x1, x[0], x[len(x)-1])
		c := Series(i)
		if t.Color != nil {
			c = color.NRGBAModel.Convert(t.Color).(color.NRGBA)
		}
		if d.Smooth > 1 && len(y) > 1 {
			p.Add(newCurve(x, y, fade(c, 70), 0.7))
			p.Add(newCurve(x, smooth(y, d.Smooth), c, 1.6))
		} else {
			p.Add(newCurve(x, y, c, 1.2))
		}
		if len(y) == 1 {
			p.Add(dots{x, y, 2, c})
		}
		if t.Name != "" {
			pan.legend = append(pan.legend, entry{t.Name, lineSample, c})
		}
	}
	if x0 == x1 {
		x0, x1 = x0-1, x1+1
	}
	p.X.Min, p.X.Max = x0, x1
	lo, hi := TraceRange(all)
	var err error
	if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.05); err != nil {
		return nil, err
	}
	pan.alt = lossAlt(d)
	return onePanel(pan), nil
}

// TraceRange returns the part of a trace's range worth showing: all of it, unless a
// few high values at the start would flatten the rest. y is finite and not empty.
func TraceRange(y []float64) (lo, hi float64) {
	s := slices.Clone(y)
	slices.Sort(s)
	lo, hi = s[0], s[len(s)-1]
	if q := s[int(0.98*float64(len(s)-1))]; len(s) >= 50 && hi-q > q-lo && q > lo {
		hi = q + 0.1*(q-lo)
	}
	return lo, hi
}

// smooth returns the centred moving mean over width values, fewer at the ends.
func smooth(y []float64, width int) []float64 {
	sum := make([]float64, len(y)+1)
	for i, v := range y {
		sum[i+1] = sum[i] + v
	}
	out := make([]float64, len(y))
	for i := range y {
		h := min(width/2, i, len(y)-1-i) // symmetric, so that a slope stays a slope
		out[i] = (sum[i+h+1] - sum[i-h]) / float64(2*h+1)
	}
	return out
}

// onlyFinite drops the pairs whose y is NaN or Inf.
func onlyFinite(x, y []float64) (fx, fy []float64) {
	for i := range y {
		if !math.IsNaN(y[i]) && !math.IsInf(y[i], 0) {
			fx, fy = append(fx, x[i]), append(fy, y[i])
		}
	}
	return fx, fy
}

func lossAlt(d LossData) string {
	s := opening(d.Title, "Training trace")
	for i, t := range d.Traces {
		step := t.Step
		if step == nil {
			step = counts(len(t.Y))
		}
		x, y := onlyFinite(step, t.Y)
		s += fmt.Sprintf(" %s goes from %s to %s over %s steps; its lowest value is %s, at step %s.", orText(t.Name, fmt.Sprintf("Trace %d", i+1)),
			number(y[0], 3), number(y[len(y)-1], 3), number(x[len(x)-1], 7), number(minOf(y), 3), number(x[argMin(y)], 7))
		if n := len(t.Y) - len(y); n > 0 {
			s += fmt.Sprintf(" %s not finite and left out.", plural(n, "value"))
		}
	}
	return s
}
