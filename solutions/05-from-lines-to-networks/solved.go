package fromlinestonetworks

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"forward":     Forward,
	"backward":    Backward,
	"init-sds":    InitSDs,
	"draw":        Draw,
	"functions":   Functions,
	"sd-by-width": SDByWidth,
}
