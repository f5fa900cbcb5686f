package echart

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A Chart is an interactive chart with the picture that stands in for it.
type Chart struct {
	line    *charts.Line
	picture *viz.Figure
}

// Must returns c, or panics with the error: for cells.
func Must(c *Chart, err error) *Chart {
	if err != nil {
		panic(err)
	}
	return c
}

// Alt describes the chart in words.
func (c *Chart) Alt() string { return c.picture.Alt() }

// Option returns the chart as ECharts options, in JSON.
func (c *Chart) Option() ([]byte, error) {
	c.line.Validate()
	// Marshalled here and not by go-echarts' templates, because those turn a value
	// that JSON cannot hold into an empty chart instead of an error.
	option, err := json.Marshal(c.line.JSON())
	if err != nil {
		return nil, fmt.Errorf("echart: %w", err)
	}
	return option, nil
}

// HTML returns a <div> that holds the picture, and a script that puts the chart in
// its place as soon as the runtime is there; see [Runtime].
func (c *Chart) HTML() (string, error) {
	option, err := c.Option()
	if err != nil {
		return "", err
	}
	png, err := c.picture.PNG()
	if err != nil {
		return "", err
	}
	w, h := c.picture.Size()
	// The id depends on the contents only, so that a notebook run twice is the same
	// file; the script looks for the nearest div, in case a page shows a chart twice.
	sum := sha256.Sum256(option)
	id := "chart_" + hex.EncodeToString(sum[:6])
	return fmt.Sprintf(`<div class="%[1]s" role="img" aria-label="%[2]s" style="width:%[3]dpx;height:%[4]dpx;max-width:100%%">`+
		`<img src="data:image/png;base64,%[5]s" alt="%[2]s" width="%[3]d" height="%[4]d"></div>`+
		`<script>(function(){var option=%[6]s;var draw=function(E){document.querySelectorAll(".%[1]s").forEach(function(el){`+
		`var old=E.getInstanceByDom(el);if(old)return;el.textContent="";var c=E.init(el,null,{renderer:"svg"});c.setOption(option);`+
		`if(globalThis.ResizeObserver)new ResizeObserver(function(){c.resize()}).observe(el)})};`+
		`if(globalThis.__credenceEcharts)draw(globalThis.__credenceEcharts);`+
		`else(globalThis.__credenceCharts=globalThis.__credenceCharts||[]).push(draw)})();</script>`,
		id, html.EscapeString(c.Alt()), w, h, base64.StdEncoding.EncodeToString(png), option), nil
}
