// Package co2 holds the monthly carbon dioxide record of Mauna Loa, Hawaii, March
// 1958 to April 2020 (741 months, ppm; the five months without a measurement are
// absent), and the detrended piece of it that Gal and Ghahramani draw in the best
// known figure about dropout and doubt.
//
// Data: Scripps CO2 Program, CC BY 4.0; see ATTRIBUTION.md beside this file.
package co2

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed monthly.csv
var monthly string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "co2", What: "monthly CO2 at Mauna Loa (ppm), 1958 to 2020", Rows: 741,
		Licence: "CC BY 4.0", Origin: "Scripps CO2 Program",
		Files: []data.File{{Name: "monthly.csv", SHA256: "c1a4a970864145940a28225cae288618b156cb32f9a2a1b6606ba7124134febb", Content: monthly}},
	}
}

// series is the parsed file.
type series struct {
	month []time.Time // first day of the month, UTC
	ppm   []float64
}

// load parses the embedded file once. The file is part of the program and its
// checksum is tested, so a failure is a broken build and panics.
var load = sync.OnceValue(func() series {
	s, err := parse(monthly)
	if err != nil {
		panic(err.Error())
	}
	return s
})

// parse reads lines "1958-03-01,315.70,314.44" under one header line. The third
// column, adjusted for the season, is not used.
func parse(text string) (series, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return series{}, fmt.Errorf("co2: embedded file: %w", err)
	}
	var s series
	for i, row := range rows {
		if i == 0 {
			continue
		}
		day, err := time.Parse(time.DateOnly, row[0])
		if err != nil {
			return series{}, fmt.Errorf("co2: embedded file line %d: %w", i+1, err)
		}
		ppm, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return series{}, fmt.Errorf("co2: embedded file line %d: %w", i+1, err)
		}
		s.month, s.ppm = append(s.month, day), append(s.ppm, ppm)
	}
	return s, nil
}

// Set returns the whole record, one row a month, untouched: X is the middle of the
// month as a decimal year, Y the mean CO2 of that month in ppm (parts per million,
// mole fraction in dry air). Each call returns a fresh copy.
func Set() *data.Set {
	s := load()
	x := make([]float64, len(s.month))
	for i := range x {
		x[i] = year(s.month[i])
	}
	set := data.New("Mauna Loa CO2", x, s.ppm)
	set.XNames, set.YNames = []string{"time (year)"}, []string{"CO2 (ppm)"}
	return set
}

// year returns the middle of a month as a decimal year.
func year(month time.Time) float64 {
	return float64(month.Year()) + (float64(month.Month())-0.5)/12
}
