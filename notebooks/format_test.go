package notebooks

import (
	"go/format"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// Code in cells looks as gofmt leaves it: what is declared, and what follows %%, apart.
func TestCellsAreFormatted(t *testing.T) {
	files, err := filepath.Glob("*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatalf("no chapters: %v", err)
	}
	for _, file := range files {
		book, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, cell := range book.Cells {
			if cell.Type != "code" {
				continue
			}
			for _, part := range parts(cell.Source) {
				want, err := format.Source([]byte(part))
				if err == nil && string(want) != part {
					t.Errorf("%s, cell %d: not formatted by gofmt:\n%s", file, i, firstDifference(part, string(want)))
				}
			}
		}
	}
}

// parts cuts the source of a cell at its lines that begin with %.
func parts(source string) (parts []string) {
	var part []string
	add := func() {
		if s := strings.Trim(strings.Join(part, "\n"), "\n"); s != "" {
			parts = append(parts, s)
		}
		part = nil
	}
	for line := range strings.SplitSeq(source, "\n") {
		if strings.HasPrefix(line, "%") {
			add()
			continue
		}
		part = append(part, line)
	}
	add()
	return parts
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "  is:     " + a[i] + "\n  should: " + b[i]
		}
	}
	return "  another number of lines"
}
