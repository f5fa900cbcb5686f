// Package coinflips is exercise 01, solved: probability as counting.
package coinflips

import (
	"math"
	"math/rand/v2"
)

// Frequency returns θ̂, the share of heads among the flips.
func Frequency(flips []bool) float64 {
	heads := 0
	for _, f := range flips {
		if f {
			heads++
		}
	}
	return float64(heads) / float64(len(flips)) // 0/0 is NaN for floats
}

// Running returns the running frequency. One pass is enough: the count goes
// on from flip to flip.
func Running(flips []bool) []float64 {
	freq := make([]float64, len(flips))
	heads := 0
	for i, f := range flips {
		if f {
			heads++
		}
		freq[i] = float64(heads) / float64(i+1)
	}
	return freq
}

// StandardError returns √(θ(1−θ)/n): the variance of one flip is θ(1−θ), that
// of the mean of n independent ones is n times smaller.
func StandardError(theta float64, n int) float64 {
	return math.Sqrt(theta * (1 - theta) / float64(n))
}

// Interval returns Wilson's interval.
//
// Wilson, Probable inference, the law of succession, and statistical
// inference, JASA 22 (1927).
func Interval(heads, n int, z float64) (lo, hi float64) {
	m := float64(n)
	hat := float64(heads) / m
	center := hat + z*z/(2*m)
	half := z * math.Sqrt(hat*(1-hat)/m+z*z/(4*m*m))
	shrink := 1 + z*z/m
	return (center - half) / shrink, (center + half) / shrink
}

// FlipsNeeded solves z·√(θ(1−θ)/n) ≤ margin for n and rounds up: one flip
// fewer would miss the margin.
func FlipsNeeded(theta, margin, z float64) int {
	return int(math.Ceil(z * z * theta * (1 - theta) / (margin * margin)))
}

// Paths simulates runs experiments and returns their running frequencies.
func Paths(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
	paths := make([][]float64, runs)
	flips := make([]bool, n)
	for r := range paths {
		for i := range flips {
			flips[i] = rng.Float64() < theta
		}
		paths[r] = Running(flips)
	}
	return paths
}
