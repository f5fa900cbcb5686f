package digits8x8_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data/digits8x8"
)

func TestChecksum(t *testing.T) {
	if err := digits8x8.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := digits8x8.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != digits8x8.About().Rows || d != 64 || len(s.XNames) != d || mat.Min(s.X) != 0 || mat.Max(s.X) != 1 || mat.Max(s.Y) != 9 {
		t.Errorf("%d × %d, %d names, ink %v…%v, digits to %v", n, d, len(s.XNames), mat.Min(s.X), mat.Max(s.X), mat.Max(s.Y))
	}
}

func ExampleSet() {
	s := digits8x8.Set()
	fmt.Println(s.Len(), digits8x8.About().Licence, "- a", s.Y.At(0, 0))
	for i := range digits8x8.Height {
		for j := range digits8x8.Width {
			fmt.Print(string(".:+#"[int(3.99*s.X.At(0, 8*i+j))]))
		}
		fmt.Println()
	}
	// Output:
	// 1797 CC BY 4.0 - a 0
	// ..:#+...
	// ..##+#:.
	// ..#..+:.
	// ..+..::.
	// .::..+:.
	// ..+..+:.
	// ..#:++..
	// ..:#+...
}
