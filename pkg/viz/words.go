package viz

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
)

// Small things that several figures need.

var dashes = []vg.Length{4, 2.5}

func cloneOf(v []float64) []float64 { return slices.Clone(v) }

// nonNil makes a required column count as given, so that its length is checked.
func nonNil(v []float64) []float64 {
	if v == nil {
		return []float64{}
	}
	return v
}

func minOf(v []float64) float64 { return v[argMin(v)] }
func maxOf(v []float64) float64 { return v[argMax(v)] }

func argMin(v []float64) int {
	k := 0
	for i := range v {
		if v[i] < v[k] {
			k = i
		}
	}
	return k
}

func argMax(v []float64) int {
	k := 0
	for i := range v {
		if v[i] > v[k] {
			k = i
		}
	}
	return k
}

// reversed reverses the first n entries.
func reversed(es []entry, n int) []entry {
	out := slices.Clone(es)
	slices.Reverse(out[:min(n, len(out))])
	return out
}

// plural writes "1 thing", "2 things".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// opening is the first sentence of an alt text.
func opening(title, other string) string {
	s := orText(title, other)
	if strings.ContainsAny(s[len(s)-1:], ".?!") {
		return s
	}
	return s + "."
}

func linesAlt(lines []VLine) string {
	s := ""
	for _, l := range lines {
		s += fmt.Sprintf(" A dashed vertical line marks %s at %s.", orText(l.Label, "a place"), number(l.X, 4))
	}
	return s
}

// onePanel makes a figure of a single panel.
func onePanel(p *panel) *Figure {
	return &Figure{panels: [][]*panel{{p}}, w: defaultWidth, h: defaultHeight, alt: p.alt}
}
