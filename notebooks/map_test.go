package notebooks

import (
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// The map of chapter 00 links every chapter that there is, and each chapter but the
// last ends with a link to the next one.
func TestMap(t *testing.T) {
	welcome, err := jupyter.Read("00-welcome.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, c := range welcome.Cells {
		all.WriteString(c.Source)
	}
	before, last := "", ""
	chapters(t, func(t *testing.T, file, slug string) {
		link := "](" + file + ")"
		if file != "00-welcome.ipynb" && !strings.Contains(all.String(), link) {
			t.Errorf("00-welcome.ipynb has no link to %s", file)
		}
		if before != "" && !strings.Contains(last, link) {
			t.Errorf("%s does not end with a link to %s", before, file)
		}
		nb, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		before, last = file, nb.Cells[len(nb.Cells)-1].Source
	})
}
