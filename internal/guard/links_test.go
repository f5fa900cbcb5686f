package guard

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// A page is a text that people read: a Markdown file, or a notebook, whose places are
// named as JupyterLab names them.
type page struct {
	path     string
	cells    []string // its Markdown; a file is one cell
	notebook bool
}

// pages returns the pages of the checkout by path.
func pages(t *testing.T) map[string]page {
	all := map[string]page{}
	eachFile(t, func(path string, text []byte) {
		if strings.Contains(path, "/testdata/") {
			return
		}
		switch filepath.Ext(path) {
		case ".md":
			all[path] = page{path: path, cells: []string{string(text)}}
		case ".ipynb":
			nb, err := jupyter.Parse(text)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return
			}
			p := page{path: path, notebook: true}
			for _, c := range nb.Cells {
				if c.Type == "markdown" {
					p.cells = append(p.cells, c.Source)
				}
			}
			all[path] = p
		}
	})
	return all
}

// read returns what a page links to, and the places on it that a link can name.
func (p page) read() (links [][2]string, places map[string]bool) {
	places = map[string]bool{}
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	for _, cell := range p.cells {
		src := []byte(cell)
		ast.Walk(parser.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *ast.Link:
				links = append(links, [2]string{textOf(n, src), string(n.Destination)})
			case *ast.Image:
				links = append(links, [2]string{"", string(n.Destination)})
			case *ast.AutoLink:
				if n.AutoLinkType == ast.AutoLinkURL {
					links = append(links, [2]string{"", string(n.URL(src))})
				}
			case *ast.Heading:
				id := p.placeOf(textOf(n, src))
				for i, first := 1, id; places[id]; i++ {
					if id += "-"; !p.notebook {
						id = fmt.Sprintf("%s-%d", first, i)
					}
				}
				places[id] = true
			}
			return ast.WalkContinue, nil
		})
		for _, m := range inHTML.FindAllStringSubmatch(cell, -1) {
			links = append(links, [2]string{"", m[1]})
		}
	}
	return links, places
}

// textOf returns the words of a node, code included.
func textOf(n ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

var inHTML = regexp.MustCompile(`<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"`)

// placeOf names a heading: in small letters without punctuation as on GitHub, or in a
// notebook with a hyphen for each blank.
func (p page) placeOf(heading string) string {
	if p.notebook {
		return strings.ReplaceAll(strings.TrimSpace(heading), " ", "-")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// deadLinks returns what is wrong with the links of p: exists tells of a path below the
// top whether it is there.
func deadLinks(p page, all map[string]page, exists func(path string) bool) (bad []string) {
	links, _ := p.read()
	for _, l := range links {
		words, to := l[0], l[1]
		u, err := url.Parse(to)
		switch {
		case err != nil:
			bad = append(bad, fmt.Sprintf("%s is no address: %v", to, err))
			continue
		case u.Scheme == "mailto" || u.Scheme == "data":
			continue
		case u.Scheme != "" || u.Host != "":
			if why := badAddress(u, words); why != "" {
				bad = append(bad, fmt.Sprintf("%s: %s", to, why))
			}
			continue
		}
		target := p.path
		if u.Path != "" {
			target = filepath.ToSlash(filepath.Join(filepath.Dir(p.path), u.Path))
			if strings.HasPrefix(target, "..") || !exists(target) {
				bad = append(bad, fmt.Sprintf("links to %s, which is not there", to))
				continue
			}
		}
		other, ok := all[target]
		if target == p.path {
			other, ok = p, true
		}
		if u.Fragment == "" || !ok { // a line of a source file, say
			continue
		}
		if _, places := other.read(); !places[u.Fragment] {
			bad = append(bad, fmt.Sprintf("links to %s, and %s has no heading for that", to, target))
		}
	}
	return bad
}

// badAddress says what is wrong with an address on the net, as far as that can be seen
// from here; words are the link's.
func badAddress(u *url.URL, words string) string {
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return "has no scheme http or https"
	case !strings.Contains(u.Hostname(), ".") && u.Hostname() != "localhost", strings.ContainsAny(u.Host, " <>\""):
		return "has no host"
	case u.Host == "doi.org" || u.Host == "dx.doi.org":
		number := strings.TrimPrefix(u.Path, "/")
		if !doi.MatchString(number) {
			return "is no DOI"
		}
		if m := anyDOI.FindString(words); m != "" && !strings.EqualFold(strings.TrimRight(m, ".,;"), number) {
			return "is not the DOI that its words name, " + m
		}
	case u.Host == "arxiv.org":
		_, number, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		number = strings.TrimSuffix(number, ".pdf")
		if !isArxiv(number) {
			return "is no arXiv number"
		}
		if m := inWords.FindString(words); m != "" && m != number {
			return "is not the paper that its words name, " + m
		}
	}
	return ""
}

var (
	doi       = regexp.MustCompile(`^10\.\d{4,9}/[-._;()/:<>A-Za-z0-9]*[A-Za-z0-9)>]$`)
	anyDOI    = regexp.MustCompile(`10\.\d{4,9}/[^\s\]"` + "`" + `]+`)
	saysDOI   = regexp.MustCompile(`(?i)\bdoi:\s*([^\s\]"` + "`" + `]+)`)
	inWords   = regexp.MustCompile(`\d{4}\.\d{4,5}`)
	arxivID   = regexp.MustCompile(`^(\d\d)(\d\d)\.(\d{4,5})(?:v\d+)?$`)
	oldID     = regexp.MustCompile(`^[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?$`)
	goComment = regexp.MustCompile(`(?m)^\s*//.*$`)
	saysXiv   = regexp.MustCompile(`(?i)\barxiv:\s*([^\s\])"` + "`" + `]+)`)
)

// isArxiv reports whether arXiv can have given such a number: year and month, and four
// digits until the end of 2014, five since.
func isArxiv(s string) bool {
	m := arxivID.FindStringSubmatch(s)
	if m == nil {
		return oldID.MatchString(s)
	}
	yymm := m[1] + m[2]
	return yymm >= "0704" && m[2] >= "01" && m[2] <= "12" && (len(m[3]) == 5) == (yymm >= "1501")
}

// badReferences returns the DOIs and arXiv numbers of a text that cannot be any.
func badReferences(text string) (bad []string) {
	trim := func(s string) string {
		s = strings.TrimRight(s, ".,;:'*_")
		for strings.HasSuffix(s, ")") && strings.Count(s, "(") < strings.Count(s, ")") {
			s = strings.TrimRight(strings.TrimSuffix(s, ")"), ".,;:")
		}
		return s
	}
	for _, m := range saysXiv.FindAllStringSubmatch(text, -1) {
		if id := trim(m[1]); !isArxiv(strings.TrimPrefix(id, "abs/")) {
			bad = append(bad, "arXiv:"+id)
		}
	}
	for _, m := range saysDOI.FindAllStringSubmatch(text, -1) {
		if id := trim(m[1]); !doi.MatchString(id) {
			bad = append(bad, "doi:"+id)
		}
	}
	return bad
}

// TestLinks checks that what the pages link to in this checkout is there, the places on
// pages included; that addresses outside have the form of one; and that DOIs and arXiv
// numbers, in Go comments too, can be what they say.
func TestLinks(t *testing.T) {
	top, all := root(t), pages(t)
	exists := func(path string) bool {
		_, err := os.Stat(filepath.Join(top, filepath.FromSlash(path)))
		return err == nil
	}
	for _, p := range all {
		for _, bad := range deadLinks(p, all, exists) {
			t.Errorf("%s: %s", p.path, bad)
		}
		for _, bad := range badReferences(strings.Join(p.cells, "\n")) {
			t.Errorf("%s names %s, which is none", p.path, bad)
		}
	}
	eachFile(t, func(path string, text []byte) {
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			for _, comment := range goComment.FindAllString(string(text), -1) {
				for _, bad := range badReferences(comment) {
					t.Errorf("%s names %s, which is none", path, bad)
				}
			}
		}
	})
}

// TestDeadLinks checks that each kind of slip is found, and what is right is not.
func TestDeadLinks(t *testing.T) {
	all := map[string]page{
		"docs/a.md":      {path: "docs/a.md", cells: []string{"# One, two: `three`\n\n# Again\n\n# Again\n"}},
		"notebooks/1.md": {path: "notebooks/1.ipynb", notebook: true, cells: []string{"## The situation\n"}},
	}
	exists := func(path string) bool { return slices.Contains([]string{"docs", "docs/a.md", "notebooks/1.md"}, path) }
	for link, says := range map[string]string{
		"[x](a.md)":                              "",
		"[x](a.md#one-two-three)":                "",
		"[x](a.md#again-1)":                      "",
		"[x](a.md#again-2)":                      "no heading",
		"[x](../notebooks/1.md#The-situation)":   "",
		"[x](../notebooks/1.md#the-situation)":   "no heading",
		"[x](b.md)":                              "not there",
		"![x](b.png)":                            "not there",
		"<img src=\"b.png\">":                    "not there",
		"[x](../../etc/passwd)":                  "not there",
		"`[x](b.md)`":                            "",
		"[x](#nowhere)":                          "no heading",
		"[x](https://example.com/a#b)":           "",
		"[x](htps://example.com)":                "no scheme",
		"[x](https://examplecom)":                "no host",
		"[x](https://doi.org/10.1063/1.1699114)": "",
		"[x](https://doi.org/1.1699114)":         "no DOI",
		"[10.1063/1.1699114](https://doi.org/10.1063/1.1699115)": "not the DOI",
		"[1506.02142](https://arxiv.org/abs/1506.02142)":         "",
		"[1506.02142](https://arxiv.org/abs/1506.02124)":         "not the paper",
		"[x](https://arxiv.org/abs/1513.02142)":                  "no arXiv",
		"https://arxiv.org/abs/1506.0214":                        "no arXiv",
	} {
		bad := strings.Join(deadLinks(page{path: "docs/b.md", cells: []string{link}}, all, exists), "; ")
		if (bad == "") != (says == "") || !strings.Contains(bad, says) {
			t.Errorf("%s: %q, want %q", link, bad, says)
		}
	}
	for text, n := range map[string]int{
		"(arXiv:1506.02142).": 0, "arXiv: 0706.1234v2,": 0, "arXiv:hep-th/9901001": 0, "an arXiv number": 0,
		"arXiv:15006.02142": 1, "arXiv:1506.021": 1, "arXiv:1499.1234": 1,
		"doi:10.1214/ss/1009213286.": 0, "doi:10.1016/S0004-3702(97)00043-X": 0, "doi:11.1/x": 1,
	} {
		if bad := badReferences(text); len(bad) != n {
			t.Errorf("%s: %v, want %d", text, bad, n)
		}
	}
}
