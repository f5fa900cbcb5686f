// Package galileo holds the seven measurements by which Galileo found, in 1608, that a ball
// rolling off a ramp flies along a parabola.
//
// Data: a working sheet of Galileo's, in print since Drake 1978; published measurements; see ATTRIBUTION.md beside this file.
package galileo

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed ramp.csv
var table string

// Header names the columns, with units; the file's own first line holds names without units.
const header = "height (punti),distance (punti)"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "galileo", What: "distance of a ball rolled off a ramp, by height (punti)", Rows: 7,
		Licence: "published measurements", Origin: "Galileo 1608, Drake 1978",
		Files: []data.File{{Name: "ramp.csv", SHA256: "9d6a4e19dbf56364e12945f9f88116f7409382dd924c1a293cf83ce09dfd69ff", Content: table}},
	}
}

// Set returns the seven measurements: X is 7 × 1, the height above the table from which the ball
// was released, Y the horizontal distance it flew, both in punti (169/180 mm). Each call returns a fresh copy. A file that cannot be read is a
// broken build and panics.
func Set() *data.Set {
	return data.Embedded("galileo", header, table, "distance (punti)")
}
