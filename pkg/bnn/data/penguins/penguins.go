// Package penguins holds body measures of 344 penguins of three species, from the
// islands of the Palmer Archipelago, Antarctica.
//
// Eleven rows of the file are incomplete. Two penguins were not measured at all; [Set]
// leaves them out. Nine more lack only the sex, which is no input, so they stay. No
// value is imputed. [All] has every row, with NaN and "" where nothing was recorded.
//
// Data: Gorman, Williams and Fraser, Palmer Station LTER, CC0; see ATTRIBUTION.md
// beside this file.
package penguins

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed penguins.csv
var table string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "penguins", What: "three species from 4 body measures; 2 more rows have none", Rows: 342,
		Licence: "CC0", Origin: "Gorman et al. 2014, palmerpenguins",
		Files: []data.File{{Name: "penguins.csv", SHA256: "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93", Content: table}},
	}
}

// Classes returns the names of the species, in the order of the labels.
func Classes() []string { return []string{"Adelie", "Chinstrap", "Gentoo"} }

// A Penguin is one row of the file.
type Penguin struct {
	Species, Island     string
	BillLength          float64 // mm; this and the next three are NaN where not recorded
	BillDepth           float64 // mm
	FlipperLength, Mass float64 // mm, g
	Sex                 string  // "male", "female", or "" where not recorded
	Year                int     // 2007 to 2009
}

// All returns all 344 rows, incomplete ones too, in a fresh slice.
// A file that cannot be read is a broken build and panics.
func All() []Penguin {
	all, err := parse(table)
	if err != nil {
		panic(err.Error())
	}
	return all
}

// Set returns the 342 penguins that were measured: X is 342 × 4, bill length and depth
// and flipper length in mm, body mass in g; Y is the species, 0…2, see [Classes]. Each
// call returns a fresh copy.
func Set() *data.Set {
	var x, y []float64
	for _, p := range All() {
		if math.IsNaN(p.BillLength + p.BillDepth + p.FlipperLength + p.Mass) {
			continue
		}
		x = append(x, p.BillLength, p.BillDepth, p.FlipperLength, p.Mass)
		y = append(y, float64(slices.Index(Classes(), p.Species)))
	}
	return &data.Set{
		Name:   "penguins",
		X:      mat.NewDense(len(y), 4, x),
		Y:      mat.NewDense(len(y), 1, y),
		XNames: []string{"bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)"},
		YNames: []string{"species"},
	}
}

// parse reads the rows under one header line.
func parse(text string) ([]Penguin, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("penguins: embedded file: %w", err)
	}
	var all []Penguin
	for i, row := range rows {
		if i == 0 {
			continue
		}
		if len(row) != 8 || !slices.Contains(Classes(), row[0]) {
			return nil, fmt.Errorf("penguins: embedded file line %d: no penguin", i+1)
		}
		p := Penguin{Species: row[0], Island: row[1], Sex: strings.TrimPrefix(row[6], "NA")}
		for j, v := range []*float64{&p.BillLength, &p.BillDepth, &p.FlipperLength, &p.Mass} {
			if *v, err = number(row[2+j]); err != nil {
				return nil, fmt.Errorf("penguins: embedded file line %d: %w", i+1, err)
			}
		}
		if p.Year, err = strconv.Atoi(row[7]); err != nil {
			return nil, fmt.Errorf("penguins: embedded file line %d: %w", i+1, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// number reads NA as NaN.
func number(cell string) (float64, error) {
	if cell == "NA" {
		return math.NaN(), nil
	}
	return strconv.ParseFloat(cell, 64)
}
