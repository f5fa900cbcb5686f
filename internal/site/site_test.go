package site

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/chapter"
)

// course makes a checkout with two chapters and an exercise. Texts of its files are
// changed before they are written.
func course(t *testing.T, change ...string) string {
	t.Helper()
	dir := t.TempDir()
	notebook := func(cells ...string) string {
		return `{"cells":[` + strings.Join(cells, ",") + `],"metadata":{},"nbformat":4,"nbformat_minor":5}`
	}
	n := 0
	cell := func(s string) string {
		b, _ := json.Marshal(s)
		n++
		return fmt.Sprintf(`{"cell_type":"markdown","id":"m%d","metadata":{},"source":%s}`, n, b)
	}
	code := `{"cell_type":"code","id":"c1","metadata":{},"execution_count":1,"source":"x := 1","outputs":[{"output_type":"stream","name":"stdout","text":"1 < 2\n"}]}`
	for name, text := range map[string]string{
		"notebooks/01-one.ipynb": notebook(cell("# 01 · One & all\n\n*About `one` thing.*\n\n## Goals\n\n**Minutes:** about 40.\n\n"+
			"See [two](02-two.ipynb#The-end), [the task](../exercises/01-one/README.md), [below](#Goals), [the code](../pkg/a.go#L3) and [elsewhere](https://example.org/)."),
			cell("## An end\n\nFormula $\\theta^2$ and $p(\\theta^2\\mid D) \\sim \\frac{a}{b}$, **bold** café<!--=x--> [x](#An-end) `f([]int)`.\n\n```md\n# no heading\n```"), code),
		"notebooks/02-two.ipynb":       notebook(cell("# 02 · Two\n\nNo motto.\n\n## The end\n\nText.")),
		"exercises/01-one/README.md":   "# Exercise 01: one\n\nOne function. Chapter: `notebooks/01-one.ipynb`.\n\n## Tasks\n\n<script>alert(1)</script>\n",
		"exercises/02-two/README.md":   "# Exercise 02: two\n\nNone.\n",
		"pkg/a.go":                     "package a\n",
		"notebooks/_ignored.ipynb":     "{}",
		"notebooks/results/notes.json": "{}",
	} {
		text = strings.NewReplacer(change...).Replace(text)
		file := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(file), 0o755)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func build(t *testing.T, checkout string) (string, error) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "deep", "site")
	_, err := Build(t.Context(), Options{Checkout: checkout, Source: "https://example.org/repo", Out: out})
	return out, err
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBuild(t *testing.T) {
	out, err := build(t, course(t))
	if err != nil {
		t.Fatal(err)
	}
	one := read(t, out, "01-one.html")
	for _, want := range []string{
		"<title>01 · One &amp; all</title>",
		`href="02-two.html#The-end"`, `href="exercise-01-one.html"`, `href="#Goals"`, `href="https://example.org/repo/blob/main/pkg/a.go#L3"`, `href="https://example.org/"`,
		`<li><a href="#Goals">Goals</a></li>`, `<li><a href="#An-end">An end</a></li>`,
		`<link rel="prev" href="index.html">`, `<link rel="next" href="exercise-01-one.html">`, `class="katex"`, "1 &lt; 2",
	} {
		if !strings.Contains(one, want) {
			t.Errorf("the first chapter has no %s", want)
		}
	}
	exercise := read(t, out, "exercise-01-one.html")
	if !strings.Contains(exercise, `<a href="01-one.html"><code>notebooks/01-one.ipynb</code></a>`) {
		t.Error("the exercise does not lead to its chapter")
	}
	index := read(t, out, "index.html")
	for _, want := range []string{
		`<a class="chapter" href="01-one.html">01 · One &amp; all</a> <span class="minutes">40 min</span>`, "<p>About one thing.</p>",
		`<a href="exercise-01-one.html">Exercise 01: one</a>. One function.</p>`, `href="02-two.html"`,
	} {
		if !strings.Contains(index, want) {
			t.Errorf("the contents have no %s", want)
		}
	}
	if strings.Contains(index, "ignored") {
		t.Error("a notebook without a number is in the contents")
	}
	files, _ := filepath.Glob(filepath.Join(out, "*"))
	if len(files) != 6 {
		t.Errorf("wrote %v, want five pages and search.js", files)
	}
}

// The index finds texts below their headings, with the anchors that the page has.
func TestSearchIndex(t *testing.T) {
	out, err := build(t, course(t))
	if err != nil {
		t.Fatal(err)
	}
	var all []entry
	text := strings.TrimSuffix(strings.TrimPrefix(read(t, out, "search.js"), "credenceIndex="), ";\n")
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Page == "01-one.html" && e.Heading == "An end" {
			want := entry{"01-one.html", "An-end", "01 · One & all", "An end", `Formula θ^2 and p(θ^2 | D) ~ a/b, bold café x f([]int). md # no heading x := 1`}
			if e != want {
				t.Errorf("got %+v, want %+v", e, want)
			}
		}
		if e.Anchor == "" || !strings.Contains(read(t, out, e.Page), fmt.Sprintf(`id="%s"`, e.Anchor)) {
			t.Errorf("%q leads to %s#%s, which is not there", e.Heading, e.Page, e.Anchor)
		}
	}
	if len(all) != 8 {
		t.Errorf("%d headings found, want 8: %+v", len(all), all)
	}
}

// What is wrong is named with its file, and the rest is written.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ was, is, want string }{
		{"02-two.ipynb#The-end", "02-two.ipynb#The-beginning", "notebooks/01-one.ipynb: links to 02-two.html#The-beginning, and there is no such place"},
		{"(02-two.ipynb", "(03-three.ipynb", "links to 03-three.ipynb#The-end, which is not there"},
		{"../pkg/a.go", "../../secret.go", "links to ../../secret.go#L3, which is not there"},
		{`"execution_count":1`, `"execution_count":null`, "cell 3 was not executed: execute it with `credence run notebooks/01-one.ipynb`"},
		{`$\\theta^2$`, `$\\nocommand$`, `formula "\\nocommand"`},
		{"None.", "[x](#nowhere)", "exercises/02-two/README.md: links to exercise-02-two.html#nowhere"},
	} {
		out, err := build(t, course(t, c.was, c.is))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.is, err, c.want)
			continue
		}
		read(t, out, "01-one.html")
		read(t, out, "02-two.html")
	}
	if _, err := build(t, t.TempDir()); err == nil || !strings.Contains(err.Error(), "no chapters") {
		t.Errorf("an empty checkout: %v", err)
	}
	if _, err := Build(t.Context(), Options{Checkout: course(t), Out: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "--source") {
		t.Errorf("a file of the checkout and no address: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o644)
	if _, err := Build(t.Context(), Options{Checkout: course(t), Out: file}); err == nil || !strings.Contains(err.Error(), "directory of the site") {
		t.Errorf("a file in the way: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	out := filepath.Join(t.TempDir(), "s")
	if _, err := Build(ctx, Options{Checkout: course(t), Out: out}); err == nil {
		t.Error("cancelled: no error")
	}
	if files, _ := filepath.Glob(filepath.Join(out, "*")); len(files) > 0 {
		t.Errorf("cancelled, and wrote %v", files)
	}
}

// The course itself: nothing is missing, nothing is loaded from the net, and next leads
// through all of it.
func TestCourse(t *testing.T) {
	out := t.TempDir()
	pages, err := Build(t.Context(), Options{Checkout: filepath.Join("..", ".."), Source: "https://example.org", Out: out})
	if err != nil {
		t.Error(err)
	}
	next := regexp.MustCompile(`<link rel="next" href="([^"]*)">`)
	met := 0
	for name := "index.html"; name != "" && met <= pages; met++ {
		page := read(t, out, name)
		for _, err := range chapter.Page([]byte(page)) {
			t.Errorf("%s: %v", name, err)
		}
		name = ""
		if m := next.FindStringSubmatch(page); m != nil {
			name = m[1]
		}
	}
	if met != pages {
		t.Errorf("next leads through %d of %d pages", met, pages)
	}
}
