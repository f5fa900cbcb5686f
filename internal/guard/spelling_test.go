package guard

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/credence-bnn/credence/internal/jupyter"
	_ "github.com/credence-bnn/credence/tests/all"
	"github.com/credence-bnn/credence/tests/check"
)

// proseOf returns the running text of a Markdown text, a paragraph or so at a time:
// without code, formulas, tags and addresses.
func proseOf(markdown string) (blocks []string) {
	src := []byte(markdown)
	for _, p := range jupyter.Pieces(markdown) {
		if p.Kind == jupyter.Math {
			for i := p.Start; i < p.End; i++ {
				src[i] = '.'
			}
		}
	}
	var b strings.Builder
	ast.Walk(goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock && b.Len() > 0 {
				blocks = append(blocks, b.String())
				b.Reset()
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
			b.WriteString(" . ")
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.Write(n.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return blocks
}

// texts returns all prose for readers by where it stands: pages, and what exercises say.
func texts(t *testing.T) map[string][]string {
	all := map[string][]string{}
	for path, p := range pages(t) {
		for _, cell := range p.cells {
			all[path] = append(all[path], proseOf(cell)...)
		}
	}
	for _, e := range check.Exercises() {
		for _, s := range e.Tasks {
			all["tests/"+e.ID+"/cases.go"] = append(all["tests/"+e.ID+"/cases.go"], s.Asks, s.Idea, s.Hint)
		}
	}
	return all
}

var (
	aWord = regexp.MustCompile(`[\pL\pN_]+(?:['’.-][\pL\pN_]+)*`)
	plain = regexp.MustCompile(`^[A-Z]?[a-zà-ÿ]+$`) // no name of the code, no symbol, no abbreviation
)

// wordsOf returns the words of a text that a dictionary can know.
func wordsOf(text string) (words []string) {
	for _, w := range aWord.FindAllString(text, -1) {
		if strings.ContainsAny(w, "._0123456789") { // the name of a file, a version
			continue
		}
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '-' }) {
			part = strings.TrimSuffix(strings.TrimSuffix(part, "'s"), "’s")
			if len(part) > 2 && plain.MatchString(part) {
				words = append(words, part)
			}
		}
	}
	return words
}

// unknown returns those of the words that British English does not have. ok is false
// where there is no hunspell to ask.
func unknown(t *testing.T, words []string) (bad []string, ok bool) {
	cmd := exec.Command("hunspell", "-d", "en_GB", "-i", "UTF-8", "-l")
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	out, err := cmd.Output()
	if err != nil {
		t.Log(err)
		return nil, false
	}
	return strings.Fields(string(out)), true
}

// TestSpelling asks a dictionary about every word that readers see. What it does not
// know and is right all the same stands in testdata/words.txt.
func TestSpelling(t *testing.T) {
	where := map[string]string{}
	for path, blocks := range texts(t) {
		for _, block := range blocks {
			for _, w := range wordsOf(block) {
				if before, ok := where[w]; !ok || path < before {
					where[w] = path
				}
			}
		}
	}
	var words []string
	for w := range where {
		words = append(words, w)
	}
	if _, ok := unknown(t, []string{"word"}); !ok {
		t.Skip("needs hunspell with British English: install hunspell and hunspell-en-gb, as .ci/run does")
	}
	bad, _ := unknown(t, words)
	ours := strings.Fields(read(t, "internal/guard/testdata/words.txt"))
	for _, w := range bad {
		if !slices.Contains(ours, w) && !slices.Contains(ours, strings.ToLower(w)) {
			t.Errorf("%s: %q is not in the dictionary: a slip? If not, add it to internal/guard/testdata/words.txt", where[w], w)
		}
	}
	if !slices.IsSorted(ours) {
		t.Error("testdata/words.txt is not sorted: LC_ALL=C sort -u")
	}
	for _, w := range ours {
		if !slices.ContainsFunc(bad, func(b string) bool { return b == w || strings.ToLower(b) == w }) {
			t.Errorf("testdata/words.txt has %q, which nobody uses, or which the dictionary knows", w)
		}
	}
}

// doubled returns the words that stand twice in a row.
func doubled(text string) (found []string) {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		if a, b := words[i-1], strings.TrimRight(words[i], ".,;:!?)"); strings.EqualFold(a, b) && len(a) > 1 && plain.MatchString(a) && !slices.Contains([]string{"that", "had"}, b) {
			found = append(found, fmt.Sprintf("%s %s", a, b))
		}
	}
	return found
}

// TestDoubledWords finds the the slip that eyes pass over.
func TestDoubledWords(t *testing.T) {
	if got := doubled("The the slip, and and that that, no. No"); !slices.Equal(got, []string{"The the", "and and"}) {
		t.Errorf("found %q", got)
	}
	for path, blocks := range texts(t) {
		for _, block := range blocks {
			for _, d := range doubled(block) {
				t.Errorf("%s: %q", path, d)
			}
		}
	}
}

// TestProseOf checks what counts as prose.
func TestProseOf(t *testing.T) {
	got := proseOf("# A *title*\n\nText $\\thta$ with `cod` and [wrds](addrss.md), <b>bold</b> https://exmple.com\nnext.\n\n    indentd\n\n```go\nfencd\n```\n\n| cell | <!--=valu--> |\n|---|---|\n| a | b |\n")
	if text := strings.Join(got, "|"); strings.Contains(text, "thta") || strings.Contains(text, "cod") || strings.Contains(text, "addrss") || strings.Contains(text, "exmple") ||
		strings.Contains(text, "indentd") || strings.Contains(text, "fencd") || strings.Contains(text, "valu") || !strings.Contains(text, "A title|") || !strings.Contains(text, "wrds") || !strings.Contains(text, "next.") || !strings.Contains(text, "cell") {
		t.Errorf("prose is %q", got)
	}
	if words := wordsOf("Gaussian’s well-kept θ̂, pkg/viz.go, CamelCase, x1, don't, ReLU, naïve"); !slices.Equal(words, []string{"Gaussian", "well", "kept", "pkg", "naïve"}) {
		t.Errorf("words are %q", words)
	}
	if bad, ok := unknown(t, []string{"colour", "probability", "probabilty"}); ok && !slices.Equal(bad, []string{"probabilty"}) {
		t.Errorf("unknown are %q", bad)
	}
}
