package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// DensityData is a posterior, or any distribution, given by draws from it.
type DensityData struct {
	Title  string
	XLabel string // empty = "θ"

	Samples   []float64  // two or more, in any order
	Prob      float64    // of the interval; 0 = 0.95
	Central   bool       // the central interval instead of the shortest
	Support   [2]float64 // where θ can be, e.g. {0, 1} or {0, math.Inf(1)}; zero = anywhere
	Histogram bool       // bars instead of a smooth density; whole numbers always get bars

	Lines []VLine // e.g. the truth
}

// Density draws the density of a sample with its highest-density interval (HDI,
// the shortest one with the given probability) and its mean. The density is a kernel
// estimate that ends where the support does.
func Density(d DensityData) (*Figure, error) {
	const name = "Density"
	if len(d.Samples) < 2 {
		return nil, fmt.Errorf("viz: %s: Samples has %d values; a distribution needs at least two", name, len(d.Samples))
	}
	if err := finite(name, "Samples", d.Samples); err != nil {
		return nil, err
	}
	prob, err := probability(name, "Prob", d.Prob, 0.95)
	if err != nil {
		return nil, err
	}
	if err := within(name, "Samples", d.Samples, d.Support); err != nil {
		return nil, err
	}
	s := sorted(d.Samples)
	mean, _ := meanSD(s)
	lo, hi := hdi(s, prob)
	kind := "HDI"
	if d.Central {
		lo, hi, kind = quantile(s, (1-prob)/2), quantile(s, (1+prob)/2), "central interval"
	}

	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = orText(d.XLabel, "θ"), "density"
	p.Y.Tick.Marker = plot.ConstantTicks(nil) // heights of densities are not read off
	top, widen := 0.0, 0.0
	write3 := likeWidth(hi - lo)
	switch {
	case wholeNumbers(s) && d.Support == [2]float64{}:
		p.Y.Label.Text = "probability"
		p.Y.Tick.Marker = &ticks{}
		p.X.Tick.Marker = &ticks{integer: true}
		first, last := s[0], s[len(s)-1]
		var all bars
		for i, n := range histogram(s, first-0.5, last+0.5, int(last-first)+1) {
			v, c := first+float64(i), fade(Posterior, 90)
			if v >= lo && v <= hi {
				c = fade(Posterior, 170)
			}
			all = append(all, block{v - 0.42, v + 0.42, 0, n / float64(len(s)), onPaper(c)})
			top = max(top, n/float64(len(s)))
		}
		p.Add(all)
		p.X.Min, p.X.Max = first-0.6, last+0.6
		widen = 0.42
	case d.Histogram:
		var all bars
		p.X.Min, p.X.Max, all = histogramBars(s, d.Support, Posterior)
		for _, b := range all {
			top = max(top, b.y1)
		}
		p.Add(all)
	default:
		x, y := kde(s, d.Support)
		top = maxOf(y)
		p.Add(area{x, make([]float64, len(x)), y, fade(Posterior, 26)}, between(x, y, max(lo, x[0]), min(hi, x[len(x)-1]), fade(Posterior, 66)))
		p.Add(newCurve(x, y, Posterior, 2))
		p.X.Min, p.X.Max = x[0], x[len(x)-1]
	}
	p.Add(axisBar{lo - widen, hi + widen}, upright{mean, draw.LineStyle{Color: Mean, Width: 1.4}})
	pan.legend = []entry{
		{"mean " + write3(mean), lineSample, Mean},
		{fmt.Sprintf("%s %s [%s, %s]", percent(prob), kind, write3(lo), write3(hi)), barSample, Posterior},
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	for _, l := range d.Lines {
		span(&p.X.Min, &p.X.Max, l.X)
	}
	p.Y.Min, p.Y.Max = 0, 1.05*top
	pan.alt = opening(d.Title, "Posterior") + fmt.Sprintf(" The distribution of %s from %s draws: mean %s, %s %s from %s to %s.", orText(d.XLabel, "θ"), number(float64(len(s)), 7), write3(mean), percent(prob), kind, write3(lo), write3(hi)) + linesAlt(d.Lines)
	return onePanel(pan), nil
}

// histogramBars returns the bars of a density histogram of a sorted sample, and its range.
func histogramBars(s []float64, support [2]float64, c color.NRGBA) (lo, hi float64, bs bars) {
	lo, hi, bins := niceBins(s)
	if support != [2]float64{} {
		lo, hi = math.Max(lo, support[0]), math.Min(hi, support[1])
	}
	w := (hi - lo) / float64(bins)
	for i, n := range histogram(s, lo, hi, bins) {
		left := lo + float64(i)*w
		bs = append(bs, block{left + 0.03*w, left + 0.97*w, 0, n / (w * float64(len(s))), onPaper(fade(c, 150))})
	}
	return lo, hi, bs
}

// probability checks a probability strictly between 0 and 1; 0 means usual.
func probability(figure, field string, p, usual float64) (float64, error) {
	if p == 0 {
		return usual, nil
	}
	if !(p > 0 && p < 1) {
		return 0, fmt.Errorf("viz: %s: %s = %v; a probability lies between 0 and 1", figure, field, p)
	}
	return p, nil
}

// within reports the first value outside a support.
func within(figure, field string, v []float64, support [2]float64) error {
	if support == [2]float64{} {
		return nil
	}
	if !(support[0] < support[1]) {
		return fmt.Errorf("viz: %s: Support = %v; its ends must be in order", figure, support)
	}
	for i, x := range v {
		if !(x >= support[0] && x <= support[1]) {
			return fmt.Errorf("viz: %s: %s[%d] = %v is outside the support from %v to %v", figure, field, i, x, support[0], support[1])
		}
	}
	return nil
}

func percent(p float64) string { return number(100*p, 4) + " %" }
