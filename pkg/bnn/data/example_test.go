package data_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

func ExampleFindFile() {
	dir, err := os.MkdirTemp("", "data")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Setenv("CREDENCE_DATA", dir)
	defer os.Unsetenv("CREDENCE_DATA")
	_, err = data.FindFile("birds", "birds.csv")
	fmt.Println(strings.Replace(err.Error(), dir, "DIR", 1))

	if err := os.WriteFile(filepath.Join(dir, "birds.csv"), nil, 0o644); err != nil {
		panic(err)
	}
	path, err := data.FindFile("birds", filepath.Join("birds", "birds.csv"), "birds.csv")
	fmt.Println(filepath.Base(path), err)
	// Output:
	// birds: birds.csv is not in DIR (file does not exist): run `credence data fetch birds`, or set CREDENCE_DATA to the directory that has it
	// birds.csv <nil>
}

func ExampleNew() {
	s := data.New("three points", []float64{0, 1, 2}, []float64{1, 3, 5})
	fmt.Println(s.Len(), s.Err())
	// Output: 3 <nil>
}

func ExampleSet() {
	// Two inputs, one target, with names that show up in error messages.
	s := &data.Set{
		Name:   "hardening",
		X:      mat.NewDense(2, 2, []float64{28, 300, 7, 310}),
		Y:      mat.NewDense(2, 1, []float64{40, 25}),
		XNames: []string{"age (days)", "cement (kg/m³)"},
		YNames: []string{"strength (MPa)"},
	}
	fmt.Println(s.Name, s.Len())
	// Output: hardening 2
}

func ExampleSet_Len() {
	fmt.Println((&data.Set{}).Len(), data.New("", []float64{1}, []float64{2}).Len())
	// Output: 0 1
}

func ExampleSet_Err() {
	s := data.New("sensor", []float64{0, 1}, []float64{20.5, math.NaN()})
	s.YNames = []string{"temperature (°C)"}
	fmt.Println(s.Err())
	// Output: data: set "sensor": Y row 1, column 0 (temperature (°C)) of 1 is NaN; remove or impute such rows first
}

func ExampleSet_Rows() {
	s := data.New("squares", []float64{1, 2, 3}, []float64{1, 4, 9})
	fmt.Println(s.Rows([]int{2, 0}).Y.RawMatrix().Data)
	// Output: [9 1]
}

func ExampleSplit() {
	rng := rand.New(rand.NewPCG(1, 2))
	train, test := data.Split(10, 0.8, rng)
	fmt.Println(len(train), len(test))
	// Output: 8 2
}

func ExampleScale() {
	// A Scale can also be written down, for instance from a published preprocessing.
	celsius := &data.Scale{XMean: []float64{0}, XSD: []float64{1}, YMean: []float64{32}, YSD: []float64{1.8}}
	fmt.Println(celsius.UnY([]float64{0, 100}))
	// Output: [32 212]
}

func ExampleNewScale() {
	s := data.New("ramp", []float64{1, 3}, []float64{10, 30})
	scale, err := data.NewScale(s)
	fmt.Println(scale.XMean, scale.XSD, scale.YMean, scale.YSD, err)

	s.YNames = []string{"distance (m)"}
	_, err = data.NewScale(s.Rows([]int{0}))
	fmt.Println(err)
	// Output:
	// [2] [1] [20] [10] <nil>
	// data: set "ramp": target column 0 (distance (m)) is constant (10; rows: 1), so there is nothing to learn; drop it or check the file
}

func ExampleScale_Set() {
	s := data.New("ramp", []float64{1, 3}, []float64{10, 30})
	scale, _ := data.NewScale(s)
	z := scale.Set(s)
	fmt.Println(z.X.RawMatrix().Data, z.Y.RawMatrix().Data)
	// Output: [-1 1] [-1 1]
}

func ExampleScale_X() {
	scale, _ := data.NewScale(data.New("ramp", []float64{1, 3}, []float64{10, 30}))
	fmt.Println(scale.X(mat.NewDense(2, 1, []float64{2, 5})).RawMatrix().Data)
	// Output: [0 3]
}

func ExampleScale_Y() {
	scale, _ := data.NewScale(data.New("ramp", []float64{1, 3}, []float64{10, 30}))
	fmt.Println(scale.Y(mat.NewDense(1, 1, []float64{25})).RawMatrix().Data)
	// Output: [0.5]
}

func ExampleScale_UnY() {
	scale, _ := data.NewScale(data.New("ramp", []float64{1, 3}, []float64{10, 30}))
	fmt.Println(scale.UnY([]float64{0, 0.5}))
	// Output: [20 25]
}

func ExampleBlundell() {
	s := data.Blundell(100, rand.New(rand.NewPCG(1, 2)))
	fmt.Printf("%d points, x from %.2f to %.2f\n", s.Len(), mat.Min(s.X), mat.Max(s.X))
	// Output: 100 points, x from 0.00 to 0.50
}

func ExampleGapSine() {
	s := data.GapSine(100, rand.New(rand.NewPCG(1, 2)))
	gap := 0
	for _, x := range s.X.RawMatrix().Data {
		if x > -0.7 && x < 0.5 {
			gap++
		}
	}
	fmt.Printf("%d points, %d of them in the gap\n", s.Len(), gap)
	// Output: 100 points, 0 of them in the gap
}

func ExampleTwoMoons() {
	s := data.TwoMoons(4, 0.1, rand.New(rand.NewPCG(1, 2)))
	fmt.Println(s.Len(), s.Y.RawMatrix().Data)
	// Output: 4 [0 0 1 1]
}

func ExampleDir() {
	os.Setenv("CREDENCE_DATA", filepath.FromSlash("/data/sets"))
	defer os.Unsetenv("CREDENCE_DATA")
	dir, err := data.Dir()
	fmt.Println(filepath.ToSlash(dir), err)
	// Output: /data/sets <nil>
}
