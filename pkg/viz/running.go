package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// A Run is one experiment: the relative frequency after each trial.
type Run struct {
	Name string
	N    []float64 // number of trials, increasing, from 1; nil = 1, 2, 3, …
	Freq []float64 // relative frequency after N trials
}

// A RunningPoint is one finished experiment, drawn as a labelled dot.
type RunningPoint struct {
	Label string  // e.g. "Pearson"
	N     float64 // number of trials
	Freq  float64 // relative frequency
}

// RunningData is a set of running frequencies. At least one run or point is needed.
type RunningData struct {
	Title          string
	XLabel, YLabel string // empty = "number of trials", "relative frequency"

	Runs   []Run
	Points []RunningPoint

	Reference float64 // the long-run value, dashed; 0 = ½, negative = none
	Funnel    bool    // shade Reference ± 2 standard errors √(p(1−p)/n)
	LogX      bool    // a logarithmic axis, on which the whole story shows

	YMin, YMax float64 // both 0: from the data
}

// Running draws relative frequencies as they settle down with the number of trials.
func Running(d RunningData) (*Figure, error) {
	const name = "Running"
	if len(d.Runs)+len(d.Points) == 0 {
		return nil, fmt.Errorf("viz: %s: no Runs and no Points; there is nothing to draw", name)
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = orText(d.XLabel, "number of trials"), orText(d.YLabel, "relative frequency")
	if d.LogX {
		p.X.Scale = plot.LogScale{}
		p.X.Tick.Marker = &ticks{log: true}
	}
	ref := d.Reference
	if ref == 0 {
		ref = 0.5
	}
	if math.IsNaN(ref) || d.Funnel && !(ref > 0 && ref < 1) {
		return nil, fmt.Errorf("viz: %s: Reference = %v; the funnel needs a probability between 0 and 1", name, d.Reference)
	}

	x0, x1, lo, hi := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	var curves []curve
	for i, r := range d.Runs {
		n := r.N
		if n == nil {
			n = counts(len(r.Freq))
		}
		field := fmt.Sprintf("Runs[%d]", i)
		if len(r.Freq) == 0 {
			return nil, fmt.Errorf("viz: %s: %s.Freq is empty; there is nothing to draw", name, field)
		}
		if err := sameLength(name, column{field + ".N", n}, column{field + ".Freq", r.Freq}); err != nil {
			return nil, err
		}
		if err := increasing(name, field+".N", n); err != nil {
			return nil, err
		}
		if !(n[0] > 0) {
			return nil, fmt.Errorf("viz: %s: %s.N[0] = %v; a number of trials is positive", name, field, n[0])
		}
		keep := thin(n, r.Freq, 700, d.LogX)
		curves = append(curves, newCurve(pick(n, keep), pick(r.Freq, keep), Series(i), 1.2))
		span(&x0, &x1, n[0], n[len(n)-1])
		span(&lo, &hi, r.Freq...)
		if r.Name != "" {
			pan.legend = append(pan.legend, entry{r.Name, lineSample, Series(i)})
		}
	}
	for i, q := range d.Points {
		if err := finite(name, fmt.Sprintf("Points[%d] (N, Freq)", i), []float64{q.N, q.Freq}); err != nil {
			return nil, err
		}
		if !(q.N > 0) {
			return nil, fmt.Errorf("viz: %s: Points[%d].N = %v; a number of trials is positive", name, i, q.N)
		}
		span(&x0, &x1, q.N)
		span(&lo, &hi, q.Freq)
	}
	if ref > 0 {
		span(&lo, &hi, ref)
	}
	if len(d.Runs) == 0 { // room beside lone points
		if d.LogX {
			x0, x1 = x0/1.6, x1*1.6
		} else {
			x0, x1 = 0, 1.06*x1
		}
	}
	if x0 == x1 {
		x0, x1 = 0.5*x0, 1.5*x1
	}
	p.X.Min, p.X.Max = x0, x1
	var err error
	if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.08); err != nil {
		return nil, err
	}

	if d.Funnel {
		p.Add(funnel(ref, x0, x1, d.LogX))
		pan.legend = append(pan.legend, entry{"± 2 standard errors", fillSample, Total})
	}
	if ref > 0 {
		p.Add(level{ref, draw.LineStyle{Color: Truth, Width: 1, Dashes: dashes}})
		pan.legend = append(pan.legend, entry{"long run " + ratio(ref), dashSample, Truth})
	}
	for _, c := range curves {
		p.Add(c)
		if len(c.x) == 1 {
			p.Add(dots{c.x, c.y, 2, c.line.Color})
		}
	}
	if len(d.Points) > 0 {
		p.Add(newLabelled(d.Points, curves, ref))
	}
	pan.alt = runningAlt(d, ref)
	return onePanel(pan), nil
}

// funnel is the region p ± 2√(p(1−p)/n) in which about 95 % of runs are after n trials.
func funnel(p, x0, x1 float64, log bool) area {
	const k = 300
	a := area{c: Total}
	x0 = math.Max(x0, x1*1e-9)
	for i := range k + 1 {
		t := float64(i) / k
		x := x0 + (x1-x0)*t*t // finer where it is steep
		if log {
			x = x0 * math.Pow(x1/x0, t)
		}
		se := 2 * math.Sqrt(p*(1-p)/x)
		a.x, a.lo, a.hi = append(a.x, x), append(a.lo, p-se), append(a.hi, p+se)
	}
	return a
}

func ratio(p float64) string {
	if p == 0.5 {
		return "½"
	}
	return number(p, 4)
}

// counts returns 1, 2, …, n.
func counts(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i + 1)
	}
	return v
}

func runningAlt(d RunningData, ref float64) string {
	s := opening(d.Title, "Running relative frequency")
	for i, r := range d.Runs {
		n := float64(len(r.Freq))
		if r.N != nil {
			n = r.N[len(r.N)-1]
		}
		s += fmt.Sprintf(" %s starts at %s and ends at %s after %s trials.", orText(r.Name, fmt.Sprintf("Run %d", i+1)),
			number(r.Freq[0], 3), number(r.Freq[len(r.Freq)-1], 4), number(n, 7))
	}
	for _, q := range d.Points {
		s += fmt.Sprintf(" %s: %s after %s trials.", q.Label, number(q.Freq, 4), number(q.N, 7))
	}
	if ref > 0 {
		s += fmt.Sprintf(" The dashed line is %s.", ratio(ref))
	}
	if d.Funnel {
		s += " The shaded funnel, two standard errors wide on each side, narrows with the square root of the number of trials."
	}
	return s
}
