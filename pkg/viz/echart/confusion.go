package echart

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// ConfusionData is what a classifier took for what.
type ConfusionData struct {
	Title  string
	Labels []string // of the classes
	Counts [][]int  // Counts[c][d]: rows of class c that were taken for class d, as from metrics.Confusion

	// Doubt, if there is any, has a number for each cell, such as the mean entropy of
	// its rows in nats. NaN: none.
	Doubt     [][]float64
	DoubtName string // empty = "mean entropy (nats)"
}

// maxClasses bounds a confusion map: a cell should be wide enough to point at.
const maxClasses = 50

// Confusion makes a map of which class is taken for which: rows are true classes,
// columns predicted ones, and a cell's colour is its share of the row, blue where right
// and vermillion where wrong. Hover for counts, shares and doubt; drag the bars' handles
// to see only the cells within a range.
func Confusion(d ConfusionData) (*Chart, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	k := len(d.Labels)
	c := scaffold(d.Title)
	c.Legend.Show = opts.Bool(false)
	x, y := xAxis("predicted class", 0), yAxis("true class", 0)
	x.Type, x.Data, x.AxisLabel, x.SplitLine = "category", d.Labels, &opts.AxisLabel{Color: grey}, nil
	y.Type, y.Data, y.AxisLabel, y.SplitLine = "category", d.Labels, &opts.AxisLabel{Color: grey}, nil
	y.Inverse, x.NameGap, y.NameGap = opts.Bool(true), 28, 24+7*longest(d.Labels)
	c.XAxisList, c.YAxisList = []opts.XAxis{x}, []opts.YAxis{y}
	c.GridList = []opts.Grid{{Left: fmt.Sprint(44 + 7*longest(d.Labels)), Right: "110", Top: "34", Bottom: "46"}}
	var right, wrong []cellDatum
	for i, row := range d.Counts {
		total := sum(row)
		for j, n := range row {
			cell := cellDatum{Value: []any{j, i, number(share(n, total)), n}, Hint: d.hint(i, j)}
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
	chart := finish(c, nil, true)
	bar := func(series int, top any, name, colour string) map[string]any {
		return map[string]any{
			"type": "continuous", "min": 0, "max": 1, "calculable": true, "seriesIndex": series, "dimension": 2, "precision": 2,
			"right": 6, "top": top, "itemHeight": 90, "itemWidth": 12, "text": []string{name, ""}, "textStyle": text,
			"inRange": map[string]any{"color": []string{surface, colour}},
		}
	}
	chart.option["visualMap"] = []any{bar(0, 36, "right", "#0072b2"), bar(1, 186, "wrong", "#d55e00")}
	chart.w, chart.h = max(420, min(900, 200+46*k)), max(340, min(800, 110+36*k))
	chart.alt = d.alt()
	chart.still = func() (string, error) { return d.table(), nil }
	return chart, nil
}

// A cellDatum is one cell of a map.
type cellDatum struct {
	Value []any       `json:"value"`
	Hint  string      `json:"name"`
	Label *opts.Label `json:"label"`
}

func (d ConfusionData) check() error {
	k := len(d.Labels)
	if k == 0 || k > maxClasses {
		return fmt.Errorf("echart: Confusion: %d Labels; 1 to %d are wanted: join rare classes", k, maxClasses)
	}
	if len(d.Counts) != k {
		return fmt.Errorf("echart: Confusion: Counts has %d rows for %d Labels", len(d.Counts), k)
	}
	all := 0
	for i, row := range d.Counts {
		if len(row) != k {
			return fmt.Errorf("echart: Confusion: Counts[%d] has %d columns for %d Labels", i, len(row), k)
		}
		for j, n := range row {
			if n < 0 {
				return fmt.Errorf("echart: Confusion: Counts[%d][%d] is %d; it counts rows", i, j, n)
			}
			all += n
		}
	}
	if all == 0 {
		return fmt.Errorf("echart: Confusion: Counts are all 0; there is nothing to draw")
	}
	if d.Doubt == nil {
		return nil
	}
	if len(d.Doubt) != k {
		return fmt.Errorf("echart: Confusion: Doubt has %d rows for %d Labels", len(d.Doubt), k)
	}
	for i, row := range d.Doubt {
		if len(row) != k {
			return fmt.Errorf("echart: Confusion: Doubt[%d] has %d columns for %d Labels", i, len(row), k)
		}
	}
	return nil
}

// hint is the text next to a cell.
func (d ConfusionData) hint(i, j int) string {
	n, total := d.Counts[i][j], sum(d.Counts[i])
	s := fmt.Sprintf("%s taken for %s\n%d of %d rows", d.Labels[i], d.Labels[j], n, total)
	if i == j {
		s = fmt.Sprintf("%s recognised\n%d of %d rows", d.Labels[i], n, total)
	}
	if total > 0 {
		s += fmt.Sprintf(", %.1f %%", 100*share(n, total))
	}
	if d.Doubt != nil && isFinite(d.Doubt[i][j]) {
		s += fmt.Sprintf("\n%s %.3g", orText(d.DoubtName, "mean entropy (nats)"), d.Doubt[i][j])
	}
	return s
}

func (d ConfusionData) alt() string {
	right, all, worst, from, to := 0, 0, 0, 0, 0
	for i, row := range d.Counts {
		all += sum(row)
		right += row[i]
		for j, n := range row {
			if i != j && n > worst {
				worst, from, to = n, i, j
			}
		}
	}
	s := fmt.Sprintf("%s. %d of %d rows are right.", orText(d.Title, "Confusion map"), right, all)
	if worst > 0 {
		s += fmt.Sprintf(" The most frequent mistake: %s taken for %s, %d of %d rows.", d.Labels[from], d.Labels[to], worst, sum(d.Counts[from]))
	}
	return s
}

// table is the map as an HTML table, the cells shaded.
func (d ConfusionData) table() string {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;font:12px system-ui,sans-serif;color:#282c34;background:#fff">`)
	if d.Title != "" {
		fmt.Fprintf(&b, `<caption style="text-align:left;font-weight:600">%s</caption>`, html.EscapeString(d.Title))
	}
	b.WriteString(`<tr><th style="text-align:left">true \ predicted</th>`)
	for _, l := range d.Labels {
		fmt.Fprintf(&b, `<th style="padding:2px 6px;text-align:right">%s</th>`, html.EscapeString(l))
	}
	b.WriteString("</tr>")
	for i, row := range d.Counts {
		fmt.Fprintf(&b, `<tr><th style="text-align:left">%s</th>`, html.EscapeString(d.Labels[i]))
		total := sum(row)
		for j, n := range row {
			hue := [3]float64{213, 94, 0}
			if i == j {
				hue = [3]float64{0, 114, 178}
			}
			p, fore := share(n, total), "#282c34"
			if !(p <= 0.55) {
				fore = "#fff"
			}
			if math.IsNaN(p) {
				p, fore = 0, "#282c34"
			}
			mix := func(c int) int { return int(math.Round(255 + p*(hue[c]-255))) }
			fmt.Fprintf(&b, `<td style="padding:2px 6px;text-align:right;color:%s;background-color:#%02x%02x%02x">%d</td>`, fore, mix(0), mix(1), mix(2), n)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
	return b.String()
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
