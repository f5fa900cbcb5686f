package viz_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// TestSheets draws ten figures and writes their data, for .ci/full sheets: it puts the
// same data drawn by ArviZ beside them, to be looked at.
func TestSheets(t *testing.T) {
	dir := os.Getenv("CREDENCE_SHEETS")
	if dir == "" {
		t.Skip("CREDENCE_SHEETS names no directory; .ci/full sheets does")
	}
	chains := walks(4, 1000, 0.6, 0.5)
	energy := walks(2, 2000, 0.55, 0)
	forest := viz.ForestData{Title: "Forest", Quantities: schools().Quantities}
	named := map[string][][]float64{}
	for _, q := range forest.Quantities {
		named[q.Name] = q.Chains
	}
	ridge := ridges()
	rows := map[string][]float64{}
	var order []string
	for _, r := range ridge.Rows {
		rows[r.Label] = r.Samples
		order = append(order, r.Label)
	}
	check := replicas()
	check.Statistic = nil
	pairs := banana(2000)
	pairs.Truth = nil
	band := sine(1)
	for range 200 { // ArviZ computes its band from draws
		rng := random(uint64(len(band.Draws)))
		a, b := rng.NormFloat64(), rng.NormFloat64()
		var f []float64
		for i := range band.X {
			f = append(f, band.Mean[i]+band.EpistemicSD[i]*(a+b)/1.4142)
		}
		band.Draws = append(band.Draws, f)
	}
	all := band.Draws
	band.Draws, band.TotalSD, band.Truth = all[:6], nil, nil
	q := []viz.Quantity{{Name: "w", Chains: chains}}
	for name, s := range map[string]struct {
		fig  func() (*viz.Figure, error)
		data any
	}{
		"posterior": {func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Title: "w", XLabel: "w", Samples: twoModes(4000)})
		}, twoModes(4000)},
		"trace":           {func() (*viz.Figure, error) { return viz.Chains(viz.ChainsData{Quantities: q}) }, chains},
		"rank":            {func() (*viz.Figure, error) { return viz.Ranks(viz.RanksData{Title: "w", Chains: chains}) }, chains},
		"autocorrelation": {func() (*viz.Figure, error) { return viz.Autocorrelation(viz.AutocorrelationData{Quantities: q}) }, chains},
		"forest":          {func() (*viz.Figure, error) { return viz.Forest(forest) }, named},
		"pairs":           {func() (*viz.Figure, error) { return viz.Pairs(pairs) }, map[string]any{"names": pairs.Names, "columns": pairs.Columns}},
		"energy":          {func() (*viz.Figure, error) { return viz.Energy(viz.EnergyData{Chains: energy}) }, energy},
		"ridgeline":       {func() (*viz.Figure, error) { return viz.Ridgeline(ridge) }, map[string]any{"order": order, "rows": rows}},
		"predictive":      {func() (*viz.Figure, error) { return viz.PredictiveCheck(check) }, map[string]any{"observed": check.Observed, "replicated": check.Replicated}},
		"band":            {func() (*viz.Figure, error) { return viz.Band(band) }, map[string]any{"x": band.X, "draws": all, "mean": band.Mean, "dataX": band.DataX, "dataY": band.DataY}},
	} {
		fig, err := s.fig()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := fig.Save(filepath.Join(dir, name+".ours.png")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		b, err := json.Marshal(s.data)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
