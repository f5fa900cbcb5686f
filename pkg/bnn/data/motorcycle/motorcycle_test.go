package motorcycle_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/motorcycle"
)

func TestChecksum(t *testing.T) {
	if err := motorcycle.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := motorcycle.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != motorcycle.About().Rows || d != 1 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if motorcycle.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

func ExampleSet() {
	s := motorcycle.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(0, 0), s.YNames[0], s.Y.At(1, 0))
	fmt.Println(motorcycle.About().Origin)
	// Output:
	// 133 time (ms) 2.4 acceleration (g) -1.3
	// Silverman 1985
}
