package echart_test

import (
	"encoding/json"
	"math"
	"os"
	"regexp"
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
		globalThis.__credenceCharts=[function(E){waiting=typeof E.init}];`)
	run(t, vm, script)
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
	if got := run(t, vm, `waiting`).String(); got != "function" {
		t.Errorf("a chart shown before the runtime got %q, want ECharts with its function init", got)
	}
	if got := run(t, vm, `typeof echarts + typeof exports + typeof module`).String(); got != "undefinedundefinedundefined" {
		t.Errorf("the runtime left public names behind: echarts, exports, module are %s", got)
	}
	if got := run(t, vm, `__credenceEcharts.version`).String(); got != "5.5.1" {
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
	return run(t, vm, `var c=__credenceEcharts.init(null,null,{renderer:"svg",ssr:true,width:605,height:340});
		c.setOption(JSON.parse(optionText));c.renderToSVGString()`).String()
}

func traces() viz.LossData {
	d := viz.LossData{Title: "VI", Traces: []viz.Trace{{Name: "mean NLL"}, {Name: "KL/N"}, {Name: "loss"}}}
	for i := range 300 {
		nll, kl := 20*math.Exp(-float64(i)/10)+math.Exp(-float64(i)/80), 0.3*(1-math.Exp(-float64(i)/50))
		for j, v := range []float64{nll, kl, nll + kl} {
			d.Traces[j].Y = append(d.Traces[j].Y, v)
		}
	}
	return d
}

func TestDraws(t *testing.T) {
	vm := machine(t)
	loss := echart.Must(echart.Loss(traces()))
	running := echart.Must(echart.Running(viz.RunningData{Title: "Tosses", LogX: true, Funnel: true, Runs: []viz.Run{{Name: "Ada", Freq: []float64{1, 0.5, 2. / 3, 0.75, 0.6}}}}))
	for _, c := range []struct {
		name   string
		chart  *echart.Chart
		words  []string
		curves int
	}{
		{"loss", loss, []string{"mean NLL", "KL/N", "loss", "step", "nats per row"}, 3},
		{"running", running, []string{"Ada", "long run", "number of trials", "Tosses"}, 4},
	} {
		svg := render(t, vm, c.chart)
		for _, w := range c.words {
			if !strings.Contains(svg, w) {
				t.Errorf("%s: the chart does not say %q", c.name, w)
			}
		}
		if n := len(regexp.MustCompile(`<path d="[^"]*" fill="transparent" stroke="#[0-9a-f]{6}" [^>]*stroke-linejoin="bevel"`).FindAllString(svg, -1)); n < c.curves {
			t.Errorf("%s: %d curves drawn, want at least %d", c.name, n, c.curves)
		}
		if dir := os.Getenv("ECHART_OUT"); dir != "" {
			os.WriteFile(dir+"/"+c.name+".svg", []byte(svg), 0o644)
			page, _ := c.chart.HTML()
			rt, _ := echart.Runtime().HTML()
			os.WriteFile(dir+"/"+c.name+".html", []byte("<!doctype html><meta charset=utf-8><body>"+page+rt+"<hr>"+page), 0o644)
		}
	}
}

// A NaN makes go-echarts' own templates write an empty chart, silently. Here it is a gap.
func TestGap(t *testing.T) {
	d := traces()
	d.Traces = d.Traces[:1]
	d.Traces[0].Y[100] = math.NaN()
	d.Traces[0].Y[200] = math.Inf(1)
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
	if len(got.Series[0].Data) != 300 || gaps != 2 {
		t.Errorf("%d points with %d gaps, want 300 with 2", len(got.Series[0].Data), gaps)
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

// Text of the user stays text, in the attribute and in the script.
func TestHTML(t *testing.T) {
	d := traces()
	d.Title = `</script><b>"bold"`
	page, err := echart.Must(echart.Loss(d)).HTML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page, "<b>") || strings.Count(page, "</script>") != 1 {
		t.Error("a title can break out of the chart")
	}
	if !strings.Contains(page, `<img src="data:image/png;base64,iVBOR`) || !strings.Contains(page, `alt="`) {
		t.Error("no picture with a description in the page")
	}
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") {
		t.Error("the page asks for the internet")
	}
}

func TestErrors(t *testing.T) {
	if _, err := echart.Loss(viz.LossData{}); err == nil {
		t.Error("a loss without traces: no error")
	}
	if _, err := echart.Running(viz.RunningData{Runs: []viz.Run{{Freq: []float64{math.NaN()}}}}); err == nil {
		t.Error("a running frequency of NaN: no error")
	}
}
