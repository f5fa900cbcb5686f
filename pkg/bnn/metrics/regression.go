package metrics

import "math"

// RMSE returns the root mean squared error, in the unit of y:
//
//	√( 1/N Σ_i (y_i − mean_i)² )
//
// mean is the predictive mean, one a row. It panics on wrong lengths.
func RMSE(y, mean []float64) float64 {
	check(len(y), len(mean))
	var sum float64
	for i, v := range y {
		d := v - mean[i]
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(y)))
}

// MAE returns the mean absolute error, in the unit of y:
//
//	1/N Σ_i |y_i − m_i|
//
// It is lowest when m is the predictive median; for a Gaussian that is the mean. It
// panics on wrong lengths.
func MAE(y, m []float64) float64 {
	check(len(y), len(m))
	var sum float64
	for i, v := range y {
		sum += math.Abs(v - m[i])
	}
	return sum / float64(len(y))
}

// GaussianNLL returns the mean negative log density of y under independent
// Gaussians, in nats:
//
//	1/N Σ_i [ ½ ln 2π + ln sd_i + ½ ((y_i − mean_i)/sd_i)² ]
//
// It is the score of a predictive distribution that was matched to a Gaussian by
// its mean and standard deviation (epistemic and aleatoric variance added). For the
// predictive mixture itself, average densities over draws and use [NLL]. The value
// depends on the unit of y: in a unit c times as large it is ln c lower.
// It panics on wrong lengths and if an sd is zero or negative.
func GaussianNLL(y, mean, sd []float64) float64 {
	check(len(y), len(mean), len(sd))
	const halfLog2Pi = 0.91893853320467274178 // ½ ln 2π
	var sum float64
	for i, v := range y {
		if sd[i] <= 0 { // NaN passes, and makes the score NaN
			panic(badSD)
		}
		z := (v - mean[i]) / sd[i]
		sum += halfLog2Pi + math.Log(sd[i]) + 0.5*z*z
	}
	return sum / float64(len(y))
}

// Coverage returns the share of rows whose y lies in its interval, ends included:
//
//	1/N Σ_i [ lo_i ≤ y_i ≤ hi_i ]
//
// A well calibrated 95 % interval covers about 0.95 of unseen rows; the standard
// error of that figure is √(0.95 · 0.05 / N). It panics on wrong lengths and if a
// lower limit is above its upper limit.
func Coverage(y, lo, hi []float64) float64 {
	check(len(y), len(lo), len(hi))
	in := 0
	for i, v := range y {
		if lo[i] > hi[i] {
			panic(badLimits)
		}
		if math.IsNaN(v) || math.IsNaN(lo[i]) || math.IsNaN(hi[i]) {
			return math.NaN()
		}
		if lo[i] <= v && v <= hi[i] {
			in++
		}
	}
	return float64(in) / float64(len(y))
}
