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
	linkMark    = regexp.MustCompile(`\]\([^()\s]*\)`)
	marks       = strings.NewReplacer("*", "", "[", "", "]", "", "|", " ", "&nbsp;", " ", `\$`, "$")
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
			if c.Type == "code" {
				text.WriteString("\n\n```\n" + c.Source + "\n```\n")
			}
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

// plain is markdown without its marks; formulas are as readable as a line of text can be.
func plain(md string) string {
	md = comment.ReplaceAllString(md, "")
	var b strings.Builder
	for _, p := range jupyter.Pieces(md) {
		text := md[p.Start:p.End]
		switch p.Kind {
		case jupyter.Math:
			b.WriteString(readable(p.Formula.TeX))
		case jupyter.Tag:
			b.WriteByte(' ')
		case jupyter.Code:
			if strings.Contains(text, "\n") { // fenced
				text = "\n" + strings.Trim(strings.TrimSpace(text), "`~") + "\n"
			}
			b.WriteString(strings.Trim(text, "`"))
		default:
			text = rules.ReplaceAllString(linkMark.ReplaceAllString(text, ""), "")
			b.WriteString(marks.Replace(text))
		}
	}
	return strings.TrimSpace(spaces.ReplaceAllString(b.String(), " "))
}

var (
	command = regexp.MustCompile(`\\([a-zA-Z]+|.)`)
	limits  = regexp.MustCompile(`\\(?:begin|end)\s*\{[^}]*\}`)
	grouped = strings.NewReplacer("}{", "/", "{", "", "}", "", "&", " ")
	// What a command of TeX is in one line of text; of all others nothing is left.
	signs = map[string]string{
		"mid": " | ", "vert": "|", "sim": " ~ ", "in": " ∈ ", "cdot": "·", "times": "×", "propto": " ∝ ", "approx": " ≈ ", "infty": "∞",
		"le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ", "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ", "to": " → ", "pm": " ± ", "partial": "∂", "nabla": "∇",
		"sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√", "dots": "…", "ldots": "…", "cdots": "…", "odot": "⊙", "prime": "′",
		"log": "log ", "exp": "exp ", "max": "max ", "min": "min ", "arg": "arg ", "tanh": "tanh ", "ln": "ln ", "lim": "lim ",
		"quad": " ", "qquad": " ", ",": " ", ";": " ", "": " ", "\\": " ", "%": "%", "$": "$", "_": "_", "|": "‖",
		"varepsilon": "ε", "vartheta": "θ", "varphi": "φ",
	}
)

func init() {
	for i, name := range strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho - sigma tau upsilon phi chi psi omega") {
		signs[name] = string('α' + rune(i))
		signs[strings.ToUpper(name[:1])+name[1:]] = string('Α' + rune(i))
	}
}

// readable is a formula as one writes it in a mail: p(θ | D) = k/n.
func readable(tex string) string {
	tex = strings.ReplaceAll(limits.ReplaceAllString(tex, " "), "~", " ")
	tex = command.ReplaceAllStringFunc(tex, func(c string) string {
		return signs[strings.TrimSpace(c[1:])]
	})
	return grouped.Replace(tex)
}
