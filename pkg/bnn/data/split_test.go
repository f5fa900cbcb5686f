package data_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// TestSplit checks that every row lands in exactly one part, of the documented size.
func TestSplit(t *testing.T) {
	for _, c := range []struct {
		n     int
		frac  float64
		train int
	}{{10, 0.8, 8}, {7, 0.5, 4}, {2, 0.01, 1}, {2, 0.99, 1}, {1030, 0.9, 927}} {
		train, test := data.Split(c.n, c.frac, newRand(1))
		if len(train) != c.train || len(test) != c.n-c.train {
			t.Errorf("Split(%d, %v): got %d + %d rows, want %d + %d", c.n, c.frac, len(train), len(test), c.train, c.n-c.train)
		}
		all := slices.Concat(train, test)
		slices.Sort(all)
		for i, v := range all {
			if i != v {
				t.Fatalf("Split(%d, %v): row %d is missing or doubled", c.n, c.frac, i)
			}
		}
	}
}

// TestSplitSeed checks that the split follows the generator, and shuffles.
func TestSplitSeed(t *testing.T) {
	a, _ := data.Split(100, 0.5, newRand(1))
	b, _ := data.Split(100, 0.5, newRand(1))
	c, _ := data.Split(100, 0.5, newRand(2))
	if !slices.Equal(a, b) {
		t.Error("same seed, different split")
	}
	if slices.Equal(a, c) || slices.IsSorted(a) {
		t.Error("the split does not depend on the generator")
	}
}

// TestSplitPanics checks the documented panics.
func TestSplitPanics(t *testing.T) {
	mustPanic(t, "one row", func() { data.Split(1, 0.5, newRand(1)) })
	for _, f := range []float64{0, 1, -0.1, 1.5, math.NaN()} {
		mustPanic(t, "bad fraction", func() { data.Split(10, f, newRand(1)) })
	}
}

// mustPanic fails t unless f panics with a text that starts with the package's name.
func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		text, ok := recover().(string)
		if !ok || len(text) < 6 || text[:6] != "data: " {
			t.Errorf("%s: got panic %q, want one that starts with \"data: \"", what, text)
		}
	}()
	f()
}
