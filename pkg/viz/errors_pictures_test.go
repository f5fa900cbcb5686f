package viz_test

import (
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

func TestErrorsPictures(t *testing.T) {
	two, five := []float64{1, 2}, []float64{1, 2, 3, 4, 5}
	px := []float64{0, 1, 0, 1}
	names := []string{"a", "b"}
	seg := func(f func(*viz.SegmentationData)) error {
		d := viz.SegmentationData{Width: 2, Height: 2, Image: px, Classes: names, Prediction: []int{0, 1, 0, 1}}
		f(&d)
		return fails(viz.Segmentation(d))
	}
	depth := func(f func(*viz.DepthData)) error {
		d := viz.DepthData{Width: 2, Height: 2, Image: px, Prediction: px}
		f(&d)
		return fails(viz.Depth(d))
	}
	checkRefusals(t, []refusal{
		{fails(viz.Pairs(viz.PairsData{Columns: [][]float64{five}})), []string{"Pairs", "1 Columns"}},
		{fails(viz.Pairs(viz.PairsData{Columns: [][]float64{five, five}})), []string{"0 Names", "2 Columns"}},
		{fails(viz.Pairs(viz.PairsData{Names: names, Columns: [][]float64{two, two}})), []string{"Columns[0] has 2", "five"}},
		{fails(viz.Pairs(viz.PairsData{Names: names, Columns: [][]float64{five, two}})), []string{"Columns[1] has 2"}},
		{fails(viz.Pairs(viz.PairsData{Names: names, Truth: []float64{1, nan}, Columns: [][]float64{five, five}})), []string{"Truth[1] is NaN"}},
		{fails(viz.Ridgeline(viz.RidgelineData{})), []string{"Ridgeline", "0 Rows"}},
		{fails(viz.Ridgeline(viz.RidgelineData{Rows: []viz.Ridge{{Samples: two[:1]}}})), []string{"Rows[0].Samples has 1"}},
		{fails(viz.Ridgeline(viz.RidgelineData{Rows: []viz.Ridge{{Samples: two}}, Support: [2]float64{0, 1}})), []string{"Rows[0].Samples[1] = 2", "outside"}},
		{fails(viz.Energy(viz.EnergyData{})), []string{"Energy", "Chains is empty"}},
		{fails(viz.Energy(viz.EnergyData{Chains: [][]float64{{1, 1, 1, 1}}})), []string{"Chains[0] is constant"}},
		{fails(viz.PredictiveCheck(viz.PredictiveCheckData{Observed: two})), []string{"PredictiveCheck", "0 Replicated"}},
		{fails(viz.PredictiveCheck(viz.PredictiveCheckData{Observed: two, Replicated: [][]float64{{1}}})), []string{"Replicated[0] has 1"}},
		{fails(viz.PredictiveCheck(viz.PredictiveCheckData{Observed: []float64{1, inf}, Replicated: [][]float64{two}})), []string{"Observed[1] is +Inf"}},
		{fails(viz.PredictiveCheck(viz.PredictiveCheckData{Observed: two, Replicated: [][]float64{two}, Statistic: func([]float64) float64 { return nan }})), []string{"Statistic", "NaN"}},
		{fails(viz.Images(viz.ImagesData{})), []string{"Images", "0 pictures"}},
		{fails(viz.Images(viz.ImagesData{Width: 3, Height: 2, Pixels: [][]float64{px}})), []string{"Pixels[0] has 4", "6"}},
		{fails(viz.Images(viz.ImagesData{Width: 2, Height: 2, Pixels: [][]float64{{0, 0, 0, 200}}})), []string{"Pixels[0][3] = 200", "255"}},
		{fails(viz.Images(viz.ImagesData{Width: 2, Height: 2, Pixels: [][]float64{px}, Labels: names})), []string{"Labels has 2"}},
		{fails(viz.Images(viz.ImagesData{Width: 2, Height: 2, Pixels: [][]float64{px}, Doubt: []float64{-1}})), []string{"Doubt[0] = -1"}},
		{seg(func(d *viz.SegmentationData) { d.Classes = nil }), []string{"Segmentation", "0 Classes"}},
		{seg(func(d *viz.SegmentationData) { d.Prediction = d.Prediction[:1] }), []string{"Prediction has 1"}},
		{seg(func(d *viz.SegmentationData) { d.Truth = []int{0, 0, 9, 0} }), []string{"Truth[2] = 9"}},
		{seg(func(d *viz.SegmentationData) { d.Epistemic = two }), []string{"Epistemic has 2"}},
		{depth(func(d *viz.DepthData) { d.Prediction = nil }), []string{"Depth", "Prediction has 0"}},
		{depth(func(d *viz.DepthData) { d.Aleatoric = []float64{0, 0, 0, -1} }), []string{"Aleatoric[3] = -1"}},
		{depth(func(d *viz.DepthData) { d.Image = []float64{0, nan, 0, 0} }), []string{"Image[1] = NaN"}},
		{fails(viz.Confusion(viz.ConfusionData{})), []string{"Confusion", "0 Names"}},
		{fails(viz.Confusion(viz.ConfusionData{Names: names, Counts: [][]int{{1, 2}}})), []string{"Counts has 1 rows"}},
		{fails(viz.Confusion(viz.ConfusionData{Names: names, Counts: [][]int{{1, 2}, {3, -4}}})), []string{"Counts[1][1] = -4"}},
		{fails(viz.Confusion(viz.ConfusionData{Names: names, Counts: [][]int{{0, 0}, {0, 0}}})), []string{"all 0"}},
	})
}

func TestOddPictures(t *testing.T) {
	five, same := []float64{1, 2, 3, 4, 5}, []float64{2, 2, 2, 2, 2}
	checkOdd(t, map[string]func() (*viz.Figure, error){
		"pairs of constants": func() (*viz.Figure, error) {
			return viz.Pairs(viz.PairsData{Names: []string{"a", "b"}, Columns: [][]float64{same, same}})
		},
		"pairs on a line": func() (*viz.Figure, error) {
			return viz.Pairs(viz.PairsData{Names: []string{"a", "b"}, Columns: [][]float64{five, five}, Truth: []float64{99, 0}})
		},
		"a constant ridge": func() (*viz.Figure, error) {
			return viz.Ridgeline(viz.RidgelineData{Rows: []viz.Ridge{{Samples: same}}})
		},
		"constant data": func() (*viz.Figure, error) {
			return viz.PredictiveCheck(viz.PredictiveCheckData{Observed: same, Replicated: [][]float64{same}, Statistic: func([]float64) float64 { return 1 }})
		},
		"one pixel": func() (*viz.Figure, error) {
			return viz.Images(viz.ImagesData{Width: 1, Height: 1, Pixels: [][]float64{{1}}, Doubt: []float64{0}})
		},
		"no doubt": func() (*viz.Figure, error) {
			return viz.Segmentation(viz.SegmentationData{Width: 1, Height: 1, Image: []float64{0}, Classes: []string{"a", "b"}, Prediction: []int{0}, Epistemic: []float64{0}})
		},
		"flat depth": func() (*viz.Figure, error) {
			return viz.Depth(viz.DepthData{Width: 1, Height: 1, Image: []float64{0, 0, 0}, Prediction: []float64{3}})
		},
		"long names": func() (*viz.Figure, error) {
			n, c := make([]string, 20), make([][]int, 20)
			for i := range n {
				n[i], c[i] = "a long name of a class", make([]int, 20)
				c[i][i] = int(math.Pow(10, float64(i%6)))
			}
			return viz.Confusion(viz.ConfusionData{Names: n, Counts: c})
		},
	})
}
