package mcdropout

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"mask":           Mask,
	"pass":           Pass,
	"drop-var":       DropVar,
	"total-sd":       TotalSD,
	"log-predictive": LogPredictive,
	"passes-needed":  PassesNeeded,
	"decay":          Decay,
	"band":           Band,
}
