package bayesrule

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"positive":   Positive,
	"update":     Update,
	"mean-var":   MeanVar,
	"prob-above": ProbAbove,
	"predict":    Predict,
	"grid":       Grid,
	"hdi":        HDI,
}
