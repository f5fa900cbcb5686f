// Package challenger holds what was known of the space shuttle's O-rings before the
// launch on 28 January 1986, at 31 °F, in which Challenger was lost: the temperature of
// the joints on 24 flights and the damage found afterwards.
//
// The boosters of flight 4 sank, so nobody knows their O-rings; [Set] leaves that
// flight out, and [Flights] has it with Known false.
//
// Data: published measurements; see ATTRIBUTION.md beside this file.
package challenger

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// LaunchTemperature is the forecast for the joints on the morning of the last launch,
// in °F: 22 °F below the coldest flight before it.
const LaunchTemperature = 31.0

// ORings is the number of primary O-rings on a flight.
const ORings = 6

//go:embed orings.csv
var table string

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "challenger", What: "O-ring failure by temperature (°F); 1 more flight has no outcome", Rows: 23,
		Licence: "published measurements", Origin: "Dalal et al. 1989",
		Files: []data.File{{Name: "orings.csv", SHA256: "e96dde4e0440e705433ac9fd5ec3c5ee268d0a2b3426007f14fca1b4eb4de02a", Content: table}},
	}
}

// A Flight is one row of the file.
type Flight struct {
	Number      string  // "1", "51C"
	Temperature float64 // of the joints at launch, °F
	Pressure    float64 // of the leak check, psi
	Known       bool    // whether the O-rings were recovered; if not, the rest is 0
	Failures    int     // of the six primary O-rings, how many were damaged
	Damage      int     // the damage index of the table
}

// Flights returns all 24 flights in the order of the file, in a fresh slice.
// A file that cannot be read is a broken build and panics.
func Flights() []Flight {
	all, err := parse(table)
	if err != nil {
		panic(err.Error())
	}
	return all
}

// Set returns the 23 flights whose outcome is known: X is 23 × 1, the temperature in
// °F; Y is 1 if any O-ring failed, else 0. Each call returns a fresh copy.
func Set() *data.Set {
	var x, y []float64
	for _, f := range Flights() {
		if f.Known {
			x = append(x, f.Temperature)
			y = append(y, float64(min(f.Failures, 1)))
		}
	}
	s := data.New("Challenger O-rings", x, y)
	s.XNames, s.YNames = []string{"temperature (°F)"}, []string{"any failure"}
	return s
}

// parse reads the rows under one header line; a flight without outcome has empty cells.
func parse(text string) ([]Flight, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("challenger: embedded file: %w", err)
	}
	var all []Flight
	for i, row := range rows {
		if i == 0 {
			continue
		}
		if len(row) != 6 {
			return nil, fmt.Errorf("challenger: embedded file line %d has %d columns, want 6", i+1, len(row))
		}
		f := Flight{Number: row[0], Known: row[3] != ""}
		var bad [4]error
		f.Temperature, bad[0] = strconv.ParseFloat(row[1], 64)
		f.Pressure, bad[1] = strconv.ParseFloat(row[2], 64)
		if f.Known {
			f.Failures, bad[2] = strconv.Atoi(row[4])
			f.Damage, bad[3] = strconv.Atoi(row[5])
		}
		for _, err := range bad {
			if err != nil {
				return nil, fmt.Errorf("challenger: embedded file line %d: %w", i+1, err)
			}
		}
		if f.Known && (row[3] == "yes") != (f.Failures > 0) {
			return nil, fmt.Errorf("challenger: embedded file line %d: %q but %d failures", i+1, row[3], f.Failures)
		}
		all = append(all, f)
	}
	return all, nil
}
