// Package metrics scores predictions. Every function takes plain slices and knows
// nothing of models or networks, so it can be used on anything.
//
//   - Regression: [RMSE], [MAE]; of the whole distribution [GaussianNLL], [NLL],
//     [DrawsNLL], [GaussianCRPS], [SampleCRPS], [FairCRPS]; of intervals [Coverage],
//     [IntervalScore]; calibration [GaussianPIT], [SamplePIT],
//     [QuantileCalibrationError].
//   - Classes: [Accuracy], [Confusion], [Brier] and [Murphy]; calibration
//     [Reliability], [ECE], [EqualMassECE], [ClasswiseECE], [SignedECE], [Temperature].
//   - Detection and referral: [AUROC], [AveragePrecision], [FalsePositives];
//     [RiskCoverage], [AURC].
//   - How sure we are of a score: [Bootstrap], [PairedBootstrap].
//   - Chains: [RHat], [BulkESS], [TailESS], [ESS].
//
// Conventions: log densities and losses are in nats. Lower is better, except for
// [Accuracy], [AUROC] and [AveragePrecision]; a [Coverage] is good near its level. Slices that belong together have the same length, at
// least 1, and are not modified; a wrong length panics. N × K predictions of
// bnn.Predict may be passed flat, row by row: the mean then runs over all N·K
// entries.
//
// NaN is never dropped: one NaN in an argument makes the score NaN, because an
// average over the rows that happened to work is not the score that was asked for.
// For [Coverage], which counts, a row with a NaN makes the result NaN too.
package metrics

const (
	badLength = "metrics: slice lengths do not match"
	badEmpty  = "metrics: no rows"
	badSD     = "metrics: standard deviation is not positive"
	badLimits = "metrics: lower limit above upper limit"
)

// checkDraws returns the number of rows of draws[s][row], at least one draw of at
// least one row, or panics.
func checkDraws(draws [][]float64) int {
	check(len(draws))
	for _, d := range draws {
		check(len(d), len(draws[0]))
	}
	return len(draws[0])
}

// check panics unless all lengths are equal and positive.
func check(n int, others ...int) {
	if n == 0 {
		panic(badEmpty)
	}
	for _, m := range others {
		if m != n {
			panic(badLength)
		}
	}
}
