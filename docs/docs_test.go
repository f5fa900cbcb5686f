// Package docs holds what the pages of this folder say to what the program stores.
package docs

import (
	"os"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/bench"
)

// The tables in methods.md are those that `credence bench methods` prints from the
// stored results, to the letter.
func TestMethodTablesAreTheStoredOnes(t *testing.T) {
	r, err := bench.Open[bench.MethodRow]("../notebooks/results/methods.json", "credence bench methods", false)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) == 0 {
		t.Fatal("notebooks/results/methods.json is missing; run go run ./cmd/credence bench methods")
	}
	var want strings.Builder
	if err := bench.WriteMethods(&want, r, []string{"gap sine", "two moons"}, bench.Methods(), []uint64{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("methods.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "<!-- methods.json -->\n")
	got, _, _ := strings.Cut(rest, "<!-- end -->")
	if strings.TrimSpace(got) != strings.TrimSpace(want.String()) {
		t.Errorf("docs/methods.md does not show the stored results; put this between its markers:\n%s", want.String())
	}
}
