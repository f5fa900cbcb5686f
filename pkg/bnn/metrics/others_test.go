package metrics_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// uniform is a congruential generator, so that any language makes the same numbers.
func uniform(seed, n int) []float64 {
	u := make([]float64, n)
	for i := range u {
		seed = (1103515245*seed + 12345) % (1 << 31)
		u[i] = float64(seed) / (1 << 31)
	}
	return u
}

// predicted is 40 rows of regression with 11 draws each.
func predicted() (y, mean, sd []float64, draws [][]float64) {
	const n = 40
	y, mean, sd = uniform(1, n), uniform(2, n), uniform(3, n)
	for i := range n {
		y[i] = 4*y[i] - 2
		mean[i] += y[i] + mean[i] - 1
		sd[i] += 0.3
	}
	for s := range 11 {
		d := uniform(100+37*s, n)
		for i := range d {
			d[i] = mean[i] + sd[i]*3.4*(d[i]-0.5)
		}
		draws = append(draws, d)
	}
	return y, mean, sd, draws
}

// near reports values that differ from what another program printed.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*(1+math.Abs(want))) {
		t.Errorf("%s: got %.17g, the other program printed %.17g", what, got, want)
	}
}

// The wanted numbers were printed by the named programs for the same 40 rows.
func TestRegressionOthers(t *testing.T) {
	y, mean, sd, draws := predicted()
	lo, hi := make([]float64, len(y)), make([]float64, len(y))
	for i := range y {
		lo[i], hi[i] = mean[i]-sd[i], mean[i]+0.7*sd[i]
	}
	pit := metrics.GaussianPIT(y, mean, sd)
	near(t, "scikit-learn 1.9.1, mean_absolute_error", metrics.MAE(y, mean), 0.5126441679894924)
	near(t, "properscoring 0.1, crps_gaussian", metrics.GaussianCRPS(y, mean, sd), 0.35883771989555235)
	near(t, "properscoring 0.1, crps_ensemble", metrics.SampleCRPS(y, draws), 0.3950255504216439)
	near(t, `scoringrules 0.10.0, crps_ensemble(estimator="fair")`, metrics.FairCRPS(y, draws), 0.3571094753869938)
	near(t, "scoringrules 0.10.0, interval_score(alpha=0.2)", metrics.IntervalScore(y, lo, hi, 0.2), 2.3154532189504247)
	near(t, "SciPy 1.17.1, norm.cdf of row 0", pit[0], 0.8691337897618217)
	near(t, "SciPy 1.17.1, norm.cdf of row 1", pit[1], 0.22374231100245623)
	near(t, `uncertainty-toolbox 0.1.1, mean_absolute_calibration_error(num_bins=100, prop_type="quantile")`,
		metrics.QuantileCalibrationError(pit, 100), 0.01919444444444443)
}

// classified is 60 rows of 3 classes.
func classified() (logits, probs, labels []float64) {
	const n = 60
	logits, labels = uniform(5, 3*n), uniform(8, n)
	for i := range logits {
		logits[i] *= 4
	}
	probs = metrics.Temper(logits, 3, 1)
	for i, keep := range uniform(7, n) {
		labels[i] = math.Floor(3 * labels[i])
		if row := probs[3*i : 3*i+3]; keep < 0.6 {
			labels[i] = float64(slices.Index(row, slices.Max(row)))
		}
	}
	return logits, probs, labels
}

// The wanted numbers were printed by the named programs for the same 60 rows.
func TestClassificationOthers(t *testing.T) {
	logits, probs, labels := classified()
	near(t, "scikit-learn 1.9.1, accuracy_score", metrics.Accuracy(probs, 3, labels), 0.7333333333333333)
	near(t, "scikit-learn 1.9.1, brier_score_loss(scale_by_half=False)", metrics.Brier(probs, 3, labels), 0.5055040948141107)
	near(t, "netcal 1.4.0, ECE(10)", metrics.ECE(probs, 3, labels, 10), 0.16873596335904725)
	near(t, "netcal 1.4.0, ECE(6, equal_intervals=False)", metrics.EqualMassECE(probs, 3, labels, 6), 0.1590387713455518)
	each := metrics.ClasswiseECE(probs, 3, labels, 10)
	for c, want := range []float64{0.13137167520180806, 0.1301315294910923, 0.15993749942062335} {
		near(t, "netcal 1.4.0, ECE(10) of one class against the rest", each[c], want)
	}
	if got, want := metrics.Confusion(probs, 3, labels), [][]int{{17, 1, 2}, {4, 10, 4}, {4, 1, 17}}; !reflect.DeepEqual(got, want) {
		t.Errorf("scikit-learn 1.9.1, confusion_matrix: got %v, want %v", got, want)
	}
	// SciPy 1.17.1, minimize_scalar on −log_softmax, stops at a relative 1e-7.
	if got := metrics.Temperature(logits, 3, labels); !(math.Abs(got-1.2572526) <= 1e-6) {
		t.Errorf("temperature %v, SciPy found 1.2572526", got)
	}
	logp := make([]float64, len(labels))
	for i, y := range labels {
		logp[i] = math.Log(probs[3*i+int(y)])
	}
	near(t, "scikit-learn 1.9.1, log_loss", metrics.NLL(logp), 0.9084150477404057)
}
