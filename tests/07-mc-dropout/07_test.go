package mcdropout_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/07-mc-dropout"
	mcdropout "github.com/credence-bnn/credence/tests/07-mc-dropout"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, mcdropout.Exercise, check.Funcs{
		"mask":           student.Mask,
		"pass":           student.Pass,
		"drop-var":       student.DropVar,
		"total-sd":       student.TotalSD,
		"log-predictive": student.LogPredictive,
		"passes-needed":  student.PassesNeeded,
		"decay":          student.Decay,
		"band":           student.Band,
	})
}
