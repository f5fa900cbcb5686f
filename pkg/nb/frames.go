package nb

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
)

// Frames puts figures under a slider, one label each: figs[i] shows with labels[i].
// Everything is in the notebook, so the slider works in exported pages too, without a
// kernel, with mouse and arrow keys. It starts at the last frame, which is also what
// is seen where scripts do not run. Outside a notebook it prints a line per frame.
//
// It panics if the numbers of labels and figures differ, or if there are none, or if a
// figure cannot be rendered.
func Frames[F Figure](labels []string, figs []F) {
	if len(labels) != len(figs) || len(figs) == 0 {
		panic(fmt.Sprintf("nb: Frames: %d labels for %d figures; there must be as many, and at least one", len(labels), len(figs)))
	}
	if !inNotebook() {
		for i, f := range figs {
			fmt.Printf("frame %s: %s\n", labels[i], f.Alt())
		}
		return
	}
	page, err := framesHTML("frames_"+gonbui.UniqueId(), labels, figs)
	if err != nil {
		panic(fmt.Errorf("nb: Frames: %w", err))
	}
	gonbui.DisplayHTML(page)
	gonbui.Sync()
}

// framesHTML is the slider as HTML; id is unique on the page.
func framesHTML[F Figure](id string, labels []string, figs []F) (string, error) {
	type frame struct {
		Label string `json:"label"`
		Alt   string `json:"alt"`
		Src   string `json:"src"`
	}
	frames := make([]frame, len(figs))
	for i, f := range figs {
		png, err := f.PNG()
		if err != nil {
			return "", fmt.Errorf("frame %d (%s): %w", i, labels[i], err)
		}
		frames[i] = frame{labels[i], f.Alt(), "data:image/png;base64," + base64.StdEncoding.EncodeToString(png)}
	}
	last := len(frames) - 1
	w, h := figs[last].Size()
	var b strings.Builder
	fmt.Fprintf(&b, `<div id="%s" style="width:%dpx;max-width:100%%;font:13px system-ui,sans-serif">`, id, w)
	fmt.Fprintf(&b, `<img src="%s" alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto;display:block">`,
		frames[last].Src, html.EscapeString(frames[last].Alt), w, h)
	fmt.Fprintf(&b, `<label style="display:flex;align-items:center;gap:.8em"><input type="range" min="0" max="%d" step="1" value="%d" aria-label="frame" aria-valuetext="%s" style="flex:1">`+
		`<output style="min-width:8em">%s</output></label>`, last, last, html.EscapeString(labels[last]), html.EscapeString(labels[last]))
	frames[last].Src = "" // it is in the page already
	data, err := json.Marshal(frames)
	if err != nil {
		return "", err
	}
	// json.Marshal writes < and > as \u003c and \u003e: nothing in data can end the script.
	fmt.Fprintf(&b, `<script>(function(){var d=document.getElementById(%q);if(!d)return;`+
		`var f=%s,g=d.querySelector("img"),r=d.querySelector("input"),o=d.querySelector("output");f[%d].src=g.src;`+
		`r.oninput=function(){var x=f[r.value];g.src=x.src;g.alt=x.alt;o.textContent=x.label;r.setAttribute("aria-valuetext",x.label)};`+
		`r.value=%d;})();</script></div>`, id, data, last, last)
	return b.String(), nil
}
