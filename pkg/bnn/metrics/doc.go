// Package metrics scores predictions. Every function takes plain slices and knows
// nothing of models or networks, so it can be used on anything.
//
// Conventions: log densities and losses are in nats; "lower is better" for [RMSE],
// [NLL] and [GaussianNLL]. Slices that belong together have the same length, at
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
