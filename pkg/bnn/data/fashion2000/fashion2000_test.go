package fashion2000_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data/fashion2000"
)

func TestChecksum(t *testing.T) {
	if err := fashion2000.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := fashion2000.Set()
	n, d := s.X.Dims()
	if n != fashion2000.About().Rows || d != fashion2000.Width*fashion2000.Height || mat.Max(s.X) != 1 || mat.Max(s.Y) != 9 {
		t.Errorf("%d × %d, brightness up to %v, class up to %v", n, d, mat.Max(s.X), mat.Max(s.Y))
	}
}

func ExampleSet() {
	s := fashion2000.Set()
	first := fashion2000.Classes()[int(s.Y.At(0, 0))]
	fmt.Println(s.Len(), first, fashion2000.About().Licence)
	// Output: 2000 ankle boot MIT
}
