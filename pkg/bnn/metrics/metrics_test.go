package metrics_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

// TestByHand checks each score against a value worked out on paper.
func TestByHand(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		// errors 1, −2, 2: √(9/3)
		{"RMSE", metrics.RMSE([]float64{1, 2, 7}, []float64{0, 4, 5}), math.Sqrt(3)},
		{"RMSE of one row", metrics.RMSE([]float64{1}, []float64{-2}), 3},
		// ½ ln 2π + ln 2 + ½ (3/2)²
		{"GaussianNLL", metrics.GaussianNLL([]float64{4}, []float64{1}, []float64{2}), 0.5*math.Log(2*math.Pi) + math.Log(2) + 1.125},
		{"NLL", metrics.NLL([]float64{-1, -2, -6}), 3},
		{"NLL of the impossible", metrics.NLL([]float64{-1, -inf}), inf},
		{"Coverage, ends included", metrics.Coverage([]float64{0, 1, 2, 3}, []float64{0, 2, 1, 3}, []float64{0, 3, 2, inf}), 0.75},
		// (e^0 + e^ln3)/2 = 2
		{"LogMeanExp", metrics.LogMeanExp([]float64{0, math.Log(3)}), math.Ln2},
		{"LogMeanExp, large", metrics.LogMeanExp([]float64{1000, 1000 + math.Log(3)}), 1000 + math.Ln2},
		{"LogMeanExp, one impossible draw", metrics.LogMeanExp([]float64{0, -inf}), -math.Ln2},
		{"LogMeanExp, all impossible", metrics.LogMeanExp([]float64{-inf, -inf}), -inf},
		{"LogMeanExp, +Inf", metrics.LogMeanExp([]float64{0, inf}), inf},
	} {
		if c.got == c.want {
			continue // infinities
		}
		if d := math.Abs(c.got - c.want); !(d <= 1e-13*(1+math.Abs(c.want))) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestGaussianAgainstGonum checks GaussianNLL against NLL of gonum's log densities.
func TestGaussianAgainstGonum(t *testing.T) {
	y, mean, sd := []float64{0.3, -2, 5}, []float64{0.1, 1, 5.5}, []float64{0.7, 2.5, 0.2}
	logp := make([]float64, len(y))
	for i := range y {
		logp[i] = distuv.Normal{Mu: mean[i], Sigma: sd[i]}.LogProb(y[i])
	}
	got, want := metrics.GaussianNLL(y, mean, sd), metrics.NLL(logp)
	if !(math.Abs(got-want) <= 1e-13) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestNaN checks that one NaN anywhere makes the score NaN.
func TestNaN(t *testing.T) {
	ok := []float64{1, 1}
	bad := []float64{1, nan}
	for name, got := range map[string]float64{
		"RMSE y":            metrics.RMSE(bad, ok),
		"RMSE mean":         metrics.RMSE(ok, bad),
		"GaussianNLL y":     metrics.GaussianNLL(bad, ok, ok),
		"GaussianNLL mean":  metrics.GaussianNLL(ok, bad, ok),
		"GaussianNLL sd":    metrics.GaussianNLL(ok, ok, bad),
		"NLL":               metrics.NLL(bad),
		"Coverage y":        metrics.Coverage(bad, ok, ok),
		"Coverage lo":       metrics.Coverage(ok, bad, ok),
		"Coverage hi":       metrics.Coverage(ok, ok, bad),
		"LogMeanExp":        metrics.LogMeanExp(bad),
		"LogMeanExp, +Inf":  metrics.LogMeanExp([]float64{inf, nan}),
		"LogMeanExp, −Inf":  metrics.LogMeanExp([]float64{nan, -inf}),
		"MAE":               metrics.MAE(bad, ok),
		"DrawsNLL":          metrics.DrawsNLL([][]float64{ok, bad}),
		"GaussianCRPS y":    metrics.GaussianCRPS(bad, ok, ok),
		"GaussianCRPS sd":   metrics.GaussianCRPS(ok, ok, bad),
		"SampleCRPS y":      metrics.SampleCRPS(bad, [][]float64{ok, ok}),
		"SampleCRPS draw":   metrics.SampleCRPS(ok, [][]float64{ok, bad}),
		"FairCRPS":          metrics.FairCRPS(ok, [][]float64{bad, ok}),
		"IntervalScore y":   metrics.IntervalScore(bad, ok, ok, 0.1),
		"IntervalScore lo":  metrics.IntervalScore(ok, bad, ok, 0.1),
		"IntervalScore hi":  metrics.IntervalScore(ok, ok, bad, 0.1),
		"LogMeanExp, first": metrics.LogMeanExp([]float64{nan, 0}),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s: got %v, want NaN", name, got)
		}
	}
}

// TestCoverageInfinite checks that open-ended intervals count as intervals.
func TestCoverageInfinite(t *testing.T) {
	if got := metrics.Coverage([]float64{3, 3}, []float64{-inf, 4}, []float64{inf, inf}); got != 0.5 {
		t.Errorf("got %v, want 0.5", got)
	}
}

// TestPanics checks every documented panic and its prefix.
func TestPanics(t *testing.T) {
	one, two := []float64{1}, []float64{1, 2}
	for name, f := range map[string]func(){
		"RMSE lengths":        func() { metrics.RMSE(one, two) },
		"RMSE empty":          func() { metrics.RMSE(nil, nil) },
		"GaussianNLL mean":    func() { metrics.GaussianNLL(one, two, one) },
		"GaussianNLL sd":      func() { metrics.GaussianNLL(one, one, two) },
		"GaussianNLL zero sd": func() { metrics.GaussianNLL(one, one, []float64{0}) },
		"NLL empty":           func() { metrics.NLL(nil) },
		"Coverage lengths":    func() { metrics.Coverage(two, two, one) },
		"Coverage crossed":    func() { metrics.Coverage(one, []float64{2}, one) },
		"MAE lengths":         func() { metrics.MAE(one, two) },
		"DrawsNLL none":       func() { metrics.DrawsNLL(nil) },
		"DrawsNLL lengths":    func() { metrics.DrawsNLL([][]float64{two, one}) },
		"GaussianCRPS sd":     func() { metrics.GaussianCRPS(one, one, []float64{-1}) },
		"SampleCRPS rows":     func() { metrics.SampleCRPS(one, [][]float64{two}) },
		"SampleCRPS none":     func() { metrics.SampleCRPS(one, nil) },
		"FairCRPS one draw":   func() { metrics.FairCRPS(one, [][]float64{one}) },
		"IntervalScore alpha": func() { metrics.IntervalScore(one, one, one, 1) },
		"IntervalScore ends":  func() { metrics.IntervalScore(one, two[1:], one, 0.1) },
		"GaussianPIT sd":      func() { metrics.GaussianPIT(one, one, []float64{0}) },
		"SamplePIT rows":      func() { metrics.SamplePIT(two, [][]float64{one}) },
		"Quantile levels":     func() { metrics.QuantileCalibrationError(one, 1) },
		"LogMeanExp empty":    func() { metrics.LogMeanExp(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.HasPrefix(text, "metrics: ") {
					t.Errorf("got panic %q, want one that starts with \"metrics: \"", text)
				}
			}()
			f()
		})
	}
}
