package jupyter

import (
	"regexp"
	"strconv"
	"strings"
)

// Formulas travel through the markdown renderer as a number between two
// characters of Unicode's private use area, which markdown leaves alone.
const markOpen, markShut = "\ue000", "\ue001"

// hideFormulas replaces each formula by its mark, and ties a percent sign to
// its number, so that no line breaks between them.
func hideFormulas(md string) (string, []Formula) {
	var b strings.Builder
	var fs []Formula
	for _, p := range Pieces(md) {
		s := md[p.Start:p.End]
		switch p.Kind {
		case Math:
			b.WriteString(markOpen + strconv.Itoa(len(fs)) + markShut)
			fs = append(fs, p.Formula)
			continue
		case Prose:
			s = percent.ReplaceAllString(s, "$1\u00a0%")
		}
		b.WriteString(s)
	}
	return b.String(), fs
}

var percent = regexp.MustCompile(`(\d) %`)

// replaceMarks puts with(i) where mark i stands.
func replaceMarks(s string, with func(i int) string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, markOpen)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		num, after, ok := strings.Cut(rest, markShut)
		if i, err := strconv.Atoi(num); ok && err == nil {
			b.WriteString(with(i))
			rest = after
		}
		s = rest
	}
}
