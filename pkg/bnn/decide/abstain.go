package decide

// Refer stands in the place of a class or action for a row that is left to a person.
const Refer = -1

// MostProbable returns the most probable class of each row, the first one of equals, or
// [Refer] for a row with NaN. It panics unless probs is rows × classes.
func MostProbable(probs []float64, classes int) []int {
	choice := make([]int, checkRows(probs, classes))
	for i := range choice {
		row := probs[i*classes : (i+1)*classes]
		if hasNaN(row) {
			choice[i] = Refer
			continue
		}
		for c, p := range row {
			if p > row[choice[i]] {
				choice[i] = c
			}
		}
	}
	return choice
}

// Abstain returns a copy of the choices in which [Refer] stands for every row whose
// uncertainty is above tau, or NaN. The uncertainty can be any: 1 − the largest
// probability (Chow's rule: right if an error costs 1 and asking tau), the entropy, or
// the epistemic standard deviation in the unit of y. tau is found on held-out rows,
// from metrics.RiskCoverage: the largest threshold whose risk can be borne. It panics on
// wrong lengths.
//
// Reference: Chow, On Optimum Recognition Error and Reject Tradeoff, 1970.
func Abstain(choice []int, uncertainty []float64, tau float64) []int {
	check(len(choice), len(uncertainty))
	out := make([]int, len(choice))
	for i, u := range uncertainty {
		if u <= tau { // not if NaN
			out[i] = choice[i]
		} else {
			out[i] = Refer
		}
	}
	return out
}
