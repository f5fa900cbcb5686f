package data

import (
	"math"

	"gonum.org/v1/gonum/mathext/prng"
)

// A Fold is one division of rows into a training and a test part, as indices for
// [Set.Rows].
type Fold struct{ Train, Test []int }

// NumpySplits deals the rows 0…n−1 into a training and a test part, splits times, as
// the published tables of the UCI benchmark did:
//
//	rng = numpy.random.RandomState(seed)
//	for each split: p = rng.permutation(n);  train = p[:k], test = p[k:]
//
// with k = round(trainFrac · n), half to even, but at least 1 and at most n−1. All
// splits come from one stream, so the first ones are the same however many are asked
// for. The order within a part is numpy's too. NumpySplits panics if n < 2 or
// trainFrac is not strictly between 0 and 1.
//
// The generator is the Mersenne twister MT19937 of Matsumoto and Nishimura (1998),
// seeded by its init_genrand. For anything but published splits use [Split].
func NumpySplits(n, splits int, trainFrac float64, seed uint32) []Fold {
	if n < 2 {
		panic("data: NumpySplits needs at least 2 rows")
	}
	if !(trainFrac > 0 && trainFrac < 1) {
		panic("data: NumpySplits needs 0 < trainFrac < 1")
	}
	twister := prng.NewMT19937()
	twister.Seed(uint64(seed))
	k := min(max(int(math.RoundToEven(trainFrac*float64(n))), 1), n-1)
	folds := make([]Fold, splits)
	for s := range folds {
		p := numpyPermutation(n, twister)
		folds[s] = Fold{Train: p[:k:k], Test: p[k:]}
	}
	return folds
}

// numpyPermutation is numpy's legacy shuffle of 0…n−1: from the last place down, each
// entry changes places with one at or below it.
func numpyPermutation(n int, twister *prng.MT19937) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	for k := n - 1; k > 0; k-- {
		j := numpyInterval(uint32(k), twister)
		p[k], p[j] = p[j], p[k]
	}
	return p
}

// numpyInterval draws from 0…k: 32-bit words, cut to the bits of k, until one fits.
func numpyInterval(k uint32, twister *prng.MT19937) uint32 {
	mask := k
	for shift := 1; shift < 32; shift *= 2 {
		mask |= mask >> shift
	}
	for {
		if v := twister.Uint32() & mask; v <= k {
			return v
		}
	}
}
