package viz

import (
	"math"
	"testing"
)

// Bins are [lo, hi), the last one with its end; the error has two signed parts that add up.
func TestReliabilityBins(t *testing.T) {
	p := []float64{0.1, 0.5, 0.6, 0.9, 1}
	right := []bool{true, false, true, true, false}
	rows, over, under := reliabilityBins(p, right, 2)
	want := []reliabilityBin{{0, 0.5, 1, 0.1, 1}, {0.5, 1, 4, 0.75, 0.5}}
	for k := range want {
		if r := rows[k]; r.n != want[k].n || !(math.Abs(r.confidence-want[k].confidence) < 1e-12) || !(math.Abs(r.share-want[k].share) < 1e-12) {
			t.Errorf("bin %d: %+v, want %+v", k, r, want[k])
		}
	}
	if !(math.Abs(over-0.25*4/5) < 1e-12) || !(math.Abs(under-0.9/5) < 1e-12) {
		t.Errorf("over %v and under %v, want 0.2 and 0.18", over, under)
	}
}

// Wilson's interval of 8 in 10 is [0.490, 0.943] (Agresti and Coull 1998 give the formula).
func TestWilson(t *testing.T) {
	if lo, hi := wilson(0.8, 10); !(math.Abs(lo-0.4902) < 5e-4) || !(math.Abs(hi-0.9433) < 5e-4) {
		t.Errorf("[%v, %v], want [0.4902, 0.9433]", lo, hi)
	}
	if lo, hi := wilson(0, 5); !(math.Abs(lo) < 1e-12) || !(hi > 0.4) {
		t.Errorf("none of 5: [%v, %v]", lo, hi)
	}
}

// The area under the ROC curve is the share of pairs in the right order, ties half.
func TestROCArea(t *testing.T) {
	in, out := []float64{0.1, 0.4, 0.4, 0.8}, []float64{0.4, 0.9, 0.2}
	pairs := 0.0
	for _, a := range in {
		for _, b := range out {
			switch {
			case b > a:
				pairs++
			case b == a:
				pairs += 0.5
			}
		}
	}
	x, y, auc := roc(in, out)
	if want := pairs / 12; !(math.Abs(auc-want) < 1e-12) {
		t.Errorf("area %v, want %v", auc, want)
	}
	if last := len(x) - 1; x[0] != 0 || y[0] != 0 || x[last] != 1 || y[last] != 1 {
		t.Errorf("the curve runs from (%v, %v) to (%v, %v)", x[0], y[0], x[last], y[last])
	}
}

// The surest first; the area is the mean over k of the mean loss of the k surest.
func TestRiskCoverageArea(t *testing.T) {
	cov, risk, area := riskCoverage([]float64{0.3, 0.1, 0.2}, []float64{1, 0, 1})
	for k, want := range [][2]float64{{1. / 3, 0}, {2. / 3, 0.5}, {1, 2. / 3}} {
		if !(math.Abs(cov[k]-want[0]) < 1e-12) || !(math.Abs(risk[k]-want[1]) < 1e-12) {
			t.Errorf("point %d: (%v, %v), want %v", k, cov[k], risk[k], want)
		}
	}
	if want := (0 + 0.5 + 2./3) / 3; !(math.Abs(area-want) < 1e-12) {
		t.Errorf("area %v, want %v", area, want)
	}
	if _, _, area := riskCoverage([]float64{1, 1}, []float64{0, 1}); !(math.Abs(area-0.5) < 1e-12) {
		t.Errorf("ties: area %v, want the mean over orders, ½", area)
	}
}
