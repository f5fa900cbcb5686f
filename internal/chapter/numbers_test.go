package chapter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

func notebook(markdown, stdout string) *jupyter.Notebook {
	return &jupyter.Notebook{Cells: []*jupyter.Cell{
		{ID: "a", Type: "markdown", Source: markdown},
		{ID: "b", Type: "code", Count: 1, Outputs: []*jupyter.Output{{Type: "stream", Name: "stdout", Text: stdout}}},
	}}
}

const cells = "▸ mle = 0.6\n▸ se = 0.219089\nother text 0.6\n▸ evidence = -1234.57\n▸ tiny = 2.34567e-07\n" +
	"▸ big = 350757\n▸ share = 0.500098\n▸ nan = NaN\n▸ tie = 0.605\n▸ coin-flips: trained in 3 s\n"

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		md   string
		want string // part of the only complaint, "" for none
	}{
		// What is tied to a value.
		{"0.60<!--=mle-->", ""},
		{"about **0.6**<!--=mle--> of it", ""},
		{"*0.60<!--=mle-->*", ""},
		{"_0.60_<!--=mle-->, in italics", ""},
		{"0.60<!-- =mle -->", ""},
		{".6<!--=mle-->", ""},
		{"60 %<!--=mle-->", ""},
		{"60%<!--=mle-->", ""},
		{"60<!--=mle--> %", ""},
		{"50.01 %<!--=share-->", ""},
		{"| 0.60<!--=mle--> | 0.22<!--=se--> |", ""},
		{"0.60<!--=mle--> ± 0.22<!--=se-->", ""},
		{"−1234.6<!--=evidence-->", ""},
		{"-1235<!--=evidence-->", ""},
		{"350,757<!--=big--> flips", ""},
		{"2.35e-7<!--=tiny-->", ""},
		{"2.3·10⁻⁷<!--=tiny-->", ""},
		{"0.60<!--=tie--> or 0.61<!--=tie-->", ""},
		{"99 %<!--given--> and 1.96<!--given-->", ""},
		{"$\\hat\\theta = 0.60$<!--=mle-->", ""},
		{"$0.60 \\pm 0.22$<!--=mle--><!--=se-->", ""},
		{"$n = 5$ and $0.6$<!--=mle-->", ""},
		{"$\\log p(D) = -1234.6$<!--=evidence-->", ""},
		{"$2.35 \\times 10^{-7}$<!--=tiny-->", ""},
		{"$60\\,\\%$<!--=mle-->", ""},
		{"$350{,}757$<!--=big-->", ""},
		{"$$\n\\frac{3}{5} = 0.6\n$$<!--=mle-->", ""},

		// What is no number of the prose.
		{"5 flips, 3 heads, in 1992. Chapter 2.\n\n1. first\n2. second", ""},
		{"`0.75` and ``0.1 ` 0.2``\n\n```go\nx := 0.5\n```\n", ""},
		{"[a paper](https://example.org/1.5/2.5) and https://example.org/v1.2", ""},
		{"arXiv:1505.05424, arXiv 1506.02142v6, [arXiv](https://arxiv.org/abs/1506.02142)", ""},
		{"doi:10.1162/neco.1992.4.3.448 and 10.1214/ss/1009213286", ""},
		{"GoNB v0.11.4 and version 0.11.4", ""},
		{"<img src=\"a.png\" width=\"0.5\">", ""},
		{"$x\\hspace{0.5em}y$", ""},
		{"<!-- a note: 0.5 -->", ""},

		// What is wrong.
		{"0.60 without a tag", `"0.60" has no tag`},
		{"60 % without a tag", `"60 %" has no tag`},
		{"50–60 %", `"60 %" has no tag`},
		{"first 0.5, then 0.60<!--=mle-->", `"0.5" has no tag`},
		{"0.60 <!--=mle-->", "2 complaints"}, // a blank between: both lose their partner
		{"0.61<!--=mle-->", "the value mle is 0.6"},
		{"61 %<!--=mle-->", "the value mle is 60 %"},
		{"0.60 %<!--=mle-->", "the value mle is 60 %"},
		{"-0.60<!--=mle-->", "the value mle is 0.6"},
		{"1234.6<!--=evidence-->", "is -1234.57"},
		{"2.4e-7<!--=tiny-->", "is 2.34567e-07"},
		{"0.62<!--=tie-->", "is 0.605"},
		{"7<!--=mle--> flips", "is 0.6"},
		{"0.60<!--=mlle-->", `no cell prints a value named "mlle"`},
		{"0.60<!--=nan-->", "is NaN"},
		{"0.60<!--=mle--><!--=se-->", "has 2 tags"},
		{"words<!--=mle-->", "follows no number"},
		{"$\\theta = 0.60$", `"0.60" has no tag`},
		{"$\\theta = 0.7$<!--=mle-->", "is 0.6"},
		{"$0.60 \\pm 0.22$<!--=mle-->", "2 numbers to tag and has 1"},
		{"$\\theta$<!--=mle-->", "0 numbers to tag and has 1"},
		{"$99\\%$", "has no tag"},
		{"<details><summary>Answer: 0.60</summary>", `"0.60" has no tag`},
		{"| 0.60 | 0.22 |", "2 complaints"},
		{"[0.60](https://example.org)", `"0.60" has no tag`},
	} {
		errs := Numbers(notebook(c.md, cells))
		got := fmt.Sprint(errs)
		switch {
		case c.want == "" && len(errs) > 0:
			t.Errorf("%q: %v", c.md, got)
		case c.want == "2 complaints" && len(errs) == 2:
		case c.want != "" && (len(errs) != 1 || !strings.Contains(got, c.want) || !strings.Contains(got, "cell 1")):
			t.Errorf("%q: got %v, want one complaint with %q", c.md, got, c.want)
		}
	}
}

func TestValuesTwice(t *testing.T) {
	_, errs := Values(notebook("", "▸ a = 1\n▸ a = 1\n▸ b = 2\n▸ b = 3\n"))
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "b = 3, an earlier one 2") {
		t.Errorf("got %v", errs)
	}
}

func ExampleNumbers() {
	nb := notebook("The estimate is 0.60<!--=mle-->, that is 61 %<!--=mle-->.", "▸ mle = 0.6\n")
	for _, err := range Numbers(nb) {
		fmt.Println(err)
	}
	// Output:
	// cell 1: "61 %": the value mle is 60 %
}
