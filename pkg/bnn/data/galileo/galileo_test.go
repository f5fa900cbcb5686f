package galileo_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/galileo"
)

func TestChecksum(t *testing.T) {
	if err := galileo.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := galileo.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != galileo.About().Rows || d != 1 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if galileo.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

func ExampleSet() {
	s := galileo.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(6, 0), s.YNames[0], s.Y.At(6, 0))
	fmt.Println(galileo.About().Origin)
	// Output:
	// 7 height (punti) 1000 distance (punti) 573
	// Galileo 1608, Drake 1978
}
