package site

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// An entry is what can be found: the text under one heading.
type entry struct {
	Page    string `json:"p"`
	Anchor  string `json:"a"`
	Title   string `json:"t"` // of the page
	Heading string `json:"h"`
	Text    string `json:"x"`
}

// searchIndex is a script that defines credenceIndex. (A script, because a page that
// was opened as a file may not read another one in any other way.)
func searchIndex(docs []*document) []byte {
	all := []entry{}
	for _, d := range docs {
		if d.content != nil {
			all = append(all, d.entries()...)
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings only
	}
	return append(append([]byte("credenceIndex="), data...), ";\n"...)
}

var (
	headingTag  = regexp.MustCompile(`<h([1-3]) id="([^"]*)">`)
	headingLine = regexp.MustCompile(`^#{1,3} +(.*)`)
	comment     = regexp.MustCompile(`(?s)<!--.*?-->`)
	marks       = strings.NewReplacer("**", "", "*", "", "`", "", "](", " (", "[", "", "|", " ", "&nbsp;", " ")
	spaces      = regexp.MustCompile(`\s+`)
	rules       = regexp.MustCompile(`-{3,}:?|:-{2,}`)
)

// entries cuts a document at its headings. The page's anchors come in the same order.
func (d *document) entries() []entry {
	anchors := headingTag.FindAllStringSubmatch(d.content.Body, -1)
	var all []entry
	var text strings.Builder
	flush := func() {
		if n := len(all); n > 0 {
			all[n-1].Text = plain(text.String())
		}
		text.Reset()
	}
	for _, c := range d.nb.Cells {
		if c.Type != "markdown" {
			continue
		}
		fenced := false
		for line := range strings.Lines(c.Source) {
			if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
				fenced = !fenced
			}
			m := headingLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
			if m == nil || fenced {
				text.WriteString(line)
				continue
			}
			flush()
			e := entry{Page: d.address(), Title: d.content.Title, Heading: plain(m[1])}
			if n := len(all); n < len(anchors) {
				e.Anchor = anchors[n][2]
			}
			all = append(all, e)
		}
		text.WriteString("\n")
	}
	flush()
	return all
}

// plain is markdown without its marks; formulas stay as TeX.
func plain(md string) string {
	var b strings.Builder
	for _, p := range jupyter.Pieces(comment.ReplaceAllString(md, "")) {
		switch p.Kind {
		case jupyter.Math:
			b.WriteString(p.Formula.TeX)
		case jupyter.Tag:
			b.WriteByte(' ')
		default:
			b.WriteString(marks.Replace(comment.ReplaceAllString(md, "")[p.Start:p.End]))
		}
	}
	return strings.TrimSpace(spaces.ReplaceAllString(rules.ReplaceAllString(b.String(), ""), " "))
}
