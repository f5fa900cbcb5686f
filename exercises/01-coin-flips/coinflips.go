// Package coinflips is exercise 01: probability as counting.
//
// A run of flips is a []bool, true for heads. θ (theta) is the coin's
// probability of heads, θ̂ the share of heads seen. Every function below
// compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 01-coin-flips
package coinflips

import (
	"math"
	"math/rand/v2"
)

// Frequency returns θ̂, the share of heads among the flips:
//
//	θ̂ = heads / n
//
// Three heads of five give 0.6. No flips give NaN: there is nothing to divide.
func Frequency(flips []bool) float64 {
	return math.NaN()
}

// Running returns the running frequency: element i is the share of heads among
// the first i+1 flips. The slice has one element per flip; no flips give an
// empty one.
func Running(flips []bool) []float64 {
	return nil
}

// StandardError returns the standard deviation of θ̂ over many experiments of n
// flips each, for a coin with probability theta:
//
//	SE = √(θ(1−θ) / n)
func StandardError(theta float64, n int) float64 {
	return math.NaN()
}

// Interval returns Wilson's interval for θ after some heads in n flips: all
// values of θ for which θ̂ lies within z standard errors of θ (z = 1.96 for
// 95 %), the standard error being taken at θ itself. Solved for θ, with
// θ̂ = heads/n:
//
//	(θ̂ + z²/2n ± z·√(θ̂(1−θ̂)/n + z²/4n²)) / (1 + z²/n)
//
// lo is the smaller end. n is at least 1.
func Interval(heads, n int, z float64) (lo, hi float64) {
	return math.NaN(), math.NaN()
}

// FlipsNeeded returns the smallest n for which z standard errors are at most
// margin:
//
//	z·√(θ(1−θ) / n) ≤ margin
func FlipsNeeded(theta, margin, z float64) int {
	return 0
}

// Paths simulates runs experiments of n flips each and returns the running
// frequency of each: runs slices of length n, what the chapter draws as a
// bundle of lines that narrows around θ.
//
// Flip run after run, one rng.Float64() per flip; a flip is heads when that
// number is smaller than theta. (Said so exactly, the answer can be checked.)
func Paths(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
	return nil
}
