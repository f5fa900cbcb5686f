package mnist10k_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data/mnist10k"
)

func TestChecksum(t *testing.T) {
	if err := mnist10k.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	train, test := mnist10k.Split()
	if train.Len()+test.Len() != mnist10k.About().Rows || mat.Min(train.X) != 0 || mat.Max(train.X) != 1 {
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
	s := mnist10k.Set()
	n, d := s.X.Dims()
	fmt.Println(n, d, s.YNames)
	for r := range mnist10k.Height / 2 { // every second row and column of the first digit
		for c := range mnist10k.Width / 2 {
			fmt.Print(string(" .+#"[int(3.99*s.X.At(0, 2*r*mnist10k.Width+2*c))]))
		}
		fmt.Println("|")
	}
	// Output:
	// 10000 784 [digit]
	//               |
	//               |
	//               |
	//       +###    |
	//      ###+++   |
	//     +#     #. |
	//     #   .##+  |
	//     ######+   |
	//        .#+    |
	//       +##     |
	//      +#.      |
	//     ##.       |
	//    +#+        |
	//               |
}

func ExampleSplit() {
	train, test := mnist10k.Split()
	fmt.Println(train.Len(), test.Len(), mnist10k.About().Licence)
	// Output: 8000 2000 CC BY-SA 3.0
}
