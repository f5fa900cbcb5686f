package decide

import "math"

// LeastCost returns for each row the action of least expected cost, and that cost:
//
//	action_i = argmin_a Σ_c p_ic loss[c][a]
//
// loss[c][a] is what action a costs if the class is c, in any unit. There may be more
// or fewer actions than classes: "ask a person" is a column like the others. Of equal
// costs the first action counts. A pair of a probability of 0 and an infinite loss counts
// 0; a row with NaN is [Refer] at the cost NaN. It panics unless probs is rows × classes
// and loss classes × actions, with at least one action.
//
// Reference: Elkan, The Foundations of Cost-Sensitive Learning, 2001; Berger, Statistical
// Decision Theory and Bayesian Analysis, 1985.
func LeastCost(probs []float64, classes int, loss [][]float64) (actions []int, cost []float64) {
	n := checkRows(probs, classes)
	if len(loss) != classes || len(loss[0]) == 0 {
		panic(badLoss)
	}
	for _, l := range loss {
		if len(l) != len(loss[0]) {
			panic(badLoss)
		}
	}
	actions, cost = make([]int, n), make([]float64, n)
	for i := range n {
		row := probs[i*classes : (i+1)*classes]
		actions[i], cost[i] = Refer, math.NaN()
		for a := range loss[0] {
			expected := 0.0
			for c, p := range row {
				if p != 0 { // 0 · Inf
					expected += p * loss[c][a]
				}
			}
			if math.IsNaN(expected) {
				actions[i], cost[i] = Refer, expected
				break
			}
			if a == 0 || expected < cost[i] {
				actions[i], cost[i] = a, expected
			}
		}
	}
	return actions, cost
}

const badLoss = "decide: the loss must be classes × actions"
