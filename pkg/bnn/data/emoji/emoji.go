// Package emoji holds 258 emoji of 32 × 32 pixels, animals, vehicles and foods, each
// drawn by two hands: Google's and Twitter's. A network that knows animals can be shown
// vehicles, or the same animals in another style. A program that imports it grows by
// 0.7 MB.
//
// Data: Noto Emoji, Apache License 2.0; Twemoji, CC BY 4.0; names from emoji-data, MIT;
// see ATTRIBUTION.md beside this file.
package emoji

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"image/png"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Width and Height of a tile in pixels, and Channels: red, green, blue.
const Width, Height, Channels = 32, 32, 3

const perRow = 20 // tiles in a row of a sheet

//go:embed google.png
var google string

//go:embed twitter.png
var twitter string

//go:embed tiles.csv
var tiles string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "emoji", What: "animals, vehicles, foods, 32×32 colour pixels, drawn by two hands", Rows: 258,
		Licence: "Apache-2.0; CC BY 4.0", Origin: "Noto Emoji; Twemoji",
		Files: []data.File{
			{Name: "google.png", SHA256: "ff8fbdf900c7c84fad5ff982c02b412195cb97b5f2856e15500088430cfa0105", Content: google},
			{Name: "twitter.png", SHA256: "8dfe5a225a7468b373c178485f96fa2fae64ee4c472b0f3a75c6b007b76b9123", Content: twitter},
			{Name: "tiles.csv", SHA256: "ff0e107ce0dec9f2e3da34215b206e1059fc4380acbb649d44c7bc7a7c1112f0", Content: tiles},
		},
	}
}

// A Tile says what one picture shows.
type Tile struct {
	Kind string // one of Kinds
	Name string // "hotdog"; each is there once
	Code string // Unicode code points in hexadecimal: "1F32D"
}

// Kinds returns the three kinds, in the order of the labels of [Google] and [Twitter].
func Kinds() []string { return []string{"animal", "vehicle", "food"} }

// Tiles returns what the 258 pictures show, in the order of the rows of [Google] and
// [Twitter], in a fresh slice. A file that cannot be read is a broken build and panics.
func Tiles() []Tile {
	rows, err := csv.NewReader(strings.NewReader(tiles)).ReadAll()
	if err != nil {
		panic("emoji: embedded file: " + err.Error())
	}
	var all []Tile
	for i, row := range rows[1:] {
		if row[0] != fmt.Sprint(i) || !slices.Contains(Kinds(), row[1]) {
			panic(fmt.Sprintf("emoji: embedded file: line %d", i+2))
		}
		all = append(all, Tile{Kind: row[1], Name: row[2], Code: row[3]})
	}
	return all
}

// Google returns the 258 pictures of Noto Emoji: X is 258 × 3072, the brightness 0…1 of
// red, green and blue, pixel by pixel, row by row from the top left (height × width ×
// channel); Y is the kind, 0…2, see [Kinds]. Each call returns a fresh copy.
func Google() *data.Set { return set("emoji by Google", google) }

// Twitter returns the same emoji from Twemoji, in the same order and form as [Google].
func Twitter() *data.Set { return set("emoji by Twitter", twitter) }

// set cuts a sheet into tiles.
func set(name, sheet string) *data.Set {
	img, err := png.Decode(strings.NewReader(sheet))
	if err != nil {
		panic("emoji: embedded file: " + err.Error())
	}
	all := Tiles()
	s := &data.Set{
		Name:   name,
		X:      mat.NewDense(len(all), Height*Width*Channels, nil),
		Y:      mat.NewDense(len(all), 1, nil),
		YNames: []string{"kind"},
	}
	for i, tile := range all {
		s.Y.Set(i, 0, float64(slices.Index(Kinds(), tile.Kind)))
		left, top := i%perRow*Width, i/perRow*Height
		x := s.X.RawRowView(i)[:0]
		for r := range Height {
			for c := range Width {
				red, green, blue, _ := img.At(left+c, top+r).RGBA() // 16 bits each
				x = append(x, float64(red)/0xffff, float64(green)/0xffff, float64(blue)/0xffff)
			}
		}
	}
	return s
}
