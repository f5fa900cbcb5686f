package jupyter

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown turns markdown cells into HTML: GitHub's dialect and raw HTML, as
// in JupyterLab, with the formulas rendered. Not safe for concurrent use.
type markdown struct {
	gm   goldmark.Markdown
	tex  *texRenderer
	ids  headingIDs
	link func(dest string, image bool) (string, error) // rewrites a link's or a picture's address

	md       string    // the cell in work
	formulas []Formula // and its formulas
	errs     []error
}

func newMarkdown(link func(string, bool) (string, error)) (*markdown, error) {
	tex, err := newTeX()
	if err != nil {
		return nil, err
	}
	m := &markdown{tex: tex, ids: headingIDs{}, link: link}
	m.gm = goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(gmhtml.WithUnsafe(),
			renderer.WithNodeRenderers(util.Prioritized(m, 100))),
	)
	return m, nil
}

// html renders one cell. Formulas and pictures that fail are in the error,
// and marked in the HTML, which is complete even then.
func (m *markdown) html(md string) (string, error) {
	md = strings.NewReplacer(markOpen, "", markShut, "").Replace(md)
	hidden, formulas := hideFormulas(md)
	m.md, m.formulas, m.errs = md, formulas, nil
	doc := []byte(hidden)
	ctx := parser.NewContext(parser.WithIDs(m.ids))
	root := m.gm.Parser().Parse(gmtext.NewReader(doc), parser.WithContext(ctx))
	m.rewrite(root)
	var b bytes.Buffer
	if err := m.gm.Renderer().Render(&b, doc, root); err != nil {
		return "", fmt.Errorf("markdown: %w", err)
	}
	out := imgTag.ReplaceAllStringFunc(b.String(), m.picture)
	out = marked.ReplaceAllStringFunc(out, m.tie)
	out = replaceMarks(out, m.formula)
	return out, errors.Join(m.errs...)
}

// formula renders formula i of the cell.
func (m *markdown) formula(i int) string {
	f := m.formulas[i]
	out, err := m.tex.html(f.TeX, f.Display)
	if err != nil {
		m.errs = append(m.errs, fmt.Errorf("formula %q: %w", f.TeX, err))
		return `<span class="bad">` + html.EscapeString(m.md[f.Start:f.End]) + `</span>`
	}
	return out
}

// marked matches the mark of a formula, comments, and the punctuation around it.
var marked = regexp.MustCompile(`((?:\(|\[|&quot;|“)*)(` + markOpen + `\d+` + markShut + `)((?:<!--[^>]*-->)*(?:[.,;:!?)\]”]|&quot;)*)`)

// tie keeps the punctuation around a formula with it: browsers break lines there
// otherwise. The formula itself may still be broken, between its bases; the first and
// the last of them become formulas of their own.
func (m *markdown) tie(s string) string {
	parts := marked.FindStringSubmatch(s)
	before, out, after := parts[1], replaceMarks(parts[2], m.formula), parts[3]
	const base, again, tail = `<span class="katex-base">`, `<span class="katex"><span class="katex-html" aria-hidden="true">`, `</span></span>`
	bases := strings.SplitAfter(strings.ReplaceAll(out, base, "\x00"+base), "\x00")
	for i := range bases {
		bases[i] = strings.TrimSuffix(bases[i], "\x00")
	}
	head, bases := bases[0], bases[1:]
	if before+after == "" || len(bases) == 0 || strings.Contains(out, "katex-display") {
		return before + out + after
	}
	tied := func(s string) string { return `<span class="tie">` + s + `</span>` }
	if len(bases) == 1 {
		return tied(before + out + after)
	}
	n := len(bases) - 1
	bases[n] = strings.TrimSuffix(bases[n], tail)
	first, last := "", ""
	if before != "" {
		first, head, bases, n = tied(before+head+bases[0]+tail), again, bases[1:], n-1
	}
	if after != "" {
		last, bases = tied(again+bases[n]+tail+after), bases[:n]
	}
	if len(bases) > 0 {
		first += head + strings.Join(bases, "") + tail
	}
	return first + last
}

// source gives the markdown back that stands behind a mark: in code, and in
// attributes.
func (m *markdown) source(s string) string {
	return replaceMarks(s, func(i int) string { return m.md[m.formulas[i].Start:m.formulas[i].End] })
}

// rewrite passes the addresses of links through m.link.
func (m *markdown) rewrite(root ast.Node) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.Link); ok && entering {
			l.Destination = []byte(m.address(string(l.Destination), false))
		}
		return ast.WalkContinue, nil
	})
}

func (m *markdown) address(dest string, image bool) string {
	to, err := m.link(m.source(dest), image)
	if err != nil {
		m.errs = append(m.errs, err)
		return dest
	}
	return to
}

// imgTag matches pictures, from markdown and from raw HTML.
var imgTag = regexp.MustCompile(`(?is)(<img\b[^>]*?\bsrc=)(?:"([^"]*)"|'([^']*)')`)

// picture passes the address of one picture through m.link.
func (m *markdown) picture(tag string) string {
	p := imgTag.FindStringSubmatch(tag)
	return p[1] + `"` + html.EscapeString(m.address(html.UnescapeString(p[2]+p[3]), true)) + `"`
}

// RegisterFuncs makes m the renderer of code and of pictures.
func (m *markdown) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, m.block)
	r.Register(ast.KindCodeBlock, m.block)
	r.Register(ast.KindCodeSpan, m.codeSpan)
	r.Register(ast.KindImage, m.image)
}

func (m *markdown) block(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	lang := ""
	if f, ok := n.(*ast.FencedCodeBlock); ok {
		lang = string(f.Language(src))
	}
	code := m.source(string(n.Lines().Value(src)))
	if lang == "go" {
		code = highlightGo(code)
	} else {
		code = html.EscapeString(code)
	}
	fmt.Fprintf(w, "<pre class=\"code\"><code>%s</code></pre>\n", code)
	return ast.WalkSkipChildren, nil
}

func (m *markdown) codeSpan(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		code := strings.ReplaceAll(m.source(inlineText(src, n)), "\n", " ")
		fmt.Fprintf(w, "<code>%s</code>", html.EscapeString(code))
	}
	return ast.WalkSkipChildren, nil
}

// image allows data URIs, which goldmark's own renderer refuses.
func (m *markdown) image(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.Image)
		fmt.Fprintf(w, `<img src="%s" alt="%s">`, html.EscapeString(string(n.Destination)), html.EscapeString(m.source(inlineText(src, n))))
	}
	return ast.WalkSkipChildren, nil
}

// inlineText returns the plain text below n.
func inlineText(src []byte, n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(src))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(c.Value)
		default:
			b.WriteString(inlineText(src, c))
		}
	}
	return b.String()
}

// headingIDs names headings as JupyterLab does, so that [text](#The-situation)
// works in both.
type headingIDs map[string]bool

func (ids headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	id := strings.ReplaceAll(replaceMarks(strings.TrimSpace(string(value)), func(int) string { return "" }), " ", "-")
	for ids[id] {
		id += "-"
	}
	ids[id] = true
	return []byte(id)
}

func (ids headingIDs) Put(value []byte) { ids[string(value)] = true }
