package viz

import "fmt"

// SplitData is the uncertainty of predictions along one input, in two parts that add up.
type SplitData struct {
	Title          string
	XLabel, YLabel string // YLabel empty = "variance"

	X         []float64 // increasing
	Epistemic []float64 // at X, ≥ 0: variance of the mean, or mutual information
	Aleatoric []float64 // at X, ≥ 0: expected variance of the noise, or expected entropy

	DataX []float64 // where data were seen: small strokes on the axis
	Lines []VLine

	YMax float64 // 0: from the data
}

// Split draws epistemic and aleatoric uncertainty stacked on each other, on one scale:
// their sum is the total. Give variances (or entropies), which add; standard deviations
// do not.
func Split(d SplitData) (*Figure, error) {
	const name = "Split"
	if len(d.X) < 2 {
		return nil, fmt.Errorf("viz: %s: X has %d values; a curve needs at least two", name, len(d.X))
	}
	cols := []column{{"Epistemic", nonNil(d.Epistemic)}, {"Aleatoric", nonNil(d.Aleatoric)}}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	for _, c := range cols {
		if err := notNegative(name, c, "an uncertainty"); err != nil {
			return nil, err
		}
	}
	if err := finite(name, "DataX", d.DataX); err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, orText(d.YLabel, "variance")
	x := cloneOf(d.X)
	noise, total := cloneOf(d.Aleatoric), make([]float64, len(x))
	for i := range total {
		total[i] = noise[i] + d.Epistemic[i]
	}
	p.Add(area{x, make([]float64, len(x)), noise, Aleatoric}, area{x, noise, total, fade(Epistemic, 140)})
	p.Add(newCurve(x, noise, Series(5), 1), newCurve(x, total, Mean, 1.6))
	if len(d.DataX) > 0 {
		p.Add(rug{cloneOf(d.DataX), fade(Ink, 150)})
	}
	pan.legend = []entry{{"total", lineSample, Mean}, {"epistemic", fillSample, fade(Epistemic, 140)}, {"aleatoric", fillSample, Aleatoric}}
	if len(d.DataX) > 0 {
		pan.legend = append(pan.legend, entry{"data seen", tallySample, fade(Ink, 200)})
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	p.X.Min, p.X.Max = x[0], x[len(x)-1]
	var err error
	if p.Y.Min, p.Y.Max, err = limits(name, 0, d.YMax, 0, maxOf(total), 0.05); err != nil {
		return nil, err
	}
	p.Y.Min = 0
	at := func(v []float64, k int) string { return fmt.Sprintf("%s at %s", number(v[k], 3), number(x[k], 3)) }
	pan.alt = opening(d.Title, "Two kinds of uncertainty") + fmt.Sprintf(" Total %s over %s from %s to %s, stacked of two parts. The epistemic part goes from %s to %s; the aleatoric part from %s to %s.",
		orText(d.YLabel, "variance"), orText(d.XLabel, "x"), number(x[0], 4), number(x[len(x)-1], 4),
		at(d.Epistemic, argMin(d.Epistemic)), at(d.Epistemic, argMax(d.Epistemic)), at(noise, argMin(noise)), at(noise, argMax(noise)))
	if n := len(d.DataX); n > 0 {
		pan.alt += fmt.Sprintf(" %s on the axis between %s and %s.", plural(n, "data point"), number(minOf(d.DataX), 3), number(maxOf(d.DataX), 3))
	}
	pan.alt += linesAlt(d.Lines)
	return onePanel(pan), nil
}
