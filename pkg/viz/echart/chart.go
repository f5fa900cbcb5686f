package echart

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A Chart is an interactive chart with what stands in for it where no script runs.
type Chart struct {
	option map[string]any // of ECharts, in the colours of a light page
	alt    string
	still  func() (string, error) // the stand-in as HTML, from the same data
	w, h   int                    // CSS px
	least  int                    // the width below which it is scrolled, not squeezed
}

// Must returns c, or panics with the error: for cells.
func Must(c *Chart, err error) *Chart {
	if err != nil {
		panic(err)
	}
	return c
}

// Alt describes the chart in words.
func (c *Chart) Alt() string { return c.alt }

// Option returns the chart as ECharts options, in JSON.
func (c *Chart) Option() ([]byte, error) {
	// Marshalled here and not by go-echarts' templates, because those turn a value
	// that JSON cannot hold into an empty chart instead of an error.
	option, err := json.Marshal(c.option)
	if err != nil {
		return nil, fmt.Errorf("echart: %w", err)
	}
	return option, nil
}

// HTML returns a <div> that holds the stand-in, and a script that puts the chart in its
// place as soon as the runtime is there; see [Runtime].
func (c *Chart) HTML() (string, error) {
	option, err := c.Option()
	if err != nil {
		return "", err
	}
	still, err := c.still()
	if err != nil {
		return "", err
	}
	// The name depends on the contents only, so that a notebook run twice is the same
	// file; the script looks for a class, in case a page shows a chart twice.
	sum := sha256.Sum256(option)
	name := "chart_" + hex.EncodeToString(sum[:6])
	return fmt.Sprintf(`<div class="%s" role="img" aria-label="%s" style="width:%dpx;height:%dpx;min-width:%dpx;max-width:100%%">%s</div>`+
		`<script>(function(n,o){var d=globalThis.credenceChart;d?d(n,o):(globalThis.credenceCharts=globalThis.credenceCharts||[]).push([n,o])})(%[1]q,%[7]s)</script>`,
		name, html.EscapeString(c.alt), c.w, c.h, c.least, still, option), nil
}

// picture makes a figure the stand-in of a chart.
func picture(fig *viz.Figure) func() (string, error) {
	return func() (string, error) {
		png, err := fig.PNG()
		if err != nil {
			return "", err
		}
		w, h := fig.Size()
		return fmt.Sprintf(`<img src="data:image/png;base64,%s" alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto">`,
			base64.StdEncoding.EncodeToString(png), html.EscapeString(fig.Alt()), w, h), nil
	}
}
