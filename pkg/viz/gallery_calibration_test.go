package viz_test

import (
	"math"

	"github.com/credence-bnn/credence/pkg/viz"
)

// Pictures of calibration, detection, boundaries, weights and functions.
func calibration() []picture {
	return []picture{
		{"reliability", func() (*viz.Figure, error) { return viz.Reliability(tooSure(4000)) }},
		{"pit", func() (*viz.Figure, error) {
			return viz.PIT(viz.PITData{Title: "A model that is too sure", Values: pits(1500)})
		}},
		{"risk_coverage", func() (*viz.Figure, error) { return viz.RiskCoverage(abstaining()) }},
		{"roc", func() (*viz.Figure, error) { return viz.ROC(strangers()) }},
		{"boundary", func() (*viz.Figure, error) { return viz.Boundary(moons()) }},
		{"weights", func() (*viz.Figure, error) { return viz.Weights(layers()) }},
		{"snr", func() (*viz.Figure, error) { return viz.SNR(beliefsInWeights()) }},
		{"network_points", func() (*viz.Figure, error) {
			d := smallNet()
			d.Title, d.SD = "One network", nil
			return viz.Network(d)
		}},
		{"network", func() (*viz.Figure, error) { return viz.Network(smallNet()) }},
		{"functions", func() (*viz.Figure, error) { return viz.Functions(prior()) }},
	}
}

func tooSure(n int) viz.ReliabilityData {
	d, rng := viz.ReliabilityData{Title: "A network that is surer than it should be"}, random(20)
	for range n {
		p := 0.3 + 0.7*math.Pow(rng.Float64(), 0.6)
		d.Confidence = append(d.Confidence, p)
		d.Correct = append(d.Correct, rng.Float64() < math.Pow(p, 1.5)+0.06*(1-p))
	}
	return d
}

func pits(n int) []float64 {
	rng, v := random(21), make([]float64, n)
	for i := range v {
		v[i] = 0.5 * math.Erfc(-1.3*rng.NormFloat64()/math.Sqrt2)
	}
	return v
}

func abstaining() viz.RiskCoverageData {
	rng := random(22)
	a, b, loss := make([]float64, 1500), make([]float64, 1500), make([]float64, 1500)
	for i := range loss {
		hard := rng.ExpFloat64()
		if rng.Float64() < 0.12*hard {
			loss[i] = 1
		}
		a[i], b[i] = hard+0.5*rng.NormFloat64(), hard+2*rng.NormFloat64()
	}
	return viz.RiskCoverageData{Title: "What abstaining saves", RiskName: "error rate of the answers given", Rankings: []viz.Ranking{{Name: "ensemble", Uncertainty: a, Loss: loss}, {Name: "one network", Uncertainty: b, Loss: loss}}}
}

func strangers() viz.ROCData {
	rng := random(23)
	k := func(shift float64, n int) (v []float64) {
		for range n {
			v = append(v, math.Ln2/(1+math.Exp(-shift-rng.NormFloat64())))
		}
		return v
	}
	return viz.ROCData{Title: "Digits against letters", ScoreName: "entropy (nats)", Detectors: []viz.Detector{
		{Name: "ensemble", In: k(-1.6, 800), Out: k(0.7, 600)}, {Name: "one network", In: k(-2, 800), Out: k(-1, 600)},
	}}
}

func moons() viz.BoundaryData {
	rng := random(24)
	d := viz.BoundaryData{Title: "Boundaries agree where there are data", XLabel: "x₁", YLabel: "x₂", UncertaintyName: "entropy (nats)", X: grid(-3, 4, 71), Y: grid(-2.5, 3, 56)}
	for i := range 80 {
		t, c := math.Pi*rng.Float64(), i%2
		x, y := math.Cos(t), math.Sin(t)
		if c == 1 {
			x, y = 1-x, 0.5-y
		}
		d.PointsX, d.PointsY, d.Class = append(d.PointsX, x+0.12*rng.NormFloat64()), append(d.PointsY, y+0.12*rng.NormFloat64()), append(d.Class, c)
	}
	mean := make([][]float64, len(d.Y))
	for j := range mean {
		mean[j] = make([]float64, len(d.X))
	}
	const draws = 14
	for range draws {
		a, b, s := 0.5*rng.NormFloat64(), 0.5*rng.NormFloat64(), 0.35*rng.NormFloat64()
		var g [][]float64
		for j, y := range d.Y {
			var row []float64
			for i, x := range d.X {
				far := math.Max(0, math.Abs(x-0.5)-1.2)
				f := y - 0.25 - 0.75*math.Sin(2.2*(x-0.5)+math.Pi) + far*far*(a*math.Copysign(1, x-0.5)+b) + 0.2*s
				p := 1 / (1 + math.Exp(4*f))
				row = append(row, p)
				mean[j][i] += p / draws
			}
			g = append(g, row)
		}
		d.Draws = append(d.Draws, g)
	}
	d.Mean = mean
	for _, row := range mean {
		var u []float64
		for _, p := range row {
			u = append(u, -p*math.Log(p+1e-12)-(1-p)*math.Log(1-p+1e-12))
		}
		d.Uncertainty = append(d.Uncertainty, u)
	}
	return d
}

func layers() viz.WeightsData {
	rng := random(25)
	d := viz.WeightsData{Title: "What training made of the prior"}
	for i, name := range []string{"first layer", "second layer", "last layer"} {
		l := viz.LayerWeights{Name: name, PriorSD: 1 / math.Sqrt(float64(1+i))}
		for range 1200 / (1 + 3*i) {
			l.W = append(l.W, l.PriorSD*(0.5+0.4*float64(i))*rng.NormFloat64()*math.Sqrt(0.3+rng.ExpFloat64()))
		}
		d.Layers = append(d.Layers, l)
	}
	return d
}

func beliefsInWeights() viz.SNRData {
	rng := random(26)
	d := viz.SNRData{Title: "Which weights say something", Cut: -4}
	for i, name := range []string{"first layer", "last layer"} {
		l := viz.WeightBelief{Name: name}
		for range 3000 {
			m := 0.05 * rng.NormFloat64()
			if rng.Float64() < 0.25+0.3*float64(i) {
				m = 0.8 * rng.NormFloat64()
			}
			l.Mean, l.SD = append(l.Mean, m), append(l.SD, 0.2*math.Exp(0.3*rng.NormFloat64()))
		}
		d.Layers = append(d.Layers, l)
	}
	return d
}

func smallNet() viz.NetworkData {
	rng := random(27)
	d := viz.NetworkData{Title: "All networks that fit", Sizes: []int{2, 4, 3, 1}, Inputs: []string{"age", "water"}, Outputs: []string{"strength"}}
	for l := range 3 {
		var m, s []float64
		for range d.Sizes[l] * d.Sizes[l+1] {
			m, s = append(m, 1.2*rng.NormFloat64()), append(s, 0.25+0.9*rng.Float64())
		}
		d.Mean, d.SD = append(d.Mean, m), append(d.SD, s)
	}
	return d
}

func prior() viz.FunctionsData {
	rng := random(28)
	d := viz.FunctionsData{Title: "What the prior says before it has seen anything", XLabel: "x", YLabel: "f(x)", X: grid(-3, 3, 121)}
	for range 200 {
		var w [12][3]float64
		for k := range w {
			w[k] = [3]float64{1.5 * rng.NormFloat64(), 1.5 * rng.NormFloat64(), rng.NormFloat64() / math.Sqrt(12)}
		}
		var f []float64
		for _, x := range d.X {
			y := 0.3 * w[0][1]
			for _, k := range w {
				y += 1.5 * k[2] * math.Tanh(k[0]*x+k[1])
			}
			f = append(f, y)
		}
		d.Draws = append(d.Draws, f)
	}
	return d
}
