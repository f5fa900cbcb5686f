package viz

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Detector is one score that should be higher for what the model has not learned.
type Detector struct {
	Name string
	In   []float64 // scores of inputs like those in training
	Out  []float64 // scores of inputs that are not
}

// ROCData compares detectors of inputs out of distribution.
type ROCData struct {
	Title     string
	ScoreName string // e.g. "entropy (nats)"; empty = "score"
	Detectors []Detector
}

// ROC draws, on the left, how the first detector's scores are distributed within and out
// of distribution and, on the right, the receiver operating characteristic of each: the
// share of inputs out of distribution that are noticed against the share of the others that
// are taken for such, over all thresholds. The legend gives the area under it, the
// probability that an input out of distribution has the higher score of two.
func ROC(d ROCData) (*Figure, error) {
	const name = "ROC"
	if len(d.Detectors) == 0 || len(d.Detectors) > 6 {
		return nil, fmt.Errorf("viz: %s: %d Detectors; it draws from 1 to 6", name, len(d.Detectors))
	}
	for i, k := range d.Detectors {
		for _, c := range []column{{"In", k.In}, {"Out", k.Out}} {
			field := fmt.Sprintf("Detectors[%d].%s", i, c.name)
			if len(c.v) == 0 {
				return nil, fmt.Errorf("viz: %s: %s is empty; there is nothing to tell apart", name, field)
			}
			if err := finite(name, field, c.v); err != nil {
				return nil, err
			}
		}
	}
	left, right := newPlot(), newPlot()
	left.X.Label.Text, left.Y.Label.Text = orText(d.ScoreName, "score"), "density"
	left.Y.Tick.Marker = plot.ConstantTicks(nil)
	first := d.Detectors[0]
	a, b := sorted(first.In), sorted(first.Out)
	lo, hi := math.Min(a[0], b[0]), math.Max(a[len(a)-1], b[len(b)-1])
	support := [2]float64{lo, hi} // scores such as entropies end hard
	if lo == hi {
		support = [2]float64{}
	}
	top := 0.0
	for _, s := range []struct {
		v []float64
		c int
	}{{a, 0}, {b, 1}} {
		x, y := kde(s.v, support)
		c := Series(s.c)
		left.Add(area{x, make([]float64, len(x)), y, fade(c, 50)}, newCurve(x, y, c, 1.6))
		top = max(top, maxOf(y))
		span(&lo, &hi, x[0], x[len(x)-1])
	}
	left.X.Min, left.X.Max, left.Y.Min, left.Y.Max = lo, hi, 0, 1.05*top
	right.X.Label.Text, right.Y.Label.Text = "false positive rate", "true positive rate"
	right.Add(newCurve([]float64{0, 1}, []float64{0, 1}, Truth, 1, dashes...))
	f := &Figure{title: d.Title, w: defaultWidth, h: defaultHeight, wide: []float64{1, 1}}
	f.alt = opening(d.Title, "Detection of what is out of distribution")
	scores := &panel{plot: left, title: first.Name, legend: []entry{{"in distribution", lineSample, Series(0)}, {"out of distribution", lineSample, Series(1)}}}
	curves := &panel{plot: right, title: "ROC, with its area"}
	for i, k := range d.Detectors {
		x, y, auc := roc(k.In, k.Out)
		right.Add(newCurve(x, y, Series(i+2), 1.7))
		label := strings.TrimSpace(k.Name + " " + Fixed(auc, 3))
		curves.legend = append(curves.legend, entry{label, lineSample, Series(i + 2)})
		f.alt += fmt.Sprintf(" %s: %d inputs in and %d out of distribution, area under the ROC curve %s.", orText(k.Name, fmt.Sprintf("Detector %d", i+1)), len(k.In), len(k.Out), number(auc, 3))
	}
	ma, _ := meanSD(a)
	mb, _ := meanSD(b)
	f.alt += fmt.Sprintf(" Mean %s of %s: %s in distribution, %s out of it.", orText(d.ScoreName, "score"), orText(first.Name, "the first"), number(ma, 3), number(mb, 3))
	right.X.Min, right.X.Max, right.Y.Min, right.Y.Max = 0, 1, 0, 1
	f.panels = [][]*panel{{scores, curves}}
	return f, nil
}

// roc returns the curve over all thresholds and the area under it, equal scores
// counting half.
func roc(in, out []float64) (x, y []float64, auc float64) {
	type scored struct {
		s   float64
		out bool
	}
	all := make([]scored, 0, len(in)+len(out))
	for _, s := range in {
		all = append(all, scored{s, false})
	}
	for _, s := range out {
		all = append(all, scored{s, true})
	}
	slices.SortFunc(all, func(a, b scored) int {
		switch {
		case a.s > b.s:
			return -1
		case a.s < b.s:
			return 1
		}
		return 0
	})
	x, y = []float64{0}, []float64{0}
	fp, tp := 0.0, 0.0
	for i, k := range all {
		if k.out {
			tp++
		} else {
			fp++
		}
		if i+1 == len(all) || all[i+1].s != k.s {
			fx, ty := fp/float64(len(in)), tp/float64(len(out))
			last := len(x) - 1
			auc += (fx - x[last]) * (ty + y[last]) / 2
			x, y = append(x, fx), append(y, ty)
		}
	}
	return x, y, auc
}

// A Ranking is one measure of uncertainty, and the losses that it should foresee.
type Ranking struct {
	Name        string
	Uncertainty []float64
	Loss        []float64 // e.g. 1 for an error and 0 for none, or a squared error; same order
}

// RiskCoverageData compares measures of uncertainty by what abstaining with them saves.
type RiskCoverageData struct {
	Title    string
	RiskName string // empty = "mean loss of the answers given"
	Rankings []Ranking
}

// RiskCoverage draws the mean loss of the answers that remain when the most uncertain
// ones are withheld, against the share that remains; the lower the better. A dashed
// level is what withholding at random does; the grey curve, drawn if all rankings are of
// the same losses, what knowing the losses would do. The legend gives the area under
// each curve (AURC; Geifman, Uziel and El-Yaniv, 2019).
func RiskCoverage(d RiskCoverageData) (*Figure, error) {
	const name = "RiskCoverage"
	if len(d.Rankings) == 0 || len(d.Rankings) > 6 {
		return nil, fmt.Errorf("viz: %s: %d Rankings; it draws from 1 to 6", name, len(d.Rankings))
	}
	for i, r := range d.Rankings {
		field := fmt.Sprintf("Rankings[%d]", i)
		if len(r.Uncertainty) == 0 {
			return nil, fmt.Errorf("viz: %s: %s.Uncertainty is empty; there is nothing to draw", name, field)
		}
		if err := sameLength(name, column{field + ".Uncertainty", r.Uncertainty}, column{field + ".Loss", nonNil(r.Loss)}); err != nil {
			return nil, err
		}
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = "coverage: share of answers given", orText(d.RiskName, "mean loss of the answers given")
	first := d.Rankings[0]
	same := true
	for _, r := range d.Rankings {
		same = same && slices.Equal(sorted(r.Loss), sorted(first.Loss))
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	pan.alt = opening(d.Title, "Risk and coverage")
	all, _ := meanSD(first.Loss)
	if same {
		x, y, area := riskCoverage(first.Loss, first.Loss)
		p.Add(newCurve(x, y, Prior, 1.2), level{all, draw.LineStyle{Color: Truth, Width: vg.Length(1), Dashes: dashes}})
		span(&lo, &hi, y...)
		span(&lo, &hi, all)
		pan.legend = append(pan.legend, entry{"AURC:", noSample, Ink}, entry{"at random " + number(all, 3), dashSample, Truth}, entry{"best possible " + number(area, 2), lineSample, Prior})
		pan.alt += fmt.Sprintf(" Answering all costs %s; withholding with knowledge of the losses has an area of %s.", number(all, 3), number(area, 3))
	}
	for i, r := range d.Rankings {
		x, y, area := riskCoverage(r.Uncertainty, r.Loss)
		p.Add(newCurve(x, y, Series(i), 1.7))
		for k := range x { // the first few answers are noise
			if x[k] >= 0.02 && x[k]*float64(len(r.Loss)) >= 10 || k+1 == len(x) {
				span(&lo, &hi, y[k])
			}
		}
		label := orText(r.Name, fmt.Sprintf("ranking %d", i+1))
		pan.legend = append(pan.legend, entry{label + " " + number(area, 3), lineSample, Series(i)})
		k := 0
		for k+1 < len(x) && x[k+1] <= 0.8 {
			k++
		}
		pan.alt += fmt.Sprintf(" %s, %d answers: area %s; mean loss %s of the surest %s, %s of all.", label, len(r.Loss), number(area, 3), number(y[k], 3), percent(math.Round(1000*x[k])/1000), number(y[len(y)-1], 3))
	}
	p.X.Min, p.X.Max = 0, 1
	p.Y.Min, p.Y.Max, _ = limits(name, 0, 0, lo, hi, 0.04)
	if lo >= 0 {
		p.Y.Min = 0
	}
	return onePanel(pan), nil
}

// riskCoverage returns the curve, a point for each different uncertainty, and the mean
// over k of the mean loss of the k surest; ties in the mean over their orders.
func riskCoverage(uncertainty, loss []float64) (coverage, risk []float64, area float64) {
	order := make([]int, len(loss))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case uncertainty[a] < uncertainty[b]:
			return -1
		case uncertainty[a] > uncertainty[b]:
			return 1
		}
		return 0
	})
	n, sum := 0.0, 0.0
	for i := 0; i < len(order); {
		j, each := i, 0.0
		for ; j < len(order) && uncertainty[order[j]] == uncertainty[order[i]]; j++ {
			each += loss[order[j]]
		}
		each /= float64(j - i)
		for ; i < j; i++ {
			n++
			sum += each
			area += sum / n / float64(len(loss))
		}
		coverage, risk = append(coverage, n/float64(len(loss))), append(risk, sum/n)
	}
	return coverage, risk, area
}
