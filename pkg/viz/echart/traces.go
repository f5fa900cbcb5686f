package echart

import (
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// maxDraws bounds the draws shown of each quantity; of more, every few are.
const maxDraws = 4000

// Traces makes linked traces: one below the other on the left, and the first two
// quantities against each other on the right. Drag a box in any of them, and the same
// draws light up in the others: where was the chain when it got stuck?
//
// It takes what [viz.Chains] takes, but at most four quantities, in which draw i of
// chain c means the same θ; and NaN and Inf are left out.
func Traces(d viz.ChainsData) (*Chart, error) {
	if err := checkChains(d); err != nil {
		return nil, err
	}
	fig, err := tracesFigure(d)
	if err != nil {
		return nil, err
	}
	n, pair := len(d.Quantities), len(d.Quantities) > 1
	const top, each, gap = 44, 120, 22
	c := scaffold(d.Title)
	c.Legend.Show = opts.Bool(false)
	width := "88%"
	if pair {
		width = "52%"
	}
	for i, q := range d.Quantities {
		c.GridList = append(c.GridList, opts.Grid{Left: "56", Width: width, Top: fmt.Sprint(top + i*(each+gap)), Height: fmt.Sprint(each)})
		x := xAxis("", i)
		if x.MinInterval = 1; i == n-1 {
			x.Name = "draw"
		}
		c.XAxisList, c.YAxisList = append(c.XAxisList, x), append(c.YAxisList, yAxis(q.Name, i))
	}
	if pair {
		c.GridList = append(c.GridList, opts.Grid{Left: "69%", Right: "16", Top: fmt.Sprint(top), Height: "262"})
		x, y := xAxis(d.Quantities[0].Name, n), yAxis(d.Quantities[1].Name, n)
		y.NameGap = 36
		c.XAxisList, c.YAxisList = append(c.XAxisList, x), append(c.YAxisList, y)
	}
	step := every(d)
	scatter := func(axes int, at func(chain, i int) (x, y float64)) {
		data := [][]any{}
		for k, chain := range d.Quantities[0].Chains {
			for i := 0; i < len(chain); i += step {
				x, y := at(k, i)
				data = append(data, []any{number(x), number(y), k}) // a gap keeps its place: places are what links the panels
			}
		}
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{Type: "scatter", Data: data, XAxisIndex: axes, YAxisIndex: axes, SymbolSize: 3})
	}
	for q := range d.Quantities {
		scatter(q, func(k, i int) (float64, float64) { return float64(i + 1), d.Quantities[q].Chains[k][i] })
	}
	if pair {
		scatter(n, func(k, i int) (float64, float64) { return d.Quantities[0].Chains[k][i], d.Quantities[1].Chains[k][i] })
	}
	chart := finish(c, fig, false)
	chart.option["tooltip"] = map[string]any{"show": false}
	pieces := []any{}
	for k := range d.Quantities[0].Chains {
		pieces = append(pieces, map[string]any{"value": k, "label": fmt.Sprintf("chain %d", k+1), "color": css(viz.Series(k))})
	}
	chart.option["visualMap"] = map[string]any{"type": "piecewise", "dimension": 2, "pieces": pieces, "orient": "horizontal", "left": 52, "top": 22,
		"itemWidth": 9, "itemHeight": 9, "itemSymbol": "circle", "textStyle": text, "show": len(pieces) > 1}
	chart.option["brush"] = map[string]any{"toolbox": []string{"rect", "lineX", "clear"}, "xAxisIndex": "all", "brushLink": "all", "throttleType": "debounce",
		"outOfBrush": map[string]any{"colorAlpha": 0.08}, "brushStyle": map[string]any{"borderColor": grey, "color": "rgba(120,120,120,0.15)"}}
	chart.least = 560
	chart.w, chart.h = 720, max(360, top+n*(each+gap)+40)
	return chart, nil
}

// every says which draws are shown: each every-th.
func every(d viz.ChainsData) int {
	all := 0
	for _, c := range d.Quantities[0].Chains {
		all += len(c)
	}
	return (all + maxDraws - 1) / maxDraws
}

func checkChains(d viz.ChainsData) error {
	const who = "echart: Traces: "
	if len(d.Quantities) == 0 || len(d.Quantities) > 4 {
		return fmt.Errorf(who+"%d Quantities; 1 to 4 are wanted: choose some", len(d.Quantities))
	}
	first := d.Quantities[0].Chains
	if len(first) == 0 || len(first) > 6 {
		return fmt.Errorf(who+"Quantities[0] has %d Chains; 1 to 6 are wanted, one a colour", len(first))
	}
	for i, q := range d.Quantities {
		if len(q.Chains) != len(first) {
			return fmt.Errorf(who+"Quantities[%d] has %d Chains and Quantities[0] has %d; they must be of the same sampler", i, len(q.Chains), len(first))
		}
		finite := 0
		for c, chain := range q.Chains {
			if len(chain) != len(first[c]) || len(chain) == 0 {
				return fmt.Errorf(who+"Quantities[%d].Chains[%d] has %d draws and that of Quantities[0] has %d; they must match, and not be empty", i, c, len(chain), len(first[c]))
			}
			for _, v := range chain {
				if isFinite(v) {
					finite++
				}
			}
		}
		if finite == 0 {
			return fmt.Errorf(who+"Quantities[%d] has no finite draw; there is nothing to draw", i)
		}
	}
	return nil
}

// figure is the traces as a picture, one panel a quantity.
func tracesFigure(d viz.ChainsData) (*viz.Figure, error) {
	var figs []*viz.Figure
	for _, q := range d.Quantities {
		l := viz.LossData{Title: q.Name, XLabel: "draw", YLabel: "value"}
		lo, hi := math.Inf(1), math.Inf(-1)
		for k, chain := range q.Chains {
			t := viz.Trace{Y: chain}
			if len(q.Chains) > 1 {
				t.Name = fmt.Sprintf("chain %d", k+1)
			}
			finite := false
			for _, v := range chain {
				if isFinite(v) {
					lo, hi, finite = math.Min(lo, v), math.Max(hi, v), true
				}
			}
			if finite {
				l.Traces = append(l.Traces, t)
			}
		}
		if hi > lo {
			l.YMin, l.YMax = lo-0.05*(hi-lo), hi+0.05*(hi-lo)
		}
		fig, err := viz.Loss(l)
		if err != nil {
			return nil, err
		}
		figs = append(figs, fig)
	}
	return viz.Grid(viz.GridData{Title: d.Title, Figures: figs, Columns: 1, Width: 720, Height: max(360, 84+142*len(figs))})
}
