package echart

import (
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// Confusion makes a map of which class is taken for which, from what [viz.Confusion] takes:
// rows are true classes, columns predicted ones, and a cell's colour is its share of the
// row, blue where right and vermillion where wrong. Hover for counts, shares and doubt;
// drag the bars' handles to see only the cells within a range.
func Confusion(d viz.ConfusionData) (*Chart, error) {
	fig, err := viz.Confusion(d)
	if err != nil {
		return nil, err
	}
	k := len(d.Names)
	c := scaffold(d.Title)
	c.Legend.Show = opts.Bool(false)
	x, y := xAxis("predicted class", 0), yAxis("true class", 0)
	x.Type, x.Data, x.AxisLabel, x.SplitLine = "category", d.Names, &opts.AxisLabel{Color: grey}, nil
	y.Type, y.Data, y.AxisLabel, y.SplitLine = "category", d.Names, &opts.AxisLabel{Color: grey}, nil
	y.Inverse, x.NameGap, y.NameGap = opts.Bool(true), 28, 24+7*longest(d.Names)
	c.XAxisList, c.YAxisList = []opts.XAxis{x}, []opts.YAxis{y}
	c.GridList = []opts.Grid{{Left: fmt.Sprint(44 + 7*longest(d.Names)), Right: "110", Top: "34", Bottom: "46"}}
	var right, wrong []cellDatum
	for i, row := range d.Counts {
		total := sum(row)
		for j, n := range row {
			cell := cellDatum{Value: []any{j, i, number(share(n, total)), n}, Hint: hint(d, i, j)}
			cell.Label = &opts.Label{Color: ink}
			if share(n, total) > 0.55 {
				cell.Label.Color = paper
			}
			if i == j {
				right = append(right, cell)
			} else {
				wrong = append(wrong, cell)
			}
		}
	}
	number := &opts.Label{Show: opts.Bool(k <= 12), Formatter: "{@[3]}"}
	edge := &opts.ItemStyle{BorderColor: paper, BorderWidth: 1}
	c.MultiSeries = append(c.MultiSeries,
		charts.SingleSeries{Name: "right", Type: "heatmap", Data: right, Label: number, ItemStyle: edge},
		charts.SingleSeries{Name: "wrong", Type: "heatmap", Data: wrong, Label: number, ItemStyle: edge})
	chart := finish(c, fig, true)
	bar := func(series int, top any, name, colour string) map[string]any {
		return map[string]any{
			"type": "continuous", "min": 0, "max": 1, "calculable": true, "seriesIndex": series, "dimension": 2, "precision": 2,
			"right": 6, "top": top, "itemHeight": 90, "itemWidth": 12, "text": []string{name, ""}, "textStyle": text,
			"inRange": map[string]any{"color": []string{surface, colour}},
		}
	}
	chart.option["visualMap"] = []any{bar(0, 36, "right", "#0072b2"), bar(1, 186, "wrong", "#d55e00")}
	chart.w, chart.h = max(chart.w, min(900, 200+46*k)), max(chart.h, min(800, 110+36*k))
	return chart, nil
}

// A cellDatum is one cell of a map.
type cellDatum struct {
	Value []any       `json:"value"`
	Hint  string      `json:"name"`
	Label *opts.Label `json:"label"`
}

// hint is the text next to a cell.
func hint(d viz.ConfusionData, i, j int) string {
	n, total := d.Counts[i][j], sum(d.Counts[i])
	s := fmt.Sprintf("%s taken for %s\n%d of %d rows", d.Names[i], d.Names[j], n, total)
	if i == j {
		s = fmt.Sprintf("%s recognised\n%d of %d rows", d.Names[i], n, total)
	}
	if total > 0 {
		s += fmt.Sprintf(", %.1f %%", 100*share(n, total))
	}
	if d.Doubt != nil && isFinite(d.Doubt[i][j]) {
		s += fmt.Sprintf("\n%s %.3g", orText(d.DoubtName, "mean entropy (nats)"), d.Doubt[i][j])
	}
	return s
}

// share is NaN, a gap, where there is nothing to take a share of.
func share(n, total int) float64 {
	if total == 0 {
		return math.NaN()
	}
	return float64(n) / float64(total)
}

func sum(v []int) (s int) {
	for _, n := range v {
		s += n
	}
	return s
}

func longest(labels []string) (n int) {
	for _, l := range labels {
		n = max(n, len([]rune(l)))
	}
	return n
}
