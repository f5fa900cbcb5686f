package echart

import (
	"encoding/base64"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// An AcquisitionStep is one round of active learning.
type AcquisitionStep struct {
	Score  []float64 // what each row of the pool is worth, by the model at hand; NaN = not asked
	Chosen []int     // the rows labelled next
	Test   float64   // how good the model at hand is on held-out rows; NaN = not measured
}

// AcquisitionData is the course of active learning over a pool with two coordinates.
type AcquisitionData struct {
	Title          string
	XLabel, YLabel string // empty = "x₁", "x₂"
	X, Y           []float64
	Start          []int // rows labelled at the beginning
	Steps          []AcquisitionStep
	ScoreName      string // empty = "score"
	TestName       string // empty = "score on held-out rows"
}

// maxShown bounds the points of a stepper, rows times steps, so that a page stays small.
const maxShown = 20_000

// Acquisition makes a stepper through active learning: on the left the pool, each row
// coloured by what its label would be worth, with the rows labelled so far and the ones
// chosen now; on the right how good the model is after how many labels. Step with the
// arrows, or let it play.
func Acquisition(d AcquisitionData) (*Chart, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	lo, hi := d.scores()
	c := scaffold(d.Title)
	c.Legend.Left, c.Legend.Icon, c.Legend.ItemWidth, c.Legend.ItemHeight = "50", "circle", 9, 9
	c.GridList = []opts.Grid{{Left: "50", Width: "46%", Top: "56", Bottom: "122"}, {Left: "66%", Right: "16", Top: "56", Bottom: "122"}}
	x0, y0 := xAxis(orText(d.XLabel, "x₁"), 0), yAxis(orText(d.YLabel, "x₂"), 0)
	x1, y1 := xAxis("labels", 1), yAxis(orText(d.TestName, "score on held-out rows"), 1)
	y0.NameGap, y1.NameGap, x1.MinInterval = 32, 38, 1
	c.XAxisList, c.YAxisList = []opts.XAxis{x0, x1}, []opts.YAxis{y0, y1}
	curve := []datum{}
	labels := len(d.Start)
	for _, s := range d.Steps {
		curve = append(curve, datum{[]any{labels, number(s.Test)}, d.worth(labels, s.Test)})
		labels += len(s.Chosen)
	}
	dots := func(name string, size int, style opts.ItemStyle) charts.SingleSeries {
		return charts.SingleSeries{Name: name, Type: "scatter", Symbol: "circle", SymbolSize: size, ItemStyle: &style}
	}
	c.MultiSeries = append(c.MultiSeries,
		dots("pool", 7, opts.ItemStyle{Color: "#21918c"}),
		dots("labelled", 6, opts.ItemStyle{Color: ink}),
		dots("chosen now", 12, opts.ItemStyle{Color: "transparent", BorderColor: css(viz.Posterior), BorderWidth: 2.5}),
		charts.SingleSeries{Name: "course", Type: "line", XAxisIndex: 1, YAxisIndex: 1, Symbol: "circle", SymbolSize: 4, Data: curve,
			ItemStyle: &opts.ItemStyle{Color: css(viz.Mean)}, LineStyle: &opts.LineStyle{Color: css(viz.Mean), Width: 1.4}},
		charts.SingleSeries{Name: "here", Type: "scatter", XAxisIndex: 1, YAxisIndex: 1, SymbolSize: 12, ItemStyle: &opts.ItemStyle{Color: css(viz.Posterior)}})
	chart := finish(c, nil, true)
	base := chart.option
	base["legend"] = map[string]any{"left": 50, "top": 26, "icon": "circle", "itemWidth": 9, "itemHeight": 9, "textStyle": text, "data": []string{"pool", "labelled", "chosen now"}}
	base["visualMap"] = map[string]any{
		"type": "continuous", "min": number(lo), "max": number(hi), "seriesIndex": 0, "dimension": 2, "precision": 3, "calculable": true,
		"orient": "horizontal", "left": 50, "bottom": 44, "itemWidth": 10, "itemHeight": 110, "textStyle": text,
		"text": []string{"", orText(d.ScoreName, "score")}, "inRange": map[string]any{"color": viridis},
	}
	steps, names := d.steps(), make([]int, len(d.Steps))
	for i := range names {
		names[i] = i + 1
	}
	base["timeline"] = map[string]any{
		"axisType": "category", "data": names, "autoPlay": false, "loop": false, "playInterval": 1200, "left": 44, "right": 16, "bottom": 0, "height": 38,
		"label": map[string]any{"color": grey}, "lineStyle": map[string]any{"color": rule}, "itemStyle": map[string]any{"color": grey},
		"checkpointStyle": map[string]any{"color": "#d55e00", "borderWidth": 0}, "controlStyle": map[string]any{"color": grey, "borderColor": grey, "itemSize": 18},
		"progress":     map[string]any{"lineStyle": map[string]any{"color": grey}, "itemStyle": map[string]any{"color": grey}, "label": map[string]any{"color": grey}},
		"currentIndex": len(d.Steps) - 1,
	}
	chart.option = map[string]any{"baseOption": base, "options": steps}
	chart.least = 560
	chart.w, chart.h = 700, 420
	chart.alt = d.alt()
	chart.still = func() (string, error) { return d.picture(lo, hi), nil }
	return chart, nil
}

// viridis in five colours (Smith and van der Walt, 2015).
var viridis = []string{"#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"}

func (d AcquisitionData) worth(labels int, test float64) string {
	if !isFinite(test) {
		return fmt.Sprintf("%d labels\nnot measured", labels)
	}
	return fmt.Sprintf("%d labels\n%s %.4g", labels, orText(d.TestName, "score on held-out rows"), test)
}

// steps lists what changes from step to step: the data of the series.
func (d AcquisitionData) steps() []any {
	var out []any
	labelled := slices.Clone(d.Start)
	title := d.Title
	if title != "" {
		title += ": "
	}
	for i, s := range d.Steps {
		at := func(rows []int) []datum {
			data := []datum{}
			for _, r := range rows {
				data = append(data, datum{Value: []any{number(d.X[r]), number(d.Y[r])}, Hint: fmt.Sprintf("row %d", r)})
			}
			return data
		}
		pool := [][]any{}
		for r, v := range s.Score {
			if isFinite(v) && !slices.Contains(labelled, r) {
				pool = append(pool, []any{number(d.X[r]), number(d.Y[r]), number(v)})
			}
		}
		here := []datum{{[]any{len(labelled), number(s.Test)}, d.worth(len(labelled), s.Test)}}
		out = append(out, map[string]any{
			"title": map[string]any{"text": title + fmt.Sprintf("step %d of %d", i+1, len(d.Steps))},
			"series": []any{
				map[string]any{"data": pool, "tooltip": map[string]any{"formatter": orText(d.ScoreName, "score") + " {@[2]}"}},
				map[string]any{"data": at(labelled)},
				map[string]any{"data": at(s.Chosen)},
				map[string]any{},
				map[string]any{"data": here},
			},
		})
		labelled = append(labelled, s.Chosen...)
	}
	return out
}

func (d AcquisitionData) check() error {
	const who = "echart: Acquisition: "
	n := len(d.X)
	if n == 0 || len(d.Y) != n {
		return fmt.Errorf(who+"%d values of X and %d of Y; there must be as many, and at least one", n, len(d.Y))
	}
	for i := range n {
		if !isFinite(d.X[i]) || !isFinite(d.Y[i]) {
			return fmt.Errorf(who+"row %d of the pool is at (%v, %v); a place needs finite numbers", i, d.X[i], d.Y[i])
		}
	}
	if len(d.Steps) == 0 {
		return fmt.Errorf(who + "no Steps; there is nothing to draw")
	}
	if n*len(d.Steps) > maxShown {
		return fmt.Errorf(who+"%d rows × %d steps are more than %d points, too many for a page: draw a part of the pool, or every few steps", n, len(d.Steps), maxShown)
	}
	rows := func(field string, v []int) error {
		for i, r := range v {
			if r < 0 || r >= n {
				return fmt.Errorf(who+"%s[%d] is %d; the pool has rows 0 to %d", field, i, r, n-1)
			}
		}
		return nil
	}
	if err := rows("Start", d.Start); err != nil {
		return err
	}
	scored := false
	for i, s := range d.Steps {
		if len(s.Score) != n {
			return fmt.Errorf(who+"Steps[%d].Score has %d values for %d rows", i, len(s.Score), n)
		}
		if err := rows(fmt.Sprintf("Steps[%d].Chosen", i), s.Chosen); err != nil {
			return err
		}
		scored = scored || slices.ContainsFunc(s.Score, isFinite)
	}
	if !scored {
		return fmt.Errorf(who + "no Score is a finite number; there is nothing to draw")
	}
	return nil
}

// scores returns the lowest and the highest score of all steps, not equal.
func (d AcquisitionData) scores() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range d.Steps {
		for _, v := range s.Score {
			if isFinite(v) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if !(hi > lo) {
		hi = lo + 1
	}
	return lo, hi
}

func (d AcquisitionData) alt() string {
	last := d.Steps[len(d.Steps)-1]
	labels := len(d.Start)
	for _, s := range d.Steps[:len(d.Steps)-1] {
		labels += len(s.Chosen)
	}
	s := fmt.Sprintf("%s. %d rows, %d steps, %d labels at first and %d at the last step.", orText(d.Title, "Active learning"), len(d.X), len(d.Steps), len(d.Start), labels)
	if first := d.Steps[0].Test; isFinite(first) && isFinite(last.Test) {
		s += fmt.Sprintf(" The %s goes from %.3g to %.3g.", orText(d.TestName, "score on held-out rows"), first, last.Test)
	}
	return s
}

// picture is the last step's map as a picture: what was labelled, and what was chosen.
func (d AcquisitionData) picture(lo, hi float64) string {
	const w, h, edge = 340.0, 340.0, 40.0
	x0, x1, y0, y1 := slices.Min(d.X), slices.Max(d.X), slices.Min(d.Y), slices.Max(d.Y)
	place := func(v, lo, hi, from, to float64) float64 {
		if !(hi > lo) {
			return (from + to) / 2
		}
		return from + (to-from)*(v-lo)/(hi-lo)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" font-family="sans-serif" font-size="12" fill="%s"><rect width="100%%" height="100%%" fill="#fff"/>`, w, h, ink)
	fmt.Fprintf(&b, `<text x="%g" y="16" font-weight="600">%s</text>`, edge-20, html.EscapeString(d.Title))
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">%s, %.3g to %.3g</text>`, w/2, h-8, html.EscapeString(orText(d.XLabel, "x₁")), x0, x1)
	fmt.Fprintf(&b, `<text transform="translate(14 %g) rotate(-90)" text-anchor="middle">%s, %.3g to %.3g</text>`, h/2, html.EscapeString(orText(d.YLabel, "x₂")), y0, y1)
	dot := func(r int, size float64, style string) {
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="%g" %s/>`, place(d.X[r], x0, x1, edge, w-12), place(d.Y[r], y0, y1, h-edge, 30), size, style)
	}
	last := d.Steps[len(d.Steps)-1]
	for r, v := range last.Score {
		if isFinite(v) {
			dot(r, 3.5, fmt.Sprintf(`fill="%s"`, viridis[min(4, int(5*(v-lo)/(hi-lo)))]))
		}
	}
	for _, s := range append([]AcquisitionStep{{Chosen: d.Start}}, d.Steps[:len(d.Steps)-1]...) {
		for _, r := range s.Chosen {
			dot(r, 3, fmt.Sprintf(`fill="%s"`, ink))
		}
	}
	for _, r := range last.Chosen {
		dot(r, 6, `fill="none" stroke="#d55e00" stroke-width="2.5"`)
	}
	b.WriteString("</svg>")
	return fmt.Sprintf(`<img src="data:image/svg+xml;base64,%s" alt="%s" width="%g" height="%g" style="max-width:100%%;height:auto">`,
		base64.StdEncoding.EncodeToString([]byte(b.String())), html.EscapeString(d.alt()), w, h)
}
