package breastcancer_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/breastcancer"
)

func TestChecksum(t *testing.T) {
	if err := breastcancer.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := breastcancer.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != breastcancer.About().Rows || d != 30 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if breastcancer.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

func TestCounts(t *testing.T) {
	benign := 0
	for _, y := range breastcancer.Set().Y.RawMatrix().Data {
		benign += int(y)
	}
	if benign != 357 {
		t.Errorf("%d benign, want 357", benign)
	}
}

func ExampleSet() {
	s := breastcancer.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(0, 0), breastcancer.Classes()[int(s.Y.At(0, 0))])
	fmt.Println(breastcancer.About().Licence)
	// Output:
	// 569 mean radius 17.99 malignant
	// CC BY 4.0
}
