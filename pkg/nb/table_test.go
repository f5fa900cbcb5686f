package nb_test

import (
	"math"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/nb"
)

func TestTable(t *testing.T) {
	table := nb.Table{
		Head: []string{"name", "x", "share", "mixed"},
		Rows: [][]any{
			{"<b>", float32(1.5), "91.0 %", "3 tosses"},
			{nil, math.Inf(-1), "0.5 ± 0.1", 3},
			{"2", math.NaN(), "100.0 %", 1e-9},
		},
	}
	page, err := table.HTML()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page, "text-align:right"); n != 2*4 {
		t.Errorf("%d cells are aligned right, want the 8 of columns x and share", n)
	}
	for _, want := range []string{"&lt;b&gt;", ">1.5<", ">−∞<", ">–<", ">1e-09<"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	want := "name    x      share  mixed\n" +
		"──────────────────────────────\n" +
		"<b>   1.5     91.0 %  3 tosses\n" +
		"       −∞  0.5 ± 0.1  3\n" +
		"2       –    100.0 %  1e-09\n"
	if got := table.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTableErrors(t *testing.T) {
	for _, c := range []struct {
		table nb.Table
		want  string
	}{
		{nb.Table{}, "Head is empty"},
		{nb.Table{Head: []string{"a", "b"}, Rows: [][]any{{1, 2}, {1}}}, "Rows[1] has 1 cells for 2 columns"},
	} {
		if _, err := c.table.HTML(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// What cannot be shown ends the cell with a reason.
func TestPanics(t *testing.T) {
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { nb.Show(nb.Table{}) }, "Head is empty"},
		{func() { nb.Show(nothing{}) }, "nothing has neither PNG and Size nor HTML"},
		{func() { nb.Tabs([]string{"one"}) }, "1 labels for 0"},
		{func() { nb.Tabs(nil) }, "at least one"},
		{func() { nb.Frames([]string{"one"}, []drawing{}) }, "1 labels for 0"},
		{func() { nb.SideBySide() }, "nothing to show"},
	} {
		func() {
			defer func() {
				if got := recover(); got == nil || !strings.Contains(asText(got), c.want) {
					t.Errorf("got %v, want %q", got, c.want)
				}
			}()
			c.f()
		}()
	}
}

type nothing struct{}

func (nothing) Alt() string { return "" }

func asText(v any) string {
	if err, ok := v.(error); ok {
		return err.Error()
	}
	s, _ := v.(string)
	return s
}
