package linesandfunctions

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"design":       Design,
	"posterior":    Posterior,
	"predict":      Predict,
	"log-evidence": LogEvidence,
	"degrees":      Degrees,
}
