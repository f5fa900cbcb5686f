package bench

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// A run that is killed in the middle goes on where it stopped and ends the same.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	run := func(file string, stopAfter int) error {
		r, err := Open[int](file, "credence bench test", false)
		if err != nil {
			return err
		}
		for i, key := range []string{"a", "b", "c"} {
			if err := r.Do(key, func() (int, error) {
				if stopAfter == 0 {
					return 0, errors.New("killed")
				}
				stopAfter--
				return 10 * i, nil
			}); err != nil {
				return err
			}
		}
		return nil
	}
	broken, whole := filepath.Join(dir, "x", "broken.json"), filepath.Join(dir, "whole.json")
	if err := run(broken, 2); err == nil || !strings.Contains(err.Error(), "c: killed") {
		t.Fatalf("error %v", err)
	}
	if err := run(broken, 1); err != nil { // only one job is left
		t.Fatal(err)
	}
	if err := run(whole, 3); err != nil {
		t.Fatal(err)
	}
	a, _ := Open[int](broken, "credence bench test", false)
	b, _ := Open[int](whole, "credence bench test", false)
	for _, key := range []string{"a", "b", "c"} {
		if a.Rows[key] != b.Rows[key] {
			t.Errorf("row %s is %v after a stop, %v without", key, a.Rows[key], b.Rows[key])
		}
	}
	if _, err := Open[int](whole, "credence bench other", false); err == nil || !strings.Contains(err.Error(), "--fresh") {
		t.Errorf("the result of another command: %v", err)
	}
	os.WriteFile(whole, []byte("{"), 0o644)
	if _, err := Open[int](whole, "credence bench test", false); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("half a file: %v", err)
	}
	if r, err := Open[int](whole, "credence bench test", true); err != nil || len(r.Rows) != 0 {
		t.Errorf("--fresh: %v, %v", r, err)
	}
}

// Every contestant runs on both tasks and fills its row; the table shows it.
func TestMethodRows(t *testing.T) {
	short := []Contestant{{"MAP", bnn.MAP{Steps: 50}}, {"VI", bnn.VI{Steps: 50}}, {"MCDropout", bnn.MCDropout{Steps: 50}},
		{"Ensemble", bnn.Ensemble{Members: 2, Base: bnn.MAP{Steps: 50}}}, {"Laplace", bnn.Laplace{Steps: 50}}, {"HMC", bnn.HMC{Chains: 1, Warmup: 10, Keep: 10, MaxDepth: 4}}}
	r, err := Open[MethodRow](filepath.Join(t.TempDir(), "m.json"), "credence bench methods", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range []*Task{GapSine(1), TwoMoons(1)} {
		for _, m := range short {
			if err := r.Do(Key(task.Name, m.Name, 1), func() (MethodRow, error) {
				return task.Run(context.Background(), m.Method, rand.New(rand.NewPCG(1, 1)))
			}); err != nil {
				t.Error(err)
			}
			if row := r.Rows[Key(task.Name, m.Name, 1)]; row.Parameters == 0 || row.LogProb == 0 || row.Seconds == 0 {
				t.Errorf("%s on %s: %+v", m.Name, task.Name, row)
			}
		}
	}
	var table strings.Builder
	if err := WriteMethods(&table, r, []string{"gap sine", "two moons"}, short, []uint64{1}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(table.String(), "\n| "); n != 2*(len(short)+1) {
		t.Errorf("%d lines in\n%s", n, &table)
	}
}

// The UCI protocol on a set of our own: settings from training rows, raw units,
// the published columns below.
func TestUCIRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	x, y := make([]float64, 80), make([]float64, 80)
	for i := range x {
		x[i] = 100 * rng.Float64()
		y[i] = 3000 + 20*x[i] + 50*rng.NormFloat64()
	}
	set := data.New("line", x, y)
	m := Tuned{Name: "MAP", Recipes: []Recipe{
		{Name: "no chance", Prior: bnn.Normal{SD: 0.001}, Method: bnn.MAP{Steps: 300}}, // a prior that allows only the mean
		{Name: "good", Prior: bnn.Normal{SD: 1}, Method: bnn.MAP{Steps: 1000}},
	}}
	r, err := Open[UCIRow](filepath.Join(t.TempDir(), "u.json"), "credence bench uci", false)
	if err != nil {
		t.Fatal(err)
	}
	folds := data.NumpySplits(80, 3, 0.9, 1)
	if err := Each(3, func(k int) error {
		return r.Do(UCIKey("yacht", "MAP", k), func() (UCIRow, error) {
			return m.Run(t.Context(), set, folds[k], 10, "", rand.New(rand.NewPCG(uint64(k), 1)))
		})
	}); err != nil {
		t.Fatal(err)
	}
	for key, row := range r.Rows { // noise of sd 50: RMSE near 50, log density near −log 50 − 1.4 = −5.3
		if row.Choice != "good" || !(row.RMSE > 15 && row.RMSE < 100) || !(row.LogProb > -7 && row.LogProb < -4.5) || !(row.LogProb-row.Gauss < 1e-9) {
			t.Errorf("%s: %+v", key, row)
		}
	}
	var table strings.Builder
	if err := WriteUCI(&table, r, []string{"yacht"}, []string{"MAP"}, func(string) int { return 3 }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| yacht | MAP | 3 | ", "| yacht | 6.89/−3.43 | 1.02/−1.63 |"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no %q in\n%s", want, &table)
		}
	}
	figure, err := UCIFigure(r, []string{"yacht"}, []string{"MAP"}, func(string) int { return 3 })
	if err != nil || !strings.Contains(figure.Alt(), "PBP 2015: −1.63") {
		t.Errorf("figure: %v, %v", figure, err)
	}
	for set, row := range published.rows {
		for j, cell := range row {
			if _, _, ok := parsePublished(cell); ok == (cell == "–") || len(row) != len(published.columns) {
				t.Errorf("%s, %s: %q", set, published.columns[j], cell)
			}
		}
	}
	if err := Each(100, func(i int) error { return errors.New("stop") }); err == nil || err.Error() != "stop" {
		t.Errorf("Each returns %v", err)
	}
}
