package nb

import "strings"

// TeX is a formula on a line of its own, without dollars; for several lines, use
// \begin{aligned}. Show it with [Show]. Outside a notebook its source is printed.
type TeX string

// Alt returns the formula's source.
func (t TeX) Alt() string { return strings.TrimSpace(string(t)) }

// source is what a notebook typesets.
func (t TeX) source() string { return "$$" + t.Alt() + "$$" }
