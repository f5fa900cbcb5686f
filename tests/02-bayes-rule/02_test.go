package bayesrule_test

import (
	"testing"

	student "github.com/credence-bnn/credence/exercises/02-bayes-rule"
	bayesrule "github.com/credence-bnn/credence/tests/02-bayes-rule"
	"github.com/credence-bnn/credence/tests/check"
)

func Test(t *testing.T) {
	check.Run(t, bayesrule.Exercise, check.Funcs{
		"positive":   student.Positive,
		"update":     student.Update,
		"mean-var":   student.MeanVar,
		"prob-above": student.ProbAbove,
		"predict":    student.Predict,
		"grid":       student.Grid,
		"hdi":        student.HDI,
	})
}
