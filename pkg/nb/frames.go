package nb

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
)

// Frames shows figures under a slider, one label each: figs[i] goes with labels[i].
// Everything is in the notebook, so the slider works in exported pages too, without a
// kernel, with mouse and arrow keys. It starts at the last frame. Where scripts do not
// run (an untrusted notebook), that frame stands there as a picture, and a line says so.
// Outside a notebook it prints a line per frame.
//
// It panics if the numbers of labels and figures differ, or if there are none, or if a
// figure cannot be rendered.
func Frames[F Figure](labels []string, figs []F) {
	checkLabels("Frames", len(labels), len(figs))
	var plain strings.Builder
	for i, f := range figs {
		fmt.Fprintf(&plain, "frame %s: %s\n", labels[i], f.Alt())
	}
	showHTML(plain.String(), func() (string, error) { return framesHTML(labels, figs) })
}

func checkLabels(who string, labels, views int) {
	if labels != views || views == 0 {
		panic(fmt.Sprintf("nb: %s: %d labels for %d figures; there must be as many, and at least one", who, labels, views))
	}
}

// framesHTML is the slider as HTML. The script makes the slider, so that nobody meets
// one that does not move.
func framesHTML[F Figure](labels []string, figs []F) (string, error) {
	type frame struct {
		Label string `json:"label"`
		Alt   string `json:"alt"`
		Src   string `json:"src"`
	}
	frames := make([]frame, len(figs))
	for i, f := range figs {
		src, err := dataURI(f)
		if err != nil {
			return "", fmt.Errorf("frame %d (%s): %w", i, labels[i], err)
		}
		frames[i] = frame{labels[i], f.Alt(), src}
	}
	last := len(frames) - 1
	picture, err := picture(figs[last])
	if err != nil {
		return "", err
	}
	frames[last].Src = "" // it is in the page already
	data, err := json.Marshal(frames)
	if err != nil {
		return "", err
	}
	// json.Marshal writes < and > as \u003c and \u003e: nothing in data can end the script.
	w, _ := figs[last].Size()
	return block("frames", fmt.Sprintf("width:%dpx;", w),
		fmt.Sprintf(`%s<div>%s <small>(the last of %d pictures; the slider needs a trusted notebook)</small></div>`,
			picture, html.EscapeString(labels[last]), len(frames)),
		fmt.Sprintf(`var f=%s,n=%d,g=d.firstElementChild,c=g.nextElementSibling,r=document.createElement("input"),o=document.createElement("output");`, data, last)+
			// JupyterLab has plans of its own for arrow keys, so they end here.
			`f[n].src=g.src;r.type="range";r.min=0;r.max=n;r.step=1;r.value=n;r.style.cssText="flex:1 1 12em;min-width:0;accent-color:#0072b2";`+
			`r.setAttribute("aria-label","frame");o.style.cssText="min-width:8em";`+
			`function show(){var x=f[r.value];g.src=x.src;g.alt=x.alt;o.textContent=x.label;r.setAttribute("aria-valuetext",x.label)}`+
			`r.oninput=show;r.onkeydown=function(e){e.stopPropagation()};show();`+
			`c.textContent="";c.style.cssText="display:flex;flex-wrap:wrap;align-items:center;gap:0 .8em";c.append(r,o);`), nil
}
