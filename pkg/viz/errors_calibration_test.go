package viz_test

import (
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

func TestErrorsCalibration(t *testing.T) {
	two, g := []float64{0, 1}, [][]float64{{0, 1}, {1, 0}}
	rank := func(u, l []float64) []viz.Ranking { return []viz.Ranking{{Uncertainty: u, Loss: l}} }
	net := func(sizes []int, mean, sd [][]float64) error {
		return fails(viz.Network(viz.NetworkData{Sizes: sizes, Mean: mean, SD: sd}))
	}
	checkRefusals(t, []refusal{
		{fails(viz.Reliability(viz.ReliabilityData{})), []string{"Reliability", "Confidence is empty"}},
		{fails(viz.Reliability(viz.ReliabilityData{Confidence: two, Correct: []bool{true}})), []string{"Correct has 1"}},
		{fails(viz.Reliability(viz.ReliabilityData{Confidence: []float64{87}, Correct: []bool{true}})), []string{"Confidence[0] = 87", "percentage"}},
		{fails(viz.Reliability(viz.ReliabilityData{Confidence: []float64{nan}, Correct: []bool{true}})), []string{"Confidence[0] is NaN"}},
		{fails(viz.Reliability(viz.ReliabilityData{Bins: -1, Confidence: two, Correct: []bool{true, false}})), []string{"Bins = -1"}},
		{fails(viz.PIT(viz.PITData{})), []string{"PIT", "Values has 0"}},
		{fails(viz.PIT(viz.PITData{Values: []float64{0.5, -0.1}})), []string{"Values[1] = -0.1"}},
		{fails(viz.PIT(viz.PITData{Values: two, Bins: 1})), []string{"Bins = 1"}},
		{fails(viz.RiskCoverage(viz.RiskCoverageData{})), []string{"RiskCoverage", "0 Rankings"}},
		{fails(viz.RiskCoverage(viz.RiskCoverageData{Rankings: rank(nil, two)})), []string{"Rankings[0].Uncertainty is empty"}},
		{fails(viz.RiskCoverage(viz.RiskCoverageData{Rankings: rank(two, two[:1])})), []string{"Rankings[0].Loss has 1"}},
		{fails(viz.RiskCoverage(viz.RiskCoverageData{Rankings: rank(two, []float64{0, inf})})), []string{"Rankings[0].Loss[1] is +Inf"}},
		{fails(viz.ROC(viz.ROCData{})), []string{"ROC", "0 Detectors"}},
		{fails(viz.ROC(viz.ROCData{Detectors: []viz.Detector{{In: two}}})), []string{"Detectors[0].Out is empty"}},
		{fails(viz.ROC(viz.ROCData{Detectors: []viz.Detector{{In: two, Out: []float64{nan}}}})), []string{"Detectors[0].Out[0] is NaN"}},
		{fails(viz.Boundary(viz.BoundaryData{X: two})), []string{"Boundary", "Y has 0"}},
		{fails(viz.Boundary(viz.BoundaryData{X: []float64{0, 1, 5}, Y: two, Uncertainty: g})), []string{"X[1] = 1", "evenly"}},
		{fails(viz.Boundary(viz.BoundaryData{X: two, Y: two, Uncertainty: g[:1]})), []string{"Uncertainty has 1 rows"}},
		{fails(viz.Boundary(viz.BoundaryData{X: two, Y: two, Uncertainty: g, Draws: [][][]float64{{{0}, {1}}}})), []string{"Draws[0][0] has 1"}},
		{fails(viz.Boundary(viz.BoundaryData{X: two, Y: two, Uncertainty: g, PointsX: two, PointsY: two, Class: []int{0, 7}})), []string{"Class[1] = 7"}},
		{fails(viz.Weights(viz.WeightsData{})), []string{"Weights", "0 Layers"}},
		{fails(viz.Weights(viz.WeightsData{Layers: []viz.LayerWeights{{}}})), []string{"Layers[0].W is empty"}},
		{fails(viz.Weights(viz.WeightsData{Layers: []viz.LayerWeights{{W: two, PriorSD: -1}}})), []string{"Layers[0].PriorSD = -1"}},
		{fails(viz.SNR(viz.SNRData{})), []string{"SNR", "0 Layers"}},
		{fails(viz.SNR(viz.SNRData{Layers: []viz.WeightBelief{{Mean: two, SD: two}}})), []string{"Layers[0].SD[0] = 0"}},
		{fails(viz.SNR(viz.SNRData{Layers: []viz.WeightBelief{{Mean: []float64{0, 0}, SD: []float64{1, 1}}}})), []string{"means that are not 0"}},
		{net(nil, nil, nil), []string{"Network", "0 layers"}},
		{net([]int{2, 99}, nil, nil), []string{"Sizes[1] = 99"}},
		{net([]int{2, 1}, [][]float64{{1}}, nil), []string{"Mean[0] has 1 weights", "have 2"}},
		{net([]int{2, 1}, [][]float64{{1, 2}}, [][]float64{{1, 0}}), []string{"SD[0][1] = 0"}},
		{net([]int{12, 12}, [][]float64{make([]float64, 144)}, [][]float64{make([]float64, 144)}), []string{"SD[0][0] = 0"}},
		{fails(viz.Functions(viz.FunctionsData{X: two})), []string{"Functions", "0 Draws"}},
		{fails(viz.Functions(viz.FunctionsData{X: two, Draws: [][]float64{two, {1}}})), []string{"Draws[1] has 1"}},
		{fails(viz.Functions(viz.FunctionsData{X: two, Draws: [][]float64{two}, Shown: -2})), []string{"Shown = -2"}},
	})
}

func TestOddCalibration(t *testing.T) {
	two, same := []float64{0, 1}, []float64{2, 2}
	flat := [][]float64{{0, 0}, {0, 0}}
	checkOdd(t, map[string]func() (*viz.Figure, error){
		"one answer": func() (*viz.Figure, error) {
			return viz.Reliability(viz.ReliabilityData{Confidence: []float64{1}, Correct: []bool{false}})
		},
		"calibrated": func() (*viz.Figure, error) {
			return viz.Reliability(viz.ReliabilityData{Confidence: two, Correct: []bool{false, true}})
		},
		"two PITs": func() (*viz.Figure, error) { return viz.PIT(viz.PITData{Values: two}) },
		"no loss": func() (*viz.Figure, error) {
			return viz.RiskCoverage(viz.RiskCoverageData{Rankings: []viz.Ranking{{Uncertainty: same, Loss: []float64{0, 0}}}})
		},
		"one loss": func() (*viz.Figure, error) {
			return viz.RiskCoverage(viz.RiskCoverageData{Rankings: []viz.Ranking{{Uncertainty: same[:1], Loss: same[:1]}}})
		},
		"equal scores": func() (*viz.Figure, error) {
			return viz.ROC(viz.ROCData{Detectors: []viz.Detector{{In: same, Out: same}}})
		},
		"a flat map": func() (*viz.Figure, error) {
			return viz.Boundary(viz.BoundaryData{X: two, Y: two, Uncertainty: flat, Mean: flat, Level: 0.5})
		},
		"one weight": func() (*viz.Figure, error) {
			return viz.Weights(viz.WeightsData{Layers: []viz.LayerWeights{{W: []float64{0}}}})
		},
		"equal SNR": func() (*viz.Figure, error) {
			return viz.SNR(viz.SNRData{Layers: []viz.WeightBelief{{Mean: same, SD: same}}})
		},
		"weights of 0": func() (*viz.Figure, error) {
			return viz.Network(viz.NetworkData{Sizes: []int{1, 1}, Mean: [][]float64{{0}}})
		},
		"one unit": func() (*viz.Figure, error) {
			return viz.Network(viz.NetworkData{Sizes: []int{1, 1}, Mean: [][]float64{{0}}, SD: [][]float64{{1}}})
		},
		"one function": func() (*viz.Figure, error) { return viz.Functions(viz.FunctionsData{X: two, Draws: [][]float64{same}}) },
	})
}
