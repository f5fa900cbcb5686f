package wine_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/wine"
)

func TestChecksum(t *testing.T) {
	if err := wine.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := wine.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != wine.About().Rows || d != 13 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if wine.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

func TestCounts(t *testing.T) {
	var n [3]int
	for _, y := range wine.Set().Y.RawMatrix().Data {
		n[int(y)]++
	}
	if n != [3]int{59, 71, 48} {
		t.Errorf("%v wines of the three cultivars, want 59, 71, 48", n)
	}
}

func ExampleSet() {
	s := wine.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(0, 0), s.YNames[0], s.Y.At(0, 0))
	fmt.Println(wine.About().Licence)
	// Output:
	// 178 alcohol (% vol) 14.23 cultivar 0
	// CC BY 4.0
}
