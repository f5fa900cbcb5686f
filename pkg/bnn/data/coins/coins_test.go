package coins

import (
	"fmt"
	"strings"
	"testing"
)

func ExampleHistorical() {
	for _, t := range Historical()[:3] {
		fmt.Printf("%s (%s): %d of %d\n", t.Who, t.Year, t.Heads, t.N)
	}
	// Output:
	// Buffon (1777): 2048 of 4040
	// Karl Pearson (1900): 12012 of 24000
	// John Kerrich (1940s): 5067 of 10000
}

func ExampleTosses_Share() {
	fmt.Printf("%.4f\n", Historical()[0].Share())
	fmt.Printf("same side: %.2f %%\n", 100*float64(BartosSameSide)/BartosFlips)
	// Output:
	// 0.5069
	// same side: 50.77 %
}

// TestFactsAgree checks the typed facts against the row of the same study.
func TestFactsAgree(t *testing.T) {
	all := Historical()
	last := all[len(all)-1]
	if last.N != BartosFlips || last.Heads != BartosHeads || !strings.Contains(last.Note, fmt.Sprint(BartosSameSide)) {
		t.Errorf("row %+v disagrees with the constants", last)
	}
	if len(all) != 7 {
		t.Errorf("%d rows, want 7", len(all))
	}
	all[0].N = 1
	if Historical()[0].N == 1 {
		t.Error("a caller's change reaches the next caller")
	}
}

// TestParseErrors checks that a damaged file is named by line.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a,b,c,d,e\nx,1900,10,11,more heads than tosses\n", "line 2"},
		{"a,b,c,d,e\nx,1900,10,5,\ny,1900,ten,5,\n", "line 3"},
		{"a,b,c,d\nx,1900,10,5\n", "4 columns"},
		{"a,b,c,d,e\nx,1900\n", "line 2"},
	} {
		if _, err := parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got error %v, want one with %q", c.text, err, c.want)
		}
	}
}

func TestChecksum(t *testing.T) {
	if err := About().Verify(); err != nil {
		t.Error(err)
	}
}
