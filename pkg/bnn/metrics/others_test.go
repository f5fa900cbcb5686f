package metrics_test

import (
	"math"
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
