package chapter

import (
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

func TestStale(t *testing.T) {
	notebook := func(text, alt string, mimes ...string) *jupyter.Notebook {
		data := map[string]any{"text/plain": alt}
		for _, m := range mimes {
			data[m] = "x"
		}
		return &jupyter.Notebook{Cells: []*jupyter.Cell{{Type: "code", Source: "f()", Outputs: []*jupyter.Output{
			{Type: "stream", Name: "stdout", Text: text}, {Type: "display_data", Data: data},
		}}}}
	}
	was := notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\n", "a curve to 0.7", "image/png")
	for _, c := range []struct {
		name  string
		again *jupyter.Notebook
		errs  int
	}{
		{"the same", was, 0},
		{"other numbers in words, other times", notebook("✓ mean:  -0.5 ≈ 1.49e-07 (within 0.1)\n▸ m = 0.501\ntook 900ms\n", "a curve to 1", "image/png"), 0},
		{"another unit", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1m2.5s\n", "a curve to 0.7", "image/png"), 0},
		{"another way of saying it", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 3 s\n", "a curve to 0.7", "image/png"), 0},
		{"a place in a cell", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\n\t \x1b[7m[[ Cell [13] Line 7 ]]\x1b[0m took 1.5s\n", "a curve to 0.7", "image/png"), 0},
		{"goroutines in another order", notebook("took 1.5s\n✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\n", "a curve to 0.7", "image/png"), 0},
		{"another value", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.51\ntook 1.5s\n", "a curve to 0.7", "image/png"), 1},
		{"not a number", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = NaN\ntook 1.5s\n", "a curve to 0.7", "image/png"), 1},
		{"another name", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ n = 0.5\ntook 1.5s\n", "a curve to 0.7", "image/png"), 1},
		{"another claim", notebook("✓ median: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\n", "a curve to 0.7", "image/png"), 1},
		{"a line more", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\nand\n", "a curve to 0.7", "image/png"), 1},
		{"another figure", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\n", "a line to 0.7", "image/png"), 1},
		{"another kind", notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\n", "a curve to 0.7", "text/html"), 1},
		{"a cell more", &jupyter.Notebook{Cells: append(was.Cells, was.Cells...)}, 1},
	} {
		if errs := Stale(was, c.again, true); len(errs) != c.errs {
			t.Errorf("%s: %s, want %d complaints", c.name, fmt.Sprint(errs), c.errs)
		}
	}
	swapped := notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.5\ntook 1.5s\n", "a curve to 0.7", "image/png")
	o := swapped.Cells[0].Outputs
	o[0], o[1] = o[1], o[0]
	if errs := Stale(was, swapped, true); len(errs) > 0 {
		t.Errorf("in another order: %v", errs)
	}
	if errs := Stale(was, notebook("✓ mean: 0.5 ≈ 0.49 (within 0.1)\n▸ m = 0.7\ntook 1.5s\n", "a curve to 0.7", "image/png"), false); len(errs) > 0 {
		t.Errorf("another value on another machine: %v", errs)
	}
}
