package site

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

var (
	//go:embed shell.html
	shellHTML string
	//go:embed site.css
	siteCSS string
	//go:embed site.js
	siteJS string

	shell = template.Must(template.New("shell").Parse(shellHTML))
)

// A turn is the way to another page.
type turn struct{ Address, Title string }

// A place is a heading on a page, for its list of contents.
type place struct {
	Anchor string
	Text   template.HTML
}

// sheet is what the shell is filled with.
type sheet struct {
	Title          string
	Body           template.HTML
	CSS            template.CSS
	JS             template.JS
	Previous, Next *turn
	Places         []place
	Groups         []group // on the page of contents
	Source         string
}

// A group is a chapter with its exercise on the page of contents.
type group struct{ Chapter, Exercise *item }

type item struct {
	Address, Number, Title, About, Minutes string
}

// page puts a document into the shell, between its neighbours.
func (d *document) page(docs []*document, i int) ([]byte, error) {
	s := sheet{Title: d.content.Title, Body: template.HTML(d.content.Body), CSS: template.CSS(d.content.CSS + siteCSS), JS: template.JS(siteJS), Source: d.file}
	if i > 0 {
		s.Previous = &turn{docs[i-1].address(), docs[i-1].title()}
	} else {
		s.Previous = &turn{"index.html", "Contents"}
	}
	if i+1 < len(docs) {
		s.Next = &turn{docs[i+1].address(), docs[i+1].title()}
	}
	for _, m := range sectionTag.FindAllStringSubmatch(d.content.Body, -1) {
		s.Places = append(s.Places, place{m[1], template.HTML(linkTag.ReplaceAllString(m[2], ""))})
	}
	return fill(s)
}

var (
	sectionTag = regexp.MustCompile(`(?s)<h2 id="([^"]*)">(.*?)</h2>`)
	linkTag    = regexp.MustCompile(`</?a\b[^>]*>`)
)

// contents is the first page.
func contents(docs []*document) ([]byte, error) {
	style, err := jupyter.Render(&jupyter.Notebook{}, jupyter.PageOptions{})
	if err != nil {
		return nil, err
	}
	s := sheet{Title: "Credence: Bayesian neural networks in Go", CSS: template.CSS(style.CSS + siteCSS), JS: template.JS(siteJS)}
	at := map[string]int{}
	for _, d := range docs {
		if _, ok := at[d.number]; !ok {
			at[d.number] = len(s.Groups)
			s.Groups = append(s.Groups, group{})
		}
		it := &item{Address: d.address(), Number: d.number, Title: d.title(), About: d.about(), Minutes: d.minutes()}
		if g := &s.Groups[at[d.number]]; d.exercise {
			g.Exercise = it
		} else {
			g.Chapter = it
		}
	}
	if len(docs) > 0 {
		s.Next = &turn{docs[0].address(), docs[0].title()}
	}
	return fill(s)
}

func fill(s sheet) ([]byte, error) {
	var b bytes.Buffer
	err := shell.Execute(&b, s)
	return b.Bytes(), err
}

// title is the document's title, also when it could not be rendered.
func (d *document) title() string {
	if d.content != nil {
		return plain(d.content.Title)
	}
	return d.slug
}

var (
	minutesLine = regexp.MustCompile(`\*\*Minutes:\*\*\s*(?:about )?(\d+)`)
	emphasis    = regexp.MustCompile(`^\*[^*].*\*$`)
)

// about is a sentence on what the document is about: the paragraph below its title.
func (d *document) about() string {
	if len(d.nb.Cells) == 0 {
		return ""
	}
	for p := range strings.SplitSeq(d.nb.Cells[0].Source, "\n\n") {
		p = strings.TrimSpace(p)
		if strings.HasPrefix(p, "#") || p == "" {
			continue
		}
		if emphasis.MatchString(p) || d.exercise {
			s, _, _ := strings.Cut(plain(p), " Chapter:")
			return s
		}
		return ""
	}
	return ""
}

func (d *document) minutes() string {
	if len(d.nb.Cells) == 0 {
		return ""
	}
	if m := minutesLine.FindStringSubmatch(d.nb.Cells[0].Source); m != nil {
		return m[1]
	}
	return ""
}
