package metrics

import (
	"math"
	"slices"
)

// GaussianCRPS returns the mean continuous ranked probability score of Gaussian
// predictions, in the unit of y:
//
//	CRPS(F, y) = ∫ (F(t) − [y ≤ t])² dt
//	           = sd ( z (2Φ(z) − 1) + 2φ(z) − 1/√π ),   z = (y − mean)/sd
//
// It generalises the absolute error to distributions, judges width and place together
// as [GaussianNLL] does, and forgives an outlier more readily, because it grows with
// |z| and not with z². It panics on wrong lengths and if an sd is zero or negative.
//
// Reference: Gneiting & Raftery, Strictly Proper Scoring Rules, Prediction, and
// Estimation, 2007, section 4.2.
func GaussianCRPS(y, mean, sd []float64) float64 {
	check(len(y), len(mean), len(sd))
	var sum float64
	for i, v := range y {
		if sd[i] <= 0 { // NaN passes, and makes the score NaN
			panic(badSD)
		}
		z := (v - mean[i]) / sd[i]
		density := math.Exp(-0.5*z*z) / math.Sqrt(2*math.Pi)
		sum += sd[i] * (z*math.Erf(z/math.Sqrt2) + 2*density - 1/math.Sqrt(math.Pi)) // 2Φ(z) − 1 = erf(z/√2)
	}
	return sum / float64(len(y))
}

// SampleCRPS returns the mean continuous ranked probability score of predictions that
// are known by draws of y, draws[s][i] being the s-th draw for row i:
//
//	1/S Σ_s |d_s − y| − 1/(2S²) Σ_s Σ_t |d_s − d_t|
//
// This is the exact score of the S draws as an ensemble of equal weights. As an
// estimate of the score of the distribution they come from it is too high, by the
// order of 1/S: see [FairCRPS]. Draws must hold the noise as well: draws of E[y|x,θ]
// would be scored as if the data had none. Any real draws are allowed; infinite ones
// give NaN. It panics if there are no draws, or on wrong lengths.
//
// Reference: Gneiting & Raftery, 2007, section 4.2.
func SampleCRPS(y []float64, draws [][]float64) float64 {
	return sampleCRPS(y, draws, float64(len(draws)))
}

// FairCRPS is [SampleCRPS] with 2S(S−1) for 2S²: its mean over many sets of draws is the
// score of the distribution they come from, however few they are. It panics as
// SampleCRPS, and if there is only one draw.
//
// Reference: Ferro, Fair Scores for Ensemble Forecasts, 2014.
func FairCRPS(y []float64, draws [][]float64) float64 {
	if len(draws) == 1 {
		panic(badFair)
	}
	return sampleCRPS(y, draws, float64(len(draws)-1))
}

const badFair = "metrics: FairCRPS needs at least 2 draws"

// sampleCRPS divides the distances between the S draws by 2S·other. Sorted, draw k
// lies above k others and below S − 1 − k, so all distances take one pass.
func sampleCRPS(y []float64, draws [][]float64, other float64) float64 {
	n := checkDraws(draws)
	check(len(y), n)
	row := make([]float64, len(draws))
	var sum float64
	for i, v := range y {
		for s, d := range draws {
			row[s] = d[i]
		}
		slices.Sort(row)
		var near, apart float64
		for k, d := range row {
			near += math.Abs(d - v)
			apart += d * float64(2*k+1-len(row))
		}
		sum += (near - apart/other) / float64(len(row))
	}
	return sum / float64(n)
}
