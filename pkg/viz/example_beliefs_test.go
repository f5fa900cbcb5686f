package viz_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/viz"
)

func ExampleDensity() {
	rng := rand.New(rand.NewPCG(1, 2))
	var draws []float64
	for range 4000 {
		draws = append(draws, 1+0.5*rng.NormFloat64())
	}
	fig := viz.Must(viz.Density(viz.DensityData{
		Title: "One weight", XLabel: "w", Samples: draws,
		Lines: []viz.VLine{{X: 0, Label: "zero"}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// One weight. The distribution of w from 4000 draws: mean 1.01, 95 % HDI from 0.07 to 2.03. A dashed vertical line marks zero at 0.
}

func ExampleUpdates() {
	// A uniform prior on a coin, and heads, heads, tails.
	var x, prior, h, hh, hht []float64
	for i := range 101 {
		θ := float64(i) / 100
		x, prior = append(x, θ), append(prior, 1)
		h, hh, hht = append(h, 2*θ), append(hh, 3*θ*θ), append(hht, 12*θ*θ*(1-θ))
	}
	fig := viz.Must(viz.Updates(viz.UpdatesData{
		Title: "Three flips", XLabel: "chance of heads", X: x, Prior: prior,
		Steps: []viz.Update{{Title: "heads", Y: h}, {Title: "heads again", Y: hh}, {Title: "tails", Y: hht}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Three flips. 3 panels, each with the belief before it in grey. The prior is flat. heads: now highest at 1. heads again: now highest at 1. tails: now highest at 0.67.
}

func ExampleSplit() {
	fig := viz.Must(viz.Split(viz.SplitData{
		Title: "Two kinds of doubt", XLabel: "x", X: []float64{0, 1, 2, 3},
		Epistemic: []float64{0.01, 0.01, 0.2, 0.9},
		Aleatoric: []float64{0.25, 0.25, 0.3, 0.3},
		DataX:     []float64{0.1, 0.4, 1.3},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two kinds of doubt. Total variance over x from 0 to 3, stacked of two parts. The epistemic part goes from 0.01 at 0 to 0.9 at 3; the aleatoric part from 0.25 at 0 to 0.3 at 2. 3 data points on the axis between 0.1 and 1.3.
}

// drawn returns two chains of n draws.
func drawn(n int) [][]float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	chains := make([][]float64, 2)
	for c := range chains {
		for range n {
			chains[c] = append(chains[c], rng.NormFloat64())
		}
	}
	return chains
}

func ExampleChains() {
	fig := viz.Must(viz.Chains(viz.ChainsData{
		Title:      "HMC",
		Quantities: []viz.Quantity{{Name: "log σ", Chains: drawn(500)}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// HMC. log σ, chain 1: 500 draws, mean −0.0169, sd 0.98. log σ, chain 2: 500 draws, mean 0.0415, sd 0.96.
}

func ExampleAutocorrelation() {
	fig := viz.Must(viz.Autocorrelation(viz.AutocorrelationData{
		Title: "HMC", MaxLag: 40,
		Quantities: []viz.Quantity{{Name: "log σ", Chains: drawn(500)}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// HMC. log σ, chain 1: 0.045 at lag 1, inside the band from lag 1 on. log σ, chain 2: 0.036 at lag 1, inside the band from lag 1 on.
}

func ExampleRanks() {
	fig := viz.Must(viz.Ranks(viz.RanksData{Title: "Do the chains agree?", Chains: drawn(500)}))
	fmt.Println(fig.Alt())
	// Output:
	// Do the chains agree? Ranks of the draws of 2 chains among all 1000 draws, in 20 bins. Chain 1: bars from 19 to 30 where 25 are expected, 0 of 20 outside the 95 % band. Chain 2: bars from 20 to 31 where 25 are expected, 0 of 20 outside the 95 % band.
}

func ExampleForest() {
	fig := viz.Must(viz.Forest(viz.ForestData{
		Title: "Two weights", XLabel: "weight", Combined: true,
		Quantities: []viz.Quantity{{Name: "age", Chains: drawn(500)}, {Name: "water", Chains: drawn(100)}},
		Lines:      []viz.VLine{{X: 0, Label: "no effect"}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two weights. age: median 0.01, 95 % HDI from −1.95 to 1.95. water: median −0.05, 95 % HDI from −1.93 to 1.94. A dashed vertical line marks no effect at 0.
}

func ExampleRepeats() {
	fig := viz.Must(viz.Repeats(viz.RepeatsData{
		Title: "What to label next", XLabel: "labels bought", YLabel: "test accuracy",
		X: []float64{20, 40, 60},
		Curves: []viz.RepeatedCurve{
			{Name: "most doubtful", Runs: [][]float64{{0.6, 0.8, 0.9}, {0.62, 0.79, 0.91}, {0.59, 0.82, 0.9}}},
			{Name: "at random", Runs: [][]float64{{0.61, 0.7, 0.8}, {0.6, 0.72, 0.79}, {0.6, 0.71, 0.82}}},
		},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// What to label next. most doubtful, 3 runs: mean 0.603 at 20, 0.903 at 60 ± 0.0067. at random, 3 runs: mean 0.603 at 20, 0.803 at 60 ± 0.018. Bands: mean ± 2 standard errors.
}

func ExampleFigure_Dark() {
	fig := viz.Must(viz.Split(viz.SplitData{X: []float64{0, 1}, Epistemic: []float64{0, 1}, Aleatoric: []float64{1, 1}}))
	light, _ := fig.PNG()
	dark, _ := fig.Dark().PNG()
	fmt.Println(len(light) > 0, len(dark) > 0, fig.Alt() == fig.Dark().Alt())
	// Output: true true true
}

func ExampleRegisterFont() {
	err := viz.RegisterFont([]byte("not a font"))
	fmt.Println(err != nil)
	_, err = viz.Must(viz.Density(viz.DensityData{Title: "베르", Samples: []float64{1, 2.5, math.Pi}})).PNG()
	fmt.Println(err)
	// Output:
	// true
	// viz: no font has the letter '베' (U+BCA0) of "베르"; register one that does: viz.RegisterFont(ttf)
}
