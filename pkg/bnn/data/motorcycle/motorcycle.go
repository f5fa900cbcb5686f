// Package motorcycle holds 133 measurements of the acceleration of a dummy's head in
// simulated motorcycle crashes: a curve whose noise changes along the way.
//
// Data: published measurements, Silverman 1985; see ATTRIBUTION.md beside this file.
package motorcycle

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed mcycle.csv
var table string

// Header names the columns, with units; the file's own first line holds names without units.
const header = "time (ms),acceleration (g)"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "motorcycle", What: "head acceleration (g) after impact (ms), noise that varies", Rows: 133,
		Licence: "published measurements", Origin: "Silverman 1985",
		Files: []data.File{{Name: "mcycle.csv", SHA256: "93d06e3d834a5c21056b40f16fcd03c4384acff5020e273453d5cd62d730f0c8", Content: table}},
	}
}

// Set returns the 133 measurements in the order of time: X is 133 × 1, milliseconds after impact,
// Y the acceleration in g. Times repeat: several crashes lie on one another. Each call returns a fresh copy. A file that cannot be read is a
// broken build and panics.
func Set() *data.Set {
	return data.Embedded("motorcycle", header, table, "acceleration (g)")
}
