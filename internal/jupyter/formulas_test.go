package jupyter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func ExampleFormulas() {
	for _, f := range Formulas("A ticket costs $5, so $n$ tickets cost\n\n$$5n = c$$\n\nand `$x$` is code.") {
		fmt.Printf("%q display: %v\n", f.TeX, f.Display)
	}
	// Output:
	// "n" display: false
	// "5n = c" display: true
}

func TestFormulas(t *testing.T) {
	for _, c := range []struct {
		md   string
		want string // formulas, joined by " ; "
	}{
		{`$x$`, `x`},
		{`$x$ and $y$.`, `x ; y`},
		{`\\(a\\) and \\[b\\]`, `a ; b`},
		{"$$\na\n=\nb\n$$", "\na\n=\nb\n"},
		{`\begin{align}a&=b\\c&=d\end{align}`, `\begin{align}a&=b\\c&=d\end{align}`},
		{`$\text{for all $x$ in } X$`, `\text{for all $x$ in } X`},
		{`$a<b$ and $c>d$`, `a<b ; c>d`},
		{`| $p(D|\theta)$ | x |`, `p(D|\theta)`},
		{`**$x$**`, `x`},
		{`$-1$`, `-1`},
		{`($x$)`, `x`},
		{`<details><summary>$x$</summary>$y$</details>`, `x ; y`},
		{"$x$<!--=a-->", `x`},

		{`$5 and $6`, ``},
		{`costs $5, not $6.`, ``},
		{`$5–$10`, ``},
		{`\$5 and \$6$`, ``},
		{`a $ b $ c`, ``},
		{`$ x$`, ``},
		{`$x $`, ``},
		{`$$`, ``},
		{`$$$$`, ``},
		{"$a\n\nb$", ``},
		{"`$x$`", ``},
		{"``$x$ ` $y$``", ``},
		{"```\n$x$\n```\n$y$", `y`},
		{"~~~go\n$x$\n~~~\n", ``},
		{"> ```\n> $x$\n> ```\n> $y$", `y`},
		{"    ```", ``},
		{`<a title="$x$">`, ``},
		{`<!-- $x$ -->`, ``},
		{"A ` alone and $x$", `x`},
		{`\(x\)`, ``}, // JupyterLab asks for two backslashes
		{`$5 and $x$`, `x`},
		{`$`, ``}, {`\`, ``}, {"`", ``}, {`<`, ``}, {`\begin{`, ``}, {`\begin{a}`, ``},

		{`$\frac{1}{2$`, `\frac{1}{2`}, // wrong, and to be named as such
	} {
		var got []string
		for _, f := range Formulas(c.md) {
			got = append(got, f.TeX)
		}
		if s := strings.Join(got, " ; "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.md, s, c.want)
		}
	}
}

// Pieces have no gaps and no overlaps, whatever the text.
func FuzzPieces(f *testing.F) {
	for _, s := range []string{"a $x$ `b` <i> \\\\(c\\\\)", "```\n$", "$$ {", "<!--", "\\", "~~~~", "$a`b$`", "\\begin{a}$\\end{a}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, md string) {
		at := 0
		for _, p := range Pieces(md) {
			if p.Start != at || p.End <= p.Start || p.End > len(md) {
				t.Fatalf("%q: piece %+v after %d", md, p, at)
			}
			at = p.End
		}
		if at != len(md) {
			t.Fatalf("%q: pieces end at %d of %d", md, at, len(md))
		}
	})
}

func TestMarks(t *testing.T) {
	hidden, fs := hideFormulas("$a$ and $b$, 5 % of it, `5 % 2`")
	if len(fs) != 2 || strings.Contains(hidden, "$") || !strings.Contains(hidden, "5\u00a0% of") || !strings.Contains(hidden, "`5 % 2`") {
		t.Errorf("hidden: %q", hidden)
	}
	var seen []int
	out := replaceMarks(hidden, func(i int) string { seen = append(seen, i); return fs[i].TeX })
	if !slices.Equal(seen, []int{0, 1}) || !strings.HasPrefix(out, "a and b,") {
		t.Errorf("got %q, marks %v", out, seen)
	}
}
