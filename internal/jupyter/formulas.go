package jupyter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Formula is TeX found in a markdown cell.
type Formula struct {
	TeX        string
	Display    bool // on a line of its own
	Start, End int  // bytes in the cell's source, delimiters included
}

// Formulas finds the formulas of a markdown text, in order, by JupyterLab's
// rules: $…$, $$…$$, \\(…\\), \\[…\\] and \begin{…}…\end{…}, none across a
// blank line, none in code or inside an HTML tag.
//
// In one point the rule is pandoc's, which is kinder to money: an opening $
// has no space after it, a closing $ none before it and no digit after it. So
// "$5 and $6" is no formula. (JupyterLab takes it for one: write \$5 there.)
func Formulas(md string) []Formula {
	var found []Formula
	for _, p := range Pieces(md) {
		if p.Kind == Math {
			found = append(found, p.Formula)
		}
	}
	return found
}

// Kind says what a piece of a markdown text is.
type Kind int

// The kinds of pieces.
const (
	Prose Kind = iota // text, with markdown's own marks
	Math              // a formula
	Code              // a code span or a fenced block
	Tag               // an HTML tag or comment
)

// A Piece of a markdown text; Formula is set for Math.
type Piece struct {
	Kind       Kind
	Start, End int // bytes in the text
	Formula    Formula
}

// maxSpan bounds how far the end of a formula, a code span or a tag is looked
// for, in bytes: a text full of single dollars must not take time quadratic in
// its length.
const maxSpan = 1 << 14

// Pieces cuts a markdown text into prose, formulas, code and HTML tags, in
// order and without gaps.
func Pieces(md string) []Piece {
	var all []Piece
	prose := 0 // start of the prose not yet cut off
	cut := func(p Piece) int {
		if p.Start > prose {
			all = append(all, Piece{Kind: Prose, Start: prose, End: p.Start})
		}
		all = append(all, p)
		prose = p.End
		return p.End
	}
	for i := 0; i < len(md); {
		near := md[:min(len(md), i+maxSpan)]
		if end, ok := skipCode(md, i); ok {
			i = cut(Piece{Kind: Code, Start: i, End: end})
		} else if end > i { // backticks that open nothing
			i = end
		} else if f, ok := formulaAt(near, i); ok {
			i = cut(Piece{Kind: Math, Start: i, End: f.End, Formula: f})
		} else if end, ok := skipTag(near, i); ok {
			i = cut(Piece{Kind: Tag, Start: i, End: end})
		} else if md[i] == '\\' || strings.HasPrefix(md[i:], "$$") {
			i = min(i+2, len(md))
		} else {
			i++
		}
	}
	if prose < len(md) {
		all = append(all, Piece{Kind: Prose, Start: prose, End: len(md)})
	}
	return all
}

// formulaAt reads the formula that starts at md[i], if there is one.
func formulaAt(md string, i int) (Formula, bool) {
	rest := md[i:]
	for _, d := range []struct {
		open, shut string
		display    bool
	}{{"$$", "$$", true}, {`\\[`, `\\]`, true}, {`\\(`, `\\)`, false}, {"$", "$", false}} {
		if !strings.HasPrefix(rest, d.open) {
			continue
		}
		if d.open == "$" && !opens(rest) {
			return Formula{}, false
		}
		start := i + len(d.open)
		end := closing(md, start, d.shut)
		if end < 0 || strings.TrimSpace(md[start:end]) == "" {
			return Formula{}, false
		}
		return Formula{TeX: md[start:end], Display: d.display, Start: i, End: end + len(d.shut)}, true
	}
	if !strings.HasPrefix(rest, `\begin{`) {
		return Formula{}, false
	}
	name, _, ok := strings.Cut(rest[len(`\begin{`):], "}")
	shut := `\end{` + name + "}"
	end := strings.Index(rest, shut)
	if !ok || end < 0 || blankLine(rest[:end]) {
		return Formula{}, false
	}
	end += len(shut)
	return Formula{TeX: rest[:end], Display: true, Start: i, End: i + end}, true
}

// opens reports whether a single $ may open a formula.
func opens(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return len(rest) > 1 && !unicode.IsSpace(r)
}

// closing returns where shut closes the formula that starts at md[start],
// before a blank line and outside braces (as in \text{for all $x$}), or -1.
// When braces do not match, the first shut counts: the formula is wrong, and
// rendering it says so.
func closing(md string, start int, shut string) int {
	depth, inside := 0, -1
	for i := start; i < len(md); i++ {
		if depth > 0 && inside < 0 && strings.HasPrefix(md[i:], shut) && (shut != "$" || closes(md, i)) {
			inside = i
		}
		if depth == 0 && strings.HasPrefix(md[i:], shut) && (shut != "$" || closes(md, i)) {
			return i
		}
		switch md[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case '$', '`': // another amount of money, a code span: the first $ was no delimiter
			if depth == 0 && shut == "$" {
				return -1
			}
		case '\n':
			line, _, _ := strings.Cut(md[i+1:], "\n")
			if strings.TrimSpace(line) == "" {
				return inside
			}
		}
	}
	return inside
}

// closes reports whether the $ at md[i] may close a formula.
func closes(md string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(md[:i])
	after := i + 1
	return !unicode.IsSpace(before) && (after == len(md) || md[after] < '0' || md[after] > '9')
}
