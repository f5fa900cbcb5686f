// Package digits8x8 holds 1,797 handwritten digits of 8 × 8 pixels: small enough to
// train on in a second.
//
// Data: Alpaydin and Kaynak, UCI Machine Learning Repository, CC BY 4.0; see
// ATTRIBUTION.md beside this file.
package digits8x8

import (
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Width and Height of an image in pixels.
const Width, Height = 8, 8

//go:embed digits.csv.gz
var table string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "digits8x8", What: "handwritten digits, 8×8 pixels, 10 classes", Rows: 1797,
		Licence: "CC BY 4.0", Origin: "Alpaydin and Kaynak 1998, UCI",
		Files: []data.File{{Name: "digits.csv.gz", SHA256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", Content: table}},
	}
}

// Set returns the 1,797 digits: X is 1,797 × 64, ink from 0 to 1 (the file's 0…16
// divided by 16), row by row from the top left; Y is the digit, 0…9. Each call returns
// a fresh copy. A file that cannot be read is a broken build and panics.
func Set() *data.Set {
	var names strings.Builder
	for i := range Height {
		for j := range Width {
			fmt.Fprintf(&names, "row %d column %d (ink),", i, j)
		}
	}
	unpack, err := gzip.NewReader(strings.NewReader(table))
	if err != nil {
		panic("digits8x8: embedded file: " + err.Error())
	}
	s, err := data.ReadCSV("digits of 8 × 8 pixels", io.MultiReader(strings.NewReader(names.String()+"digit\n"), unpack), "digit")
	if err != nil {
		panic("digits8x8: embedded file: " + err.Error())
	}
	s.X.Scale(1.0/16, s.X)
	return s
}
