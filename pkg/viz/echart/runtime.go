package echart

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

// ECharts 5.5.1, dist/echarts.min.js of the npm package, compressed.
//
//go:embed js/echarts.min.js.gz
var echartsGz []byte

//go:embed js/draw.js
var drawJS []byte

// A Script is what draws the charts of a notebook; see [Runtime].
type Script struct{}

// Runtime returns the script that draws the charts of a notebook or page; show it
// once.
//
// It keeps ECharts to itself and leaves one function behind, which the charts call;
// those that came earlier have left their data in a list. ECharts' loader looks for
// exports, module and define to decide where to put itself; it gets its own, so that
// it never meets those of a page with require.js.
func Runtime() Script { return Script{} }

// Alt says what is shown.
func (Script) Alt() string { return "Interactive charts are ready." }

// HTML is the script with a line that says whether it has run.
func (Script) HTML() (string, error) {
	zr, err := gzip.NewReader(bytes.NewReader(echartsGz))
	if err != nil {
		return "", err
	}
	js, err := io.ReadAll(zr)
	if err != nil {
		return "", err
	}
	js = bytes.ReplaceAll(js, []byte("</script"), []byte(`<\/script`))
	var b bytes.Buffer
	// Before the script, so that it finds the line that it changes.
	b.WriteString(`<small class="credence-charts" style="color:#808080">Charts are still pictures: they move in a trusted notebook.</small>`)
	b.WriteString(`<script>(function(){document.querySelectorAll(".credence-charts").forEach(function(e){` +
		`e.textContent="Interactive charts are ready: drag the handles to zoom, hover for values."});if(globalThis.credenceChart)return;var exports={},module={exports:exports};(function(exports,module,define){`)
	b.Write(js)
	b.WriteString("\n})(exports,module,undefined);\n")
	b.Write(drawJS)
	b.WriteString("globalThis.credenceChart=function(name,option){credenceDraw(exports,name,option)};credenceChart.echarts=exports;" +
		"var q=globalThis.credenceCharts||[];globalThis.credenceCharts=[];q.forEach(function(c){credenceChart(c[0],c[1])});})();</script>")
	return b.String(), nil
}
