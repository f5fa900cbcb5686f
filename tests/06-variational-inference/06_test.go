package variationalinference_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/06-variational-inference"
	variationalinference "github.com/credence-bnn/credence/tests/06-variational-inference"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, variationalinference.Exercise, check.Funcs{
		"softplus":         student.Softplus,
		"inverse-softplus": student.InverseSoftplus,
		"sample":           student.Sample,
		"kl":               student.KL,
		"elbo":             student.ELBO,
		"batch-loss":       student.BatchLoss,
		"gradient":         student.Gradient,
		"train":            student.Train,
	})
}
