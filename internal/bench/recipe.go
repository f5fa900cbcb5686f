package bench

import (
	"errors"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A Recipe is a model and a method with a name for its settings.
type Recipe struct {
	Name   string
	Net    nn.Net // the zero value means that of the task
	Prior  bnn.Prior
	Method bnn.Method
}

// A Tuned is a row of a table: a method and the settings it may choose from, by
// looking at rows of the training part.
type Tuned struct {
	Name    string
	Recipes []Recipe
	Like    string // if set, the settings are those that this method chose, under the same names
}

// errStale is a stored choice that the program does not offer any more.
var errStale = errors.New("the stored choice of settings is none of this program's; start anew with --fresh")
