package coinflips_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/01-coin-flips"
	coinflips "github.com/credence-bnn/credence/tests/01-coin-flips"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, coinflips.Exercise, check.Funcs{
		"frequency":      student.Frequency,
		"running":        student.Running,
		"standard-error": student.StandardError,
		"interval":       student.Interval,
		"flips-needed":   student.FlipsNeeded,
		"paths":          student.Paths,
	})
}
