package viz_test

import (
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// sized are the figures whose data can be many, drawn from n values.
func sized(n int) map[string]func() (*viz.Figure, error) {
	v, half := manyDraws(n), n/2
	chains := [][]float64{v[:half], v[half:]}
	q := []viz.Quantity{{Name: "w", Chains: chains}}
	return map[string]func() (*viz.Figure, error){
		"Density":         func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: v}) },
		"Histogram":       func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: v, Histogram: true}) },
		"Chains":          func() (*viz.Figure, error) { return viz.Chains(viz.ChainsData{Quantities: q}) },
		"Autocorrelation": func() (*viz.Figure, error) { return viz.Autocorrelation(viz.AutocorrelationData{Quantities: q}) },
		"Ranks":           func() (*viz.Figure, error) { return viz.Ranks(viz.RanksData{Chains: chains}) },
		"Forest":          func() (*viz.Figure, error) { return viz.Forest(viz.ForestData{Quantities: q}) },
		"Loss":            func() (*viz.Figure, error) { return viz.Loss(viz.LossData{Smooth: 100, Traces: []viz.Trace{{Y: v}}}) },
		"Band": func() (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: counts(n), Mean: v, DataX: counts(n), DataY: v})
		},
		"Curves": func() (*viz.Figure, error) {
			return viz.Curves(viz.CurvesData{X: counts(n), Curves: []viz.Curve{{Y: v}}})
		},
		"Running": func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{LogX: true, Runs: []viz.Run{{Freq: v}}})
		},
		"Repeats": func() (*viz.Figure, error) {
			return viz.Repeats(viz.RepeatsData{X: counts(half), Curves: []viz.RepeatedCurve{{Runs: chains}}})
		},
		"Reliability": func() (*viz.Figure, error) {
			return viz.Reliability(viz.ReliabilityData{Confidence: ranks01(v), Correct: make([]bool, n)})
		},
		"PIT": func() (*viz.Figure, error) { return viz.PIT(viz.PITData{Values: ranks01(v)}) },
		"ROC": func() (*viz.Figure, error) {
			return viz.ROC(viz.ROCData{Detectors: []viz.Detector{{In: v[:half], Out: v[half:]}}})
		},
		"RiskCoverage": func() (*viz.Figure, error) {
			return viz.RiskCoverage(viz.RiskCoverageData{Rankings: []viz.Ranking{{Uncertainty: v, Loss: squares(v)}}})
		},
		"Weights": func() (*viz.Figure, error) { return viz.Weights(viz.WeightsData{Layers: []viz.LayerWeights{{W: v}}}) },
		"SNR": func() (*viz.Figure, error) {
			return viz.SNR(viz.SNRData{Layers: []viz.WeightBelief{{Mean: v, SD: ranks01(v)}}})
		},
		"Boundary": func() (*viz.Figure, error) {
			return viz.Boundary(viz.BoundaryData{X: []float64{-3, 3}, Y: []float64{-3, 3}, Uncertainty: [][]float64{{0, 1}, {1, 0}}, PointsX: v, PointsY: v})
		},
		"Functions": func() (*viz.Figure, error) { return viz.Functions(viz.FunctionsData{X: counts(half), Draws: chains}) },
		"Pairs": func() (*viz.Figure, error) {
			return viz.Pairs(viz.PairsData{Names: []string{"a", "b"}, Columns: chains})
		},
		"Ridgeline": func() (*viz.Figure, error) { return viz.Ridgeline(viz.RidgelineData{Rows: []viz.Ridge{{Samples: v}}}) },
		"Energy":    func() (*viz.Figure, error) { return viz.Energy(viz.EnergyData{Chains: chains}) },
		"PredictiveCheck": func() (*viz.Figure, error) {
			return viz.PredictiveCheck(viz.PredictiveCheckData{Observed: chains[0], Replicated: chains[1:]})
		},
		"Depth": func() (*viz.Figure, error) {
			return viz.Depth(viz.DepthData{Width: int(math.Sqrt(float64(n))), Height: n / int(math.Sqrt(float64(n))), Image: ranks01(v), Prediction: v})
		},
		"Split": func() (*viz.Figure, error) {
			return viz.Split(viz.SplitData{X: counts(n), Epistemic: squares(v), Aleatoric: squares(v), DataX: v})
		},
	}
}

// manyDraws is more than a screen has room for.
func manyDraws(n int) []float64 {
	v := make([]float64, n)
	rng := random(77)
	for i := range v {
		v[i] = rng.NormFloat64() + math.Sin(float64(i)/1e4)
	}
	return v
}

func counts(n int) []float64 { return grid(1, float64(n), n) }

func squares(v []float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = x * x
	}
	return out
}

// ranks01 squeezes values into (0, 1).
func ranks01(v []float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = 1 / (1 + math.Exp(-x))
	}
	return out
}

// A million values become a picture that a browser can show, not a file of megabytes.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a million values for every figure")
	}
	for name, draw := range sized(1_000_000) {
		fig, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		svg, err := fig.SVG()
		if err != nil || len(svg) > 3<<20 { // pictures of noise, at the resolution of a screen, are the largest
			t.Errorf("%s: an SVG of %d bytes, %v", name, len(svg), err)
		}
	}
}

// BenchmarkFigures makes each figure of 10,000 values and renders it: at most 200 ms.
func BenchmarkFigures(b *testing.B) {
	for name, draw := range sized(10_000) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fig, err := draw()
				if err != nil {
					b.Fatal(err)
				}
				if _, err := fig.PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
