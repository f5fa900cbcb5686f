package fromlinestonetworks_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/05-from-lines-to-networks"
	fromlinestonetworks "github.com/credence-bnn/credence/tests/05-from-lines-to-networks"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, fromlinestonetworks.Exercise, check.Funcs{
		"forward":     student.Forward,
		"backward":    student.Backward,
		"init-sds":    student.InitSDs,
		"draw":        student.Draw,
		"functions":   student.Functions,
		"sd-by-width": student.SDByWidth,
	})
}
