package jupyter

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

//go:embed katex/katex.min.js.gz katex/katex.min.css.gz katex/fonts/*.woff2 katex/LICENSE
var katexFiles embed.FS

// katexProgram compiles KaTeX once a process, at the first formula (60 ms).
var katexProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("katex.min.js", string(gunzip("katex/katex.min.js.gz")), false)
})

// texRenderer turns TeX into HTML with KaTeX, run in a JavaScript engine
// written in Go. It is not safe for concurrent use.
type texRenderer struct {
	vm     *goja.Runtime
	katex  *goja.Object
	render goja.Callable
}

func newTeX() (*texRenderer, error) {
	t := &texRenderer{vm: goja.New()}
	if _, err := t.vm.RunProgram(katexProgram()); err != nil {
		return nil, fmt.Errorf("jupyter: KaTeX does not load: %w", err)
	}
	t.katex = t.vm.Get("katex").ToObject(t.vm)
	t.render, _ = goja.AssertFunction(t.katex.Get("renderToString"))
	return t, nil
}

// html renders one formula: HTML for the eye and MathML for screen readers.
// It errs when the formula does not parse or uses an unknown command.
func (t *texRenderer) html(tex string, display bool) (string, error) {
	o := t.vm.NewObject()
	o.Set("displayMode", display)
	o.Set("throwOnError", true)
	o.Set("strict", "ignore") // Greek letters typed as such are fine
	v, err := t.render(t.katex, t.vm.ToValue(tex), o)
	if err != nil {
		var thrown *goja.Exception
		if errors.As(err, &thrown) {
			msg := thrown.Value().String()
			return "", errors.New(strings.TrimPrefix(strings.TrimPrefix(msg, "ParseError: "), "KaTeX parse error: "))
		}
		return "", err
	}
	return v.String(), nil
}

// katexFont says which of a page's classes need which font file.
var katexFont = []struct{ file, classes string }{
	{"Main-Regular", "katex"},
	{"Main-Bold", "mathbf textbf"},
	{"Main-Italic", "mathit textit"},
	{"Main-BoldItalic", "textbf+textit"},
	{"Math-Italic", "mathnormal"},
	{"Math-BoldItalic", "boldsymbol"},
	{"AMS-Regular", "amsrm mathbb textbb"},
	{"Caligraphic-Regular", "mathcal"},
	{"Caligraphic-Bold", "mathcal+mathbf mathcal+textbf"},
	{"Fraktur-Regular", "mathfrak textfrak"},
	{"Fraktur-Bold", "mathboldfrak textboldfrak"},
	{"SansSerif-Regular", "mathsf textsf"},
	{"SansSerif-Bold", "mathboldsf textboldsf"},
	{"SansSerif-Italic", "mathitsf mathsfit textitsf"},
	{"Script-Regular", "mathscr textscr"},
	{"Typewriter-Regular", "mathtt texttt"},
	{"Size1-Regular", "size1 delim-size1 small-op"},
	{"Size2-Regular", "size2 large-op"},
	{"Size3-Regular", "size3"},
	{"Size4-Regular", "size4 delim-size4"},
}

var (
	classAttr = regexp.MustCompile(`class="([^"]*)"`)
	fontFace  = regexp.MustCompile(`@font-face\{[^}]*?src:url\(fonts/KaTeX_([A-Za-z0-9-]+)\.woff2\) format\("woff2"\)[^}]*\}`)
)

// katexCSS returns KaTeX's style sheet with just the fonts that html needs,
// as data URIs; "" when html holds no formula.
func katexCSS(html string) string {
	used := map[string]bool{}
	for _, m := range classAttr.FindAllStringSubmatch(html, -1) {
		for _, c := range strings.Fields(m[1]) {
			used[c] = true
		}
	}
	if !used["katex"] {
		return ""
	}
	need := map[string]bool{}
	for _, f := range katexFont {
		for _, alternative := range strings.Fields(f.classes) {
			all := true
			for _, c := range strings.Split(alternative, "+") {
				all = all && used[c]
			}
			need[f.file] = need[f.file] || all
		}
	}
	return fontFace.ReplaceAllStringFunc(string(gunzip("katex/katex.min.css.gz")), func(face string) string {
		name := fontFace.FindStringSubmatch(face)[1]
		if !need[name] {
			return ""
		}
		b, err := katexFiles.ReadFile("katex/fonts/KaTeX_" + name + ".woff2")
		if err != nil {
			return ""
		}
		at := strings.Index(face, "src:")
		return face[:at] + `src:url(data:font/woff2;base64,` + base64.StdEncoding.EncodeToString(b) + `) format("woff2")}`
	})
}

// gunzip reads an embedded file; it is part of the program, so it cannot fail.
func gunzip(name string) []byte {
	b, err := katexFiles.ReadFile(name)
	if err != nil {
		panic("jupyter: " + err.Error())
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		panic("jupyter: " + err.Error())
	}
	b, err = io.ReadAll(z)
	if err != nil {
		panic("jupyter: " + err.Error())
	}
	return b
}
