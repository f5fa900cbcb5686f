// Package iris holds the flowers of 150 irises of three species, which Fisher used to
// introduce the linear discriminant.
//
// Data: R. A. Fisher, UCI Machine Learning Repository, CC BY 4.0; see ATTRIBUTION.md beside this file.
package iris

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed iris.csv
var table string

// Header names the columns, with units; the file's own first line holds counts.
const header = "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "iris", What: "three species from 4 lengths", Rows: 150,
		Licence: "CC BY 4.0", Origin: "Fisher 1936, UCI",
		Files: []data.File{{Name: "iris.csv", SHA256: "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449", Content: table}},
	}
}

// Classes returns the names of the classes, in the order of the labels.
func Classes() []string { return []string{"setosa", "versicolor", "virginica"} }

// Set returns the 150 flowers: X is 150 × 4, lengths and widths in centimetres; Y is the species,
// 0…2, fifty of each, see [Classes]. Each call returns a fresh copy. A file that cannot be read is a
// broken build and panics.
func Set() *data.Set {
	return data.Embedded("iris", header, table, "species")
}
