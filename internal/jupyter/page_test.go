package jupyter

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func fixturePage(t *testing.T) string {
	t.Helper()
	nb, err := Read("testdata/page.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	page, err := Page(nb, PageOptions{Name: "page.ipynb", Dir: "testdata"})
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// One notebook with everything: what has to be in its page, and what not.
func TestPage(t *testing.T) {
	page := fixturePage(t)
	for name, part := range map[string]string{
		"title":                   "<title>02 · Bayes&#39; rule, on one page</title>",
		"formulas":                `<span class="katex">`,
		"a formula on its line":   `<span class="katex-display">`,
		"for screen readers":      "<math ",
		"formula in a table":      `<td><span class="katex">`,
		"formula in a summary":    `<summary>Checkpoint: where is <span class="katex">`,
		"raw HTML without blanks": `<summary>Without a blank line <span class="katex">`,
		"money":                   "costs $5 and a coffee $3, so $8 in all",
		"dollars in code":         "<code>$x$</code>",
		"dollars in Go":           "&#34;$a$&#34;",
		"link to the next page":   `href="07-mc-dropout.html#The-situation"`,
		"other links":             `href="https://en.wikipedia.org/`,
		"heading's name":          `id="The-situation"`,
		"highlighted":             `<span class="k">func</span>`,
		"magic":                   `<span class="mg">%noautoget</span>`,
		"escaped code":            "&lt;b&gt;not bold&lt;/b&gt;",
		"size of a figure":        `width="600" height="200" alt="figure"`,
		"SVG as a picture":        `src="data:image/svg+xml;base64,`,
		"HTML output as it is":    "<script>document.getElementById('c1')",
		"markdown output":         "A <em>markdown</em> output",
		"the end of a bar":        "<pre class=\"out stdout lines\">100%\n▸ mean = 0.6</pre>",
		"colours gone":            "<pre class=\"out stderr\">a warning</pre>",
		"the error":               `<pre class="out error">panic: no`,
		"fonts inside":            "font-family:KaTeX_Math;font-style:italic;font-weight:400;src:url(data:font/woff2;base64,",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%s: %q is not in the page", name, part)
		}
	}
	for name, part := range map[string]string{
		"a mark":                 markOpen,
		"an unused font":         "KaTeX_Fraktur;font-style:normal;font-weight:400;src",
		"a font of the net":      "url(fonts/",
		"the kernel's echo":      "%goflags=[",
		"a terminal's colours":   "\x1b",
		"overwritten progress":   "50%\r",
		"a raw formula":          `$\theta`,
		"a raw display formula":  "$$",
		"an unrendered aligning": `\begin{align}` + "\n\\log p(D) &\\ge",
	} {
		body := regexp.MustCompile(`(?s)<annotation.*?</annotation>`).ReplaceAllString(page, "")
		if strings.Contains(body, part) {
			t.Errorf("%s is in the page: %q", name, part)
		}
	}
	if again := fixturePage(t); again != page {
		t.Error("the same notebook gave two pages")
	}
}

// What is wrong is named with its cell, and the rest of the page is there.
func TestPageErrors(t *testing.T) {
	nb := &Notebook{Cells: []*Cell{
		{Type: "markdown", Source: "# Title"},
		{Type: "markdown", Source: "Wrong: $\\frac{1}{$ and $\\nocommand$."},
		{Type: "markdown", Source: "![far](https://example.org/a.png) ![gone](gone.png) ![none](attachment:a.png)\n\n<img src=\"//example.org/b.png\">"},
		{Type: "markdown", Source: "The end."},
	}}
	page, err := Page(nb, PageOptions{Name: "x.ipynb", Dir: t.TempDir()})
	if err == nil || !strings.Contains(string(page), "The end.") {
		t.Fatalf("error %v, page %d bytes", err, len(page))
	}
	for _, part := range []string{
		`cell 2, "Wrong:`, `formula "\\frac{1}{"`, `formula "\\nocommand": Undefined control sequence: \nocommand`,
		`cell 3`, "https://example.org/a.png", "gone.png", `"attachment:a.png" is not attached`, `"//example.org/b.png" would be loaded from the net`,
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error has no %q: %v", part, err)
		}
	}
	if !strings.Contains(string(page), `<span class="bad">$\nocommand$</span>`) {
		t.Error("the wrong formula is not marked")
	}
}

// Pictures become part of the page.
func TestPagePictures(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a b.png"), []byte("PNG"), 0o644); err != nil {
		t.Fatal(err)
	}
	nb := &Notebook{Cells: []*Cell{{
		Type:   "markdown",
		Source: "![one](a%20b.png) <img alt='two' src='a b.png'> ![three](attachment:c.png) ![four](data:image/png;base64,Zm91cg==)",
		extra:  map[string]any{"attachments": map[string]any{"c.png": map[string]any{"image/png": "dGhyZWU=\n"}}},
	}}}
	page, err := Page(nb, PageOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`<img src="data:image/png;base64,UE5H" alt="one">`, `<img alt='two' src="data:image/png;base64,UE5H">`,
		`<img src="data:image/png;base64,dGhyZWU=" alt="three">`, `<img src="data:image/png;base64,Zm91cg==" alt="four">`,
	} {
		if !strings.Contains(string(page), part) {
			t.Errorf("no %s", part)
		}
	}
}

// The title is the first heading, whatever comes after it in the same cell.
func TestPageTitle(t *testing.T) {
	for source, want := range map[string]string{
		"# 01 · Coin flips\n\n*Words.*\n\n## Goals\n": "01 · Coin flips",
		"Words.\n\n## Later":                          "Later",
		"Words only.":                                 "a",
	} {
		c, err := Render(&Notebook{Cells: []*Cell{{Type: "markdown", Source: source}}}, PageOptions{Name: "a.ipynb"})
		if err != nil || c.Title != want {
			t.Errorf("%q: title %q (%v), want %q", source, c.Title, err, want)
		}
	}
}

// A page without formulas carries no fonts.
func TestPageWithoutFormulas(t *testing.T) {
	page, err := Page(&Notebook{Cells: []*Cell{{Type: "markdown", Source: "# Words"}}}, PageOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(page) > 10_000 {
		t.Errorf("%d bytes for one word", len(page))
	}
}

// Highlighting changes no character, whatever the text.
func FuzzHighlight(f *testing.F) {
	for _, s := range []string{
		"%%\nx := 1 // <b>\n", "%noautoget\nimport \"fmt\"\n", "s := `raw\n%% not magic here`", "\"open", "/* open", "'", "a\r\nb", "\ufeff x", "!ls\n",
		"%% a\n%% b", "\x00", "`a\r\nb`c",
	} {
		f.Add(s)
	}
	tags := regexp.MustCompile(`</?span[^>]*>`)
	f.Fuzz(func(t *testing.T, src string) {
		if got := html.UnescapeString(tags.ReplaceAllString(highlightGo(src), "")); got != html.UnescapeString(html.EscapeString(src)) {
			t.Errorf("%q became %q", src, got)
		}
	})
}

// No line breaks between a formula and the punctuation around it, but in the formula
// where TeX allows it.
func TestTie(t *testing.T) {
	m, err := newMarkdown(func(dest string, _ bool) (string, error) { return dest, nil })
	if err != nil {
		t.Fatal(err)
	}
	inside := regexp.MustCompile(`^<span class="(?:katex|katex-base|tie)">`)
	spans := regexp.MustCompile(`</?span\b`)
	short := map[string]string{`<span class="katex">`: "K", `<span class="katex-base">`: "B", `<span class="tie">`: "T"}
	for _, c := range []struct{ md, want string }{
		{"so $x$, and", "TKB"},
		{"so $x$<!--=a-->.", "TKB"},
		{"(with $x^2$)", "TKB"},
		{"a \"$x$\"", "TKB"},
		{"so $x$ and", "KB"},
		{"so $a + b = c$ and", "KBBB"},
		{"so $a + b = c$, a", "KBB TKB"},
		{"so ($a + b = c$ or", "TKB KBB"},
		{"so ($a + b = c$) or", "TKB KB TKB"},
		{"so ($a + b$) or", "TKB TKB"},
		{"$$x$$, and", "KB"},
	} {
		out, err := m.html(c.md)
		if err != nil {
			t.Fatal(err)
		}
		got, level := "", 0
		for _, part := range spans.FindAllStringIndex(out, -1) {
			if out[part[0]+1] == '/' {
				level--
				continue
			}
			if s := short[inside.FindString(out[part[0]:])]; s != "" && level == 0 && got != "" {
				got += " " + s
			} else {
				got += s
			}
			level++
		}
		if got != c.want {
			t.Errorf("%s became %s, want %s", c.md, got, c.want)
		}
		if level != 0 || strings.Contains(out, markOpen) || strings.Count(out, "<math ") != 1 {
			t.Errorf("%s: %s", c.md, out)
		}
	}
}
