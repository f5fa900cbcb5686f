package coinflips

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"frequency":      Frequency,
	"running":        Running,
	"standard-error": StandardError,
	"interval":       Interval,
	"flips-needed":   FlipsNeeded,
	"paths":          Paths,
}
