package echart

import (
	"fmt"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A CalibrationCurve is a reliability diagram's bins, as from metrics.Reliability.
type CalibrationCurve struct {
	Name       string
	Confidence []float64 // mean probability given in each bin; NaN for an empty one
	Accuracy   []float64 // share of its rows that were right; NaN for an empty one
	Count      []int     // its rows
}

// CalibrationData is one or more reliability diagrams, say before and after a change of
// temperature.
type CalibrationData struct {
	Title  string
	Curves []CalibrationCurve // at most 6
}

// Calibration makes a reliability diagram: what was promised against what was kept, with
// 95 % intervals, and below how many rows each bin holds. Hover for the numbers; click a
// name in the legend to hide its curve.
//
// The interval is Wilson's (1927) for the share of right rows.
func Calibration(d CalibrationData) (*Chart, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	fig, err := d.figure()
	if err != nil {
		return nil, err
	}
	c := scaffold(d.Title)
	c.GridList = []opts.Grid{{Left: "62", Right: "24", Top: "56", Height: "190"}, {Left: "62", Right: "24", Top: "272", Height: "66"}}
	x0, x1, y0, y1 := xAxis("", 0), xAxis("mean probability given (confidence)", 1), yAxis("share that was right", 0), yAxis("rows", 1)
	x0.Min, x0.Max, x1.Min, x1.Max, y0.Min, y0.Max = 0, 1, 0, 1, 0, 1
	x0.AxisLabel, x1.AxisLabel, y0.AxisLabel = &opts.AxisLabel{Show: opts.Bool(false)}, &opts.AxisLabel{Color: grey}, &opts.AxisLabel{Color: grey}
	y1.SplitNumber, y1.Scale = 2, nil
	c.XAxisList, c.YAxisList = []opts.XAxis{x0, x1}, []opts.YAxis{y0, y1}
	quiet := func(name string, data []datum, colour string, style opts.LineStyle) charts.SingleSeries {
		style.Color = colour
		return charts.SingleSeries{Name: name, Type: "line", Data: data, Symbol: "none", LineStyle: &style,
			ItemStyle: &opts.ItemStyle{Color: colour}, SeriesTooltip: &opts.SeriesTooltip{}}
	}
	c.MultiSeries = append(c.MultiSeries, quiet("kept = promised", []datum{{Value: []any{0, 0}}, {Value: []any{1, 1}}}, css(viz.Truth), opts.LineStyle{Type: "dashed", Width: 1}))
	for i, k := range d.Curves {
		name, colour := orText(k.Name, "bins"), css(viz.Series(i))
		var points, ends, bars []datum
		for b, p := range k.Confidence {
			a, n := k.Accuracy[b], k.Count[b]
			if n == 0 || !isFinite(p) || !isFinite(a) {
				points = append(points, datum{Value: []any{"-", "-"}})
				continue
			}
			lo, hi := wilson(a, n)
			hint := fmt.Sprintf("%s, %d rows\npromised %.3f\nkept %.3f (%.3f to %.3f)\ngap %+.3f", name, n, p, a, lo, hi, a-p)
			points = append(points, datum{[]any{number(p), number(a)}, hint})
			ends = append(ends, datum{Value: []any{number(p), number(lo)}}, datum{Value: []any{number(p), number(hi)}}, datum{Value: []any{"-", "-"}})
			bars = append(bars, datum{[]any{number(p), n}, hint})
		}
		style := &opts.ItemStyle{Color: colour}
		c.MultiSeries = append(c.MultiSeries,
			quiet(name, ends, colour, opts.LineStyle{Width: 1.2, Opacity: opts.Float(0.7)}),
			charts.SingleSeries{Name: name, Type: "line", Data: points, Symbol: "circle", SymbolSize: 8, ShowSymbol: opts.Bool(true), ItemStyle: style,
				LineStyle: &opts.LineStyle{Color: colour, Width: 1.2}},
			charts.SingleSeries{Name: name, Type: "bar", Data: bars, XAxisIndex: 1, YAxisIndex: 1, BarWidth: "7", BarGap: "0%", ItemStyle: style})
	}
	chart := finish(c, fig, true)
	chart.h = 390
	return chart, nil
}

func (d CalibrationData) check() error {
	if len(d.Curves) == 0 || len(d.Curves) > 6 {
		return fmt.Errorf("echart: Calibration: %d Curves; 1 to 6 are wanted, one a colour", len(d.Curves))
	}
	for i, k := range d.Curves {
		n := len(k.Confidence)
		if len(k.Accuracy) != n || len(k.Count) != n {
			return fmt.Errorf("echart: Calibration: Curves[%d] has %d values of Confidence, %d of Accuracy and %d of Count; they must match", i, n, len(k.Accuracy), len(k.Count))
		}
		rows := 0
		for b := range n {
			if k.Count[b] < 0 {
				return fmt.Errorf("echart: Calibration: Curves[%d].Count[%d] is %d; it counts rows", i, b, k.Count[b])
			}
			for name, v := range map[string]float64{"Confidence": k.Confidence[b], "Accuracy": k.Accuracy[b]} {
				if v < 0 || v > 1 {
					return fmt.Errorf("echart: Calibration: Curves[%d].%s[%d] is %v; it must lie in [0, 1]", i, name, b, v)
				}
				if isFinite(v) {
					rows += k.Count[b]
				}
			}
		}
		if rows == 0 {
			return fmt.Errorf("echart: Calibration: Curves[%d] has no bin with rows; there is nothing to draw", i)
		}
	}
	return nil
}

// wilson is the 95 % interval of a share a of n rows.
func wilson(a float64, n int) (lo, hi float64) {
	const z = 1.959964
	m := float64(n)
	mid := (a + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(a*(1-a)/m+z*z/(4*m*m))
	return math.Max(0, mid-half), math.Min(1, mid+half)
}

// figure is the diagram as a picture.
func (d CalibrationData) figure() (*viz.Figure, error) {
	f := viz.CurvesData{Title: d.Title, XLabel: "mean probability given (confidence)", YLabel: "share that was right",
		Curves: []viz.Curve{{Name: "kept = promised", X: []float64{0, 1}, Y: []float64{0, 1}, Dashed: true, Color: viz.Truth}}, YMin: 0, YMax: 1}
	for i, k := range d.Curves {
		var x, y []float64
		for b, p := range k.Confidence {
			if isFinite(p) && isFinite(k.Accuracy[b]) && k.Count[b] > 0 {
				x, y = append(x, p), append(y, k.Accuracy[b])
			}
		}
		if len(x) > 0 {
			f.Curves = append(f.Curves, viz.Curve{Name: orText(k.Name, "bins"), X: x, Y: y, Dots: true, Color: viz.Series(i)})
		}
	}
	return viz.Curves(f)
}
