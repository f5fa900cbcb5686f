package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ReliabilityData is what a classifier said and whether it was right.
type ReliabilityData struct {
	Title string

	Confidence []float64 // probability of the class it chose, or of an event; in [0, 1]
	Correct    []bool    // whether the class was the true one, or the event happened
	Bins       int       // of equal width; 0 = 10
}

// Reliability draws a reliability diagram: in each bin of confidence the share of
// answers that were right, with its 95 % interval (Wilson, 1927), and the signed gap to
// the diagonal, on which confidence is earned; below it how many answers each bin holds.
// The legend gives the expected calibration error, Σ_b n_b/N · |confidence_b − share_b|,
// and its two parts.
func Reliability(d ReliabilityData) (*Figure, error) {
	const name = "Reliability"
	if len(d.Confidence) == 0 {
		return nil, fmt.Errorf("viz: %s: Confidence is empty; there is nothing to draw", name)
	}
	if len(d.Correct) != len(d.Confidence) {
		return nil, fmt.Errorf("viz: %s: Correct has %d values and Confidence has %d; they must match", name, len(d.Correct), len(d.Confidence))
	}
	if err := finite(name, "Confidence", d.Confidence); err != nil {
		return nil, err
	}
	if err := inUnit(name, "Confidence", d.Confidence); err != nil {
		return nil, err
	}
	bins := d.Bins
	if bins == 0 {
		bins = 10
	}
	if bins < 1 || bins > 50 {
		return nil, fmt.Errorf("viz: %s: Bins = %d; use from 1 to 50", name, d.Bins)
	}
	rows, over, under := reliabilityBins(d.Confidence, d.Correct, bins)
	ece := over + under

	top, bottom := newPlot(), newBarePlot()
	bottom.Add(newGrid(false))
	top.Y.Label.Text, bottom.Y.Label.Text, bottom.X.Label.Text = "accuracy", "answers", "confidence"
	var right, tooSure, tooHumble, held bars
	var spans whiskers
	for _, b := range rows {
		if b.n == 0 {
			continue
		}
		l, r := b.lo+0.03*(b.hi-b.lo), b.hi-0.03*(b.hi-b.lo)
		right = append(right, block{l, r, 0, math.Min(b.share, b.confidence), onPaper(fade(Mean, 120))})
		if b.confidence > b.share {
			tooSure = append(tooSure, block{l, r, b.share, b.confidence, onPaper(fade(Posterior, 170))})
		} else {
			right[len(right)-1].y1 = b.confidence
			tooHumble = append(tooHumble, block{l, r, b.confidence, b.share, onPaper(fade(Series(2), 170))})
		}
		lo, hi := wilson(b.share, b.n)
		spans = append(spans, whisker{(b.lo + b.hi) / 2, lo, hi})
		held = append(held, block{l, r, 0, b.n, onPaper(fade(Prior, 140))})
	}
	top.Add(right, tooSure, tooHumble, newCurve([]float64{0, 1}, []float64{0, 1}, Truth, 1, dashes...), spans)
	bottom.Add(held)
	for _, p := range []*plot.Plot{top, bottom} {
		p.X.Min, p.X.Max, p.Y.Min = 0, 1, 0
	}
	top.Y.Max = 1
	bottom.Y.Max = 1.05 * maxCount(rows)
	bottom.Y.Tick.Marker = &ticks{integer: true}
	pan := &panel{plot: top, title: d.Title, legend: []entry{{"accuracy", fillSample, onPaper(fade(Mean, 120))}}}
	if len(tooSure) > 0 {
		pan.legend = append(pan.legend, entry{"over-confident", fillSample, onPaper(fade(Posterior, 170))})
	}
	if len(tooHumble) > 0 {
		pan.legend = append(pan.legend, entry{"under-confident", fillSample, onPaper(fade(Series(2), 170))})
	}
	pan.legend = append(pan.legend, entry{"calibrated", dashSample, Truth}, entry{"ECE " + number(ece, 3), noSample, Ink})
	top.X.Tick.Marker = unlabelled{&ticks{}}
	top.X.Tick.Label.Font.Size = 0.5
	f := &Figure{panels: [][]*panel{{pan}, {{plot: bottom}}}, tall: []float64{3.2, 1}, w: defaultWidth, h: 400}
	f.alt = fmt.Sprintf("%s %s answers in %d bins of confidence. Expected calibration error %s: %s from over-confidence, %s from under-confidence.",
		opening(d.Title, "Reliability diagram"), number(float64(len(d.Correct)), 7), bins, number(ece, 3), number(over, 3), number(under, 3))
	for _, b := range rows {
		if b.n > 0 {
			f.alt += fmt.Sprintf(" %s to %s: confidence %s, accuracy %s, %s.", number(b.lo, 3), number(b.hi, 3), number(b.confidence, 3), number(b.share, 3), plural(int(b.n), "answer"))
		}
	}
	return f, nil
}

// A reliabilityBin holds the answers with a confidence in [lo, hi).
type reliabilityBin struct{ lo, hi, n, confidence, share float64 }

// reliabilityBins also returns the two parts of the calibration error.
func reliabilityBins(confidence []float64, correct []bool, bins int) (out []reliabilityBin, over, under float64) {
	out = make([]reliabilityBin, bins)
	for k := range out {
		out[k].lo, out[k].hi = float64(k)/float64(bins), float64(k+1)/float64(bins)
	}
	for i, p := range confidence {
		b := &out[min(int(p*float64(bins)), bins-1)]
		b.n++
		b.confidence += p
		if correct[i] {
			b.share++
		}
	}
	for k := range out {
		b := &out[k]
		if b.n == 0 {
			continue
		}
		b.confidence /= b.n
		b.share /= b.n
		if gap := (b.confidence - b.share) * b.n / float64(len(correct)); gap > 0 {
			over += gap
		} else {
			under -= gap
		}
	}
	return out, over, under
}

func maxCount(rows []reliabilityBin) (n float64) {
	for _, b := range rows {
		n = math.Max(n, b.n)
	}
	return n
}

// wilson returns the 95 % score interval of a share p of n.
func wilson(p, n float64) (lo, hi float64) {
	const z = 1.959964
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return mid - half, mid + half
}

// inUnit reports the first value outside [0, 1].
func inUnit(figure, field string, v []float64) error {
	for i, x := range v {
		if x < 0 || x > 1 {
			return fmt.Errorf("viz: %s: %s[%d] = %v; a probability lies between 0 and 1 (is it a percentage or a logit?)", figure, field, i, x)
		}
	}
	return nil
}

// unlabelled marks an axis without numbers: the panel below has them.
type unlabelled struct{ *ticks }

// Ticks implements plot.Ticker.
func (u unlabelled) Ticks(lo, hi float64) []plot.Tick {
	t := u.ticks.Ticks(lo, hi)
	for i := range t {
		if t[i].Label != "" {
			t[i].Label = " "
		}
	}
	return t
}

// PITData are probability integral transforms: where in its predictive distribution
// each observation fell.
type PITData struct {
	Title  string
	Values []float64 // predictive probability of a value up to the observed one; in [0, 1]
	Bins   int       // 0 = 10 to 20, by the number of values
}

// PIT draws a histogram of probability integral transforms, as densities: flat for a
// calibrated model, high at both ends for one that is too sure, high in the middle for
// one that is not sure enough. The band holds 95 % of the bars of a calibrated model.
// Dawid (1984); Gneiting, Balabdaoui and Raftery (2007).
func PIT(d PITData) (*Figure, error) {
	const name = "PIT"
	if len(d.Values) < 2 {
		return nil, fmt.Errorf("viz: %s: Values has %d values; a histogram needs at least two", name, len(d.Values))
	}
	if err := finite(name, "Values", d.Values); err != nil {
		return nil, err
	}
	if err := inUnit(name, "Values", d.Values); err != nil {
		return nil, err
	}
	bins := d.Bins
	if bins == 0 {
		bins = max(5, min(20, len(d.Values)/10))
	}
	if bins < 2 || bins > 100 {
		return nil, fmt.Errorf("viz: %s: Bins = %d; use from 2 to 100", name, d.Bins)
	}
	n := float64(len(d.Values))
	h := histogram(d.Values, 0, 1, bins)
	var all bars
	outside := 0
	half := 1.96 * math.Sqrt(float64(bins-1)/n) // of a binomial share times bins
	for k := range h {
		h[k] *= float64(bins) / n
		l, w := float64(k)/float64(bins), 1/float64(bins)
		all = append(all, block{l + 0.03*w, l + 0.97*w, 0, h[k], onPaper(fade(Mean, 120))})
		if math.Abs(h[k]-1) > half {
			outside++
		}
	}
	p := newBarePlot()
	p.Add(newGrid(false))
	p.X.Label.Text, p.Y.Label.Text = "probability integral transform", "density"
	ends := []float64{0, 1}
	p.Add(all, area{ends, fill(2, math.Max(0, 1-half)), fill(2, 1+half), fade(Prior, 75)}, level{1, draw.LineStyle{Color: Truth, Width: vg.Length(1), Dashes: dashes}})
	p.X.Min, p.X.Max = 0, 1
	p.Y.Min, p.Y.Max = 0, 1.06*math.Max(maxOf(h), 1+half)
	pan := &panel{plot: p, title: d.Title, legend: []entry{{"observations", fillSample, onPaper(fade(Mean, 120))}, {"calibrated", dashSample, Truth}, {"95 % of bars if calibrated", fillSample, fade(Prior, 75)}}}
	third := max(1, bins/5)
	edge, middle := 0.0, 0.0
	for k := range h {
		if k < third || k >= bins-third {
			edge += h[k] / float64(2*third)
		} else {
			middle += h[k] / float64(max(1, bins-2*third))
		}
	}
	pan.alt = fmt.Sprintf("%s %s values in %d bins; a calibrated model has density 1 everywhere. %d of %d bars lie outside the 95 %% band. The density is %s near the ends and %s in the middle.",
		opening(d.Title, "PIT histogram"), number(n, 7), bins, outside, bins, number(edge, 3), number(middle, 3))
	return onePanel(pan), nil
}
