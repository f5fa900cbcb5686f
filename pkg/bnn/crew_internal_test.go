package bnn

import (
	"runtime"
	"slices"
	"testing"
)

// atMost runs f with so many processors.
func atMost(procs int, f func()) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	f()
}

// Every part is done once, in every call, whoever is free.
func TestCrewDoesEachPartOnce(t *testing.T) {
	for procs := 1; procs <= 8; procs++ {
		atMost(procs, func() {
			done := make([]int, 20)
			c := newCrew(func(i int) { done[i]++ })
			for calls := 1; calls <= 200; calls++ {
				for _, n := range []int{0, 1, 2, 3, 20} {
					clear(done)
					c.run(n)
					if want := append(slices.Repeat([]int{1}, n), make([]int, 20-n)...); !slices.Equal(done, want) {
						t.Fatalf("%d processors, %d parts: done %v", procs, n, done)
					}
				}
			}
		})
	}
}

// A part's panic reaches the caller, and the crew can go on.
func TestCrewPanics(t *testing.T) {
	atMost(4, func() {
		c := newCrew(func(i int) {
			if i == 3 {
				panic("part 3")
			}
		})
		for range 50 {
			func() {
				defer func() {
					if p := recover(); p != "part 3" {
						t.Fatalf("recovered %v", p)
					}
				}()
				c.run(9)
				t.Fatal("no panic")
			}()
			c.run(3)
		}
	})
}

// A crew at work makes no garbage.
func TestCrewAllocates(t *testing.T) {
	atMost(2, func() {
		c := newCrew(func(int) {})
		if n := testing.AllocsPerRun(200, func() { c.run(8) }); n > 0 {
			t.Errorf("%v allocations a call", n)
		}
	})
}

// Blocks cover the parameters once, with the runs' own moments.
func TestInBlocks(t *testing.T) {
	for _, bounds := range [][]int{{0, 10}, {0, stepBlock}, {0, stepBlock + 1}, {0, 3, 2*stepBlock - 1, 2 * stepBlock, 5*stepBlock + 7}} {
		var runs []gaussRun
		for i := range bounds[1:] {
			runs = append(runs, gaussRun{lo: bounds[i], hi: bounds[i+1], z2: float64(i + 1)})
		}
		dim := bounds[len(bounds)-1]
		blocks, at := inBlocks(runs), 0
		if len(blocks) != blocksOf(dim) {
			t.Errorf("%v: %d blocks", bounds, len(blocks))
		}
		for i, block := range blocks {
			lo, hi := blockOf(i, dim)
			if at != lo {
				t.Errorf("%v: block %d begins at %d", bounds, i, at)
			}
			for _, r := range block {
				k := int(r.z2) - 1
				if r.lo != at || r.hi > hi || r.lo < bounds[k] || r.hi > bounds[k+1] {
					t.Errorf("%v: run %+v in block %d", bounds, r, i)
				}
				at = r.hi
			}
		}
		if at != dim {
			t.Errorf("%v: the blocks end at %d", bounds, at)
		}
	}
}
