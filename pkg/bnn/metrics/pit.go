package metrics

import (
	"math"
	"slices"
)

// GaussianPIT returns the probability integral transform of every row,
//
//	Φ((y_i − mean_i)/sd_i)
//
// the share of the predictive distribution below what came. If the predictions are
// calibrated the values are uniform on [0, 1]: a histogram with a hump says too wide,
// one with horns too narrow, a slope says biased. A row with a NaN gives NaN. It panics
// on wrong lengths and if an sd is zero or negative.
//
// Reference: Dawid, Statistical Theory: The Prequential Approach, 1984.
func GaussianPIT(y, mean, sd []float64) []float64 {
	check(len(y), len(mean), len(sd))
	pit := make([]float64, len(y))
	for i, v := range y {
		if sd[i] <= 0 {
			panic(badSD)
		}
		pit[i] = 0.5 * math.Erfc((mean[i]-v)/(sd[i]*math.Sqrt2))
	}
	return pit
}

// SamplePIT is [GaussianPIT] for predictions that are known by draws of y,
// draws[s][i] being the s-th draw for row i: the share of draws below y_i, draws equal
// to y_i counting half. It panics if there are no draws, or on wrong lengths.
func SamplePIT(y []float64, draws [][]float64) []float64 {
	check(len(y), checkDraws(draws))
	pit := make([]float64, len(y))
	for i, v := range y {
		for _, d := range draws {
			switch {
			case math.IsNaN(d[i]) || math.IsNaN(v):
				pit[i] = math.NaN()
			case d[i] < v:
				pit[i]++
			case d[i] == v:
				pit[i] += 0.5
			}
		}
		pit[i] /= float64(len(draws))
	}
	return pit
}

// QuantileCalibrationError returns how far the predicted quantiles are from covering
// what they should, from the PIT values of the rows ([GaussianPIT], [SamplePIT]):
//
//	1/L Σ_p | share of rows with PIT ≤ p  −  p |,   p = 0, 1/(L−1), …, 1
//
// L is levels; 100 is usual. Even calibrated predictions are not at 0: with N rows
// about 0.3/√N is left to chance. It panics if there are no rows or fewer than 2 levels.
//
// Reference: Kuleshov, Fenner & Ermon, Accurate Uncertainties for Deep Learning Using
// Calibrated Regression, 2018.
func QuantileCalibrationError(pit []float64, levels int) float64 {
	check(len(pit))
	if levels < 2 {
		panic(badLevels)
	}
	sorted := slices.Clone(pit)
	slices.Sort(sorted) // NaN first
	if math.IsNaN(sorted[0]) {
		return math.NaN()
	}
	var sum float64
	below := 0
	for l := range levels {
		p := float64(l) / float64(levels-1)
		for below < len(sorted) && sorted[below] <= p {
			below++
		}
		sum += math.Abs(float64(below)/float64(len(sorted)) - p)
	}
	return sum / float64(levels)
}

const badLevels = "metrics: QuantileCalibrationError needs at least 2 levels"
