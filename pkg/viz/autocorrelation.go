package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg/draw"
)

// AutocorrelationData is one or more quantities of a sampler.
type AutocorrelationData struct {
	Title      string
	Quantities []Quantity // at most 12
	MaxLag     int        // 0 = 100, or half of the shortest chain if that is less
}

// Autocorrelation draws how much a draw still knows of the one that many steps before,
// chain by chain, with the band ± 1.96/√n in which 95 % of the values of independent
// draws would lie (n of the shortest chain).
func Autocorrelation(d AutocorrelationData) (*Figure, error) {
	const name = "Autocorrelation"
	if err := checkQuantities(name, d.Quantities, 12, 4); err != nil {
		return nil, err
	}
	n := math.MaxInt
	for _, q := range d.Quantities {
		for _, c := range q.Chains {
			n = min(n, len(c))
		}
	}
	lags := d.MaxLag
	switch {
	case lags == 0:
		lags = min(100, n/2)
	case lags < 1 || lags >= n:
		return nil, fmt.Errorf("viz: %s: MaxLag = %d; it must be from 1 to less than the shortest chain, %d", name, lags, n)
	}
	x := counts(lags + 1)
	for i := range x {
		x[i]--
	}
	band := 1.96 / math.Sqrt(float64(n))
	alt := opening(d.Title, "Autocorrelation")
	var panels []*panel
	for _, q := range d.Quantities {
		p := newPlot()
		pan := &panel{plot: p, title: q.Name}
		p.X.Label.Text, p.Y.Label.Text = "lag", "autocorrelation"
		p.X.Tick.Marker = &ticks{integer: true}
		p.Add(area{x, fill(len(x), -band), fill(len(x), band), fade(Prior, 50)}, level{0, draw.LineStyle{Color: axisGrey, Width: 0.8}})
		low := -band
		for i, c := range q.Chains {
			r := autocorrelation(c, lags)
			low = min(low, minOf(r))
			if len(q.Chains) == 1 {
				p.Add(stems{x, r, Mean})
			} else {
				p.Add(newCurve(x, r, Series(i), 1.2))
				pan.legend = append(pan.legend, entry{fmt.Sprintf("chain %d", i+1), lineSample, Series(i)})
			}
			alt += fmt.Sprintf(" %s, chain %d: %s at lag 1", orText(q.Name, "The quantity"), i+1, number(r[1], 2))
			if k := firstBelow(r, band); k > 0 {
				alt += fmt.Sprintf(", inside the band from lag %d on.", k)
			} else {
				alt += fmt.Sprintf(", %s at lag %d, still outside the band.", number(r[lags], 2), lags)
			}
		}
		pan.legend = append(pan.legend, entry{"95 % if independent", fillSample, fade(Prior, 70)})
		p.X.Min, p.X.Max = -0.01*float64(lags), float64(lags)
		p.Y.Min, p.Y.Max = min(-0.1, 1.1*low), 1.03
		pan.alt = alt
		panels = append(panels, pan)
	}
	f := tile(panels, niceColumns(len(panels)), d.Title)
	f.alt = alt
	f.share(true, true)
	return f, nil
}

// firstBelow returns the first lag whose autocorrelation is within the band, or 0.
func firstBelow(r []float64, band float64) int {
	for k, v := range r {
		if math.Abs(v) <= band {
			return k
		}
	}
	return 0
}

// fill returns n times v.
func fill(n int, v float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}
