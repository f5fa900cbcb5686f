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
	// HoldOut is the share of the training rows that the method's early stopping looks at
	// and training does not.
	HoldOut float64
}

// A Tuned is a row of a table: a method and the settings it may choose from, by
// looking at rows of the training part.
type Tuned struct {
	Name    string
	Recipes []Recipe
	Like    string // if set, the settings are those that this method chose, under the same names
}

// recipe returns the settings with this name.
func (m Tuned) recipe(name string) (Recipe, error) {
	for _, r := range m.Recipes {
		if r.Name == name {
			return r, nil
		}
	}
	return Recipe{}, errStale
}

// errStale is a stored choice that the program does not offer any more.
var errStale = errors.New("the stored choice of settings is none of this program's; start anew with --fresh")
