// Package mnist10k holds 10,000 handwritten digits of 28 × 28 pixels: the first 10,000
// of MNIST's training images, shuffled. A program that imports it grows by 1.6 MB.
//
// Data: LeCun and Cortes, CC BY-SA 3.0; see ATTRIBUTION.md beside this file.
package mnist10k

import (
	_ "embed"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Width and Height of an image in pixels, and the first rows of [Split].
const (
	Width, Height = 28, 28
	TrainRows     = 8000
)

//go:embed images.gz
var images string

//go:embed labels.gz
var labels string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "mnist10k", What: "handwritten digits, 28×28 pixels, 10 classes", Rows: 10000,
		Licence: "CC BY-SA 3.0", Origin: "LeCun and Cortes, MNIST",
		Files: []data.File{
			{Name: "images.gz", SHA256: "df162cfd88c1289c3099e6a230b57f46badeb97fb3a6960aab578c6007e7439c", Content: images},
			{Name: "labels.gz", SHA256: "5c18265449c3c36d69dfcbfd619dc7be5b811025f0459d1bf99a0aa94fb29ac6", Content: labels},
		},
	}
}

// Set returns all 10,000 digits: X is 10,000 × 784, brightness 0 (paper) to 1 (ink),
// row by row from the top left; Y is the digit, 0…9. Each call unpacks a fresh copy
// of 63 MB. A file that cannot be read is a broken build and panics.
func Set() *data.Set {
	s, err := data.ReadImages("MNIST, 10,000 digits", "digit", strings.NewReader(images), strings.NewReader(labels))
	if err != nil {
		panic("mnist10k: embedded files: " + err.Error())
	}
	return s
}

// Split returns the first 8,000 digits for training and the last 2,000 for testing.
// This is the division that the course's tables use.
func Split() (train, test *data.Set) {
	s := Set()
	idx := make([]int, s.Len())
	for i := range idx {
		idx[i] = i
	}
	return s.Rows(idx[:TrainRows]), s.Rows(idx[TrainRows:])
}
