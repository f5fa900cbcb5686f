package nb

import (
	"fmt"
	"html"
	"math"
	"strings"
	"unicode/utf8"
)

// A Table is rows of cells below a header. Show it with [Show], or in [Tabs] and
// [SideBySide].
//
// Floating-point numbers are written with four significant digits (NaN as –), anything
// else as fmt.Sprint does; for other digits, put in the text: viz.Fixed(x, 2). A column
// that holds nothing but numbers, ± and % is aligned right.
type Table struct {
	Caption string // above the table; optional
	Head    []string
	Rows    [][]any // each as long as Head
}

// Alt describes the table in a few words.
func (t Table) Alt() string {
	s := fmt.Sprintf("table of %d rows: %s", len(t.Rows), strings.Join(t.Head, ", "))
	if t.Caption != "" {
		s = t.Caption + ", " + s
	}
	return s
}

// HTML returns the table as an HTML element. It errs if a row is longer or shorter than
// the header, or if there is no header.
func (t Table) HTML() (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	right := t.right()
	var b strings.Builder
	b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse;font:13px system-ui,sans-serif;font-variant-numeric:tabular-nums">`)
	if t.Caption != "" {
		fmt.Fprintf(&b, `<caption style="text-align:left;font-weight:600;padding:0 0 .4em">%s</caption>`, html.EscapeString(t.Caption))
	}
	row := func(tag, rule string, text func(c int) string) {
		b.WriteString("<tr>")
		for c := range t.Head {
			align := "left"
			if right[c] {
				align = "right"
			}
			fmt.Fprintf(&b, `<%[1]s style="text-align:%[2]s;padding:.3em .9em .3em .3em;border:0;border-bottom:1px solid rgba(128,128,128,%[3]s)">%[4]s</%[1]s>`,
				tag, align, rule, html.EscapeString(text(c)))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("<thead>")
	row("th", ".7", func(c int) string { return t.Head[c] })
	b.WriteString("</thead><tbody>")
	for _, r := range t.Rows {
		row("td", ".25", func(c int) string { return cell(r[c]) })
	}
	b.WriteString("</tbody></table></div>")
	return b.String(), nil
}

// String returns the table as lines of plain text, for terminals. It panics where
// HTML errs.
func (t Table) String() string {
	if err := t.check(); err != nil {
		panic(fmt.Errorf("nb: %w", err))
	}
	right, width := t.right(), make([]int, len(t.Head))
	lines := [][]string{t.Head}
	for _, r := range t.Rows {
		line := make([]string, len(r))
		for c, v := range r {
			line[c] = cell(v)
		}
		lines = append(lines, line)
	}
	for _, l := range lines {
		for c, s := range l {
			width[c] = max(width[c], utf8.RuneCountInString(s))
		}
	}
	var b strings.Builder
	if t.Caption != "" {
		b.WriteString(t.Caption + "\n")
	}
	for i, l := range lines {
		var line strings.Builder
		for c, s := range l {
			pad := strings.Repeat(" ", width[c]-utf8.RuneCountInString(s))
			if right[c] {
				s = pad + s
			} else {
				s += pad
			}
			if c > 0 {
				line.WriteString("  ")
			}
			line.WriteString(s)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if i == 0 {
			n := 2 * (len(width) - 1)
			for _, w := range width {
				n += w
			}
			b.WriteString(strings.Repeat("─", n) + "\n")
		}
	}
	return b.String()
}

func (t Table) check() error {
	if len(t.Head) == 0 {
		return fmt.Errorf("Table: Head is empty: name the columns")
	}
	for i, r := range t.Rows {
		if len(r) != len(t.Head) {
			return fmt.Errorf("Table: Rows[%d] has %d cells for %d columns", i, len(r), len(t.Head))
		}
	}
	return nil
}

// right says which columns hold numbers only.
func (t Table) right() []bool {
	out := make([]bool, len(t.Head))
	for c := range out {
		out[c] = len(t.Rows) > 0
		for _, r := range t.Rows {
			s := cell(r[c])
			out[c] = out[c] && strings.Trim(s, "0123456789+-−–.,±%×e∞() \u202f\u00a0") == ""
		}
	}
	return out
}

func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return number(v)
	case float32:
		return number(float64(v))
	}
	return fmt.Sprint(v)
}

// number has four significant digits and a minus sign as wide as a plus.
func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 0):
		return strings.Replace(map[bool]string{true: "∞", false: "-∞"}[v > 0], "-", "−", 1)
	}
	s := fmt.Sprintf("%.4g", v)
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s = "−" + rest
	}
	return s
}
