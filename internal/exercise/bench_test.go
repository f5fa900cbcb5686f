package exercise

import (
	"fmt"
	"path/filepath"
	"testing"
)

// BenchmarkSave measures what a student waits for after a save: one solved exercise
// is compiled, linked and judged.
func BenchmarkSave(b *testing.B) {
	root := checkout(b)
	mine := filepath.Join(Dir(root, "01-coin-flips"), "coinflips.go")
	solved := read(b, filepath.Join("..", "..", "solutions", "01-coin-flips", "coinflips.go"))
	n := 0
	save := func() {
		n++
		write(b, mine, fmt.Sprintf("%s\nfunc another%d() int { return %d }\n", solved, n, n)) // a new text each time
		outcomes, err := Run(b.Context(), root, []Target{{ID: "01-coin-flips"}}, nil)
		if err != nil {
			b.Fatal(err)
		}
		if got, all := outcomes[0].Report.Points(); got != all {
			b.Fatal(told(outcomes[0]))
		}
	}
	save() // the first one compiles the packages
	for b.Loop() {
		save()
	}
}
