// Package breastcancer holds measurements of cell nuclei in 569 breast tumours, and whether
// the tumour was malignant or benign.
//
// Data: Wolberg, Street and Mangasarian, UCI Machine Learning Repository, CC BY 4.0; see ATTRIBUTION.md beside this file.
package breastcancer

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed breast_cancer.csv
var table string

// Header names the columns, with units; the file's own first line holds counts.
const header = "mean radius,mean texture,mean perimeter,mean area,mean smoothness,mean compactness," +
	"mean concavity,mean concave points,mean symmetry,mean fractal dimension,error of radius," +
	"error of texture,error of perimeter,error of area,error of smoothness,error of compactness," +
	"error of concavity,error of concave points,error of symmetry,error of fractal dimension," +
	"worst radius,worst texture,worst perimeter,worst area,worst smoothness,worst compactness," +
	"worst concavity,worst concave points,worst symmetry,worst fractal dimension,benign"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "breastcancer", What: "malignant or benign tumour from 30 measurements", Rows: 569,
		Licence: "CC BY 4.0", Origin: "Wolberg et al. 1995, UCI",
		Files: []data.File{{Name: "breast_cancer.csv", SHA256: "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed", Content: table}},
	}
}

// Classes returns the names of the classes, in the order of the labels.
func Classes() []string { return []string{"malignant", "benign"} }

// Set returns the 569 tumours: X is 569 × 30, mean, standard error and worst of ten measures of
// the nuclei in a digitised picture (lengths in pixels' units); Y is 0 for malignant
// (212) and 1 for benign (357), in the column benign. Each call returns a fresh copy. A file that cannot be read is a
// broken build and panics.
func Set() *data.Set {
	return data.Embedded("breast cancer", header, table, "benign")
}
