package bench

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// blobs are 10 clouds on a circle in the plane, class by class, at distance radius.
func blobs(n int, radius float64, seed uint64) *data.Set {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := &data.Set{Name: "blobs", X: mat.NewDense(n, 2, nil), Y: mat.NewDense(n, 1, nil)}
	for i := range n {
		a := 2 * math.Pi * float64(i%10) / 10
		s.X.SetRow(i, []float64{radius*math.Cos(a) + 0.2*rng.NormFloat64(), radius*math.Sin(a) + 0.2*rng.NormFloat64()})
		s.Y.Set(i, 0, float64(i%10))
	}
	return s
}

func TestDigitsRows(t *testing.T) {
	task := &Digits{Train: blobs(200, 1, 1), Test: blobs(300, 1, 2), Outside: []Pictures{{"middle", blobs(100, 0, 3)}}}
	net := nn.New(2, nn.Dense{Out: 30}, nn.ReLU, nn.Dropout{P: 0.1}, nn.Dense{Out: 10})
	methods := []Tuned{
		{Name: "MAP", Recipes: []Recipe{
			{Name: "no chance", Net: net, Prior: bnn.Normal{SD: 0.01}, Method: bnn.MAP{Steps: 300}},
			{Name: "good", Net: net, Prior: bnn.Normal{SD: 1}, Method: bnn.MAP{Steps: 600}},
		}},
		{Name: "MCDropout", Recipes: []Recipe{{Name: "only", Net: net, Prior: bnn.Normal{SD: 1}, Method: bnn.MCDropout{Steps: 600}}}},
	}
	file := filepath.Join(t.TempDir(), "d.json")
	r, err := Open[DigitsRow](file, "credence bench digits", false)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range methods {
		for seed := range uint64(3) {
			if err := r.Do(DigitsKey("dense", m.Name, seed), func() (DigitsRow, error) {
				rng := rand.New(rand.NewPCG(seed, uint64(i)))
				if seed == 0 {
					return task.Choose(t.Context(), m, rng)
				}
				return task.Run(t.Context(), m, r.Row(DigitsKey("dense", m.Name, 0)).Choice, rng)
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if c := r.Row(DigitsKey("dense", "MAP", 0)); c.Choice != "good" || len(c.Validation) != 2 {
		t.Errorf("choice %+v", c)
	}
	for _, m := range methods {
		row := r.Row(DigitsKey("dense", m.Name, 1))
		if !(row.Error < 0.2) || !(row.NLL < 1) || !(row.ECE.SE > 0) || len(row.Surprises) != 300 || float64(len(row.Wrong)) != math.Round(row.Error*300) {
			t.Errorf("%s: error %v, NLL %v, ECE %+v, %d surprises, %d wrong", m.Name, row.Error, row.NLL, row.ECE, len(row.Surprises), len(row.Wrong))
		}
		found := row.Outside["middle"]
		if !(found["entropy"].Value > 0.8) || !(found["max probability"].Value > 0.8) {
			t.Errorf("%s: does not tell the middle from the circle: %+v", m.Name, found)
		}
		if _, ok := found["mutual information"]; ok == (m.Name == "MAP") {
			t.Errorf("%s: scores %+v", m.Name, found)
		}
	}
	// Stored and read back, the rows make the same table.
	again, err := Open[DigitsRow](file, "credence bench digits", false)
	if err != nil {
		t.Fatal(err)
	}
	var tables [2]strings.Builder
	for i, r := range []*Result[DigitsRow]{r, again} {
		if err := WriteDigits(&tables[i], r, []string{"dense"}, []string{"MAP", "MCDropout"}, []string{"middle"}, []uint64{1, 2}); err != nil {
			t.Fatal(err)
		}
	}
	if tables[0].String() != tables[1].String() || !strings.Contains(tables[0].String(), "| MAP | good | ") || !strings.Contains(tables[0].String(), "/ – |") {
		t.Errorf("tables\n%s\n%s", &tables[0], &tables[1])
	}
	if _, err := task.Run(t.Context(), methods[0], "gone", rand.New(rand.NewPCG(1, 1))); !errors.Is(err, errStale) {
		t.Errorf("a choice of another version: %v", err)
	}
}

// A difference is starred where its interval leaves out 0, and only there.
func TestDifference(t *testing.T) {
	a, b := make([]float64, 400), make([]float64, 400)
	for i := range a {
		a[i], b[i] = float64(i%2), float64((i+1)%2)
	}
	if s := difference(1, 2, a, b); strings.Contains(s, "*") || !strings.HasPrefix(s, "+0.00 [-0.") {
		t.Errorf("equal means: %s", s)
	}
	for i := range a {
		b[i] = a[i] - 0.1*float64(i%3)
	}
	if s := difference(1, 2, a, b); !strings.HasSuffix(s, "*") || !strings.HasPrefix(s, "+0.10 [+0.0") {
		t.Errorf("a larger by 0.1 on average: %s", s)
	}
}

func TestPacked(t *testing.T) {
	row := DigitsRow{Surprises: Millinats{0, 0.0014, 1.5, 99, math.Inf(1)}, Wrong: Indices{3, 17}}
	text, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	var back DigitsRow
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if want := []float64{0, 0.001, 1.5, 65.535, 65.535}; !slices.Equal(back.Surprises, want) || !slices.Equal(back.Wrong, row.Wrong) {
		t.Errorf("%s came back as %v, %v", text, back.Surprises, back.Wrong)
	}
	for _, bad := range []string{`{"surprises":"A"}`, `{"surprises":"AAAA"}`, `{"wrong":"1 x"}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read as %v", bad, back)
		}
	}
}

// Every recipe's network takes images of digits and has a name of its own.
func TestDigitsMethods(t *testing.T) {
	want := map[string]int{"dense": 478410, "cnn": 80202}
	for _, net := range DigitsNets {
		for _, m := range DigitsMethods(net, 8000) {
			seen := map[string]bool{}
			for _, r := range m.Recipes {
				if r.Net.In() != 784 || r.Net.Out() != 10 || r.Net.Dim() != want[net] || seen[r.Name] {
					t.Errorf("%s, %s, %s: %v with %d parameters", net, m.Name, r.Name, r.Net, r.Net.Dim())
				}
				seen[r.Name] = true
			}
		}
	}
}
