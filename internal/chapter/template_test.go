package chapter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// good is a chapter in which nothing is missing, in little.
func good() []*jupyter.Cell {
	md := func(s string) *jupyter.Cell { return &jupyter.Cell{Type: "markdown", Source: s} }
	code := func(s string) *jupyter.Cell { return &jupyter.Cell{Type: "code", Source: s, Count: 1} }
	figure := code("%%\nnb.Show(f)")
	figure.Outputs = []*jupyter.Output{{Type: "display_data", Data: map[string]any{"image/png": "x"}}}
	answer := "<details><summary>Answer</summary>\n\nYes.\n\n</details>\n"
	return []*jupyter.Cell{
		md("# 03 · A title\n\n## Goals\n\n1. one\n2. two\n3. three\n\n**Prerequisites:** none. **Minutes:** 40. **Data:** none."),
		code("%noautoget\n%goflags -ldflags=-w\nimport \"fmt\""),
		md("## The situation: a coin\n\n" + strings.Repeat("word ", 120) + "\n\n**Prediction.** Where will it be widest?"),
		md("## 1. An idea\n\n" + answer),
		figure,
		md(answer + answer + "\n```go\n## Goals\n```\n"),
		md("## Break it\n\nText."), md("## The library version\n\nText."),
		md("## Exercises (five)\n\nSee [exercises/03-slug](../exercises/03-slug)."),
		md("## Summary\n\nText."), md("## Symbols\n\n| a | b |\n|---|---|\n| c | d |"),
		md("## Recall\n\n" + strings.Repeat("1. What?\n", 9)),
		md("## Further reading\n\nBlundell et al., arXiv:1505.05424."),
		md("## What this chapter does not claim\n\nMuch."),
	}
}

func TestTemplate(t *testing.T) {
	if errs := Template(&jupyter.Notebook{Cells: good()}, "03-slug"); len(errs) > 0 {
		t.Errorf("the good chapter: %v", errs)
	}
	for _, c := range []struct{ was, is, want string }{
		{"# 03", "03", "title"},
		{"## Goals\n\n1. one\n2. two\n", "## Goals\n\n", "1 goals"},
		{"**Minutes:**", "", "minutes"},
		{"**Data:**", "", "data"},
		{"%noautoget\n", "", "%noautoget"},
		{"-ldflags=-w", "-ldflags=-s", "%goflags -ldflags=-w"},
		{"Where will it be widest?", "", "asks no question"},
		{strings.Repeat("word ", 120), "word", "words before its question"},
		{strings.Repeat("word ", 120), strings.Repeat("word ", 250), "words before its question"},
		{"</details>", "", "folded answers"},
		{"</summary>\n\n", "</summary>\n", "an empty line"},
		{"\n\n</details>", "\n</details>", "an empty line"},
		{"<details>", "<details open>", "0 folded answers"},
		{"exercises/03-slug", "exercises/02-slug", "does not link to exercises/03-slug"},
		{"|---|---|", "", "no table"},
		{strings.Repeat("1. What?\n", 9), strings.Repeat("1. What?\n", 7), "7 questions"},
		{strings.Repeat("1. What?\n", 9), strings.Repeat("1. What?\n", 13), "13 questions"},
		{"arXiv:1505.05424", "in a journal", "no DOI"},
	} {
		cells := good()
		for _, cell := range cells {
			cell.Source = strings.ReplaceAll(cell.Source, c.was, c.is)
		}
		expect(t, cells, c.want)
	}
	for _, name := range parts {
		cells := good()
		for _, cell := range cells {
			cell.Source = strings.Replace(cell.Source, "## "+name, "### "+name, 1)
		}
		expect(t, cells, "has no heading ## "+name)
	}
	swapped := good()
	swapped[9], swapped[10] = swapped[10], swapped[9]
	expect(t, swapped, "## Symbols stands too early")
	early := good()
	early[1].Outputs = []*jupyter.Output{{Type: "display_data", Data: map[string]any{"text/html": "x"}}}
	expect(t, early, "before ## The situation")
	long := good()
	for range 60 {
		long = append(long, &jupyter.Cell{Type: "code", Source: "%%"})
	}
	expect(t, long, "74 cells")
	expect(t, nil, "title")
}

func expect(t *testing.T, cells []*jupyter.Cell, want string) {
	t.Helper()
	errs := fmt.Sprint(Template(&jupyter.Notebook{Cells: cells}, "03-slug"))
	if !strings.Contains(errs, want) {
		t.Errorf("got %v, want %q", errs, want)
	}
}

func TestOutputs(t *testing.T) {
	cells := func() []*jupyter.Cell {
		return []*jupyter.Cell{{Type: "code", Source: "a", Count: 1}, {Type: "code"}, {Type: "code", Source: "b", Count: 2}}
	}
	fail := []*jupyter.Output{{Type: "error", EValue: "exit status 2"}}
	for _, c := range []struct {
		change func(c []*jupyter.Cell)
		want   string
	}{
		{func(c []*jupyter.Cell) {}, "[]"},
		{func(c []*jupyter.Cell) { c[2].Count = 0 }, "cell 3 was not executed"},
		{func(c []*jupyter.Cell) { c[0].Count = 3 }, "cell 3 was executed out of order: [2] after [3]"},
		{func(c []*jupyter.Cell) { c[2].Outputs = fail }, "cell 3 shows the error exit status 2"},
		{func(c []*jupyter.Cell) {
			c[2].Outputs, c[2].Metadata = fail, map[string]any{"tags": []any{"raises-exception"}}
		}, "[]"},
	} {
		nb := &jupyter.Notebook{Cells: cells()}
		c.change(nb.Cells)
		if got := fmt.Sprint(Outputs(nb)); !strings.Contains(got, c.want) {
			t.Errorf("got %v, want %q", got, c.want)
		}
	}
}

func TestPage(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<p>It costs $5, or $6. <a href="https://example.org/a.png">link</a></p>`, ""},
		{`<p><code>$x$</code></p><pre>$y$ and $z$</pre><script>var a = "$b$"</script>`, ""},
		{`<svg xmlns="http://www.w3.org/2000/svg"></svg><script>ns = "http://www.w3.org/2000/svg"</script>`, ""},
		{`<img src="data:image/png;base64,AAAA"><a src-set href='http://x.org'>a</a>`, ""},
		{`<p>$x$</p>`, `formula "x" is not rendered`},
		{"<p>$$\nx\n$$</p>", "is not rendered"},
		{`<td>$a+b$</td>`, "is not rendered"},
		{`<script src="https://cdn.example.org/a.js"></script>`, "loads from the net"},
		{`<SCRIPT async SRC='http://cdn.example.org/a.js'></SCRIPT>`, "loads from the net"},
		{`<img alt="x" src=//example.org/a.png>`, "loads from the net"},
		{`<link rel="stylesheet" href="https://example.org/a.css">`, "loads from the net"},
		{`<style>@import "https://example.org/a.css";</style>`, "loads from the net"},
		{`<style>@font-face{src:url(https://example.org/a.woff2)}</style>`, "loads from the net"},
		{`<div style="background:url('http://example.org/a.png')">`, "loads from the net"},
		{`<iframe src="https://example.org">`, "loads from the net"},
		{`<script>import("https://example.org/a.js")</script>`, "script loads from the net"},
		{`<script>fetch("https://example.org/a.json")</script>`, "script loads from the net"},
		{`<span class="bad">$\x$</span>`, "does not parse"},
	} {
		got := fmt.Sprint(Page([]byte(c.html)))
		if c.want == "" && got != "[]" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %q", c.html, got, c.want)
		}
	}
}
