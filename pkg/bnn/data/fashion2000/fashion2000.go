// Package fashion2000 holds 2,000 pictures of clothes, 28 × 28 pixels, in the form of
// MNIST: what a network that knows digits has never seen. They are the first 2,000
// test images of Fashion-MNIST. A program that imports it grows by 0.9 MB.
//
// Data: Zalando SE, MIT licence; see ATTRIBUTION.md beside this file.
package fashion2000

import (
	_ "embed"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Width and Height of an image in pixels.
const Width, Height = 28, 28

//go:embed images.gz
var images string

//go:embed labels.gz
var labels string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "fashion2000", What: "clothes, 28×28 pixels, 10 classes: not digits", Rows: 2000,
		Licence: "MIT", Origin: "Zalando, Fashion-MNIST",
		Files: []data.File{
			{Name: "images.gz", SHA256: "862035b0a96959b614c9574f4c2b0ae9584ca234813e8d6d7adb7838b12ca46b", Content: images},
			{Name: "labels.gz", SHA256: "aa3f574d30afaf0d4d9da084a6f8541771e20693d6a97fae6e9a4953fca8f078", Content: labels},
		},
	}
}

// Classes returns the names of the ten classes, in the order of the labels.
func Classes() []string {
	return []string{"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"}
}

// Set returns the 2,000 pictures: X is 2,000 × 784, brightness 0…1, row by row from the
// top left, as in package mnist10k; Y is the class, 0…9, see [Classes]. Each call
// unpacks a fresh copy. A file that cannot be read is a broken build and panics.
func Set() *data.Set {
	s, err := data.ReadImages("Fashion-MNIST, 2,000 pictures", "class", strings.NewReader(images), strings.NewReader(labels))
	if err != nil {
		panic("fashion2000: embedded files: " + err.Error())
	}
	return s
}
