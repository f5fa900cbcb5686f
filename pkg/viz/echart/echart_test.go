package echart_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/credence-bnn/credence/pkg/viz"
	"github.com/credence-bnn/credence/pkg/viz/echart"
)

// machine is a JavaScript machine in which the runtime's own script has run, in a
// page that has require.js.
func machine(t *testing.T) *goja.Runtime {
	t.Helper()
	page, err := echart.Runtime().HTML()
	if err != nil {
		t.Fatal(err)
	}
	script := between(t, page, "<script>", "</script>")
	vm := goja.New()
	zero := func(goja.FunctionCall) goja.Value { return vm.ToValue(0) }
	vm.Set("setTimeout", zero)
	vm.Set("clearTimeout", zero)
	run(t, vm, `var define=function(){throw new Error("defined a module")};define.amd={};var waiting=0;
		globalThis.credenceCharts=[["none",{}]];globalThis.document={querySelectorAll:function(s){if(s===".none")waiting=s;return []}};`)
	run(t, vm, script)
	run(t, vm, `delete globalThis.document`) // without one, ECharts draws for a server
	return vm
}

func run(t *testing.T, vm *goja.Runtime, script string) goja.Value {
	t.Helper()
	v, err := vm.RunString(script)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, s, ok := strings.Cut(s, from)
	s, _, ok2 := strings.Cut(s, to)
	if !ok || !ok2 {
		t.Fatalf("no %s…%s in the page", from, to)
	}
	return s
}

// The runtime keeps to its private name and serves the charts that waited.
func TestRuntime(t *testing.T) {
	vm := machine(t)
	if got := run(t, vm, `waiting`).String(); got != ".none" {
		t.Errorf("for a chart shown before the runtime, elements %q were looked for, want .none", got)
	}
	if got := run(t, vm, `typeof echarts + typeof exports + typeof module`).String(); got != "undefinedundefinedundefined" {
		t.Errorf("the runtime left public names behind: echarts, exports, module are %s", got)
	}
	if got := run(t, vm, `credenceChart.echarts.version`).String(); got != "5.5.1" {
		t.Errorf("ECharts %s, want 5.5.1", got)
	}
}

// render draws the chart in Go with ECharts' own renderer for servers.
func render(t *testing.T, vm *goja.Runtime, c *echart.Chart) string {
	t.Helper()
	option, err := c.Option()
	if err != nil {
		t.Fatal(err)
	}
	if err := vm.Set("optionText", string(option)); err != nil {
		t.Fatal(err)
	}
	return run(t, vm, `var c=credenceChart.echarts.init(null,null,{renderer:"svg",ssr:true,width:605,height:340});
		c.setOption(JSON.parse(optionText));c.renderToSVGString()`).String()
}

// Every chart is drawn by ECharts itself, says what it has to say, and looks as it did
// when somebody last looked at it:
//
//	go test ./pkg/viz/echart -regen      # then open testdata/*.svg
func TestDraws(t *testing.T) {
	vm := machine(t)
	for _, c := range samples {
		svg := render(t, vm, c.chart)
		for _, w := range c.words {
			if !strings.Contains(svg, w) {
				t.Errorf("%s: the chart does not say %q", c.name, w)
			}
		}
		file := filepath.Join("testdata", c.name+"_golden.svg")
		if *regen {
			if err := os.WriteFile(file, []byte(svg), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := differ(svg, string(want)); diff != "" {
			t.Errorf("%s: not as in %s: %s", c.name, file, diff)
		}
	}
}

var (
	regen   = flag.Bool("regen", false, "renew the golden pictures")
	numeral = regexp.MustCompile(`-?\d+(?:\.\d+)?(?:e-?\d+)?`)
)

// differ says where two SVGs differ, by more than a hundredth of a pixel where they have
// numbers: other processors round differently.
func differ(got, want string) string {
	if g, w := numeral.ReplaceAllString(got, "#"), numeral.ReplaceAllString(want, "#"); g != w {
		i := 0
		for i < min(len(g), len(w)) && g[i] == w[i] {
			i++
		}
		return fmt.Sprintf("%.80q where %.80q was", g[max(0, i-20):], w[max(0, i-20):])
	}
	gs, ws := numeral.FindAllString(got, -1), numeral.FindAllString(want, -1)
	for i := range gs {
		g, _ := strconv.ParseFloat(gs[i], 64)
		w, _ := strconv.ParseFloat(ws[i], 64)
		if !(math.Abs(g-w) <= 0.01) {
			return fmt.Sprintf("number %d is %s and was %s", i, gs[i], ws[i])
		}
	}
	return ""
}

// A NaN makes go-echarts' own templates write an empty chart, silently. Here it is a gap.
func TestGap(t *testing.T) {
	d := traces()
	d.Traces = d.Traces[:1]
	d.Traces[0].Y[50] = math.NaN()
	d.Traces[0].Y[90] = math.Inf(1)
	c := echart.Must(echart.Loss(d))
	option, err := c.Option()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Series []struct{ Data []struct{ Value [2]any } }
	}
	if err := json.Unmarshal(option, &got); err != nil {
		t.Fatal(err)
	}
	gaps := 0
	for _, p := range got.Series[0].Data {
		if p.Value[1] == "-" {
			gaps++
		}
	}
	if len(got.Series[0].Data) != 120 || gaps != 2 {
		t.Errorf("%d points with %d gaps, want 120 with 2", len(got.Series[0].Data), gaps)
	}
	svg := render(t, machine(t), c)
	curve := regexp.MustCompile(`<path d="([^"]*)" fill="transparent" stroke="#0072b2"`).FindStringSubmatch(svg)
	if curve == nil || strings.Count(curve[1], "M") != 3 {
		t.Errorf("the curve should be in three pieces: %.80q", curve)
	}
}

// A long trace keeps its extremes and stays small.
func TestLong(t *testing.T) {
	y := make([]float64, 100_001)
	for i := range y {
		y[i] = math.Sin(float64(i))
	}
	y[77_777] = 9
	option, err := echart.Must(echart.Loss(viz.LossData{Traces: []viz.Trace{{Y: y}}})).Option()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(option), "[77778,9]") {
		t.Error("the highest point is lost")
	}
	if len(option) > 200_000 {
		t.Errorf("%d bytes for one trace", len(option))
	}
}

// What the user wrote stays text, in attributes and in scripts, and every chart carries
// a stand-in from the same data and asks nobody for anything.
func TestHTML(t *testing.T) {
	const evil = `</script><b>"bold"`
	l, c, k, a, q := traces(), confusion(), calibration(), acquisition(), chains()
	l.Title, c.Title, k.Title, a.Title, q.Title = evil, evil, evil, evil, evil
	c.Names[0], k.Curves[0].Name, a.ScoreName, q.Quantities[0].Name = evil, evil, evil, evil
	for name, chart := range map[string]*echart.Chart{
		"loss": echart.Must(echart.Loss(l)), "confusion": echart.Must(echart.Confusion(c)), "calibration": echart.Must(echart.Calibration(k)),
		"acquisition": echart.Must(echart.Acquisition(a)), "traces": echart.Must(echart.Traces(q)),
	} {
		page, err := chart.HTML()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(page, "<b>") || strings.Count(page, "</script>") != 1 {
			t.Errorf("%s: a text can break out of the chart", name)
		}
		before, script, _ := strings.Cut(page, "<script>")
		if !strings.Contains(before, `<img src="data:image/`) && !strings.Contains(before, "<table") || !strings.Contains(before, `aria-label="`) {
			t.Errorf("%s: no stand-in with a description", name)
		}
		if _, err := goja.Compile(name, strings.TrimSuffix(script, "</script>"), true); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, from := range []string{`src="http`, `href="http`, `@import`} {
			if strings.Contains(page, from) {
				t.Errorf("%s: the page asks for the internet: %s", name, from)
			}
		}
	}
}

// One value that is no number takes away one point, never a chart.
func TestNaN(t *testing.T) {
	vm := machine(t)
	nan, inf := math.NaN(), math.Inf(1)
	c, k, a, q := confusion(), calibration(), acquisition(), chains()
	c.Counts[1] = []int{0, 0, 0} // a share of nothing
	c.Doubt[0][0] = inf
	k.Curves[0].Confidence[2], k.Curves[1].Accuracy[3] = nan, nan
	a.Steps[2].Test, a.Steps[4].Score[50] = nan, inf
	q.Quantities[1].Chains[0][3] = inf
	for name, c := range map[string]struct {
		chart *echart.Chart
		words []string
	}{
		"confusion":   {echart.Must(echart.Confusion(c)), []string{">34<", ">29<"}},
		"calibration": {echart.Must(echart.Calibration(k)), []string{"ensemble", "one network"}},
		"acquisition": {echart.Must(echart.Acquisition(a)), []string{"step 5 of 5"}},
		"traces":      {echart.Must(echart.Traces(q)), []string{"w₁"}},
	} {
		option, err := c.chart.Option()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := string(option); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Errorf("%s: a value that is no number reaches the page", name)
		}
		svg := render(t, vm, c.chart)
		for _, w := range c.words {
			if !strings.Contains(svg, w) {
				t.Errorf("%s: the chart does not say %q", name, w)
			}
		}
	}
}

// The texts next to the mouse hold the right numbers. Wilson's interval for 3 of 10 is
// 0.108 to 0.603 (Brown, Cai and DasGupta, Statistical Science 2001, give the formula).
func TestHints(t *testing.T) {
	for _, c := range []struct {
		chart *echart.Chart
		want  []string
	}{
		{echart.Must(echart.Calibration(calibration())), []string{`one network, 10 rows\npromised 0.350\nkept 0.300 (0.108 to 0.603)\ngap -0.050`}},
		{echart.Must(echart.Confusion(confusion())), []string{`Chinstrap taken for Adélie\n3 of 17 rows, 17.6 %\nmean entropy (nats) 0.55`, `Gentoo recognised\n29 of 29 rows, 100.0 %`}},
		{echart.Must(echart.Acquisition(acquisition())), []string{`4 labels\naccuracy 0.73`, `28 labels\naccuracy 0.9754`}},
	} {
		option, err := c.chart.Option()
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range c.want {
			if !strings.Contains(string(option), w) {
				t.Errorf("no hint %q in\n%.2000s", w, option)
			}
		}
	}
}

// On a dark page draw.js turns the scaffolding light and leaves data alone.
func TestDark(t *testing.T) {
	js, err := os.ReadFile("js/draw.js")
	if err != nil {
		t.Fatal(err)
	}
	const night, day = `{"a":["#e0e4ea","#123456"],"b":{"c":"#46a0e4"},"d":[1,2]}`, `{"a":["#282c34","#123456"],"b":{"c":"#0072b2"},"d":[1,2]}`
	const clear = "rgba(0, 0, 0, 0)" // as in VS Code: only the text tells
	for _, c := range []struct{ background, text, want string }{
		{"rgb(21, 24, 28)", "rgb(0, 0, 0)", night},
		{"rgb(255, 255, 255)", "rgb(255, 255, 255)", day},
		{clear, "rgb(204, 204, 204)", night},
		{clear, "rgb(59, 59, 59)", day},
	} {
		vm := goja.New()
		run(t, vm, string(js))
		got := run(t, vm, fmt.Sprintf(`
			var page = {parentElement: null, colour: %q, text: %[2]q}, clear = {parentElement: page, colour: "rgba(0, 0, 0, 0)", text: %[2]q}, shown;
			var getComputedStyle = function(el) { return {backgroundColor: el.colour, color: el.text} };
			var document = {querySelectorAll: function() { return [{dataset: {}, parentElement: clear}] }};
			credenceDraw({init: function() { return {setOption: function(o) { shown = o }} }}, "x", {a: ["#282c34", "#123456"], b: {c: "#0072b2"}, d: [1, 2]});
			JSON.stringify(shown)`, c.background, c.text)).String()
		if got != c.want {
			t.Errorf("text %s on %s: %s, want %s", c.text, c.background, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	expect := func(want string, f func() (*echart.Chart, error)) {
		t.Helper()
		if _, err := f(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	expect("no Traces", func() (*echart.Chart, error) { return echart.Loss(viz.LossData{}) })
	expect("is NaN", func() (*echart.Chart, error) {
		return echart.Running(viz.RunningData{Runs: []viz.Run{{Freq: []float64{math.NaN()}}}})
	})
	for want, change := range map[string]func(d *viz.ConfusionData){
		"0 Names":                func(d *viz.ConfusionData) { d.Names = nil },
		"Counts has 2 rows":      func(d *viz.ConfusionData) { d.Counts = d.Counts[:2] },
		"Counts[1] has 2 values": func(d *viz.ConfusionData) { d.Counts[1] = d.Counts[1][:2] },
		"Counts[0][1] = -1":      func(d *viz.ConfusionData) { d.Counts[0][1] = -1 },
		"Counts are all 0":       func(d *viz.ConfusionData) { d.Counts = [][]int{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}} },
		"Doubt has 1 rows":       func(d *viz.ConfusionData) { d.Doubt = d.Doubt[:1] },
		"Doubt[2] has 0 values":  func(d *viz.ConfusionData) { d.Doubt[2] = nil },
	} {
		d := confusion()
		change(&d)
		expect(want, func() (*echart.Chart, error) { return echart.Confusion(d) })
	}
	for want, change := range map[string]func(d *echart.CalibrationData){
		"0 Curves":                       func(d *echart.CalibrationData) { d.Curves = nil },
		"4 of Accuracy":                  func(d *echart.CalibrationData) { d.Curves[0].Accuracy = d.Curves[0].Accuracy[1:] },
		"Curves[1].Count[2] is -3":       func(d *echart.CalibrationData) { d.Curves[1].Count[2] = -3 },
		"Curves[0].Confidence[1] is 1.2": func(d *echart.CalibrationData) { d.Curves[0].Confidence[1] = 1.2 },
		"no bin with rows":               func(d *echart.CalibrationData) { d.Curves[0].Count = make([]int, 5) },
	} {
		d := calibration()
		change(&d)
		expect(want, func() (*echart.Chart, error) { return echart.Calibration(d) })
	}
	for want, change := range map[string]func(d *echart.AcquisitionData){
		"0 values of X":                func(d *echart.AcquisitionData) { d.X = nil },
		"row 3 of the pool is at (NaN": func(d *echart.AcquisitionData) { d.X[3] = math.NaN() },
		"no Steps":                     func(d *echart.AcquisitionData) { d.Steps = nil },
		"Start[0] is 60":               func(d *echart.AcquisitionData) { d.Start[0] = 60 },
		"Steps[1].Score has 2 values":  func(d *echart.AcquisitionData) { d.Steps[1].Score = []float64{1, 2} },
		"Steps[0].Chosen[0] is -1":     func(d *echart.AcquisitionData) { d.Steps[0].Chosen[0] = -1 },
		"too many for a page":          func(d *echart.AcquisitionData) { d.Steps = make([]echart.AcquisitionStep, 400) },
		"no Score is a finite number": func(d *echart.AcquisitionData) {
			d.Steps = d.Steps[:1]
			for i := range d.Steps[0].Score {
				d.Steps[0].Score[i] = math.NaN()
			}
		},
	} {
		d := acquisition()
		change(&d)
		expect(want, func() (*echart.Chart, error) { return echart.Acquisition(d) })
	}
	for want, change := range map[string]func(d *viz.ChainsData){
		"0 Quantities":                        func(d *viz.ChainsData) { d.Quantities = nil },
		"0 Chains":                            func(d *viz.ChainsData) { d.Quantities[0].Chains = nil },
		"Quantities[1] has 1 Chains":          func(d *viz.ChainsData) { d.Quantities[1].Chains = d.Quantities[1].Chains[:1] },
		"Quantities[1].Chains[1] has 2 draws": func(d *viz.ChainsData) { d.Quantities[1].Chains[1] = []float64{1, 2} },
		"Quantities[0] has no finite draw": func(d *viz.ChainsData) {
			for _, c := range d.Quantities[0].Chains {
				for i := range c {
					c[i] = math.Inf(1)
				}
			}
		},
	} {
		d := chains()
		change(&d)
		expect(want, func() (*echart.Chart, error) { return echart.Traces(d) })
	}
}

// A long run of a sampler stays small, and a draw is the same one in all panels.
func TestManyDraws(t *testing.T) {
	d := viz.ChainsData{Quantities: []viz.Quantity{{Name: "a"}, {Name: "b"}}}
	for range 4 {
		x := make([]float64, 50_000)
		for i := range x {
			x[i] = math.Sin(float64(i))
		}
		d.Quantities[0].Chains = append(d.Quantities[0].Chains, x)
		d.Quantities[1].Chains = append(d.Quantities[1].Chains, x)
	}
	option, err := echart.Must(echart.Traces(d)).Option()
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Series []struct{ Data [][3]float64 } }
	if err := json.Unmarshal(option, &got); err != nil {
		t.Fatal(err)
	}
	if len(option) > 500_000 {
		t.Errorf("%d bytes", len(option))
	}
	a, b, pair := got.Series[0].Data, got.Series[1].Data, got.Series[2].Data
	for i := range a {
		if pair[i] != [3]float64{a[i][1], b[i][1], a[i][2]} || a[i][2] != b[i][2] {
			t.Fatalf("draw %d is %v and %v on the left and %v on the right", i, a[i], b[i], pair[i])
		}
	}
}
