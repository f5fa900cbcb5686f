package viz_test

import (
	"fmt"
	"slices"

	"github.com/credence-bnn/credence/pkg/viz"
)

func ExamplePairs() {
	draws := drawn(400)
	sum := make([]float64, 400)
	for i := range sum {
		sum[i] = draws[0][i] + draws[1][i]
	}
	fig := viz.Must(viz.Pairs(viz.PairsData{
		Title: "Three weights", Names: []string{"w₁", "w₂", "w₁ + w₂"},
		Columns: [][]float64{draws[0], draws[1], sum},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Three weights. 400 draws of 3 quantities. w₁: mean −0.022, sd 0.95. w₂: mean 0.0682, sd 1. w₁ + w₂: mean 0.0462, sd 1.5. Correlation of w₁ and w₂: 0.082. Correlation of w₁ and w₁ + w₂: 0.71. Correlation of w₂ and w₁ + w₂: 0.76.
}

func ExampleRidgeline() {
	draws := drawn(400)
	fig := viz.Must(viz.Ridgeline(viz.RidgelineData{
		Title: "Two weights", XLabel: "weight",
		Rows:  []viz.Ridge{{Label: "age", Samples: draws[0]}, {Label: "water", Samples: draws[1]}},
		Lines: []viz.VLine{{X: 0, Label: "zero"}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two weights. age: median −0.01, 95 % HDI from −1.95 to 1.86. water: median 0.09, 95 % HDI from −2.05 to 1.95. A dashed vertical line marks zero at 0.
}

func ExampleEnergy() {
	fig := viz.Must(viz.Energy(viz.EnergyData{Title: "HMC", Chains: drawn(500)}))
	fmt.Println(fig.Alt())
	// Output:
	// HMC. The energy varies with sd 0.972, its change from draw to draw with sd 1.35. E-BFMI by chain: 1.90, 1.93.
}

func ExamplePredictiveCheck() {
	draws := drawn(200)
	fig := viz.Must(viz.PredictiveCheck(viz.PredictiveCheckData{
		Title: "Could the model have made these data?", Observed: draws[0],
		Replicated: [][]float64{draws[1], draws[1][:100], draws[1][100:]},
		Statistic:  slices.Max[[]float64], StatisticName: "largest value",
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Could the model have made these data? 200 observed values, mean 0.0124, sd 0.921, and 3 replicated data sets. The largest value of the data is 2.57; of the replicates 0 % have one as large.
}

func ExampleImages() {
	cross := []float64{0, 1, 0, 1, 1, 1, 0, 1, 0}
	ring := []float64{1, 1, 1, 1, 0, 1, 1, 1, 1}
	fig := viz.Must(viz.Images(viz.ImagesData{
		Title: "Two pictures", Width: 3, Height: 3, Pixels: [][]float64{cross, ring},
		Predictions: []string{"cross", "cross"}, Labels: []string{"cross", "ring"},
		Doubt: []float64{0.1, 0.6}, DoubtName: "entropy (nats)",
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Two pictures. 2 pictures of 3 × 3 pixels. 1 of the predictions are right, 1 wrong. The largest entropy (nats), 0.6, is that of picture 2 (cross). Picture 2: cross instead of ring.
}

func ExampleSegmentation() {
	fig := viz.Must(viz.Segmentation(viz.SegmentationData{
		Title: "Sky and ground", Width: 2, Height: 2, Image: []float64{0.9, 0.8, 0.3, 0.2},
		Classes: []string{"sky", "ground"}, Prediction: []int{0, 0, 1, 0}, Truth: []int{0, 0, 1, 1},
		Epistemic: []float64{0, 0, 0.1, 0.5}, Aleatoric: []float64{0.1, 0.1, 0.1, 0.2},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Sky and ground. A picture of 2 × 2 pixels and the class of each: sky 75 %, ground 25 %. 75 % of the pixels are right. Epistemic uncertainty: mean 0.15, most, 0.5, in row 2, column 2. Aleatoric uncertainty: mean 0.12, most, 0.2, in row 2, column 2.
}

func ExampleDepth() {
	fig := viz.Must(viz.Depth(viz.DepthData{
		Title: "A wall and a box", Width: 2, Height: 2, Image: []float64{0.9, 0.8, 0.3, 0.2},
		Name: "depth (m)", Prediction: []float64{5, 5, 2, 3}, Truth: []float64{5, 5, 2, 2},
		Epistemic: []float64{0.1, 0.1, 0.2, 0.9}, Aleatoric: []float64{0.1, 0.1, 0.1, 0.1},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// A wall and a box. A picture of 2 × 2 pixels and depth (m) for each, from 2 to 5. Root mean squared error 0.5. Epistemic uncertainty: mean 0.33, most, 0.9, in row 2, column 2. Aleatoric uncertainty: mean 0.1, most, 0.1, in row 1, column 1.
}

func ExampleConfusion() {
	fig := viz.Must(viz.Confusion(viz.ConfusionData{
		Title: "Which clothes look alike", Names: []string{"coat", "shirt", "bag"},
		Counts: [][]int{{90, 10, 0}, {25, 75, 0}, {1, 0, 99}},
	}))
	fmt.Println(fig.Alt())
	// Output:
	// Which clothes look alike. 300 answers in 3 classes, 88 % right. The most frequent mistake: shirt taken for coat, 25 times.
}

func ExampleFigure_Save() {
	fig := viz.Must(viz.Loss(viz.LossData{Traces: []viz.Trace{{Y: []float64{2, 1}}}}))
	fmt.Println(fig.Save("loss.gif"))
	// Output: viz: Save: "loss.gif"; the name of a figure's file ends in .png or .svg
}
