package viz

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg/draw"
)

// RanksData is one quantity in several chains.
type RanksData struct {
	Title  string
	Chains [][]float64 // two to eight, Chains[c][i] is draw i of chain c
	Bins   int         // 0 = 20, fewer for short chains
}

// Ranks draws one histogram a chain: the ranks of its draws among the draws of all
// chains. Chains that sample the same distribution have flat ones; the band holds 95 %
// of the bars that independent draws would give. Vehtari, Gelman, Simpson, Carpenter
// and Bürkner (2021) recommend it over traces.
func Ranks(d RanksData) (*Figure, error) {
	const name = "Ranks"
	if err := checkChains(name, "Chains", d.Chains, 4); err != nil {
		return nil, err
	}
	if len(d.Chains) < 2 || len(d.Chains) > 8 {
		return nil, fmt.Errorf("viz: %s: %d Chains; ranks compare from 2 to 8", name, len(d.Chains))
	}
	shortest, total := math.MaxInt, 0
	for _, c := range d.Chains {
		shortest, total = min(shortest, len(c)), total+len(c)
	}
	bins := d.Bins
	if bins == 0 {
		bins = max(4, min(20, shortest/10))
	}
	if bins < 2 || bins > total {
		return nil, fmt.Errorf("viz: %s: Bins = %d; use from 2 to the number of draws, %d", name, d.Bins, total)
	}
	ranks := rankAmongAll(d.Chains)
	alt := opening(d.Title, "Rank histograms") + fmt.Sprintf(" Ranks of the draws of %d chains among all %s draws, in %d bins.", len(d.Chains), number(float64(total), 7), bins)
	var panels []*panel
	top := 0.0
	for i, r := range ranks {
		p := newBarePlot()
		p.Add(newGrid(false))
		pan := &panel{plot: p, title: fmt.Sprintf("chain %d", i+1)}
		p.X.Label.Text, p.Y.Label.Text = "rank", "draws"
		p.X.Tick.Marker, p.Y.Tick.Marker = &ticks{integer: true}, &ticks{integer: true}
		// Binomial(n, 1/bins), of which a band of 1.96 sd holds about 95 %.
		n := float64(len(r))
		mean := n / float64(bins)
		sd := math.Sqrt(mean * (1 - 1/float64(bins)))
		lo, hi := math.Max(0, mean-1.96*sd), mean+1.96*sd
		h := histogram(r, 0, float64(total), bins)
		w := float64(total) / float64(bins)
		var all bars
		outside := 0
		for k, v := range h {
			all = append(all, block{(float64(k) + 0.04) * w, (float64(k) + 0.96) * w, 0, v, onPaper(fade(Series(i), 150))})
			if v < lo || v > hi {
				outside++
			}
		}
		ends := []float64{0, float64(total)}
		p.Add(all, area{ends, fill(2, lo), fill(2, hi), fade(Prior, 70)}, level{mean, draw.LineStyle{Color: Truth, Width: 1, Dashes: dashes}})
		pan.legend = []entry{{"if all chains agree", dashSample, Truth}, {"95 % of bars", fillSample, fade(Prior, 70)}}
		p.X.Min, p.X.Max = 0, float64(total)
		top = max(top, maxOf(h), hi)
		panels = append(panels, pan)
		alt += fmt.Sprintf(" Chain %d: bars from %s to %s where %s are expected, %d of %d outside the 95 %% band.", i+1, number(minOf(h), 4), number(maxOf(h), 4), number(mean, 4), outside, bins)
	}
	for _, pan := range panels {
		pan.plot.Y.Min, pan.plot.Y.Max = 0, 1.08*top
	}
	f := tile(panels, niceColumns(len(panels)), d.Title)
	f.alt = alt
	f.share(true, true)
	return f, nil
}

// rankAmongAll returns each draw's rank among all draws, from ½ to N − ½; equal draws
// get the mean of their ranks.
func rankAmongAll(chains [][]float64) [][]float64 {
	all := sorted(pooled(chains))
	out := make([][]float64, len(chains))
	for c, chain := range chains {
		out[c] = make([]float64, len(chain))
		for i, v := range chain {
			lo, _ := slices.BinarySearch(all, v)
			hi, _ := slices.BinarySearchFunc(all, v, func(a, v float64) int { // past the last equal one
				if a <= v {
					return -1
				}
				return 1
			})
			out[c][i] = float64(lo+hi) / 2
		}
	}
	return out
}
