package viz_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A trial draws one kind of figure from values that go into its main field. With cut, a
// field that has to match it is one value short. So every kind of figure meets the same
// odd data; see TestEvery.
type trial struct {
	draw func(v []float64, cut bool) (*viz.Figure, error)

	unit  bool   // the values are probabilities, or pixels
	gaps  bool   // NaN and Inf are left out and mentioned, not an error
	exact bool   // takes no floating-point numbers: NaN cannot be
	alone bool   // has no field that could be shorter than another
	flat  string // why constant data are an error; empty = they are drawn
	most  string // why a million values are an error; empty = they are drawn
}

func trials() map[string]trial {
	type fields = []float64
	less := func(v fields, cut bool) fields {
		if cut {
			return v[1:]
		}
		return v
	}
	halves := func(v fields) [][]float64 { return [][]float64{v[:len(v)/2], v[len(v)/2:]} }
	quantity := func(v fields) []viz.Quantity { return []viz.Quantity{{Name: "w", Chains: [][]float64{v}}} }
	side := func(v fields) int { return int(math.Sqrt(float64(len(v)))) }
	return map[string]trial{
		"Density": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Samples: v})
		}},
		"PriorPosterior": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.PriorPosterior(viz.PriorPosteriorData{X: counts(len(v)), Prior: v, Likelihood: v, Posterior: less(v, cut)})
		}},
		"Updates": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Updates(viz.UpdatesData{X: counts(len(v)), Prior: v, Steps: []viz.Update{{Y: v}, {Y: less(v, cut)}}})
		}},
		"Running": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Running(viz.RunningData{LogX: true, Runs: []viz.Run{{N: counts(len(v)), Freq: v}, {N: counts(len(v)), Freq: less(v, cut)}}})
		}},
		"Functions": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Functions(viz.FunctionsData{X: counts(len(v)), Draws: [][]float64{v, less(v, cut)}})
		}},
		"Ridgeline": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Ridgeline(viz.RidgelineData{Rows: []viz.Ridge{{Label: "a", Samples: v}, {Label: "b", Samples: v}}})
		}},
		"Pairs": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Pairs(viz.PairsData{Names: []string{"a", "b"}, Columns: [][]float64{v, less(v, cut)}})
		}},
		"Band": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Band(viz.BandData{X: counts(len(v)), Mean: v, EpistemicSD: squares(v), Draws: [][]float64{v}, DataX: counts(len(v)), DataY: less(v, cut)})
		}},
		"Split": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Split(viz.SplitData{X: counts(len(v)), Epistemic: v, Aleatoric: less(v, cut), DataX: v})
		}},
		"Boundary": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			n := side(v)
			z := make([][]float64, n)
			for j := range z {
				z[j] = v[j*n : (j+1)*n]
			}
			return viz.Boundary(viz.BoundaryData{X: counts(n), Y: counts(n), Uncertainty: z, Mean: z, Draws: [][][]float64{z}, PointsX: v, PointsY: less(v, cut)})
		}},
		"Images": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			pixels := [][]float64{v, less(v, cut)}
			return viz.Images(viz.ImagesData{Width: len(v) / max(1, side(v)), Height: side(v), Pixels: pixels})
		}},
		"Segmentation": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Segmentation(viz.SegmentationData{Width: len(v) / max(1, side(v)), Height: side(v), Image: v,
				Classes: []string{"a", "b"}, Prediction: make([]int, len(v)), Epistemic: v, Aleatoric: less(v, cut)})
		}},
		"Depth": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Depth(viz.DepthData{Width: len(v) / max(1, side(v)), Height: side(v), Image: v, Prediction: v, Epistemic: less(v, cut)})
		}},
		"Reliability": {unit: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Reliability(viz.ReliabilityData{Confidence: v, Correct: make([]bool, len(less(v, cut)))})
		}},
		"PIT": {unit: true, alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.PIT(viz.PITData{Values: v})
		}},
		"RiskCoverage": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.RiskCoverage(viz.RiskCoverageData{Rankings: []viz.Ranking{{Uncertainty: v, Loss: less(squares(v), cut)}}})
		}},
		"ROC": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.ROC(viz.ROCData{Detectors: []viz.Detector{{In: halves(v)[0], Out: halves(v)[1]}}})
		}},
		"Confusion": {exact: true, most: "from 2 to 40", draw: func(v fields, cut bool) (*viz.Figure, error) {
			n := side(v)
			d := viz.ConfusionData{Names: make([]string, n)}
			for i := range n {
				d.Counts = append(d.Counts, make([]int, n))
				d.Counts[i][i] = 1 + int(v[i]*v[i])
			}
			if cut {
				d.Counts[1] = d.Counts[1][1:]
			}
			return viz.Confusion(d)
		}},
		"Network": {most: "from 1 to 12", draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Network(viz.NetworkData{Sizes: []int{1, len(v)}, Mean: [][]float64{less(v, cut)}})
		}},
		"Weights": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Weights(viz.WeightsData{Layers: []viz.LayerWeights{{W: v, PriorSD: 1}}})
		}},
		"SNR": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.SNR(viz.SNRData{Layers: []viz.WeightBelief{{Mean: v, SD: less(ranks01(v), cut)}}})
		}},
		"Loss": {gaps: true, draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Loss(viz.LossData{Smooth: 100, Traces: []viz.Trace{{Y: v}, {Step: counts(len(v)), Y: less(v, cut)}}})
		}},
		"Chains": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Chains(viz.ChainsData{Quantities: quantity(v)})
		}},
		"Autocorrelation": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Autocorrelation(viz.AutocorrelationData{Quantities: quantity(v)})
		}},
		"Ranks": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Ranks(viz.RanksData{Chains: halves(v)})
		}},
		"Energy": {alone: true, flat: "constant", draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Energy(viz.EnergyData{Chains: [][]float64{v, v}})
		}},
		"PredictiveCheck": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.PredictiveCheck(viz.PredictiveCheckData{Observed: v, Replicated: halves(v)})
		}},
		"Bars": {unit: true, most: "at most", draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Bars(viz.BarsData{Series: []viz.BarSeries{{Y: v}, {Y: less(v, cut)}}})
		}},
		"Intervals": {alone: true, most: "at most", draw: func(v fields, _ bool) (*viz.Figure, error) {
			d := viz.IntervalsData{Rows: make([]viz.Interval, len(v))}
			for i, x := range v {
				d.Rows[i] = viz.Interval{At: x, Lo: x - 1, Hi: x + 1}
			}
			return viz.Intervals(d)
		}},
		"Forest": {alone: true, draw: func(v fields, _ bool) (*viz.Figure, error) {
			return viz.Forest(viz.ForestData{Quantities: quantity(v)})
		}},
		"Repeats": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Repeats(viz.RepeatsData{X: counts(len(v)), Curves: []viz.RepeatedCurve{{Runs: [][]float64{v, less(v, cut)}}}})
		}},
		"Curves": {draw: func(v fields, cut bool) (*viz.Figure, error) {
			return viz.Curves(viz.CurvesData{X: counts(len(v)), Curves: []viz.Curve{{Y: v}, {Y: less(v, cut), Dots: true}}})
		}},
		"Grid": {exact: true, alone: true, most: "at most", draw: func(v fields, _ bool) (*viz.Figure, error) {
			figs := make([]*viz.Figure, len(v))
			for i := range figs {
				figs[i] = viz.Must(viz.Loss(loss1()))
				if i == 40 {
					break
				}
			}
			return viz.Grid(viz.GridData{Figures: figs})
		}},
	}
}

// No figure may be missing, nor be called otherwise than what it draws.
func TestEveryIsTried(t *testing.T) {
	all := trials()
	for _, s := range figureFunctions(t) {
		if _, ok := all[s.Name]; !ok {
			t.Errorf("viz.%s has no trial", s.Name)
		}
		delete(all, s.Name)
	}
	for name := range all {
		t.Errorf("the trial %s tries no figure", name)
	}
}

// Nothing, one value, a constant, NaN, Inf, slices of different lengths: each figure
// either is drawn or errs with its own name, the field and what it needs.
func TestEvery(t *testing.T) {
	for name, tr := range trials() {
		good := manyDraws(9)
		if tr.unit {
			good = ranks01(good)
		}
		drawn := func(what string, v []float64) {
			t.Helper()
			fig, err := tr.draw(v, false)
			if err == nil {
				_, err = fig.PNG()
			}
			if err != nil {
				t.Errorf("%s of %s: %v", name, what, err)
			} else if strings.Contains(fig.Alt(), "NaN") || strings.Contains(fig.Alt(), "Inf") {
				t.Errorf("%s of %s: alt text %q", name, what, fig.Alt())
			}
		}
		refused := func(what string, v []float64, cut bool, says string) {
			t.Helper()
			_, err := tr.draw(v, cut)
			switch {
			case err == nil:
				t.Errorf("%s of %s: no error", name, what)
			case !strings.HasPrefix(err.Error(), "viz: "+name+": ") || !strings.Contains(err.Error(), says):
				t.Errorf("%s of %s: error %q, want one that starts with %q and says %q", name, what, err, "viz: "+name+": ", says)
			}
		}
		drawn("nine values", good)
		refused("nothing", nil, false, "")
		if _, err := tr.draw(good[:1], false); err == nil {
			drawn("one value", good[:1])
		} else {
			refused("one value", good[:1], false, "")
		}
		if flat := []float64{0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}; tr.flat == "" {
			drawn("a constant", flat)
		} else {
			refused("a constant", flat, false, tr.flat)
		}
		if !tr.alone {
			refused("lengths that differ", good, true, "")
		}
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			odd := append([]float64(nil), good...)
			odd[1] = bad
			switch {
			case tr.exact:
			case tr.gaps:
				drawn(fmt.Sprint(bad), odd)
			default:
				refused(fmt.Sprint(bad), odd, false, fmt.Sprint(bad))
			}
		}
	}
}

// A million values become a picture that a browser can show, not a file of megabytes, or
// an error that says how many can be told apart.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a million values for every figure")
	}
	v := manyDraws(1_000_000)
	unit := ranks01(v)
	for name, tr := range trials() {
		w := v
		if tr.unit {
			w = unit
		}
		fig, err := tr.draw(w, false)
		if tr.most != "" {
			if err == nil || !strings.Contains(err.Error(), tr.most) {
				t.Errorf("%s: error %v, want one that says %q", name, err, tr.most)
			}
			continue
		}
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

// BenchmarkFigures makes each figure of 10,000 values (or of as many as it takes) and
// renders it as PNG: at most 200 ms.
func BenchmarkFigures(b *testing.B) {
	for name, tr := range trials() {
		v := manyDraws(10_000)
		if name == "Confusion" {
			v = manyDraws(1600)
		} else if name == "Grid" {
			v = manyDraws(2)
		} else if tr.most != "" {
			v = manyDraws(12)
		}
		if tr.unit {
			v = ranks01(v)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fig, err := tr.draw(v, false)
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

// manyDraws is more than a screen has room for.
func manyDraws(n int) []float64 {
	v := make([]float64, n)
	rng := random(77)
	for i := range v {
		v[i] = rng.NormFloat64() + math.Sin(float64(i)/1e4)
	}
	return v
}

func counts(n int) []float64 {
	if n == 1 {
		return []float64{1}
	}
	return grid(1, float64(n), n)
}

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
