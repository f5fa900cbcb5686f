package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
)

// A RepeatedCurve is one method run several times.
type RepeatedCurve struct {
	Name string
	Runs [][]float64 // Runs[r][i] is run r's value at the figure's X[i]
}

// RepeatsData compares methods over repeated runs: error against labels bought, score
// against data, loss against time.
type RepeatsData struct {
	Title          string
	XLabel, YLabel string

	X      []float64       // increasing, shared
	Curves []RepeatedCurve // at most 6

	// Spread draws mean ± 1 sd of the runs instead of the mean's own uncertainty,
	// mean ± 2 standard errors.
	Spread     bool
	Faint      bool // every run as a thin line, too
	LogX, LogY bool
	Lines      []VLine
	YMin, YMax float64 // both 0: from the data
}

// Repeats draws the mean over runs with a band: ± 2 standard errors, so that one sees
// which differences are real. One run has no band.
func Repeats(d RepeatsData) (*Figure, error) {
	const name = "Repeats"
	if len(d.X) == 0 || len(d.Curves) == 0 {
		return nil, fmt.Errorf("viz: %s: %d values of X and %d Curves; there is nothing to draw", name, len(d.X), len(d.Curves))
	}
	if len(d.Curves) > 6 {
		return nil, fmt.Errorf("viz: %s: %d Curves; there are 6 colours that one can tell apart", name, len(d.Curves))
	}
	var cols []column
	for i, k := range d.Curves {
		if len(k.Runs) == 0 {
			return nil, fmt.Errorf("viz: %s: Curves[%d].Runs is empty; there is nothing to draw", name, i)
		}
		for r, y := range k.Runs {
			cols = append(cols, column{fmt.Sprintf("Curves[%d].Runs[%d]", i, r), nonNil(y)})
		}
	}
	if err := sameLength(name, column{"X", d.X}, cols...); err != nil {
		return nil, err
	}
	if err := increasing(name, "X", d.X); err != nil {
		return nil, err
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = d.XLabel, d.YLabel
	logAxis(&p.X, d.LogX)
	logAxis(&p.Y, d.LogY)
	if d.LogX && !(d.X[0] > 0) {
		return nil, fmt.Errorf("viz: %s: X[0] = %v; a logarithmic axis needs positive values", name, d.X[0])
	}
	x := cloneOf(d.X)
	what, factor := "mean ± 2 standard errors", 2.0
	if d.Spread {
		what, factor = "mean ± 1 sd of the runs", 1
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	alt := opening(d.Title, "Repeated runs")
	banded := false
	var over []curve
	for i, k := range d.Curves {
		m, a := make([]float64, len(x)), area{x: x, lo: make([]float64, len(x)), hi: make([]float64, len(x)), c: fade(Series(i), 56)}
		for j := range x {
			at := make([]float64, len(k.Runs))
			for r := range at {
				at[r] = k.Runs[r][j]
			}
			mean, sd := meanSD(at)
			if !d.Spread {
				sd /= math.Sqrt(float64(len(at)))
			}
			m[j], a.lo[j], a.hi[j] = mean, mean-factor*sd, mean+factor*sd
			if d.LogY && !(mean > 0) {
				return nil, fmt.Errorf("viz: %s: the mean of Curves[%d] at X[%d] is %v; a logarithmic axis needs positive values", name, i, j, mean)
			}
			if d.LogY {
				a.lo[j] = math.Max(a.lo[j], mean/20)
			}
		}
		if len(k.Runs) > 1 {
			p.Add(a)
			banded = true
			span(&lo, &hi, a.lo...)
			span(&lo, &hi, a.hi...)
		}
		if d.Faint {
			for _, y := range k.Runs {
				p.Add(newCurve(x, cloneOf(y), fade(Series(i), 70), 0.5))
				span(&lo, &hi, y...)
			}
		}
		span(&lo, &hi, m...)
		over = append(over, newCurve(x, m, Series(i), 1.7))
		if k.Name != "" {
			pan.legend = append(pan.legend, entry{k.Name, lineSample, Series(i)})
		}
		last := len(x) - 1
		alt += fmt.Sprintf(" %s, %s: mean %s at %s, %s at %s", orText(k.Name, fmt.Sprintf("Curve %d", i+1)), plural(len(k.Runs), "run"), number(m[0], 3), number(x[0], 4), number(m[last], 3), number(x[last], 4))
		if len(k.Runs) > 1 {
			alt += fmt.Sprintf(" ± %s", number(a.hi[last]-m[last], 2))
		}
		alt += "."
	}
	for i, k := range over {
		p.Add(k)
		if len(x) <= 25 { // few enough to show where was measured
			p.Add(dots{k.x, k.y, vg.Length(1.9), Series(i)})
		}
	}
	if banded {
		pan.legend = append(pan.legend, entry{what, fillSample, fade(Prior, 70)})
		alt += " Bands: " + what + "."
	}
	if err := addLines(name, pan, d.Lines); err != nil {
		return nil, err
	}
	p.X.Min, p.X.Max = x[0], x[len(x)-1]
	if len(x) == 1 {
		p.X.Min, p.X.Max, _ = limits(name, 0, 0, x[0], x[0], 0)
	}
	var err error
	if d.LogY && d.YMin == 0 && d.YMax == 0 {
		p.Y.Min, p.Y.Max = lo/1.1, hi*1.1
	} else if p.Y.Min, p.Y.Max, err = limits(name, d.YMin, d.YMax, lo, hi, 0.04); err != nil {
		return nil, err
	}
	pan.alt = alt + linesAlt(d.Lines)
	return onePanel(pan), nil
}
