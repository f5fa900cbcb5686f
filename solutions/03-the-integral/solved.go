package theintegral

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"grid-seconds":  GridSeconds,
	"grid-evidence": GridEvidence,
	"monte-carlo":   MonteCarlo,
	"importance":    Importance,
	"metropolis":    Metropolis,
	"chain-ess":     ChainESS,
	"step-sweep":    StepSweep,
}
