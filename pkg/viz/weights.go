package viz

import (
	"fmt"
	"math"
)

// A LayerWeights is the weights of one layer.
type LayerWeights struct {
	Name    string
	W       []float64
	PriorSD float64 // of a normal prior with mean 0, drawn as a curve; 0 = none
}

// WeightsData is the weights of a network, layer by layer.
type WeightsData struct {
	Title  string
	Layers []LayerWeights // at most 12
}

// Weights draws a histogram of each layer's weights, as densities, with the prior they
// were drawn from or pulled towards.
func Weights(d WeightsData) (*Figure, error) {
	const name = "Weights"
	if len(d.Layers) == 0 || len(d.Layers) > 12 {
		return nil, fmt.Errorf("viz: %s: %d Layers; it draws from 1 to 12", name, len(d.Layers))
	}
	alt := opening(d.Title, "Weights by layer")
	var panels []*panel
	for i, l := range d.Layers {
		field := fmt.Sprintf("Layers[%d]", i)
		if len(l.W) == 0 {
			return nil, fmt.Errorf("viz: %s: %s.W is empty; there is nothing to draw", name, field)
		}
		if err := finite(name, field+".W", l.W); err != nil {
			return nil, err
		}
		if l.PriorSD < 0 || math.IsNaN(l.PriorSD) || math.IsInf(l.PriorSD, 0) {
			return nil, fmt.Errorf("viz: %s: %s.PriorSD = %v; a standard deviation is positive", name, field, l.PriorSD)
		}
		p := newPlot()
		pan := &panel{plot: p, title: l.Name}
		p.X.Label.Text, p.Y.Label.Text = "weight", "density"
		s := sorted(l.W)
		lo, hi, all := histogramBars(s, [2]float64{}, Mean)
		top := 0.0
		for _, b := range all {
			top = max(top, b.y1)
		}
		p.Add(all)
		mean, sd := meanSD(s)
		alt += fmt.Sprintf(" %s: %s, mean %s, sd %s", orText(l.Name, fmt.Sprintf("Layer %d", i+1)), plural(len(s), "weight"), number(mean, 2), number(sd, 3))
		if l.PriorSD > 0 {
			span(&lo, &hi, -2.5*l.PriorSD, 2.5*l.PriorSD)
			x := grid(lo, hi, 201)
			y := make([]float64, len(x))
			for k := range x {
				y[k] = normalDensity(x[k], 0, l.PriorSD)
			}
			p.Add(newCurve(x, y, Prior, 1.5))
			pan.legend = []entry{{"prior", lineSample, Prior}}
			top = max(top, maxOf(y))
			alt += fmt.Sprintf(", where the prior has sd %s", number(l.PriorSD, 3))
		}
		alt += "."
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = lo, hi, 0, 1.05*top
		panels = append(panels, pan)
	}
	f := tile(panels, niceColumns(len(panels)), d.Title)
	f.alt = alt
	return f, nil
}

func normalDensity(x, mean, sd float64) float64 {
	z := (x - mean) / sd
	return math.Exp(-z*z/2) / (sd * math.Sqrt(2*math.Pi))
}

// grid returns n values from lo to hi.
func grid(lo, hi float64, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = lo + (hi-lo)*float64(i)/float64(n-1)
	}
	return v
}

// A WeightBelief is what is believed about the weights of one layer.
type WeightBelief struct {
	Name     string
	Mean, SD []float64 // SD > 0
}

// SNRData is a factorised posterior over weights.
type SNRData struct {
	Title  string
	Layers []WeightBelief // at most 6
	Cut    float64        // in dB: marks what pruning below it removes; 0 = none
}

// SNR draws how the signal-to-noise ratio of the weights is distributed, in decibels:
// 10 log₁₀(|μ|/σ), on the left as a density, on the right as the share of weights below
// each value, which is what pruning there removes (Blundell et al., 2015, figure 4). At
// 0 dB a weight is as uncertain as it is large.
func SNR(d SNRData) (*Figure, error) {
	const name = "SNR"
	if len(d.Layers) == 0 || len(d.Layers) > 6 {
		return nil, fmt.Errorf("viz: %s: %d Layers; it draws from 1 to 6", name, len(d.Layers))
	}
	left, right := newPlot(), newPlot()
	a, b := &panel{plot: left}, &panel{plot: right}
	left.X.Label.Text, right.X.Label.Text = "signal-to-noise ratio (dB)", "signal-to-noise ratio (dB)"
	left.Y.Label.Text, right.Y.Label.Text = "density", "share of weights below"
	f := &Figure{title: d.Title, panels: [][]*panel{{a, b}}, w: defaultWidth, h: defaultHeight}
	f.alt = opening(d.Title, "Signal-to-noise ratio of the weights")
	lo, hi, top := math.Inf(1), math.Inf(-1), 0.0
	for i, l := range d.Layers {
		field := fmt.Sprintf("Layers[%d]", i)
		if len(l.Mean) < 2 {
			return nil, fmt.Errorf("viz: %s: %s.Mean has %d values; a distribution needs at least two", name, field, len(l.Mean))
		}
		if err := sameLength(name, column{field + ".Mean", l.Mean}, column{field + ".SD", nonNil(l.SD)}); err != nil {
			return nil, err
		}
		var db []float64
		zero := 0
		for k := range l.Mean {
			if !(l.SD[k] > 0) {
				return nil, fmt.Errorf("viz: %s: %s.SD[%d] = %v; a weight without uncertainty has no signal-to-noise ratio", name, field, k, l.SD[k])
			}
			if l.Mean[k] == 0 {
				zero++ // −∞ dB
				continue
			}
			db = append(db, 10*math.Log10(math.Abs(l.Mean[k])/l.SD[k]))
		}
		if len(db) < 2 {
			return nil, fmt.Errorf("viz: %s: %s has %d means that are not 0; a distribution needs at least two", name, field, len(db))
		}
		s := sorted(db)
		x, y := kde(s, [2]float64{})
		left.Add(area{x, make([]float64, len(x)), y, fade(Series(i), 40)}, newCurve(x, y, Series(i), 1.6))
		top = max(top, maxOf(y))
		n := float64(len(l.Mean))
		var cx, cy []float64
		for k := range 401 { // quantiles: a curve of any number of weights
			q := float64(k) / 400
			cx, cy = append(cx, quantile(s, q)), append(cy, (float64(zero)+q*float64(len(s)))/n)
		}
		right.Add(newCurve(cx, cy, Series(i), 1.6))
		span(&lo, &hi, quantile(s, 0.002), s[len(s)-1])
		label := orText(l.Name, fmt.Sprintf("layer %d", i+1))
		for _, p := range []*panel{a, b} {
			p.legend = append(p.legend, entry{label, lineSample, Series(i)})
		}
		below := float64(zero)
		for _, v := range s {
			if v < d.Cut {
				below++
			}
		}
		f.alt += fmt.Sprintf(" %s: %s, median %s dB, %s below %s dB.", label, plural(len(l.Mean), "weight"), number(quantile(s, 0.5), 3), percent(math.Round(1000*below/n)/1000), number(d.Cut, 3))
	}
	if d.Cut != 0 {
		if err := addLines(name, a, []VLine{{d.Cut, "cut"}}); err != nil {
			return nil, err
		}
		if err := addLines(name, b, []VLine{{d.Cut, "cut"}}); err != nil {
			return nil, err
		}
		span(&lo, &hi, d.Cut)
	}
	left.X.Min, left.X.Max, _ = limits(name, 0, 0, lo, hi, 0.04)
	right.X.Min, right.X.Max = left.X.Min, left.X.Max
	left.Y.Min, left.Y.Max, right.Y.Min, right.Y.Max = 0, 1.05*top, 0, 1
	return f, nil
}
