package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PredictiveCheckData is what was observed beside what the model would have observed.
type PredictiveCheckData struct {
	Title  string
	XLabel string // empty = "y"

	Observed   []float64
	Replicated [][]float64 // data sets drawn from the predictive distribution
	Support    [2]float64  // where values can be; zero = anywhere

	// Statistic, if given, is also compared: its value for each replicate and for the
	// data, e.g. the share of zeros or the largest value.
	Statistic     func([]float64) float64
	StatisticName string
}

// PredictiveCheck draws the distribution of the observed values over those of replicated
// data sets, at most 60 of them, and of these together: what the model cannot imitate it
// has not understood (Gelman, Meng and Stern, 1996). Whole numbers are drawn as shares,
// others as densities.
func PredictiveCheck(d PredictiveCheckData) (*Figure, error) {
	const name = "PredictiveCheck"
	if len(d.Observed) < 2 || len(d.Replicated) == 0 {
		return nil, fmt.Errorf("viz: %s: %d values of Observed and %d Replicated sets; it needs at least two and one", name, len(d.Observed), len(d.Replicated))
	}
	all := append([][]float64{d.Observed}, d.Replicated...)
	lo, hi := math.Inf(1), math.Inf(-1)
	whole := true
	for k, v := range all {
		field := "Observed"
		if k > 0 {
			field = fmt.Sprintf("Replicated[%d]", k-1)
		}
		if len(v) < 2 {
			return nil, fmt.Errorf("viz: %s: %s has %d values; a distribution needs at least two", name, field, len(v))
		}
		if err := finite(name, field, v); err != nil {
			return nil, err
		}
		if err := within(name, field, v, d.Support); err != nil {
			return nil, err
		}
		whole = whole && wholeNumbers(sorted(v))
		span(&lo, &hi, minOf(v), maxOf(v))
	}
	whole = whole && hi-lo <= 60
	shape := func(v []float64) (x, y []float64) { return kde(sorted(v), d.Support) }
	p := newPlot()
	pan := &panel{plot: p}
	p.X.Label.Text, p.Y.Label.Text = orText(d.XLabel, "y"), "density"
	p.Y.Tick.Marker = plot.ConstantTicks(nil)
	if whole {
		p.Y.Label.Text = "share"
		p.X.Tick.Marker, p.Y.Tick.Marker = &ticks{integer: true}, &ticks{}
		shape = func(v []float64) (x, y []float64) {
			y = histogram(v, lo-0.5, hi+0.5, int(hi-lo)+1)
			for i := range y {
				x, y[i] = append(x, lo+float64(i)), y[i]/float64(len(v))
			}
			return x, y
		}
	}
	x0, x1, top := math.Inf(1), math.Inf(-1), 0.0
	add := func(v []float64, c draw.LineStyle) {
		x, y := shape(v)
		p.Add(curve{x, y, c})
		span(&x0, &x1, x[0], x[len(x)-1])
		top = max(top, maxOf(y))
	}
	shown := d.Replicated[:min(60, len(d.Replicated))]
	for _, v := range shown {
		add(v, draw.LineStyle{Color: fade(Mean, 55), Width: 0.6})
	}
	if len(shown) > 1 {
		add(pooled(shown), draw.LineStyle{Color: Mean, Width: 2, Dashes: dashes})
	}
	add(d.Observed, draw.LineStyle{Color: Ink, Width: 2})
	if x0 == x1 {
		x0, x1 = x0-1, x1+1
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x0, x1, 0, 1.05*top
	pan.legend = []entry{{"observed", lineSample, Ink}, {"replicates", thinSample, Mean}}
	if len(shown) > 1 {
		pan.legend = append(pan.legend, entry{"replicates together", dashSample, Mean})
	}
	mean, sd := meanSD(d.Observed)
	alt := fmt.Sprintf("%s %s observed values, mean %s, sd %s, and %s.", opening(d.Title, "Posterior predictive check"),
		number(float64(len(d.Observed)), 7), number(mean, 3), number(sd, 3), plural(len(d.Replicated), "replicated data set"))
	if d.Statistic == nil {
		pan.title, pan.alt = d.Title, alt
		return onePanel(pan), nil
	}
	var t []float64
	above := 0.0
	observed := d.Statistic(d.Observed)
	for _, v := range d.Replicated {
		t = append(t, d.Statistic(v))
		if t[len(t)-1] >= observed {
			above++
		}
	}
	what := orText(d.StatisticName, "statistic")
	if err := finite(name, "Statistic of (observed, replicates)", append([]float64{observed}, t...)); err != nil {
		return nil, err
	}
	share := above / float64(len(t))
	right := newPlot()
	right.X.Label.Text, right.Y.Label.Text = what, "replicates"
	right.Y.Tick.Marker = plot.ConstantTicks(nil)
	left, end, bs := histogramBars(sorted(t), [2]float64{}, Mean)
	high := 0.0
	for _, b := range bs {
		high = max(high, b.y1)
	}
	right.Add(bs, upright{observed, draw.LineStyle{Color: Ink, Width: vg.Length(2)}})
	span(&left, &end, observed)
	right.X.Min, right.X.Max, _ = limits(name, 0, 0, left, end, 0.03)
	right.Y.Min, right.Y.Max = 0, 1.06*high
	check := &panel{plot: right, legend: []entry{{percent(math.Round(1000*share)/1000) + " are as large", noSample, Ink}}}
	f := &Figure{title: d.Title, panels: [][]*panel{{pan, check}}, wide: []float64{1.7, 1}, w: defaultWidth, h: defaultHeight}
	f.alt = alt + fmt.Sprintf(" The %s of the data is %s; of the replicates %s have one as large.", what, number(observed, 3), percent(math.Round(1000*share)/1000))
	return f, nil
}
