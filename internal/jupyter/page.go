package jupyter

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"mime"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed page.css
var pageCSS string

// PageOptions say what a notebook does not know about itself.
type PageOptions struct {
	Name string // the notebook's file name, for the title and the footer
	Dir  string // where its pictures lie; "" is the current directory

	// Link rewrites the address of a link. Nil makes the notebook x.ipynb next to this
	// one the page x.html next to this page, and leaves all else.
	Link func(address string) (string, error)
}

// Content is a notebook as HTML, without the page around it.
type Content struct {
	Title string // its first heading, or its name; plain text
	Body  string // goes into <main>
	CSS   string // what the body needs: style, and the fonts of its formulas
}

// Render turns a notebook into self-contained HTML: style, fonts, pictures and formulas
// are inside, nothing is loaded from the net, and no script runs but those of the
// notebook's own outputs.
//
// A formula that does not parse, or a picture that is not there, is an error
// that names the cell. The content is returned even then, with the place marked.
func Render(nb *Notebook, o PageOptions) (*Content, error) {
	p := &page{opts: o}
	md, err := newMarkdown(p.address)
	if err != nil {
		return nil, err
	}
	p.md = md
	for i, c := range nb.Cells {
		p.cell = c
		if err := p.writeCell(c); err != nil {
			p.errs = append(p.errs, fmt.Errorf("cell %d, %q: %w", i+1, firstLine(c.Source), err))
		}
	}
	c := &Content{Title: pageTitle(nb, o.Name), Body: p.body.String(), CSS: pageCSS}
	if css := katexCSS(c.Body); css != "" {
		c.CSS += css + "\n"
	}
	return c, errors.Join(p.errs...)
}

// Page turns a notebook into one page that stands alone; see [Render].
func Page(nb *Notebook, o PageOptions) ([]byte, error) {
	c, err := Render(nb, o)
	if c == nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
		"<meta name=\"color-scheme\" content=\"light dark\">\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<style>\n%s</style>\n", html.EscapeString(c.Title), c.CSS)
	fmt.Fprintf(&b, "</head>\n<body>\n<main>\n%s</main>\n<footer>%s, executed by Credence</footer>\n</body>\n</html>\n",
		c.Body, html.EscapeString(o.Name))
	return []byte(b.String()), err
}

// page is a page under construction.
type page struct {
	opts PageOptions
	md   *markdown
	cell *Cell
	body strings.Builder
	errs []error
}

func (p *page) writeCell(c *Cell) error {
	switch c.Type {
	case "markdown":
		out, err := p.md.html(c.Source)
		fmt.Fprintf(&p.body, "<section class=\"md\">\n%s</section>\n", out)
		return err
	case "code":
		p.body.WriteString("<section class=\"cell\">\n")
		if src := strings.TrimRight(c.Source, "\n"); src != "" {
			fmt.Fprintf(&p.body, "<pre class=\"code\"><code>%s</code></pre>\n", highlightGo(src))
		}
		for _, o := range c.Outputs {
			p.body.WriteString(p.output(o))
		}
		p.body.WriteString("</section>\n")
	}
	return nil
}

// address makes a link or a picture of a markdown cell fit for the page.
func (p *page) address(dest string, picture bool) (string, error) {
	u, err := url.Parse(dest)
	if err != nil {
		return "", fmt.Errorf("address %q: %w", dest, err)
	}
	if !picture {
		if p.opts.Link != nil {
			return p.opts.Link(dest)
		}
		if u.Scheme == "" && u.Host == "" && path.Dir(u.Path) == "." && strings.HasSuffix(u.Path, ".ipynb") {
			u.Path = strings.TrimSuffix(u.Path, ".ipynb") + ".html" // the page next to this one
			return u.String(), nil
		}
		return dest, nil
	}
	switch u.Scheme {
	case "data":
		return dest, nil
	case "attachment":
		all := object(p.cell.extra["attachments"])
		for mime, v := range object(all[u.Opaque]) {
			if s, err := text(v); err == nil {
				return "data:" + mime + ";base64," + strings.ReplaceAll(s, "\n", ""), nil
			}
		}
		return "", fmt.Errorf("picture %q is not attached to the cell", dest)
	case "":
		if u.Host != "" {
			break
		}
		b, err := os.ReadFile(filepath.Join(p.opts.Dir, filepath.FromSlash(u.Path)))
		if err != nil {
			return "", fmt.Errorf("picture: %w", err)
		}
		return dataURI(mime.TypeByExtension(path.Ext(u.Path)), b), nil
	}
	return "", fmt.Errorf("picture %q would be loaded from the net: put it beside the notebook", dest)
}

func dataURI(mime string, b []byte) string {
	return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(b)
}

// pageTitle is the notebook's first heading, or its name.
func pageTitle(nb *Notebook, name string) string {
	if len(nb.Cells) > 0 && nb.Cells[0].Type == "markdown" {
		if m := firstHeading.FindStringSubmatch(nb.Cells[0].Source); m != nil {
			return m[1]
		}
	}
	return strings.TrimSuffix(name, ".ipynb")
}

var firstHeading = regexp.MustCompile(`(?m)^#+ +(.*\S)`)
