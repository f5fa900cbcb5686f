// Package docs holds what the pages of this folder say to what the program stores.
package docs

import (
	"fmt"
	"math"
	"math/rand/v2"
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

// A slice of the stored results, computed anew: what takes a second. On the machine
// that stored them the numbers are the same to the bit; elsewhere training rounds
// another way, and scores may differ as they do between seeds.
func TestStoredSliceComesOutAgain(t *testing.T) {
	r, err := bench.Open[bench.MethodRow]("../notebooks/results/methods.json", "credence bench methods", false)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range bench.Methods() {
		if m.Name != "MAP" && m.Name != "MCDropout" && m.Name != "Laplace" {
			continue
		}
		for _, task := range []*bench.Task{bench.GapSine(1), bench.TwoMoons(1)} {
			got, err := task.Run(t.Context(), m.Method, rand.New(rand.NewPCG(1, uint64(i))))
			if err != nil {
				t.Fatal(err)
			}
			want := r.Rows[bench.Key(task.Name, m.Name, 1)]
			for what, d := range map[string]float64{
				"log likelihood": (got.LogProb - want.LogProb) / 3, "calibration": got.Calibration - want.Calibration,
				"doubt on the data": got.On - want.On, "doubt between": (got.Between - want.Between) / math.Max(want.Between, 0.05) / 3,
			} {
				if !(math.Abs(d) <= 0.05) {
					t.Errorf("%s of %s on %s: off by %v", what, m.Name, task.Name, fmt.Sprintf("%.3g", d))
				}
			}
		}
	}
}
