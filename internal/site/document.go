package site

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/credence-bnn/credence/internal/chapter"
	"github.com/credence-bnn/credence/internal/jupyter"
)

// A document is a chapter or an exercise on its way to a page.
type document struct {
	file     string // below the checkout, with slashes
	number   string // "01"
	slug     string // "01-coin-flips"
	exercise bool
	nb       *jupyter.Notebook

	content *jupyter.Content
	links   []link // to other pages of the site
}

// A link leads to a page, and perhaps to a place on it.
type link struct{ page, anchor string }

// address is the page's file name.
func (d *document) address() string {
	if d.exercise {
		return "exercise-" + d.slug + ".html"
	}
	return d.slug + ".html"
}

// collect reads the course, in the order in which one reads it: each chapter is
// followed by its exercise.
func collect(checkout string) ([]*document, error) {
	var docs []*document
	notebooks, err := filepath.Glob(filepath.Join(checkout, "notebooks", "[0-9]*.ipynb"))
	if err != nil {
		return nil, err
	}
	if len(notebooks) == 0 {
		return nil, fmt.Errorf("no chapters in %s: the checkout is incomplete, clone it again", filepath.Join(checkout, "notebooks"))
	}
	for _, file := range notebooks {
		nb, err := jupyter.Read(file)
		if err != nil {
			return nil, err
		}
		slug := strings.TrimSuffix(filepath.Base(file), ".ipynb")
		docs = append(docs, &document{file: "notebooks/" + slug + ".ipynb", slug: slug, nb: nb})
	}
	readmes, err := filepath.Glob(filepath.Join(checkout, "exercises", "[0-9]*", "README.md"))
	if err != nil {
		return nil, err
	}
	for _, file := range readmes {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		slug := filepath.Base(filepath.Dir(file))
		docs = append(docs, &document{
			file: "exercises/" + slug + "/README.md", slug: slug, exercise: true,
			nb: &jupyter.Notebook{Cells: []*jupyter.Cell{{Type: "markdown", Source: string(text)}}},
		})
	}
	for _, d := range docs {
		d.number, _, _ = strings.Cut(d.slug, "-")
	}
	slices.SortStableFunc(docs, func(a, b *document) int { return strings.Compare(a.number, b.number) })
	return docs, nil
}

// render makes the page's content.
func (d *document) render(o Options, all []*document) error {
	var errs []error
	if !d.exercise {
		if wrong := chapter.Outputs(d.nb); len(wrong) > 0 {
			errs = append(errs, fmt.Errorf("%w: execute it with `credence run %s` and copy out/%s.ipynb over it", wrong[0], d.file, d.slug))
		}
	}
	var err error
	d.content, err = jupyter.Render(d.nb, jupyter.PageOptions{
		Name: path.Base(d.file),
		Dir:  filepath.Join(o.Checkout, filepath.FromSlash(path.Dir(d.file))),
		Link: func(dest string) (string, error) { return d.link(o, all, dest) },
	})
	if errs = append(errs, err); d.content != nil {
		d.content.Body = named.ReplaceAllStringFunc(d.content.Body, func(code string) string {
			for _, other := range all {
				if strings.Contains(code, ">"+other.file+"<") || other.exercise && strings.Contains(code, ">"+path.Dir(other.file)+"<") {
					return fmt.Sprintf(`<a href="%s">%s</a>`, other.address(), code)
				}
			}
			return code
		})
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%s: %w", d.file, err)
	}
	return nil
}

// named matches paths of the course that a text names without linking to them.
var named = regexp.MustCompile(`<code>(?:notebooks|exercises)/[^<]*</code>`)

// link turns an address in a file of the checkout into one that works on the site: of
// another page, or of the file where the course's source can be read.
func (d *document) link(o Options, all []*document, dest string) (string, error) {
	u, err := url.Parse(dest)
	if err != nil {
		return "", fmt.Errorf("address %q: %w", dest, err)
	}
	if u.Scheme != "" || u.Host != "" {
		return dest, nil
	}
	if u.Path == "" { // a place on this page
		d.links = append(d.links, link{d.address(), u.Fragment})
		return dest, nil
	}
	target := path.Join(path.Dir(d.file), u.Path)
	for _, other := range all {
		if target == other.file || other.exercise && target == path.Dir(other.file) {
			d.links = append(d.links, link{other.address(), u.Fragment})
			u.Path = other.address()
			return u.String(), nil
		}
	}
	info, err := os.Stat(filepath.Join(o.Checkout, filepath.FromSlash(target)))
	if errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(target, "../") {
		return "", fmt.Errorf("links to %s, which is not there", dest)
	}
	if err != nil {
		return "", err
	}
	if o.Source == "" {
		return "", fmt.Errorf("links to %s, a file of the checkout, and nobody knows where that can be read: give the address with --source", dest)
	}
	kind := "blob/main/"
	if info.IsDir() {
		kind = "tree/main/"
	}
	return strings.TrimSuffix(o.Source, "/") + "/" + kind + (&url.URL{Path: target, Fragment: u.Fragment}).String(), nil
}

var idAttr = regexp.MustCompile(`\sid="([^"]*)"`)

// deadLinks names the links to places that no page has.
func deadLinks(docs []*document) error {
	places := map[link]bool{}
	for _, d := range docs {
		if d.content == nil {
			continue
		}
		places[link{d.address(), ""}] = true
		for _, m := range idAttr.FindAllStringSubmatch(d.content.Body, -1) {
			places[link{d.address(), m[1]}] = true
		}
	}
	var errs []error
	for _, d := range docs {
		for _, l := range d.links {
			if !places[l] {
				errs = append(errs, fmt.Errorf("%s: links to %s#%s, and there is no such place", d.file, l.page, l.anchor))
			}
		}
	}
	return errors.Join(errs...)
}
