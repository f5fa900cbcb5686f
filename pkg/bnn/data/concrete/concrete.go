// Package concrete holds 1,030 samples of concrete: what was mixed, how long it
// hardened, and the pressure under which it broke.
//
// Data: I-Cheng Yeh, UCI Machine Learning Repository, CC BY 4.0; see ATTRIBUTION.md beside this file.
package concrete

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed concrete.csv
var table string

// Header names the columns, with units; the file's own first line holds names without units.
const header = "cement (kg/m³),slag (kg/m³),fly ash (kg/m³),water (kg/m³),superplasticizer (kg/m³)," +
	"coarse aggregate (kg/m³),fine aggregate (kg/m³),age (days),strength (MPa)"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "concrete", What: "strength of concrete (MPa) from 8 inputs", Rows: 1030,
		Licence: "CC BY 4.0", Origin: "Yeh 1998, UCI",
		Files: []data.File{{Name: "concrete.csv", SHA256: "c2690f237285ede14fa54fe05dbe6a83ce510f65de6a8c5f8cafd6cefd9f38e2", Content: table}},
	}
}

// Set returns the 1,030 samples in the order of the UCI benchmark: X is 1,030 × 8, amounts in
// kilograms for a cubic metre and the age in days, Y the compressive strength in MPa. Each call
// returns a fresh copy. A file that cannot be read is a broken build and panics.
func Set() *data.Set {
	return data.Embedded("concrete", header, table, "strength (MPa)")
}
