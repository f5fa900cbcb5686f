package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ForestData is several quantities given by draws, one row each.
type ForestData struct {
	Title  string
	XLabel string

	Quantities []Quantity // first one on top; at most 60
	Prob       float64    // of the outer interval; 0 = 0.95
	Combined   bool       // one interval for all chains together instead of one each
	Lines      []VLine    // e.g. zero: no effect
}

// Forest draws, for each quantity, the median as a dot, the middle half as a thick bar
// and the shortest interval with probability Prob as a thin one. Chains that agree have
// intervals that agree.
func Forest(d ForestData) (*Figure, error) {
	const name = "Forest"
	if err := checkQuantities(name, d.Quantities, 60, 2); err != nil {
		return nil, err
	}
	prob, err := probability(name, "Prob", d.Prob, 0.95)
	if err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text = d.XLabel
	n := len(d.Quantities)
	labels := make([]string, n)
	lo, hi, most := math.Inf(1), math.Inf(-1), 1
	alt := opening(d.Title, "Forest plot")
	for i, q := range d.Quantities {
		labels[n-1-i] = q.Name
		chains := q.Chains
		if d.Combined {
			chains = [][]float64{pooled(chains)}
		}
		most = max(most, len(chains))
		for c, chain := range chains {
			s := sorted(chain)
			r := forestRow{y: float64(n-1-i) + offset(c, len(chains)), c: c, crowd: n * len(chains)}
			r.at, r.q1, r.q3 = quantile(s, 0.5), quantile(s, 0.25), quantile(s, 0.75)
			r.lo, r.hi = hdi(s, prob)
			span(&lo, &hi, r.lo, r.hi)
			p.Add(r)
		}
		s := sorted(pooled(chains))
		a, b := hdi(s, prob)
		write := likeWidth(b - a)
		alt += fmt.Sprintf(" %s: median %s, %s HDI from %s to %s.", orText(q.Name, fmt.Sprintf("Row %d", i+1)), write(quantile(s, 0.5)), percent(prob), write(a), write(b))
	}
	pan.legend = []entry{{"median", dotSample, Series(0)}, {"middle half", barSample, Series(0)}, {percent(prob) + " HDI", lineSample, Series(0)}}
	if most > 1 {
		for c := range most {
			pan.legend = append(pan.legend, entry{fmt.Sprintf("chain %d", c+1), fillSample, Series(c)})
		}
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	for _, l := range d.Lines {
		span(&lo, &hi, l.X)
	}
	p.Y.Tick.Marker = &ticks{names: labels}
	p.Y.Min, p.Y.Max = -0.6, float64(n)-0.4
	if p.X.Min, p.X.Max, err = limits(name, 0, 0, lo, hi, 0.05); err != nil {
		return nil, err
	}
	pan.alt = alt + linesAlt(d.Lines)
	f := onePanel(pan)
	f.h = max(180, min(2400, 96+max(22*n, 8*n*(most+1))))
	return f, nil
}

// offset spreads k chains around a row.
func offset(c, k int) float64 { return -0.62 * (float64(c) - float64(k-1)/2) / float64(k) }

type forestRow struct {
	y, at, q1, q3, lo, hi float64
	c, crowd              int
}

func (r forestRow) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	y := ty(r.y)
	bar := func(a, b float64, w vg.Length) {
		c.StrokeLines(draw.LineStyle{Color: Series(r.c), Width: w}, c.ClipLinesX([]vg.Point{{X: tx(a), Y: y}, {X: tx(b), Y: y}})...)
	}
	bar(r.lo, r.hi, 1.1)
	bar(r.q1, r.q3, 3)
	if x := tx(r.at); c.ContainsX(x) {
		dot(c, vg.Point{X: x, Y: y}, 2.6, paper)
		dot(c, vg.Point{X: x, Y: y}, 1.9, Series(r.c))
	}
}
