package main

import (
	"path/filepath"

	"github.com/credence-bnn/credence/internal/fetch"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/data/breastcancer"
	"github.com/credence-bnn/credence/pkg/bnn/data/challenger"
	"github.com/credence-bnn/credence/pkg/bnn/data/co2"
	"github.com/credence-bnn/credence/pkg/bnn/data/coins"
	"github.com/credence-bnn/credence/pkg/bnn/data/concrete"
	"github.com/credence-bnn/credence/pkg/bnn/data/digits8x8"
	"github.com/credence-bnn/credence/pkg/bnn/data/emoji"
	"github.com/credence-bnn/credence/pkg/bnn/data/fashion2000"
	"github.com/credence-bnn/credence/pkg/bnn/data/galileo"
	"github.com/credence-bnn/credence/pkg/bnn/data/iris"
	"github.com/credence-bnn/credence/pkg/bnn/data/kmnist"
	"github.com/credence-bnn/credence/pkg/bnn/data/mnist"
	"github.com/credence-bnn/credence/pkg/bnn/data/mnist10k"
	"github.com/credence-bnn/credence/pkg/bnn/data/motorcycle"
	"github.com/credence-bnn/credence/pkg/bnn/data/penguins"
	"github.com/credence-bnn/credence/pkg/bnn/data/uci"
	"github.com/credence-bnn/credence/pkg/bnn/data/wine"
)

// EmbeddedSets returns the sets that are part of the program, in the order of their names.
func embeddedSets() []data.About {
	return []data.About{
		breastcancer.About(), challenger.About(), co2.About(), coins.About(), concrete.About(), digits8x8.About(),
		emoji.About(), fashion2000.About(), galileo.About(), iris.About(), mnist10k.About(), motorcycle.About(),
		penguins.About(), wine.About(),
	}
}

// An externalSet is one that lies in the data directory, or is downloaded to it.
type externalSet struct {
	name, what, licence, note string
	rows                      int
	files                     []externalFile
}

// An externalFile is one file of it.
type externalFile struct {
	fetch.File                        // where it comes from and where it belongs
	find       func() (string, error) // where it is
}

// ExternalSets returns the sets that can be fetched into dir.
func externalSets(dir string) []externalSet {
	var all []externalSet
	for _, s := range uci.Sets() {
		all = append(all, externalSet{
			name: "uci/" + s.Name, what: s.Columns[s.Target], licence: s.Licence, note: s.Note, rows: s.Rows,
			files: []externalFile{{fetch.File{URL: s.URL(), Path: filepath.Join(dir, s.File()), SHA256: s.SHA256}, s.Path}},
		})
	}
	full := externalSet{name: "mnist", what: "handwritten digits, 28×28 pixels", licence: "CC BY-SA 3.0", rows: 70000}
	for _, f := range mnist.Files() {
		full.files = append(full.files, externalFile{fetch.File{URL: f.URL, Path: filepath.Join(dir, f.Name), SHA256: f.SHA256}, f.Path})
	}
	letters := externalSet{name: "kmnist", what: "handwritten hiragana, 28×28 pixels: not digits", licence: "CC BY-SA 4.0", rows: 10000}
	for _, f := range kmnist.Files() {
		letters.files = append(letters.files, externalFile{fetch.File{URL: f.URL, Path: filepath.Join(dir, f.Name), SHA256: f.SHA256}, f.Path})
	}
	return append(all, full, letters)
}

// Missing returns how many files are not there, and otherwise where the first one is.
func (s externalSet) missing() (n int, first string) {
	for _, f := range s.files {
		path, err := f.find()
		if err != nil {
			n++
		} else if first == "" {
			first = path
		}
	}
	return n, first
}
