package nb

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// html draws the bar. Colours are translucent or the page's own, so that it reads
// on light and dark pages alike.
func (b *Bar) html() string {
	part := 1.0
	if b.total > 0 {
		part = math.Min(1, float64(b.done)/float64(b.total))
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<div style="font:13px system-ui,sans-serif;display:flex;align-items:center;gap:.8em;flex-wrap:wrap">`+
		`<span><b>%s</b></span>`+
		`<span role="progressbar" aria-label="%s" aria-valuemin="0" aria-valuemax="100" aria-valuenow="%.0f" style="display:inline-block;width:180px;height:8px;border-radius:4px;background:rgba(128,128,128,.25);overflow:hidden">`+
		`<span style="display:block;height:8px;width:%.1f%%;background:#0072B2"></span></span>`+
		`<span style="font-variant-numeric:tabular-nums">%s</span>`,
		html.EscapeString(b.title), html.EscapeString(b.title), 100*part, 100*part, html.EscapeString(b.status()))
	s.WriteString(sparkline(b.loss))
	s.WriteString(`</div>`)
	return s.String()
}

// sparkline draws the losses as a curve of 140 × 28 pixels. The first tenth may leave
// the picture at the top: training starts high, and the interesting part is low.
func sparkline(y []float64) string {
	if len(y) < 3 {
		return ""
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, v := range y {
		if i >= len(y)/10 && !math.IsNaN(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	if !(hi > lo) {
		return ""
	}
	const w, h = 140.0, 28.0
	var path strings.Builder
	pen := "M"
	for i, v := range y {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		yy := 2 + (h-4)*(hi-v)/(hi-lo)
		fmt.Fprintf(&path, "%s%.1f %.1f", pen, w*float64(i)/float64(len(y)-1), math.Max(0, yy))
		pen = "L"
	}
	return fmt.Sprintf(`<svg width="%.0f" height="%.0f" role="img" aria-label="loss from %.3g to %.3g"><path d="%s" fill="none" stroke="#0072B2" stroke-width="1.3"/></svg>`,
		w, h, y[0], y[len(y)-1], path.String())
}
