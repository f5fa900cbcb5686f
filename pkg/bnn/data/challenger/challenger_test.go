package challenger_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/challenger"
)

func TestChecksum(t *testing.T) {
	if err := challenger.About().Verify(); err != nil {
		t.Error(err)
	}
}

// TestSet checks the counts of the 1989 paper: 7 of 23 flights with damage, and the
// coldest at 53 °F.
func TestSet(t *testing.T) {
	s := challenger.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	damaged, coldest := 0.0, 100.0
	for i := range s.Len() {
		damaged += s.Y.At(i, 0)
		coldest = min(coldest, s.X.At(i, 0))
	}
	if s.Len() != challenger.About().Rows || damaged != 7 || coldest != 53 {
		t.Errorf("%v of %d flights damaged, coldest %v °F; want 7 of 23 and 53", damaged, s.Len(), coldest)
	}
}

func ExampleSet() {
	s := challenger.Set()
	fmt.Println(s.Len(), s.XNames, s.YNames, challenger.About().Origin)
	// Output: 23 [temperature (°F)] [any failure] Dalal et al. 1989
}

func ExampleFlights() {
	for _, f := range challenger.Flights() {
		if !f.Known || f.Failures > 1 {
			fmt.Println(f.Number, f.Temperature, f.Known, f.Failures)
		}
	}
	// Output:
	// 4 80 false 0
	// 51C 53 true 2
	// 61A 75 true 2
}
