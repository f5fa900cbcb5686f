package echart

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// The scaffolding's colours on a light page; js/draw.js knows them.
const (
	ink     = "#282c34"
	grey    = "#545a64"
	rule    = "#e4e7eb"
	paper   = "#ffffff"
	surface = "#f6f7f9"
)

var (
	text      = &opts.TextStyle{Color: ink, FontSize: 12}
	axisLine  = &opts.AxisLine{OnZero: opts.Bool(false), LineStyle: &opts.LineStyle{Color: grey}}
	axisLabel = &opts.AxisLabel{Color: grey, ShowMinLabel: opts.Bool(false), ShowMaxLabel: opts.Bool(false)}
	splitLine = &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rule}}
)

// scaffold is a chart with its title, legend and tools, without axes and series.
func scaffold(title string) *charts.Line {
	c := charts.NewLine()
	c.XAxisList, c.YAxisList = nil, nil
	c.SetGlobalOptions(
		charts.WithTitleOpts(opts.Title{Title: title, Left: "56", Top: "2", TitleStyle: &opts.TextStyle{Color: ink, FontSize: 14}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Type: "scroll", Left: "56", Top: "26", ItemWidth: 18, ItemHeight: 3, Icon: "rect", TextStyle: text}),
		charts.WithToolboxOpts(opts.Toolbox{Right: "10", Top: "2", Feature: &opts.ToolBoxFeature{
			Restore:     &opts.ToolBoxFeatureRestore{Show: opts.Bool(true), Title: "as at first"},
			SaveAsImage: &opts.ToolBoxFeatureSaveAsImage{Show: opts.Bool(true), Title: "save as a picture", Type: "svg"},
		}}),
	)
	c.Animation = opts.Bool(false)
	return c
}

// xAxis and yAxis are axes of numbers in place number grid.
func xAxis(name string, grid int) opts.XAxis {
	return opts.XAxis{Type: "value", Name: name, NameLocation: "middle", NameGap: 26, GridIndex: grid, Scale: opts.Bool(true),
		AxisLine: axisLine, AxisLabel: axisLabel, SplitLine: splitLine}
}

func yAxis(name string, grid int) opts.YAxis {
	return opts.YAxis{Type: "value", Name: name, NameLocation: "middle", NameGap: 44, GridIndex: grid, Scale: opts.Bool(true),
		AxisLine: axisLine, AxisLabel: axisLabel, SplitLine: splitLine}
}

// finish turns a go-echarts chart into ours. hints shows each datum's own text ("\n"
// ends a line) instead of the numbers below the mouse.
func finish(c *charts.Line, fig *viz.Figure, hints bool) *Chart {
	option := c.JSON()
	tooltip := map[string]any{"show": true, "trigger": "axis", "confine": true, "backgroundColor": paper, "borderColor": rule,
		"textStyle": map[string]any{"color": ink, "fontSize": 12}}
	if hints {
		tooltip["trigger"], tooltip["formatter"], tooltip["extraCssText"] = "item", "{b}", "white-space:pre-line"
	}
	option["tooltip"] = tooltip
	w, h := 605, 340
	if fig != nil {
		w, h = fig.Size()
		return &Chart{option: option, alt: fig.Alt(), still: picture(fig), w: w, h: h}
	}
	return &Chart{option: option, w: w, h: h}
}

// A datum is a point with the text that appears next to it.
type datum struct {
	Value []any  `json:"value"`
	Hint  string `json:"name,omitempty"`
}

// number is v with six significant digits, which halves the size of the page, or
// ECharts' gap, which NaN and Inf become.
func number(v float64) any {
	if !isFinite(v) {
		return "-"
	}
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	return r
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func css(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func counts(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i + 1)
	}
	return v
}
