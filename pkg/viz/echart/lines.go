package echart

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"

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
func lines(a axes, curves []curve, picture *viz.Figure) *Chart {
	text := &opts.TextStyle{Color: "#282c34", FontSize: 12}
	grey := &opts.LineStyle{Color: "#545a64"}
	l := charts.NewLine()
	axis := opts.XAxis{
		Type: "value", Name: a.x, NameLocation: "middle", NameGap: 26,
		Min: "dataMin", Max: "dataMax", AxisLine: &opts.AxisLine{OnZero: opts.Bool(false), LineStyle: grey},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: "#e4e7eb"}},
	}
	if a.logX {
		axis.Type = "log"
	}
	l.SetGlobalOptions(
		charts.WithTitleOpts(opts.Title{Title: a.title, Left: "56", Top: "2", TitleStyle: &opts.TextStyle{Color: "#282c34", FontSize: 14}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Left: "56", Top: "26", ItemWidth: 18, ItemHeight: 3, Icon: "rect", TextStyle: text}),
		charts.WithGridOpts(opts.Grid{Left: "62", Right: "58", Top: "56", Bottom: "82"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithToolboxOpts(opts.Toolbox{Right: "10", Top: "2", Feature: &opts.ToolBoxFeature{
			Restore:     &opts.ToolBoxFeatureRestore{Show: opts.Bool(true), Title: "as at first"},
			SaveAsImage: &opts.ToolBoxFeatureSaveAsImage{Show: opts.Bool(true), Title: "save as a picture", Type: "svg"},
		}}),
		charts.WithXAxisOpts(axis),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Name: a.y, NameLocation: "middle", NameGap: 44, Scale: opts.Bool(true),
			AxisLabel: &opts.AxisLabel{ShowMinLabel: opts.Bool(false), ShowMaxLabel: opts.Bool(false)},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: "#e4e7eb"}},
		}),
	)
	start, end := zoom(a, curves)
	// Sliders only: a chart that zooms with the mouse wheel keeps a reader from scrolling past it.
	l.DataZoomList = []opts.DataZoom{
		{Type: "slider", XAxisIndex: 0, FilterMode: "none", End: 100},
		{Type: "slider", YAxisIndex: 0, FilterMode: "none", Orient: "vertical", Start: start, End: end},
	}
	l.Animation = opts.Bool(false)
	for _, k := range curves {
		style := opts.LineStyle{Color: hexColour(k.c), Width: k.width, Opacity: opts.Float(k.alpha)}
		if k.dashed {
			style.Type = "dashed"
		}
		l.AddSeries(k.name, k.points(),
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(len(k.x) == 1)}),
			charts.WithLineStyleOpts(style), charts.WithItemStyleOpts(opts.ItemStyle{Color: hexColour(k.c)}))
	}
	return &Chart{line: l, picture: picture}
}

// points lists [x, y] pairs with six significant digits; "-" is ECharts' gap. Of a long
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
			case math.IsNaN(v) || math.IsInf(v, 0):
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
			switch {
			case j < 0:
			case j == gap:
				out = append(out, opts.LineData{Value: []any{round(k.x[j]), "-"}})
			default:
				out = append(out, opts.LineData{Value: []any{round(k.x[j]), round(k.y[j])}})
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
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
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

// round keeps six significant digits, which halves the size of the page.
func round(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	return r
}

func hexColour(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
