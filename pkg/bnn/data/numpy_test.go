package data_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// TestNumpySplits compares with numpy's own numbers: the first test rows of split 0,
// and the sha256 of all test rows of all splits, one a line.
func TestNumpySplits(t *testing.T) {
	for _, c := range []struct {
		set       string
		n, splits int
		first     []int
		sum       string // "" where numpy's was not recorded
	}{
		{"Boston", 506, 20, []int{431, 115, 470, 216, 264}, ""},
		{"Concrete", 1030, 20, []int{87, 751, 655, 942, 778}, "a6507bb74588800d768bed313d972c6e25b3b473d910b941fe4e3028f1e5054f"},
		{"Energy", 768, 20, []int{648, 166, 595, 719, 155}, "c4034d5a277bfc8b6811908898e0e2f8bfb080d41e7590f74e72b81dabc5655b"},
		{"Kin8nm", 8192, 20, []int{7393, 1170, 7286, 7529, 3011}, ""},
		{"Naval", 11934, 20, []int{3235, 7656, 10711, 9775, 11193}, ""},
		{"Power", 9568, 20, []int{6156, 8939, 6548, 7241, 7363}, ""},
		{"Protein", 45730, 5, []int{27343, 33875, 31047, 27524, 41613}, ""},
		{"Wine", 1599, 20, []int{505, 1445, 1255, 405, 317}, "d69201f7849aa51931a13783e029fd81548134be6a3eaaf729f977424210dd3b"},
		{"Yacht", 308, 20, []int{121, 115, 286, 216, 264}, "467fba9f17e553aab8f5f8b355f0ef4d133e5f85aefb52c4a09ffee3d1af796e"},
	} {
		folds := data.NumpySplits(c.n, c.splits, 0.9, 1)
		if got := folds[0].Test[:5]; !slices.Equal(got, c.first) {
			t.Errorf("%s: split 0 tests rows %v…, numpy %v…", c.set, got, c.first)
		}
		h := sha256.New()
		for _, f := range folds {
			for _, i := range f.Test {
				fmt.Fprintln(h, i)
			}
			all := slices.Concat(f.Train, f.Test)
			slices.Sort(all)
			for i, row := range all {
				if i != row {
					t.Fatalf("%s: a split does not hold every row once", c.set)
				}
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)); c.sum != "" && got != c.sum {
			t.Errorf("%s: the test rows of all splits have sha256 %s, numpy's %s", c.set, got, c.sum)
		}
	}
}

func TestNumpySplitsEdges(t *testing.T) {
	f := data.NumpySplits(2, 1, 0.99, 1)[0]
	if len(f.Train) != 1 || len(f.Test) != 1 {
		t.Errorf("2 rows give %d and %d, want 1 and 1", len(f.Train), len(f.Test))
	}
	f = data.NumpySplits(10, 1, 0.9, 1)[0]
	if f.Train = append(f.Train, -1); slices.Contains(f.Test, -1) {
		t.Error("appending to Train overwrites Test")
	}
	mustPanic(t, "one row", func() { data.NumpySplits(1, 1, 0.9, 1) })
	mustPanic(t, "all rows", func() { data.NumpySplits(10, 1, 1, 1) })
}

func ExampleNumpySplits() {
	folds := data.NumpySplits(308, 20, 0.9, 1) // the yacht set of the UCI benchmark
	fmt.Println(len(folds), len(folds[0].Train), len(folds[0].Test))
	fmt.Println(folds[0].Test[:5])
	// Output:
	// 20 277 31
	// [121 115 286 216 264]
}
