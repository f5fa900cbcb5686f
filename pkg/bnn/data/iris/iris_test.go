package iris_test

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/iris"
)

func TestChecksum(t *testing.T) {
	if err := iris.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	s := iris.Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	n, d := s.X.Dims()
	if n != iris.About().Rows || d != 4 || len(s.XNames) != d || len(s.YNames) != 1 {
		t.Errorf("%d × %d with the names %q, %q", n, d, s.XNames, s.YNames)
	}
	s.X.Set(0, 0, -1)
	if iris.Set().X.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

func ExampleSet() {
	s := iris.Set()
	fmt.Println(s.Len(), s.XNames[0], s.X.At(0, 0), iris.Classes()[int(s.Y.At(0, 0))])
	fmt.Println(iris.About().Licence)
	// Output:
	// 150 sepal length (cm) 5.1 setosa
	// CC BY 4.0
}
