package viz_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// A section of the gallery is a figure's function with its first sentence, the lines of
// its Example and its pictures.
type section struct {
	Name, Says, Code string
	Pictures         []shown
}

type shown struct {
	name, Alt     string
	Light, Dark   template.URL
	Width, Height int
}

// TestGallery writes out/gallery.html in the top directory: every figure, light and dark,
// with the few lines that make it, in one page that needs no network. It fails if a
// function that makes a figure has no picture or no Example. With -regen it also renews
// docs/gallery.md and the README's pictures.
func TestGallery(t *testing.T) {
	sections := figureFunctions(t)
	for _, g := range gallery() {
		s := owner(sections, g.name)
		if s == nil {
			t.Errorf("picture %s starts with no figure's name", g.name)
			continue
		}
		fig, err := g.draw()
		if err != nil {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		p := shown{name: g.name, Alt: fig.Alt()}
		p.Width, p.Height = fig.Size()
		if !testing.Short() {
			p.Light, p.Dark = dataURL(t, fig.PNG), dataURL(t, fig.Dark().PNG)
		}
		s.Pictures = append(s.Pictures, p)
	}
	for _, s := range sections {
		if len(s.Pictures) == 0 {
			t.Errorf("%s has no picture in the gallery", s.Name)
		}
		if s.Code == "" {
			t.Errorf("%s has no Example", s.Name)
		}
	}
	checkOverview(t, sections)
	if testing.Short() {
		return // the rest is pictures
	}
	var b bytes.Buffer
	if err := page.Execute(&b, sections); err != nil {
		t.Fatal(err)
	}
	for _, outside := range []string{"src=\"http", "href=\"http", "url(http"} {
		if strings.Contains(b.String(), outside) {
			t.Errorf("the page needs the network: %s", outside)
		}
	}
	out := filepath.Join("..", "..", "out")
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(out, "gallery.html")
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Logf("wrote %s, %d kB", file, b.Len()/1000)
	for _, g := range gallery() {
		if slices.Contains([]string{"boundary", "network", "pairs"}, g.name) {
			checkReadmePicture(t, g)
		}
	}
}

// checkReadmePicture compares a picture of the README with what is drawn now; -regen
// rewrites it.
func checkReadmePicture(t *testing.T, g picture) {
	t.Helper()
	fig, err := g.draw()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "docs", "img", g.name+".png")
	if *regen {
		if err := fig.Save(file); err != nil {
			t.Error(err)
		}
		return
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := fig.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if err := samePicture(have, want); err != nil {
		t.Errorf("%s is not what is drawn now (%v); renew it: go test ./pkg/viz -run Gallery -regen", file, err)
	}
}

// figureFunctions reads the package's source: its functions that return a figure and an
// error, in the order of the package's documentation.
func figureFunctions(t *testing.T) []*section {
	t.Helper()
	fset := token.NewFileSet()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*section{}
	code := map[string]string{}
	var doc string
	for _, file := range files {
		f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file == "doc.go" {
			doc = f.Doc.Text()
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil {
				continue
			}
			if name, ok := strings.CutPrefix(fn.Name.Name, "Example"); ok {
				code[name] = body(t, fset, file, fn)
			} else if fn.Name.IsExported() && fn.Type.Results != nil && len(fn.Type.Results.List) == 2 && !strings.HasSuffix(file, "_test.go") {
				says, _, _ := strings.Cut(strings.ReplaceAll(fn.Doc.Text(), "\n", " ")+" ", ". ")
				byName[fn.Name.Name] = &section{Name: fn.Name.Name, Says: strings.TrimSuffix(strings.TrimSpace(says), ".") + "."}
			}
		}
	}
	delete(byName, "Must")
	var out []*section
	for rest := doc; ; {
		_, after, found := strings.Cut(rest, "[")
		if !found {
			break
		}
		name, tail, _ := strings.Cut(after, "]")
		rest = tail
		if s := byName[name]; s != nil {
			s.Code = code[name]
			out = append(out, s)
			delete(byName, name)
		}
	}
	for name := range byName {
		t.Errorf("%s is not in the package's documentation", name)
	}
	return out
}

// body returns the lines of an Example, without those that only print.
func body(t *testing.T, fset *token.FileSet, file string, fn *ast.FuncDecl) string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	from, to := fset.Position(fn.Body.Lbrace).Offset+1, fset.Position(fn.Body.Rbrace).Offset
	text, _, _ := strings.Cut(string(src[from:to]), "// Output:")
	pretty, err := format.Source([]byte(strings.TrimSpace(text)))
	if err != nil {
		t.Fatal(err)
	}
	var keep []string
	for _, line := range strings.Split(string(pretty), "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "fmt.Print") {
			keep = append(keep, line)
		}
	}
	return strings.TrimSpace(strings.Join(keep, "\n"))
}

// owner returns the section whose name, in lower case with underscores, a picture's name
// starts with; the longest one.
func owner(sections []*section, picture string) *section {
	var best *section
	for _, s := range sections {
		n := snake(s.Name)
		if (picture == n || strings.HasPrefix(picture, n+"_")) && (best == nil || len(s.Name) > len(best.Name)) {
			best = s
		}
	}
	return best
}

func snake(s string) string {
	var b strings.Builder
	r := []rune(s)
	for i, c := range r {
		if i > 0 && unicode.IsUpper(c) && !unicode.IsUpper(r[i-1]) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

func dataURL(t *testing.T, render func() ([]byte, error)) template.URL {
	t.Helper()
	b, err := render()
	if err != nil {
		t.Fatal(err)
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b))
}

// checkOverview compares docs/gallery.md, which shows the golden pictures, with what
// there is; -regen rewrites it.
func checkOverview(t *testing.T, sections []*section) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Figures\n\nEvery figure of [pkg/viz](../pkg/viz), with the lines that make one like it. `go test ./pkg/viz -run Gallery` writes the same\n" +
		"as one page, light and dark and at full resolution, to `out/gallery.html`. This file is made by\n`go test ./pkg/viz -run 'Golden|Gallery' -regen`.\n")
	for _, s := range sections {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", s.Name, s.Says)
		for _, p := range s.Pictures {
			fmt.Fprintf(&b, "![%s](../pkg/viz/testdata/%s_golden.png)\n", strings.NewReplacer("[", "\\[", "]", "\\]").Replace(p.Alt), p.name)
		}
		fmt.Fprintf(&b, "\n```go\n%s\n```\n", s.Code)
	}
	file := filepath.Join("..", "..", "docs", "gallery.md")
	if *regen {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Error(err)
		}
		return
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != b.String() {
		t.Errorf("docs/gallery.md is not what the package draws (%v); renew it: go test ./pkg/viz -run 'Golden|Gallery' -regen", err)
	}
}

var page = template.Must(template.New("gallery").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Credence: figures</title>
<style>
:root { color-scheme: light dark; --page: #fff; --ink: #282c34; --quiet: #6b7280; --code: #f5f6f8; --line: #e4e7eb }
:root:has(#dark:checked) { color-scheme: dark; --page: #14171c; --ink: #e0e4ea; --quiet: #9aa1ac; --code: #1d2128; --line: #2c3139 }
body { margin: 0 auto; max-width: 1330px; padding: 24px; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 26px; margin: 0 } h2 { font-size: 20px; margin: 40px 0 4px; border-top: 1px solid var(--line); padding-top: 20px }
p { margin: 4px 0 12px; color: var(--quiet); max-width: 70ch }
nav { columns: 14em auto; margin: 16px 0 } nav a { display: block; color: inherit }
.figures { display: flex; flex-wrap: wrap; gap: 20px; align-items: start } img { max-width: 100%; height: auto }
pre { background: var(--code); padding: 12px 16px; overflow: auto; font-size: 13px; line-height: 1.45 }
.night { display: none } :root:has(#dark:checked) .night { display: block } :root:has(#dark:checked) .day { display: none }
</style></head><body>
<h1>Figures</h1>
<p>Every figure of pkg/viz, with the lines that make one like it.
<label><input type="radio" name="theme" id="light" checked> light</label> <label><input type="radio" name="theme" id="dark"> dark</label></p>
<nav>{{range .}}<a href="#{{.Name}}">{{.Name}}</a>{{end}}</nav>
{{range .}}<h2 id="{{.Name}}">{{.Name}}</h2>
<p>{{.Says}}</p>
<div class="figures">{{range .Pictures}}
<img class="day" src="{{.Light}}" width="{{.Width}}" height="{{.Height}}" alt="{{.Alt}}"><img class="night" src="{{.Dark}}" width="{{.Width}}" height="{{.Height}}" alt="{{.Alt}}">{{end}}
</div>
<details><summary>code</summary><pre>{{.Code}}</pre></details>
{{end}}</body></html>
`))
