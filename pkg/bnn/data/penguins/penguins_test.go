package penguins_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/penguins"
)

func TestChecksum(t *testing.T) {
	if err := penguins.About().Verify(); err != nil {
		t.Error(err)
	}
}

// TestMissing counts what the package comment says about incomplete rows.
func TestMissing(t *testing.T) {
	noMeasure, noSex, species := 0, 0, map[string]int{}
	for _, p := range penguins.All() {
		species[p.Species]++
		if p.Sex == "" {
			noSex++
		}
		if math.IsNaN(p.Mass) {
			noMeasure++
		}
	}
	if noMeasure != 2 || noSex != 11 {
		t.Errorf("%d without measurements and %d without sex, want 2 and 11", noMeasure, noSex)
	}
	if species["Adelie"] != 152 || species["Chinstrap"] != 68 || species["Gentoo"] != 124 { // Gorman et al. 2014
		t.Errorf("species %v", species)
	}
	s := penguins.Set()
	if err := s.Err(); err != nil {
		t.Error(err)
	}
	if s.Len() != penguins.About().Rows {
		t.Errorf("%d rows", s.Len())
	}
}

func ExampleSet() {
	s := penguins.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(0, 0), penguins.Classes()[int(s.Y.At(0, 0))])
	fmt.Println(penguins.About().Licence)
	// Output:
	// 342 bill length (mm) 39.1 Adelie
	// CC0
}

func ExampleAll() {
	fourth := penguins.All()[3] // was not measured
	fmt.Println(fourth.Species, fourth.Island, fourth.Mass, fourth.Year)
	// Output: Adelie Torgersen NaN 2007
}
