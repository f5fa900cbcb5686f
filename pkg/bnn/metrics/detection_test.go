package metrics_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// detected is 60 rows with scores in tenths (so there are ties), 23 of them positive.
func detected() (score []float64, positive []bool) {
	score, positive = uniform(11, 60), make([]bool, 60)
	for i, u := range uniform(12, 60) {
		score[i] = math.Floor(10*score[i]) / 10
		positive[i] = u+0.5*score[i] > 0.8
	}
	return score, positive
}

// The wanted numbers were printed by the named programs for the same 60 rows.
func TestDetectionOthers(t *testing.T) {
	score, positive := detected()
	near(t, "scikit-learn 1.9.1, roc_auc_score; SciPy 1.17.1, mannwhitneyu/(23·37)", metrics.AUROC(score, positive), 0.7262044653349001)
	near(t, "scikit-learn 1.9.1, average_precision_score", metrics.AveragePrecision(score, positive), 0.607080974997017)
	near(t, "scikit-learn 1.9.1, roc_curve at tpr ≥ 0.95", metrics.FalsePositives(score, positive, 0.95), 0.7837837837837838)
}

// TestAUROCCountsPairs checks the area against all pairs.
func TestAUROCCountsPairs(t *testing.T) {
	score, positive := detected()
	won, pairs := 0.0, 0.0
	for i, p := range positive {
		for j, q := range positive {
			if p && !q {
				pairs++
				switch {
				case score[i] > score[j]:
					won++
				case score[i] == score[j]:
					won += 0.5
				}
			}
		}
	}
	if got := metrics.AUROC(score, positive); !(math.Abs(got-won/pairs) <= 1e-14) {
		t.Errorf("got %v, pairs say %v", got, won/pairs)
	}
}

func TestDetectionEnds(t *testing.T) {
	perfect := []float64{3, 2, 1, -inf}
	positive := []bool{true, true, false, false}
	for name, v := range map[string][2]float64{
		"AUROC":          {metrics.AUROC(perfect, positive), 1},
		"AUROC, all tie": {metrics.AUROC(make([]float64, 4), positive), 0.5},
		"AP":             {metrics.AveragePrecision(perfect, positive), 1},
		"AP, all tie":    {metrics.AveragePrecision(make([]float64, 4), positive), 0.5},
		"FP":             {metrics.FalsePositives(perfect, positive, 1), 0},
		"FP, all tie":    {metrics.FalsePositives(make([]float64, 4), positive, 0.1), 1},
	} {
		if v[0] != v[1] {
			t.Errorf("%s: got %v, want %v", name, v[0], v[1])
		}
	}
	none, all, bad := make([]bool, 2), []bool{true, true}, []float64{1, nan}
	for name, v := range map[string]float64{
		"AUROC, none": metrics.AUROC([]float64{1, 2}, none), "AUROC, all": metrics.AUROC([]float64{1, 2}, all), "AUROC, NaN": metrics.AUROC(bad, positive[1:3]),
		"AP, none": metrics.AveragePrecision([]float64{1, 2}, none), "AP, NaN": metrics.AveragePrecision(bad, positive[1:3]),
		"FP, none": metrics.FalsePositives([]float64{1, 2}, none, 0.95), "FP, all": metrics.FalsePositives([]float64{1, 2}, all, 0.95),
		"FP, NaN":   metrics.FalsePositives(bad, positive[1:3], 0.95),
		"AURC, NaN": metrics.AURC(bad, []float64{0, 1}), "AURC, NaN loss": metrics.AURC([]float64{0, 1}, bad),
	} {
		if !math.IsNaN(v) {
			t.Errorf("%s: %v, want NaN", name, v)
		}
	}
	for name, f := range map[string]func(){
		"AUROC":        func() { metrics.AUROC(perfect, none) },
		"AP":           func() { metrics.AveragePrecision(nil, nil) },
		"FP":           func() { metrics.FalsePositives(perfect, positive, 0) },
		"RiskCoverage": func() { metrics.RiskCoverage(perfect, bad) },
		"AURC":         func() { metrics.AURC(nil, nil) },
		"Bootstrap":    func() { metrics.Bootstrap(0, 10, nil, nil) },
		"draws":        func() { metrics.PairedBootstrap(1, 0, nil, nil, nil) },
	} {
		if got := panicText(f); len(got) < 9 || got[:9] != "metrics: " {
			t.Errorf("%s: panic %q", name, got)
		}
	}
}

// The wanted areas were printed by torch-uncertainty 0.13.0, AURC: the second is the
// example of its documentation. It joins the points of the same curve by straight lines,
// from coverage 1/N on, where AURC takes their mean; float32 is why 1e-6.
func TestRiskCoverageOthers(t *testing.T) {
	_, probs, labels := classified()
	for _, c := range []struct {
		probs, labels []float64
		classes       int
		want          float64
	}{
		{probs, labels, 3, 0.2879974511967832},
		{[]float64{0.7, 0.3, 0.6, 0.4, 0.8, 0.2}, []float64{0, 1, 0}, 2, 0.0833333283662796},
	} {
		uncertainty, wrong := make([]float64, len(c.labels)), make([]float64, len(c.labels))
		for i, y := range c.labels {
			row := c.probs[i*c.classes : (i+1)*c.classes]
			uncertainty[i] = 1 - slices.Max(row)
			if slices.Index(row, slices.Max(row)) != int(y) {
				wrong[i] = 1
			}
		}
		points := metrics.RiskCoverage(uncertainty, wrong)
		area, from := 0.0, points[0]
		for _, p := range points[1:] {
			area += (p.Coverage - from.Coverage) * (p.Risk + from.Risk) / 2
			from = p
		}
		if got := area / (1 - points[0].Coverage); !(math.Abs(got-c.want) <= 1e-6) {
			t.Errorf("got %v, torch-uncertainty printed %v", got, c.want)
		}
	}
}

// TestAURC checks the area by hand, ties against the mean over their orders, and that a
// loss without end (an impossible label) gives one and not NaN.
func TestAURC(t *testing.T) {
	// errors among the 1, 2, 3, 4 most certain: 0/1, 1/2, 1/3, 2/4
	if got, want := metrics.AURC([]float64{0.3, 0.1, 0.4, 0.2}, []float64{0, 0, 1, 1}), (0.5+1./3+0.5)/4; !(math.Abs(got-want) <= 1e-15) {
		t.Errorf("got %v, want %v", got, want)
	}
	tied := metrics.AURC([]float64{1, 2, 2, 2, 3}, []float64{0, 0, 0.5, 1, 1})
	sum := 0.0
	for _, u := range [][]float64{{2, 3, 4}, {2, 4, 3}, {3, 2, 4}, {3, 4, 2}, {4, 2, 3}, {4, 3, 2}} {
		sum += metrics.AURC([]float64{1, u[0], u[1], u[2], 9}, []float64{0, 0, 0.5, 1, 1}) / 6
	}
	if !(math.Abs(tied-sum) <= 1e-15) {
		t.Errorf("ties %v, mean of their orders %v", tied, sum)
	}
	if got := metrics.AURC([]float64{1, 2, 3}, []float64{0, inf, 1}); !math.IsInf(got, 1) {
		t.Errorf("with an infinite loss: %v", got)
	}
	want := []metrics.RiskPoint{{1, 0.2, 0}, {2, 0.8, 0.375}, {3, 1, 0.5}}
	if got := metrics.RiskCoverage([]float64{1, 2, 2, 2, 3}, []float64{0, 0, 0.5, 1, 1}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func ExampleAUROC() {
	// Entropy as a detector of clothes among digits: one pair of the six is the wrong way.
	entropy := []float64{0.1, 0.2, 0.9, 0.8, 1.5}
	clothes := []bool{false, false, false, true, true}
	fmt.Printf("%.3f\n", metrics.AUROC(entropy, clothes))
	// Output: 0.833
}

func ExampleAveragePrecision() {
	score := []float64{0.9, 0.8, 0.7, 0.1}
	fmt.Printf("%.3f\n", metrics.AveragePrecision(score, []bool{true, false, true, false})) // (1/1 + 2/3)/2
	// Output: 0.833
}

func ExampleFalsePositives() {
	score := []float64{0.9, 0.8, 0.7, 0.1}
	fmt.Println(metrics.FalsePositives(score, []bool{true, false, true, false}, 0.95))
	// Output: 0.5
}

func ExampleRiskCoverage() {
	uncertainty := []float64{0.1, 0.9, 0.2, 0.5}
	wrong := []float64{0, 1, 0, 1}
	for _, p := range metrics.RiskCoverage(uncertainty, wrong) {
		fmt.Printf("answer %3.0f %% of the rows: %.0f %% are wrong\n", 100*p.Coverage, 100*p.Risk)
	}
	fmt.Printf("AURC %.3f\n", metrics.AURC(uncertainty, wrong))
	// Output:
	// answer  25 % of the rows: 0 % are wrong
	// answer  50 % of the rows: 0 % are wrong
	// answer  75 % of the rows: 33 % are wrong
	// answer 100 % of the rows: 50 % are wrong
	// AURC 0.208
}
