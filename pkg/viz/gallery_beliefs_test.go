package viz_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/viz"
)

// Pictures of distributions, samplers and repeated runs.
func beliefs() []picture {
	return []picture{
		{"density", func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Title: "Two explanations of the same data", XLabel: "weight w₁₂", Samples: twoModes(4000), Lines: []viz.VLine{{X: 0, Label: "zero"}}})
		}},
		{"density_histogram", func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Title: "A scale cannot be negative", XLabel: "σ", Samples: halfNormal(3000), Support: [2]float64{0, math.Inf(1)}, Histogram: true, Prob: 0.9})
		}},
		{"density_counts", func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Title: "Active units", XLabel: "units", Samples: active(2000)})
		}},
		{"updates", func() (*viz.Figure, error) { return viz.Updates(flips()) }},
		{"split", func() (*viz.Figure, error) { return viz.Split(twoDoubts()) }},
		{"chains", func() (*viz.Figure, error) {
			return viz.Chains(viz.ChainsData{Title: "HMC, four chains", Quantities: []viz.Quantity{{Name: "log σ", Chains: walks(4, 1000, 0.3, 0)}, {Name: "w₁", Chains: walks(4, 1000, 0.9, 1.6)}}})
		}},
		{"autocorrelation", func() (*viz.Figure, error) {
			return viz.Autocorrelation(viz.AutocorrelationData{Title: "How long a draw is remembered", MaxLag: 60, Quantities: []viz.Quantity{{Name: "HMC", Chains: walks(2, 2000, 0.3, 0)}, {Name: "random walk", Chains: walks(2, 2000, 0.96, 0)}}})
		}},
		{"ranks", func() (*viz.Figure, error) {
			return viz.Ranks(viz.RanksData{Title: "One chain is somewhere else", Chains: walks(4, 1000, 0.3, 0.7)})
		}},
		{"repeats", func() (*viz.Figure, error) { return viz.Repeats(acquisitions()) }},
		{"forest", func() (*viz.Figure, error) { return viz.Forest(schools()) }},
		{"bars_intervals", func() (*viz.Figure, error) {
			return viz.Bars(viz.BarsData{Title: "Test error on three splits", YLabel: "RMSE", Names: []string{"MAP", "ensemble", "HMC"}, Values: true,
				Series: []viz.BarSeries{{Y: []float64{0.61, 0.52, 0.49}, Lo: []float64{0.55, 0.48, 0.46}, Hi: []float64{0.68, 0.57, 0.53}}}})
		}},
		{"curves_cost", func() (*viz.Figure, error) { return viz.Curves(costs()) }},
	}
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 42)) }

func twoModes(n int) []float64 {
	rng, v := random(1), make([]float64, n)
	for i := range v {
		v[i] = 1.1 + 0.35*rng.NormFloat64()
		if rng.Float64() < 0.35 {
			v[i] = -0.8 + 0.25*rng.NormFloat64()
		}
	}
	return v
}

func halfNormal(n int) []float64 {
	rng, v := random(2), make([]float64, n)
	for i := range v {
		v[i] = math.Abs(rng.NormFloat64())
	}
	return v
}

func active(n int) []float64 {
	rng, v := random(3), make([]float64, n)
	for i := range v {
		for range 20 {
			if rng.Float64() < 0.4 {
				v[i]++
			}
		}
	}
	return v
}

// flips is a uniform prior on a coin and what six observations make of it.
func flips() viz.UpdatesData {
	d := viz.UpdatesData{Title: "What flips teach about a coin", XLabel: "θ, chance of heads", X: grid(0, 1, 301), Lines: []viz.VLine{{X: 0.7, Label: "true θ"}}}
	for range d.X {
		d.Prior = append(d.Prior, 1)
	}
	for _, k := range [][2]float64{{1, 1}, {1, 2}, {3, 4}, {6, 10}, {34, 50}, {352, 500}} {
		var y []float64
		for _, x := range d.X {
			y = append(y, beta(x, k[0]+1, k[1]-k[0]+1))
		}
		d.Steps = append(d.Steps, viz.Update{Title: fmt.Sprintf("%g heads in %g", k[0], k[1]), Y: y})
	}
	return d
}

func beta(x, a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return math.Exp(lab-la-lb) * math.Pow(x, a-1) * math.Pow(1-x, b-1)
}

func twoDoubts() viz.SplitData {
	d := viz.SplitData{Title: "Doubt from noise, doubt from missing data", XLabel: "x", X: grid(-4, 4, 201)}
	rng := random(4)
	for range 60 {
		x := -2.2 + 0.5*rng.NormFloat64()
		if rng.Float64() < 0.5 {
			x = 1.8 + 0.6*rng.NormFloat64()
		}
		d.DataX = append(d.DataX, x)
	}
	for _, x := range d.X {
		gap := math.Min(math.Abs(x+2.2), math.Abs(x-1.8))
		d.Epistemic = append(d.Epistemic, 0.02+0.16*math.Max(0, gap-0.7)*math.Max(0, gap-0.7))
		d.Aleatoric = append(d.Aleatoric, 0.04+0.16/(1+math.Exp(-1.5*(x-1))))
	}
	return d
}

// walks are autoregressive chains; the last one is shifted.
func walks(chains, n int, rho, shift float64) [][]float64 {
	out := make([][]float64, chains)
	for c := range out {
		rng := random(uint64(10 + c))
		x := rng.NormFloat64()
		for range n {
			x = rho*x + math.Sqrt(1-rho*rho)*rng.NormFloat64()
			y := x
			if c == chains-1 {
				y += shift
			}
			out[c] = append(out[c], y)
		}
	}
	return out
}

func acquisitions() viz.RepeatsData {
	d := viz.RepeatsData{Title: "What to label next", XLabel: "labels bought", YLabel: "test accuracy", X: grid(20, 200, 10)}
	for i, name := range []string{"mutual information", "entropy", "at random"} {
		k := viz.RepeatedCurve{Name: name}
		for r := range 8 {
			rng := random(uint64(100*i + r))
			var y []float64
			off := 0.015 * rng.NormFloat64()
			for _, n := range d.X {
				y = append(y, 0.97-0.45*math.Exp(-n/(45+22*float64(i)))+off+0.008*rng.NormFloat64())
			}
			k.Runs = append(k.Runs, y)
		}
		d.Curves = append(d.Curves, k)
	}
	return d
}

func schools() viz.ForestData {
	d := viz.ForestData{Title: "Weights of the first layer", XLabel: "weight", Lines: []viz.VLine{{X: 0, Label: "no effect"}}}
	rng := random(5)
	for i, name := range []string{"age", "cement", "water", "slag", "fly ash", "plasticiser"} {
		q := viz.Quantity{Name: name}
		m, s := 0.9*rng.NormFloat64(), 0.15+0.1*float64(i%3)
		for range 2 {
			var c []float64
			for range 1000 {
				c = append(c, m+s*rng.NormFloat64())
			}
			q.Chains = append(q.Chains, c)
		}
		d.Quantities = append(d.Quantities, q)
	}
	return d
}

func costs() viz.CurvesData {
	d := viz.CurvesData{Title: "What a step costs", XLabel: "number of weights d", YLabel: "seconds a step", LogX: true, LogY: true, X: []float64{50, 100, 200, 400, 800, 1600, 3200}}
	for _, k := range []struct {
		name string
		a, p float64
	}{{"VI", 2e-6, 1}, {"HMC", 4e-5, 1}, {"Laplace, full", 1e-9, 3}} {
		var y []float64
		for _, n := range d.X {
			y = append(y, 2e-5+k.a*math.Pow(n, k.p))
		}
		d.Curves = append(d.Curves, viz.Curve{Name: k.name, Y: y})
	}
	return d
}
