package bench

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func TestActiveRows(t *testing.T) {
	task := &Active{Pool: blobs(300, 1, 1), Test: blobs(200, 1, 2), Classes: 10, Round: 10, Most: 45, Candidates: 50, Draws: 10,
		Net: nn.New(2, nn.Dense{Out: 40, Start: he}, nn.ReLU, nn.Dropout{P: 0.1}, nn.Dense{Out: 10})}
	r, err := Open[ActiveRow](filepath.Join(t.TempDir(), "a.json"), "credence bench active", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range ActiveRules {
		for seed := range uint64(2) {
			if err := r.Do(ActiveKey(rule, seed), func() (ActiveRow, error) { return task.Run(t.Context(), rule, seed) }); err != nil {
				t.Fatal(err)
			}
			row := r.Row(ActiveKey(rule, seed))
			if !slices.Equal(row.Labels, []int{20, 30, 40, 45}) || len(row.Errors) != 4 || !(row.Errors[3] < 0.6) {
				t.Errorf("%s: labels %v, errors %v", rule, row.Labels, row.Errors)
			}
			if first := r.Row(ActiveKey("BALD", seed)); row.Errors[0] != first.Errors[0] {
				t.Errorf("%s and BALD begin with errors %v and %v, though with the same labels", rule, row.Errors[0], first.Errors[0])
			}
		}
	}
	var table strings.Builder
	if err := WriteActive(&table, r, []uint64{0, 1}); err != nil {
		t.Fatal(err)
	}
	if strings.Count(table.String(), "\n") != 2+len(ActiveRules) || !strings.Contains(table.String(), "| random | > 45") && !strings.Contains(table.String(), "| random | 4") {
		t.Errorf("table\n%s", &table)
	}
}

func TestCrossing(t *testing.T) {
	labels, curve := []int{20, 30, 40}, []float64{0.3, 0.1, 0.12}
	if got := crossing(labels, curve, 0.1); got != "30" {
		t.Errorf("crosses at %s, want 30", got)
	}
	if got := crossing(labels, curve, 0.05); got != "> 40" {
		t.Errorf("crosses at %s, want > 40", got)
	}
}
