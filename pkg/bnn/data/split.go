package data

import (
	"math"
	"math/rand/v2"
)

const (
	badSplitRows = "data: Split needs at least 2 rows"
	badSplitFrac = "data: Split needs 0 < trainFrac < 1"
)

// Split deals the rows 0…n-1 into a training and a test part at random:
//
//	|train| = round(trainFrac · n), but at least 1 and at most n-1
//
// Every row lands in exactly one of the two, in shuffled order; give the
// indices to [Set.Rows]. The same rng state gives the same split.
// Split panics if n < 2 or trainFrac is not strictly between 0 and 1.
func Split(n int, trainFrac float64, rng *rand.Rand) (train, test []int) {
	if n < 2 {
		panic(badSplitRows)
	}
	if !(trainFrac > 0 && trainFrac < 1) { // NaN fails too
		panic(badSplitFrac)
	}
	k := min(max(int(math.Round(trainFrac*float64(n))), 1), n-1)
	perm := rng.Perm(n)
	return perm[:k:k], perm[k:] // capped, so appending to train cannot overwrite test
}
