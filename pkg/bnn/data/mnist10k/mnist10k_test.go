package mnist10k

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
	train, test := Split()
	if train.Len()+test.Len() != About().Rows || mat.Min(train.X) != 0 || mat.Max(train.X) != 1 {
		t.Errorf("%d + %d rows, brightness %v…%v", train.Len(), test.Len(), mat.Min(train.X), mat.Max(train.X))
	}
	var count [10]int
	for _, y := range test.Y.RawMatrix().Data {
		count[int(y)]++
	}
	for digit, n := range count { // shuffled: about 200 of each
		if n < 150 || n > 260 {
			t.Errorf("%d of the 2,000 test digits are a %d", n, digit)
		}
	}
}

func ExampleSet() {
	s := Set()
	n, d := s.X.Dims()
	fmt.Println(n, d, s.YNames)
	for r := range Height / 2 { // every second row and column of the first digit
		for c := range Width / 2 {
			fmt.Print(string(" .+#"[int(3.99*s.X.At(0, 2*r*Width+2*c))]))
		}
		fmt.Println("|")
	}
}

func ExampleSplit() {
	train, test := Split()
	fmt.Println(train.Len(), test.Len(), About().Licence)
	// Output: 8000 2000 CC BY-SA 3.0
}
