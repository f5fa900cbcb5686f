package nb

import (
	"fmt"
	"html"
	"strings"
)

// Tabs shows one of several views (figures, charts, tables) at a time, each below a
// button with its label. Everything is in the notebook, so the buttons work in exported
// pages too, without a kernel, with mouse and arrow keys. Where scripts do not run, and
// outside a notebook, all views stand below one another, each with its label.
//
// It panics if the numbers of labels and views differ, or if there are none, or if a
// view cannot be rendered.
func Tabs(labels []string, views ...View) {
	checkLabels("Tabs", len(labels), len(views))
	var plain strings.Builder
	for i, v := range views {
		fmt.Fprintf(&plain, "%s: %s", labels[i], text(v))
	}
	showHTML(plain.String(), func() (string, error) {
		var b strings.Builder
		for i, v := range views {
			s, err := part(v)
			if err != nil {
				return "", fmt.Errorf("tab %q: %w", labels[i], err)
			}
			fmt.Fprintf(&b, `<div style="margin:0 0 1em"><div style="margin:0 0 .4em"><b>%s</b></div>%s</div>`, html.EscapeString(labels[i]), s)
		}
		return block("tabs", "", b.String(), tabsScript), nil
	})
}

// tabsScript makes buttons of the labels. The views that are not shown keep their place
// in the page, for charts measure themselves when they first appear.
const tabsScript = `var p=[].slice.call(d.children),l=document.createElement("div"),b=[];` +
	`l.setAttribute("role","tablist");l.style.cssText="display:flex;flex-wrap:wrap;gap:.2em 1.2em;margin:0 0 .6em;border-bottom:1px solid rgba(128,128,128,.35)";` +
	`function show(k){p.forEach(function(e,i){var on=i===k;e.style.display=on?"":"none";b[i].tabIndex=on?0:-1;b[i].setAttribute("aria-selected",on);` +
	`b[i].style.borderBottomColor=on?"#0072b2":"transparent";b[i].style.fontWeight=on?"600":"400"})}` +
	`p.forEach(function(e,i){var t=document.createElement("button"),h=e.firstElementChild;t.type="button";t.textContent=h.textContent;h.style.display="none";` +
	`e.setAttribute("role","tabpanel");t.setAttribute("role","tab");e.setAttribute("aria-label",t.textContent);` +
	`t.style.cssText="font:inherit;color:inherit;background:none;border:0;border-bottom:3px solid transparent;padding:.4em .1em;cursor:pointer";` +
	`t.onclick=function(){show(i)};t.onkeydown=function(v){v.stopPropagation();var s={ArrowRight:1,ArrowLeft:-1}[v.key];if(s){var k=(i+s+p.length)%p.length;show(k);b[k].focus()}};` +
	`b.push(t);l.append(t)});d.prepend(l);show(0);`

// basis is the width in CSS pixels below which a view goes to a row of its own: a figure
// at seven tenths of its size still has letters that can be read.
func basis(v View) int {
	if f, ok := v.(Figure); ok {
		w, _ := f.Size()
		return 7 * w / 10
	}
	return 240
}

// SideBySide shows views (figures, charts, tables) in a row, as far as the page is wide;
// on a narrow one, and outside a notebook, they stand below one another. For panels that
// share axes, viz.Grid makes one figure of them.
//
// It panics if there is none, or if a view cannot be rendered.
func SideBySide(views ...View) {
	if len(views) == 0 {
		panic("nb: SideBySide: there is nothing to show")
	}
	var plain strings.Builder
	for _, v := range views {
		plain.WriteString(text(v))
	}
	showHTML(plain.String(), func() (string, error) {
		var b strings.Builder
		b.WriteString(`<div style="display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start">`)
		for i, v := range views {
			s, err := part(v)
			if err != nil {
				return "", fmt.Errorf("view %d: %w", i, err)
			}
			fmt.Fprintf(&b, `<div style="flex:1 1 %dpx;min-width:0;max-width:100%%">%s</div>`, basis(v), s)
		}
		b.WriteString(`</div>`)
		return b.String(), nil
	})
}
