package chapter

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// Numbers checks every number in the prose of nb against the values that its
// cells printed with nb.Value. In markdown cells a numeral with a decimal
// point, or one followed by %, is followed directly by a tag, an HTML comment
// that no reader sees:
//
//	0.60<!--=mle-->       the value "mle", at the digits shown
//	60 %<!--=mle-->       the same value, times 100
//	99 %<!--given-->      an assumption, or a citation: stated, not computed
//	$\theta = 0.6$<!--=mle-->                the number in a formula; one tag
//	$0.6 \pm 0.2$<!--=mle--><!--=se-->       for each, in order
//
// "At the digits shown" means that value and text differ by at most half a
// unit of the last digit, both ways of rounding a tie included, and %.6g of
// nb.Value allowed for. Other numerals may carry a tag and are checked then.
//
// Not counted: code, addresses, names like v0.11.4, arXiv and DOI numbers, and
// lengths in formulas like \hspace{0.5em}.
func Numbers(nb *jupyter.Notebook) []error {
	values, errs := Values(nb)
	for i, c := range nb.Cells {
		if c.Type != "markdown" {
			continue
		}
		for _, err := range numbersOf(c.Source, values) {
			errs = append(errs, fmt.Errorf("cell %d: %w", i+1, err))
		}
	}
	return errs
}

// numbersOf checks one markdown text.
func numbersOf(md string, values map[string]float64) (errs []error) {
	md = blankAddresses(md)
	pieces := jupyter.Pieces(md)
	used := make([]bool, len(pieces)) // tags that belong to a number
	for i, p := range pieces {
		var found []numeral
		switch p.Kind {
		case jupyter.Math:
			found = texNumerals(p.Formula.TeX)
		case jupyter.Prose:
			found = proseNumerals(md[p.Start:p.End])
		default:
			continue
		}
		// Tags after a formula: one for each number. In prose only the last
		// number of a piece can be followed directly by a tag.
		var tags []string
		end := i + 1
		if p.Kind == jupyter.Math || len(found) > 0 && found[len(found)-1].last {
			for ; end < len(pieces) && pieces[end].Kind == jupyter.Tag; end++ {
				t := tagOf(md[pieces[end].Start:pieces[end].End])
				if t == "" {
					break
				}
				tags = append(tags, t)
				used[end] = true
			}
		}
		if p.Kind == jupyter.Math {
			errs = append(errs, matchAll(found, tags, md[p.Start:p.End], values)...)
			continue
		}
		for j, n := range found {
			if j == len(found)-1 && n.last && len(tags) > 0 {
				n.percent = n.percent || percentFollows(md, pieces[end-1].End)
				if err := match(n, tags[0], values); err != nil {
					errs = append(errs, err)
				}
				if len(tags) > 1 {
					errs = append(errs, fmt.Errorf("%q has %d tags", n.text, len(tags)))
				}
				continue
			}
			if n.counts {
				errs = append(errs, untagged(n.text, around(md[p.Start:p.End], n)))
			}
		}
	}
	for i, p := range pieces {
		if t := tagOf(md[p.Start:p.End]); p.Kind == jupyter.Tag && t != "" && !used[i] {
			errs = append(errs, fmt.Errorf("the tag %s follows no number: …%s", md[p.Start:p.End], lastRunes(md[:p.Start], 30)))
		}
	}
	return errs
}

// matchAll checks the numbers of a formula against the tags after it.
func matchAll(found []numeral, tags []string, formula string, values map[string]float64) (errs []error) {
	var counted []numeral
	for _, n := range found {
		if n.counts {
			counted = append(counted, n)
		}
	}
	if len(counted) < len(tags) {
		counted = found // tags for whole numbers, too
	}
	if len(counted) != len(tags) {
		if len(tags) == 0 {
			return []error{untagged(counted[0].text, formula)}
		}
		return []error{fmt.Errorf("%s holds %d numbers to tag and has %d tags", formula, len(counted), len(tags))}
	}
	for i, n := range counted {
		if err := match(n, tags[i], values); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", formula, err))
		}
	}
	return errs
}

// match checks one number against its tag.
func match(n numeral, tag string, values map[string]float64) error {
	if tag == given {
		return nil
	}
	v, ok := values[tag]
	if !ok {
		return fmt.Errorf("%q: no cell prints a value named %q", n.text, tag)
	}
	printed := 0.5e-5 * math.Pow(10, math.Floor(math.Log10(math.Abs(v)))) // half the last digit of %.6g
	if v == 0 {
		printed = 0
	}
	if n.percent {
		v, printed = 100*v, 100*printed
	}
	half := 0.5 * math.Pow(10, float64(n.exponent-n.decimals))
	for _, shown := range n.values() {
		if math.Abs(shown-v) <= half*(1+1e-9)+printed {
			return nil
		}
	}
	unit := ""
	if n.percent {
		unit = " %"
	}
	return fmt.Errorf("%q: the value %s is %s%s", n.text, tag, strconv.FormatFloat(v, 'g', 6, 64), unit)
}

func untagged(number, where string) error {
	return fmt.Errorf("the number %q has no tag, in %q: print it with nb.Value(\"name\", v) and write %s<!--=name-->, or %s<!--given--> if it is no result",
		number, strings.Join(strings.Fields(where), " "), number, number)
}

const given = "given"

var tagForm = regexp.MustCompile(`^<!--\s*(?:=\s*(\S+)|(given))\s*-->$`)

// tagOf returns the name in a number's tag, given, or "".
func tagOf(comment string) string {
	if m := tagForm.FindStringSubmatch(comment); m != nil {
		return m[1] + m[2]
	}
	return ""
}

// addresses matches what may hold digits that are no numbers of the prose.
var addresses = regexp.MustCompile(`(?im)\]\([^)\s]*(?:\([^)\s]*\)[^)\s]*)*\)|\]\([^)]*\)|^\[[^\]]+\]:\s*\S+|https?://[^\s)>\]]+|arxiv:?\s*(?:abs/)?\d{4}\.\d{4,5}(?:v\d+)?|(?:doi:?\s*)?10\.\d{4,9}/[^\s)>\]]+`)

// blankAddresses replaces addresses by as many blanks, so that places stay.
func blankAddresses(md string) string {
	return addresses.ReplaceAllStringFunc(md, func(s string) string { return strings.Repeat(" ", len(s)) })
}

func percentFollows(md string, at int) bool {
	return strings.HasPrefix(strings.TrimLeft(md[at:], " \u00a0\u202f\u2009"), "%")
}

// around returns a number with some words on both sides.
func around(prose string, n numeral) string {
	after := prose[n.end:]
	if utf8.RuneCountInString(after) > 30 {
		after = string([]rune(after)[:30])
	}
	return lastRunes(prose[:n.start], 40) + prose[n.start:n.end] + after
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}
