package linesandfunctions_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/04-lines-and-functions"
	linesandfunctions "github.com/credence-bnn/credence/tests/04-lines-and-functions"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, linesandfunctions.Exercise, check.Funcs{
		"design":       student.Design,
		"posterior":    student.Posterior,
		"predict":      student.Predict,
		"log-evidence": student.LogEvidence,
		"degrees":      student.Degrees,
	})
}
