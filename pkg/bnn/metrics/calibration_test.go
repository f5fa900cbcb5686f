package metrics_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// rain is ten days of two forecasts, 0.2 and 0.8: of the five days at 0.2 two were wet,
// of the five at 0.8 four. By hand, for one class: reliability ½ (0.2 − 0.4)² = 0.02,
// resolution ½ (0.2² + 0.2²) = 0.04, uncertainty 0.6 · 0.4 = 0.24.
func rain() (probs, labels []float64) {
	for i := range 10 {
		p, wet := 0.2, 0.
		if i >= 5 {
			p = 0.8
		}
		if i < 2 || i > 5 {
			wet = 1
		}
		probs, labels = append(probs, 1-p, p), append(labels, wet)
	}
	return probs, labels
}

func TestMurphyByHand(t *testing.T) {
	probs, labels := rain()
	m := metrics.Murphy(probs, 2, labels, 10)
	for _, c := range []struct {
		name      string
		got, want float64
	}{ // both classes: twice each
		{"Reliability", m.Reliability, 0.04}, {"Resolution", m.Resolution, 0.08}, {"Uncertainty", m.Uncertainty, 0.48},
		{"Within", m.Within, 0}, {"Brier", metrics.Brier(probs, 2, labels), 0.44},
	} {
		if !(math.Abs(c.got-c.want) <= 1e-12) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestMurphyWithin checks Within against its own formula (Stephenson et al., 2008):
// the variance of the probabilities in the bins less twice their covariance with what came.
func TestMurphyWithin(t *testing.T) {
	_, probs, labels := classified()
	const bins = 5
	want := 0.0
	for c := range 3 {
		for b := range bins {
			var p, y []float64
			for i, l := range labels {
				if v := probs[3*i+c]; int(v*bins) == b {
					p, y = append(p, v), append(y, 0)
					if int(l) == c {
						y[len(y)-1] = 1
					}
				}
			}
			pm, ym := avg(p), avg(y)
			for i := range p {
				want += ((p[i]-pm)*(p[i]-pm) - 2*(p[i]-pm)*(y[i]-ym)) / float64(len(labels))
			}
		}
	}
	if got := metrics.Murphy(probs, 3, labels, bins).Within; !(math.Abs(got-want) <= 1e-12) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSignedECE(t *testing.T) {
	_, probs, labels := classified()
	over, under := metrics.SignedECE(probs, 3, labels, 10)
	confidence := 0.0
	for i := range labels {
		confidence += max(probs[3*i], probs[3*i+1], probs[3*i+2]) / float64(len(labels))
	}
	if want := confidence - metrics.Accuracy(probs, 3, labels); !(math.Abs(over-under-want) <= 1e-12) || !(over > 0 && under > 0) {
		t.Errorf("over %v − under %v, want %v", over, under, want)
	}
}

// TestEqualMassTies checks that the order of rows of equal probability does not count.
func TestEqualMassTies(t *testing.T) {
	probs := []float64{0.9, 0.1, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.7, 0.3}
	for _, labels := range [][]float64{{0, 1, 1, 0, 0, 0}, {0, 0, 0, 1, 1, 0}} {
		bins := metrics.EqualMassReliability(probs, 2, labels, 3)
		if len(bins) != 2 || bins[0].Count != 4 || bins[0].Accuracy != 0.5 || bins[1] != (metrics.Bin{Lo: 0.7, Hi: 0.9, Count: 2, Confidence: 0.8, Accuracy: 1}) {
			t.Errorf("labels %v: %+v", labels, bins)
		}
		if got := metrics.EqualMassECE(probs, 2, labels, 100); !(math.Abs(got-(0.4+0.3+0.1)/6) <= 1e-12) {
			t.Errorf("labels %v: more bins than rows: %v", labels, got)
		}
	}
}

// TestTemperature checks the ends, that the known temperature of drawn labels is found,
// and that logs of probabilities come back.
func TestTemperature(t *testing.T) {
	logits, probs, labels := classified()
	logp := make([]float64, len(probs))
	for i, p := range probs {
		logp[i] = math.Log(p)
	}
	if a, b := metrics.Temperature(logits, 3, labels), metrics.Temperature(logp, 3, labels); !(math.Abs(a-b) <= 1e-9) {
		t.Errorf("%v from logits, %v from logs of probabilities", a, b)
	}
	for i, p := range metrics.Temper(logp, 3, 1) {
		if !(math.Abs(p-probs[i]) <= 1e-15) {
			t.Fatalf("entry %d: %v, want %v", i, p, probs[i])
		}
	}
	for name, c := range map[string]struct {
		logits, labels []float64
		want           float64
	}{
		"all right":  {[]float64{1, 0, 0, 2}, []float64{0, 1}, 1e-3},
		"all wrong":  {[]float64{1, 0, 0, 2}, []float64{1, 0}, 1e3},
		"all equal":  {[]float64{1, 1, 2, 2}, []float64{1, 0}, 1},
		"NaN":        {[]float64{1, nan, 0, 2}, []float64{0, 1}, nan},
		"impossible": {[]float64{-inf, 0, 0, 2}, []float64{0, 1}, nan},
		"a sure one": {[]float64{0, -inf, 1, 0, 1, 0, 1, 0, 1, 0}, []float64{0, 0, 0, 0, 1}, 1 / math.Log(3)},
	} {
		got := metrics.Temperature(c.logits, 2, c.labels)
		if !(math.Abs(got-c.want) <= 1e-9*c.want) && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestClassNaN(t *testing.T) {
	probs, labels := []float64{nan, 1, 0.5, 0.5}, []float64{1, 0}
	over, under := metrics.SignedECE(probs, 2, labels, 3)
	m := metrics.Murphy(probs, 2, labels, 3)
	for name, v := range map[string]float64{"Brier": metrics.Brier(probs, 2, labels), "over": over, "under": under,
		"EqualMassECE": metrics.EqualMassECE(probs, 2, labels, 3), "ClasswiseECE": metrics.ClasswiseECE(probs, 2, labels, 3)[0],
		"Reliability": m.Reliability, "Resolution": m.Resolution, "Within": m.Within, "Temper": metrics.Temper(probs, 2, 2)[1],
		"Temper, +Inf": metrics.Temper([]float64{1, inf}, 2, 2)[0], "Temper, −Inf": metrics.Temper([]float64{-inf, -inf}, 2, 2)[0]} {
		if !math.IsNaN(v) {
			t.Errorf("%s: %v, want NaN", name, v)
		}
	}
	if metrics.Reliability(probs, 2, labels, 3) != nil || metrics.EqualMassReliability(probs, 2, labels, 3) != nil {
		t.Error("bins of NaN")
	}
	for name, f := range map[string]func(){
		"Confusion of NaN": func() { metrics.Confusion(probs, 2, labels) },
		"Murphy, bins":     func() { metrics.Murphy(probs, 2, labels, 0) },
		"Equal mass, bins": func() { metrics.EqualMassECE(probs, 2, labels, -1) },
		"Classwise, bins":  func() { metrics.ClasswiseECE(probs, 2, labels, 0) },
		"Temper, rows":     func() { metrics.Temper([]float64{1, 2, 3}, 2, 1) },
		"Temper, T":        func() { metrics.Temper([]float64{1, 2}, 2, 0) },
	} {
		if got := panicText(f); len(got) < 9 || got[:9] != "metrics: " {
			t.Errorf("%s: panic %q", name, got)
		}
	}
}

// panicText returns what f panics with.
func panicText(f func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	f()
	return ""
}
