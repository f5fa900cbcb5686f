package variationalinference

import "github.com/credence-bnn/credence/tests/check"

// Solved binds the tasks to their solutions: for the generator of expected
// results, the proof of the exercise and the class grader.
var Solved = check.Funcs{
	"softplus":         Softplus,
	"inverse-softplus": InverseSoftplus,
	"sample":           Sample,
	"kl":               KL,
	"elbo":             ELBO,
	"batch-loss":       BatchLoss,
	"gradient":         Gradient,
	"train":            Train,
}
