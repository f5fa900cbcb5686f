package concrete_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/concrete"
)

func TestChecksum(t *testing.T) {
	if err := concrete.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := concrete.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != concrete.About().Rows || d != 8 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if concrete.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

// TestKnown checks the range that the repository's own description prints.
func TestKnown(t *testing.T) {
	lo, hi := 1e9, 0.0
	for _, y := range concrete.Set().Y.RawMatrix().Data {
		lo, hi = min(lo, y), max(hi, y)
	}
	if lo != 2.33 || hi != 82.6 {
		t.Errorf("strength from %v to %v MPa, want 2.33 to 82.6", lo, hi)
	}
}

func ExampleSet() {
	s := concrete.Set()
	fmt.Println(s.Len(), s.XNames[7], s.X.At(0, 7), s.YNames[0], s.Y.At(0, 0))
	fmt.Println(concrete.About().Licence)
	// Output:
	// 1030 age (days) 28 strength (MPa) 79.99
	// CC BY 4.0
}
