package chapter

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// numeral is a number as it is written in a text.
type numeral struct {
	text       string
	start, end int     // bytes in its piece, with sign and percent sign
	value      float64 // of the digits, without sign and power of ten
	decimals   int     // digits after the point
	exponent   int     // power of ten written after it
	sign       sign
	percent    bool
	counts     bool // has a decimal point or a percent sign
	last       bool // nothing but closing marks follows in its piece
}

type sign int

const (
	plus  sign = iota
	minus      // in front of the number
	maybe      // a formula's minus may belong to the number or stand between two
)

// values returns what the numeral can mean.
func (n numeral) values() []float64 {
	v := n.value * math.Pow(10, float64(n.exponent))
	switch n.sign {
	case minus:
		return []float64{-v}
	case maybe:
		return []float64{v, -v}
	}
	return []float64{v}
}

// Digits, in groups of three or not; a point; decimals. A letter, digit or
// point in front or behind makes it part of a name or a version.
const digits = `(\d{1,3}(?:[,\x{202f}\x{2009}]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)`

var (
	proseNumber = regexp.MustCompile(digits + `(?:[eE]([-+]?\d+)|\s?[·×]\s?10([⁺⁻]?[⁰¹²³⁴-⁹]+))?([ \x{a0}\x{202f}\x{2009}]?%)?`)
	texNumber   = regexp.MustCompile(`(\d{1,3}(?:\{,\}\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:\s*\\(?:times|cdot)\s*10\^(?:\{(-?\d+)\}|(\d)))?((?:\s|~|\\,|\\;|\\ )*\\?%)?`)
	texLength   = regexp.MustCompile(`^\s*(?:em|ex|pt|mu|cm|mm)\b`)
	version     = regexp.MustCompile(`^\.\d`)
	closingMark = regexp.MustCompile(`^[*_~]*$`)
)

// proseNumerals finds the numbers of a piece of prose.
func proseNumerals(s string) (found []numeral) {
	for at := 0; at < len(s); {
		m := proseNumber.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		at = m[1]
		if before := s[:m[0]]; endsInName(before) || version.MatchString(s[m[3]:]) {
			at = skipName(s, m[3])
			continue
		}
		n := numeral{start: m[0], end: m[1]}
		n.number(s[m[2]:m[3]])
		switch {
		case m[4] >= 0:
			n.exponent, _ = strconv.Atoi(s[m[4]:m[5]])
		case m[6] >= 0:
			n.exponent, _ = strconv.Atoi(plain.Replace(s[m[6]:m[7]]))
		}
		n.percent = m[8] >= 0
		n.counts = n.percent || n.decimals > 0
		if before, ok := cutMinus(s[:n.start]); ok {
			n.sign, n.start = minus, len(before)
		}
		n.text = s[n.start:n.end]
		n.last = closingMark.MatchString(s[n.end:])
		found = append(found, n)
	}
	return found
}

// texNumerals finds the numbers of a formula.
func texNumerals(s string) (found []numeral) {
	for _, m := range texNumber.FindAllStringSubmatchIndex(s, -1) {
		if texLength.MatchString(s[m[1]:]) {
			continue
		}
		n := numeral{start: m[0], end: m[1], text: s[m[0]:m[1]]}
		n.number(s[m[2]:m[3]])
		for _, g := range []int{4, 6} {
			if m[g] >= 0 {
				n.exponent, _ = strconv.Atoi(s[m[g]:m[g+1]])
			}
		}
		n.percent = m[8] >= 0
		n.counts = n.percent || n.decimals > 0
		if before := strings.TrimRight(s[:m[0]], " "); strings.HasSuffix(before, "-") || strings.HasSuffix(before, "−") {
			n.sign = maybe
		}
		found = append(found, n)
	}
	return found
}

// number reads digits, with the marks between groups of three taken out.
func (n *numeral) number(s string) {
	s = strings.NewReplacer("{,}", "", ",", "", "\u202f", "", "\u2009", "").Replace(s)
	n.value, _ = strconv.ParseFloat(s, 64)
	if _, after, ok := strings.Cut(s, "."); ok {
		n.decimals = len(after)
	}
}

// endsInName reports whether what stands before a numeral makes it part of a
// name or of a version: v0.11, x2.
func endsInName(before string) bool {
	return before != "" && nameEnd.MatchString(before)
}

var nameEnd = regexp.MustCompile(`(?:\pL|\d\.|[\pL\d]_)$`)

// skipName returns the end of the name or version that goes on at s[i].
func skipName(s string, i int) int { return i + len(nameRest.FindString(s[i:])) }

var nameRest = regexp.MustCompile(`^(?:[\pL\d_]|\.\d)*`)

// cutMinus takes a minus sign off the end of before. A hyphen after a letter
// or a digit is none, and a dash between numbers is an en dash.
func cutMinus(before string) (string, bool) {
	for _, m := range []string{"-", "−"} {
		if rest, ok := strings.CutSuffix(before, m); ok && !wordEnd.MatchString(rest) {
			return rest, true
		}
	}
	return before, false
}

var wordEnd = regexp.MustCompile(`[\pL\d)]$`)

// plain turns superscripts into digits.
var plain = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "-", "⁺", "+")
