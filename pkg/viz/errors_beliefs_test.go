package viz_test

import (
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A refusal is an error and what it has to say.
type refusal struct {
	err  error
	want []string
}

func checkRefusals(t *testing.T, rs []refusal) {
	t.Helper()
	for _, c := range rs {
		if c.err == nil {
			t.Errorf("no error, want one with %q", c.want)
			continue
		}
		for _, w := range append(c.want, "viz: ") {
			if !strings.Contains(c.err.Error(), w) {
				t.Errorf("error %q does not say %q", c.err, w)
			}
		}
	}
}

// fails returns the error of a figure.
func fails(_ *viz.Figure, err error) error { return err }

func TestErrorsBeliefs(t *testing.T) {
	ok := []float64{1, 2, 3}
	q := func(chains ...[]float64) []viz.Quantity { return []viz.Quantity{{Chains: chains}} }
	checkRefusals(t, []refusal{
		{fails(viz.Density(viz.DensityData{Samples: ok[:1]})), []string{"Density", "Samples has 1", "at least two"}},
		{fails(viz.Density(viz.DensityData{Samples: []float64{1, nan}})), []string{"Samples[1] is NaN"}},
		{fails(viz.Density(viz.DensityData{Samples: ok, Prob: 95})), []string{"Prob = 95", "between 0 and 1"}},
		{fails(viz.Density(viz.DensityData{Samples: ok, Support: [2]float64{0, 2}})), []string{"Samples[2] = 3", "outside the support"}},
		{fails(viz.Density(viz.DensityData{Samples: ok, Support: [2]float64{2, 1}})), []string{"Support", "order"}},
		{fails(viz.Updates(viz.UpdatesData{X: ok[:1]})), []string{"Updates", "at least two"}},
		{fails(viz.Updates(viz.UpdatesData{X: ok, Prior: ok})), []string{"0 Steps"}},
		{fails(viz.Updates(viz.UpdatesData{X: ok, Prior: ok, Steps: []viz.Update{{Y: ok[:2]}}})), []string{"Steps[0].Y has 2"}},
		{fails(viz.Updates(viz.UpdatesData{X: ok, Prior: ok, Steps: []viz.Update{{Y: []float64{0, -1, 0}}}})), []string{"Steps[0].Y[1] = -1", "log density"}},
		{fails(viz.Updates(viz.UpdatesData{X: ok, Prior: []float64{0, 0, 0}, Steps: []viz.Update{{Y: ok}}})), []string{"Prior is zero everywhere"}},
		{fails(viz.Split(viz.SplitData{X: ok, Epistemic: ok})), []string{"Split", "Aleatoric has 0"}},
		{fails(viz.Split(viz.SplitData{X: ok, Epistemic: ok, Aleatoric: []float64{1, -2, 0}})), []string{"Aleatoric[1] = -2", "negative"}},
		{fails(viz.Split(viz.SplitData{X: ok, Epistemic: ok, Aleatoric: ok, DataX: []float64{inf}})), []string{"DataX[0]"}},
		{fails(viz.Chains(viz.ChainsData{})), []string{"Chains", "no Quantities"}},
		{fails(viz.Chains(viz.ChainsData{Quantities: q()})), []string{"Quantities[0].Chains is empty"}},
		{fails(viz.Chains(viz.ChainsData{Quantities: q(ok, ok[:1])})), []string{"Quantities[0].Chains[1] has 1"}},
		{fails(viz.Chains(viz.ChainsData{Quantities: make([]viz.Quantity, 9)})), []string{"9 Quantities", "8"}},
		{fails(viz.Autocorrelation(viz.AutocorrelationData{Quantities: q(ok)})), []string{"at least 4"}},
		{fails(viz.Autocorrelation(viz.AutocorrelationData{MaxLag: 9, Quantities: q([]float64{1, 2, 3, 4})})), []string{"MaxLag = 9", "shortest chain, 4"}},
		{fails(viz.Ranks(viz.RanksData{Chains: [][]float64{{1, 2, 3, 4}}})), []string{"Ranks", "1 Chains"}},
		{fails(viz.Ranks(viz.RanksData{Bins: 1, Chains: [][]float64{{1, 2, 3, 4}, {1, 2, 3, 4}}})), []string{"Bins = 1"}},
		{fails(viz.Ranks(viz.RanksData{Chains: [][]float64{{1, 2, 3, 4}, {1, 2, nan, 4}}})), []string{"Chains[1][2] is NaN"}},
		{fails(viz.Repeats(viz.RepeatsData{})), []string{"Repeats", "nothing to draw"}},
		{fails(viz.Repeats(viz.RepeatsData{X: ok, Curves: []viz.RepeatedCurve{{}}})), []string{"Curves[0].Runs is empty"}},
		{fails(viz.Repeats(viz.RepeatsData{X: ok, Curves: []viz.RepeatedCurve{{Runs: [][]float64{ok, ok[:2]}}}})), []string{"Curves[0].Runs[1] has 2"}},
		{fails(viz.Repeats(viz.RepeatsData{X: ok, LogY: true, Curves: []viz.RepeatedCurve{{Runs: [][]float64{{1, -1, 1}}}}})), []string{"Curves[0] at X[1]", "logarithmic"}},
		{fails(viz.Forest(viz.ForestData{Prob: 2, Quantities: q(ok)})), []string{"Forest", "Prob = 2"}},
		{fails(viz.Bars(viz.BarsData{Series: []viz.BarSeries{{Y: ok, Lo: ok}}})), []string{"Series[0]", "one of Lo and Hi"}},
		{fails(viz.Bars(viz.BarsData{Series: []viz.BarSeries{{Y: ok, Lo: ok, Hi: []float64{1, 1, 3}}}})), []string{"bar 1", "outside"}},
		{viz.Must(viz.Loss(loss1())).Save("figure.jpg"), []string{"figure.jpg", ".png or .svg"}},
	})
}

// One value, a constant, two points: a picture comes out, and its text knows no NaN.
func TestOddBeliefs(t *testing.T) {
	flat, two := []float64{5, 5, 5, 5}, []float64{1, 2}
	q := []viz.Quantity{{Name: "flat", Chains: [][]float64{flat, flat}}}
	checkOdd(t, map[string]func() (*viz.Figure, error){
		"two draws":      func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: []float64{1.5, 2}}) },
		"constant draws": func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: []float64{0.5, 0.5}}) },
		"constant bars":  func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: flat}) },
		"constant, binned": func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Samples: []float64{0.5, 0.5}, Histogram: true})
		},
		"constant at the end of the support": func() (*viz.Figure, error) {
			return viz.Density(viz.DensityData{Samples: []float64{1, 1}, Support: [2]float64{0, 1}})
		},
		"far away": func() (*viz.Figure, error) { return viz.Density(viz.DensityData{Samples: []float64{1, 2.5, 1e12}}) },
		"flat updates": func() (*viz.Figure, error) {
			return viz.Updates(viz.UpdatesData{X: two, Prior: two, Steps: []viz.Update{{Y: two}}})
		},
		"no doubt": func() (*viz.Figure, error) {
			return viz.Split(viz.SplitData{X: two, Epistemic: []float64{0, 0}, Aleatoric: []float64{0, 0}})
		},
		"chains that stand":    func() (*viz.Figure, error) { return viz.Chains(viz.ChainsData{Quantities: q}) },
		"standing, correlated": func() (*viz.Figure, error) { return viz.Autocorrelation(viz.AutocorrelationData{Quantities: q}) },
		"standing, ranked":     func() (*viz.Figure, error) { return viz.Ranks(viz.RanksData{Chains: q[0].Chains}) },
		"standing, a forest":   func() (*viz.Figure, error) { return viz.Forest(viz.ForestData{Quantities: q}) },
		"one run, one place": func() (*viz.Figure, error) {
			return viz.Repeats(viz.RepeatsData{X: []float64{3}, Curves: []viz.RepeatedCurve{{Runs: [][]float64{{2}}}}})
		},
		"runs, log-log": func() (*viz.Figure, error) {
			return viz.Repeats(viz.RepeatsData{X: two, LogX: true, LogY: true, Faint: true, Spread: true, Curves: []viz.RepeatedCurve{{Runs: [][]float64{{2, 3}, {1, 9}}}}})
		},
	})
}

func checkOdd(t *testing.T, figures map[string]func() (*viz.Figure, error)) {
	t.Helper()
	for name, draw := range figures {
		fig, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := fig.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(fig.Alt(), "NaN") || strings.Contains(fig.Alt(), "Inf") {
			t.Errorf("%s: alt text %q", name, fig.Alt())
		}
	}
}
