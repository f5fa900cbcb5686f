package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// A Quantity is one number that a sampler followed in one or several chains.
type Quantity struct {
	Name   string
	Chains [][]float64 // Chains[c][i] is draw i of chain c
}

// ChainsData is one or more quantities of a sampler.
type ChainsData struct {
	Title      string
	Quantities []Quantity // at most 8
}

// Chains draws, for each quantity, the density of every chain and its trace. Chains
// that found the same distribution lie over each other on the left and look like one
// band of noise on the right.
func Chains(d ChainsData) (*Figure, error) {
	const name = "Chains"
	if err := checkQuantities(name, d.Quantities, 8, 2); err != nil {
		return nil, err
	}
	f := &Figure{title: d.Title, w: defaultWidth, h: max(220, 40+150*len(d.Quantities)), wide: []float64{1, 2}}
	f.alt = opening(d.Title, "Traces of a sampler")
	for _, q := range d.Quantities {
		left, right := newPlot(), newPlot()
		left.Y.Tick.Marker = plot.ConstantTicks(nil)
		left.Y.Label.Text = q.Name
		right.X.Tick.Marker = &ticks{integer: true}
		lo, hi, longest, top := math.Inf(1), math.Inf(-1), 0, 0.0
		legend := []entry(nil)
		for i, c := range q.Chains {
			x, y := kde(sorted(c), [2]float64{})
			left.Add(newCurve(x, y, Series(i), 1.2))
			span(&lo, &hi, x[0], x[len(x)-1])
			top = max(top, maxOf(y))
			step := counts(len(c))
			right.Add(newCurve(step, cloneOf(c), fade(Series(i), 190), 0.6))
			longest = max(longest, len(c))
			if len(q.Chains) > 1 {
				legend = append(legend, entry{fmt.Sprintf("chain %d", i+1), lineSample, Series(i)})
			}
			mean, sd := meanSD(c)
			f.alt += fmt.Sprintf(" %s, chain %d: %s draws, mean %s, sd %s.", orText(q.Name, "The quantity"), i+1, number(float64(len(c)), 7), number(mean, 3), number(sd, 2))
		}
		left.X.Min, left.X.Max = lo, hi
		left.Y.Min, left.Y.Max = 0, 1.05*top
		right.X.Min, right.X.Max = 1, float64(longest)
		right.Y.Min, right.Y.Max = lo, hi
		f.panels = append(f.panels, []*panel{{plot: left, legend: legend}, {plot: right, legend: legend}})
	}
	last := f.panels[len(f.panels)-1]
	last[0].plot.X.Label.Text, last[1].plot.X.Label.Text = "value", "draw"
	return f, nil
}

// checkQuantities checks what a sampler left: up to most quantities, each of chains of
// at least shortest finite draws.
func checkQuantities(figure string, qs []Quantity, most, shortest int) error {
	if len(qs) == 0 {
		return fmt.Errorf("viz: %s: no Quantities; there is nothing to draw", figure)
	}
	if len(qs) > most {
		return fmt.Errorf("viz: %s: %d Quantities; it has room for %d: choose some", figure, len(qs), most)
	}
	for i, q := range qs {
		field := fmt.Sprintf("Quantities[%d].Chains", i)
		if err := checkChains(figure, field, q.Chains, shortest); err != nil {
			return err
		}
	}
	return nil
}

func checkChains(figure, field string, chains [][]float64, shortest int) error {
	if len(chains) == 0 {
		return fmt.Errorf("viz: %s: %s is empty; there is nothing to draw", figure, field)
	}
	for c, v := range chains {
		if len(v) < shortest {
			return fmt.Errorf("viz: %s: %s[%d] has %d values; it needs at least %d", figure, field, c, len(v), shortest)
		}
		if err := finite(figure, fmt.Sprintf("%s[%d]", field, c), v); err != nil {
			return err
		}
	}
	return nil
}
