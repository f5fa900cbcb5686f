package theintegral_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/03-the-integral"
	theintegral "github.com/credence-bnn/credence/tests/03-the-integral"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, theintegral.Exercise, check.Funcs{
		"grid-seconds":  student.GridSeconds,
		"grid-evidence": student.GridEvidence,
		"monte-carlo":   student.MonteCarlo,
		"importance":    student.Importance,
		"metropolis":    student.Metropolis,
		"chain-ess":     student.ChainESS,
		"step-sweep":    student.StepSweep,
	})
}
