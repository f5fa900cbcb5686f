package echart

import (
	"math"
	"slices"

	"github.com/credence-bnn/credence/pkg/viz"
)

// Loss makes an explorer of training traces (say the mean NLL, KL/N and their sum):
// drag the handles to zoom, hover for values, click a name in the legend to hide its curve. It
// takes what [viz.Loss] takes and reports the same errors. A NaN is a gap.
func Loss(d viz.LossData) (*Chart, error) {
	fig, err := viz.Loss(d)
	if err != nil {
		return nil, err
	}
	a := axes{title: d.Title, x: orText(d.XLabel, "step"), y: orText(d.YLabel, "loss (nats per row)"), yLo: d.YMin, yHi: d.YMax}
	var curves []curve
	var all []float64
	for i, t := range d.Traces {
		k := curve{name: orText(t.Name, "loss"), x: t.Step, y: t.Y, c: viz.Series(i), width: 1.4, alpha: 1}
		if k.x == nil {
			k.x = counts(len(t.Y))
		}
		if t.Color != nil {
			k.c = t.Color
		}
		curves = append(curves, k)
		for _, v := range t.Y {
			if isFinite(v) {
				all = append(all, v)
			}
		}
	}
	if a.yLo == 0 && a.yHi == 0 {
		a.yLo, a.yHi = viz.TraceRange(all)
	}
	return lines(a, curves, fig), nil
}

// Running makes an explorer of running relative frequencies. It takes what
// [viz.Running] takes and reports the same errors; the funnel is drawn as its two
// edges, and single experiments (Points) appear in the picture only.
func Running(d viz.RunningData) (*Chart, error) {
	fig, err := viz.Running(d)
	if err != nil {
		return nil, err
	}
	a := axes{title: d.Title, x: orText(d.XLabel, "number of trials"), y: orText(d.YLabel, "relative frequency"), logX: d.LogX, yLo: d.YMin, yHi: d.YMax}
	var curves []curve
	x0, x1 := math.Inf(1), 0.0
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, r := range d.Runs {
		k := curve{name: orText(r.Name, "frequency"), x: r.N, y: r.Freq, c: viz.Series(i), width: 1.4, alpha: 1}
		if k.x == nil {
			k.x = counts(len(r.Freq))
		}
		x0, x1 = math.Min(x0, k.x[0]), math.Max(x1, k.x[len(k.x)-1])
		curves = append(curves, k)
		lo, hi = math.Min(lo, slices.Min(k.y)), math.Max(hi, slices.Max(k.y))
	}
	if a.yLo == 0 && a.yHi == 0 {
		a.yLo, a.yHi = lo-0.1*(hi-lo), hi+0.1*(hi-lo)
	}
	for _, q := range d.Points {
		x0, x1 = math.Min(x0, q.N), math.Max(x1, q.N)
	}
	ref := d.Reference
	if ref == 0 {
		ref = 0.5
	}
	if ref > 0 {
		curves = append(curves, curve{name: "long run", x: []float64{x0, x1}, y: []float64{ref, ref}, c: viz.Truth, width: 1, alpha: 1, dashed: true})
	}
	if d.Funnel {
		up := curve{name: "± 2 standard errors", c: viz.Total, width: 1.4, alpha: 1}
		down := up
		for i := range 201 {
			x := x0 * math.Pow(x1/x0, float64(i)/200)
			se := 2 * math.Sqrt(ref*(1-ref)/x)
			up.x, up.y = append(up.x, x), append(up.y, ref+se)
			down.x, down.y = append(down.x, x), append(down.y, ref-se)
		}
		curves = append(curves, up, down)
	}
	return lines(a, curves, fig), nil
}
