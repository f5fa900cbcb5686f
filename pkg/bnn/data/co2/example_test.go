package co2_test

import (
	"fmt"

	"github.com/credence-bnn/credence/pkg/bnn/data/co2"
)

func ExampleSet() {
	s := co2.Set()
	last := s.Len() - 1
	fmt.Printf("%d months\n", s.Len())
	fmt.Printf("%.2f: %.2f ppm\n", s.X.At(0, 0), s.Y.At(0, 0))
	fmt.Printf("%.2f: %.2f ppm\n", s.X.At(last, 0), s.Y.At(last, 0))
	// Output:
	// 741 months
	// 1958.21: 315.70 ppm
	// 2020.29: 416.18 ppm
}

func ExampleGalGhahramani() {
	train, testX := co2.GalGhahramani()
	n, _ := testX.Dims()
	fmt.Printf("%d training points, %d test inputs from x = %.4f to %.4f\n", train.Len(), n, testX.At(0, 0), testX.At(n-1, 0))
	fmt.Printf("first point: (%.4f, %.4f)\n", train.X.At(0, 0), train.Y.At(0, 0))
	// Output:
	// 272 training points, 1000 test inputs from x = 1.7257 to 3.7237
	// first point: (-1.7257, 0.9606)
}

func ExamplePPM() {
	train, _ := co2.GalGhahramani()
	fmt.Printf("%.2f ppm\n", co2.PPM(train.X.At(0, 0), train.Y.At(0, 0)))
	fmt.Printf("one sd is %.4f ppm\n", co2.PPM(0, 1)-co2.PPM(0, 0))
	// Output:
	// 315.70 ppm
	// one sd is 2.1354 ppm
}

func ExampleYear() {
	_, testX := co2.GalGhahramani()
	fmt.Printf("the data end in %.1f, the figure in %.1f\n", co2.Year(testX.At(0, 0)), co2.Year(testX.At(999, 0)))
	// Output: the data end in 1981.2, the figure in 1994.3
}

func ExampleAbout() {
	a := co2.About()
	fmt.Println(a.Rows, a.Licence, a.Origin)
	// Output: 741 CC BY 4.0 Scripps CO2 Program
}
