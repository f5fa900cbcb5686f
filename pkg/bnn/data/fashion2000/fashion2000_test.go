package fashion2000

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestChecksum(t *testing.T) {
	if err := About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := Set()
	n, d := s.X.Dims()
	if n != About().Rows || d != Width*Height || mat.Max(s.X) != 1 || mat.Max(s.Y) != 9 {
		t.Errorf("%d × %d, brightness up to %v, class up to %v", n, d, mat.Max(s.X), mat.Max(s.Y))
	}
}

func ExampleSet() {
	s := Set()
	first := Classes()[int(s.Y.At(0, 0))]
	fmt.Println(s.Len(), first, About().Licence)
	// Output: 2000 ankle boot MIT
}
