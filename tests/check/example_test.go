package check_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	_ "github.com/credence-bnn/credence/tests/01-coin-flips"
	"github.com/credence-bnn/credence/tests/check"
)

// What a notebook cell holds. The standard error of a share divides by n; this
// one divides by n−1.
func ExampleTask() {
	StandardError := func(theta float64, n int) float64 {
		return math.Sqrt(theta * (1 - theta) / float64(n-1))
	}
	check.Task("01-coin-flips/standard-error", StandardError)
	// Output:
	// ✗ StandardError is not right yet (3 points)
	//   StandardError(0.5, 5) // a fair coin, 5 flips
	//     got:  0.25
	//     want: 0.2236067977
	//     off by 0.0264
	//     8 of 9 calls go wrong, this is the first
	//     recheck: one flip has variance θ(1−θ); the mean of n flips has the n-th part of it; the standard
	//       error is the root
	//   hint: math.Sqrt takes a float64; n is an int, so write float64(n). "invalid operation: mismatched types"
	//     points at the place where it is missing.
}

func ExampleClose() {
	compare := check.Close(1e-6)
	fmt.Printf("%q\n", compare(0.6000000001, 0.6))
	fmt.Printf("%q\n", compare(0.61, 0.6))
	fmt.Printf("%q\n", compare([]float64{1, 0.5}, []float64{1, 0.5, 0.25}))
	fmt.Printf("%q\n", compare(math.NaN(), 0.6))
	// Output:
	// ""
	// "off by 0.01"
	// "length 2 instead of 3"
	// "NaN is not a number: is 0 divided by 0, or a root or logarithm of something negative?"
}

func ExampleLookup() {
	e, task, err := check.Lookup("01-coin-flips/running")
	fmt.Println(e.Title, "·", task.Func, task.Points, err)
	_, _, err = check.Lookup("01-coin-flips/sprinting")
	fmt.Println(err)
	// Output:
	// Coin flips: probability as counting · Running 3 <nil>
	// check: 01-coin-flips has no task "sprinting"; its tasks are frequency, running, standard-error, interval, flips-needed, paths
}

func ExampleRand() {
	r := check.Rand(7) // stands for a generator in a Case
	fmt.Println(r.New().IntN(100) == rand.New(rand.NewPCG(7, 7)).IntN(100))
	// Output: true
}
