package echart

import (
	"image/color"
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A curve is one line of a chart. A y that is NaN or Inf is a gap.
type curve struct {
	name   string
	x, y   []float64
	c      color.Color
	width  float32
	alpha  float32 // opacity
	dashed bool
}

// axes is what a line chart has besides curves.
type axes struct {
	title, x, y string
	logX        bool
	yLo, yHi    float64 // the y range shown first; NaN = all
}

// maxPoints bounds the points of a curve that go into the page.
const maxPoints = 4000

// lines makes a line chart.
func lines(a axes, curves []curve, fig *viz.Figure) *Chart {
	c := scaffold(a.title)
	x := xAxis(a.x, 0)
	x.Min, x.Max, x.AxisLabel = "dataMin", "dataMax", &opts.AxisLabel{Color: grey}
	if a.logX {
		x.Type = "log"
	}
	c.XAxisList, c.YAxisList = []opts.XAxis{x}, []opts.YAxis{yAxis(a.y, 0)}
	c.GridList = []opts.Grid{{Left: "62", Right: "58", Top: "56", Bottom: "82"}}
	start, end := zoom(a, curves)
	// Sliders only: a chart that zooms with the mouse wheel keeps a reader from scrolling past it.
	c.DataZoomList = []opts.DataZoom{
		{Type: "slider", XAxisIndex: 0, FilterMode: "none", End: 100},
		{Type: "slider", YAxisIndex: 0, FilterMode: "none", Orient: "vertical", Start: start, End: end},
	}
	for _, k := range curves {
		style := opts.LineStyle{Color: css(k.c), Width: k.width, Opacity: opts.Float(k.alpha)}
		if k.dashed {
			style.Type = "dashed"
		}
		c.AddSeries(k.name, k.points(),
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(len(k.x) == 1)}),
			charts.WithLineStyleOpts(style), charts.WithItemStyleOpts(opts.ItemStyle{Color: css(k.c)}))
	}
	return finish(c, fig, false)
}

// points lists [x, y] pairs. Of a long
// curve it keeps the lowest and the highest value, and a gap, of each of equal parts.
func (k curve) points() []opts.LineData {
	var out []opts.LineData
	part := 1
	if len(k.x) > maxPoints {
		part = (2*len(k.x) + maxPoints - 1) / maxPoints
	}
	for i := 0; i < len(k.x); i += part {
		lo, hi, gap := -1, -1, -1
		for j := i; j < min(i+part, len(k.x)); j++ {
			switch v := k.y[j]; {
			case !isFinite(v):
				gap = j
			case lo < 0:
				lo, hi = j, j
			case v < k.y[lo]:
				lo = j
			case v > k.y[hi]:
				hi = j
			}
		}
		keep := []int{lo, hi, gap}
		slices.Sort(keep)
		for _, j := range slices.Compact(keep) {
			if j >= 0 {
				out = append(out, opts.LineData{Value: []any{number(k.x[j]), number(k.y[j])}})
			}
		}
	}
	return out
}

// zoom returns the part of the whole y range to show first, in percent.
func zoom(a axes, curves []curve) (start, end float32) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, k := range curves {
		for _, v := range k.y {
			if isFinite(v) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if !(hi > lo) || !(a.yHi > a.yLo) {
		return 0, 100
	}
	percent := func(v float64) float32 { return float32(math.Max(0, math.Min(100, 100*(v-lo)/(hi-lo)))) }
	return percent(a.yLo), percent(a.yHi)
}
