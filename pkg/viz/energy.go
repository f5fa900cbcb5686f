package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// EnergyData is the energy (minus log joint density of position and momentum) after
// each draw of Hamiltonian Monte Carlo.
type EnergyData struct {
	Title  string
	Chains [][]float64 // Chains[c][i] is the energy of draw i of chain c
}

// Energy draws the distribution of the energy around its mean and that of its change
// from draw to draw. If the second is much narrower the sampler moves between energies
// too slowly to see the tails; the E-BFMI, Σ (E_i − E_{i−1})² / Σ (E_i − Ē)², says so
// with a value below about 0.3 (Betancourt, 2016).
func Energy(d EnergyData) (*Figure, error) {
	const name = "Energy"
	if err := checkChains(name, "Chains", d.Chains, 4); err != nil {
		return nil, err
	}
	var around, change []float64
	bfmi := ""
	worst := math.Inf(1)
	for i, e := range d.Chains {
		mean, _ := meanSD(e)
		num, den := 0.0, 0.0
		for k, v := range e {
			around = append(around, v-mean)
			den += (v - mean) * (v - mean)
			if k > 0 {
				change = append(change, v-e[k-1])
				num += (v - e[k-1]) * (v - e[k-1])
			}
		}
		if !(den > 0) {
			return nil, fmt.Errorf("viz: %s: Chains[%d] is constant; a sampler's energy changes", name, i)
		}
		if i > 0 {
			bfmi += ", "
		}
		bfmi += Fixed(num/den, 2)
		worst = math.Min(worst, num/den)
	}
	p := newPlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = "energy − mean", "density"
	p.Y.Tick.Marker = plot.ConstantTicks(nil)
	lo, hi, top := math.Inf(1), math.Inf(-1), 0.0
	for k, v := range [][]float64{around, change} {
		x, y := kde(sorted(v), [2]float64{})
		c := Series(k)
		p.Add(area{x, make([]float64, len(x)), y, fade(c, 55)}, newCurve(x, y, c, 1.7))
		span(&lo, &hi, x[0], x[len(x)-1])
		top = max(top, maxOf(y))
	}
	pan.legend = []entry{{"energy", lineSample, Series(0)}, {"change from draw to draw", lineSample, Series(1)}, {"E-BFMI " + bfmi, noSample, Ink}}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = lo, hi, 0, 1.05*top
	_, sa := meanSD(around)
	_, sc := meanSD(change)
	pan.alt = fmt.Sprintf("%s The energy varies with sd %s, its change from draw to draw with sd %s. E-BFMI by chain: %s.", opening(d.Title, "Energy"), number(sa, 3), number(sc, 3), bfmi)
	if worst < 0.3 {
		pan.alt += " Below 0.3: the sampler hardly reaches the tails."
	}
	return onePanel(pan), nil
}
