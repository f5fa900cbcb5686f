package jupyter

import (
	"fmt"
	"strings"
	"testing"
)

func msg(typ string, content map[string]any) *message { return &message{Type: typ, Content: content} }

func stream(name, text string) *message {
	return msg("stream", map[string]any{"name": name, "text": text})
}

func display(typ, id, text string) *message {
	return msg(typ, map[string]any{"data": map[string]any{"text/plain": text}, "metadata": map[string]any{},
		"transient": map[string]any{"display_id": id}})
}

// summary writes outputs in one line.
func summary(outputs []*Output) string {
	var parts []string
	for _, o := range outputs {
		switch o.Type {
		case "stream":
			parts = append(parts, fmt.Sprintf("%s %q", o.Name, o.Text))
		case "error":
			parts = append(parts, "error "+o.EValue)
		default:
			parts = append(parts, fmt.Sprint("shows ", o.Data["text/plain"]))
		}
	}
	return strings.Join(parts, ", ")
}

func TestCollector(t *testing.T) {
	clear := func(wait bool) *message { return msg("clear_output", map[string]any{"wait": wait}) }
	for _, c := range []struct {
		name string
		in   []*message
		want string
	}{
		{"streams are merged", []*message{stream("stdout", "a"), stream("stdout", "b\n"), stream("stderr", "c"), stream("stdout", "d")},
			`stdout "ab\n", stderr "c", stdout "d"`},
		{"an update rewrites in place", []*message{display("display_data", "p", "10 %"), stream("stdout", "x"), display("update_display_data", "p", "90 %")},
			`shows 90 %, stdout "x"`},
		{"an update of all with the id", []*message{display("display_data", "p", "1"), display("display_data", "p", "1"), display("update_display_data", "p", "2")},
			`shows 2, shows 2`},
		{"an update without a display is nothing", []*message{display("update_display_data", "q", "2")}, ``},
		{"clear now", []*message{stream("stdout", "a"), clear(false), stream("stdout", "b")}, `stdout "b"`},
		{"clear before the next", []*message{stream("stdout", "a"), clear(true)}, `stdout "a"`},
		{"clear before the next, which comes", []*message{stream("stdout", "a"), clear(true), stream("stdout", "b"), stream("stdout", "c")}, `stdout "bc"`},
		{"error", []*message{stream("stdout", "a"), msg("error", map[string]any{"ename": "E", "evalue": "no", "traceback": []any{"t"}})},
			`stdout "a", error no`},
		{"what is no output", []*message{msg("comm_open", nil), msg("execute_input", nil)}, ``},
	} {
		col := collector{displays: map[string][]*Output{}}
		for _, m := range c.in {
			col.add(m)
		}
		if got := summary(col.finish()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// A later cell may update what an earlier one shows.
func TestCollectorAcrossCells(t *testing.T) {
	displays := map[string][]*Output{}
	first := collector{displays: displays}
	first.add(display("display_data", "p", "old"))
	second := collector{displays: displays}
	second.add(display("update_display_data", "p", "new"))
	if got := summary(first.finish()); got != "shows new" {
		t.Errorf("got %s", got)
	}
}

func TestCollectorBounds(t *testing.T) {
	col := collector{displays: map[string][]*Output{}}
	line := strings.Repeat("é", 500) + "\n"
	for range 12700 {
		col.add(stream("stdout", line))
	}
	out := col.finish()
	if len(out) != 2 || len(out[0].Text) > maxText || len(out[0].Text) < maxText-4 || !strings.HasSuffix(out[0].Text, "é") {
		t.Fatalf("%d outputs, %d bytes in the first", len(out), len(out[0].Text))
	}
	if !strings.Contains(out[1].Text, "11.7 MB more were printed and left out") {
		t.Errorf("got %q", out[1].Text)
	}
	if again := col.finish(); len(again) != 2 {
		t.Errorf("finish twice: %d outputs", len(again))
	}

	col = collector{displays: map[string][]*Output{}}
	big := strings.Repeat("x", 9<<20)
	for range 2 {
		col.add(display("display_data", "", big))
	}
	if got := col.finish()[1].Data["text/plain"]; got != "[left out: a cell may show 16 MB]" {
		t.Errorf("got %.80v", got)
	}
	// Updates in place replace: they do not add up.
	col = collector{displays: map[string][]*Output{}}
	col.add(display("display_data", "p", big))
	for range 5 {
		col.add(display("update_display_data", "p", big))
	}
	if got := col.finish()[0].Data["text/plain"]; got != big {
		t.Errorf("after updates: %.80v", got)
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		value, stdout, stderr string
		traceback             []string
		want                  string
	}{
		{"exit status 2", "", "panic: no\n\ngoroutine 1 [running]:\nmain.main()\n\t \x1b[7m[[ Cell [3] Line 2 ]]\x1b[0m /tmp/x/main.go:10\n", nil, "panic: no (cell [3], line 2)"},
		{"exit status 2", "", "fatal error: all goroutines are asleep - deadlock!\n", nil, "fatal error: all goroutines are asleep - deadlock!"},
		{"exit status 3", "some text", "", nil, "exit status 3"},
		{"exit status 1", "=== RUN   TestA\n    main_test.go:8: x is 1\n--- FAIL: TestA (0.00s)\n--- FAIL: TestB (0.00s)\nFAIL\n", "", nil, "TestA failed: x is 1 (and 1 more)"},
		{"# gonb_1\n./main.go:10:5: declared and not used: x\n./main.go:11:5: undefined: y\n", "", "",
			[]string{"# gonb_1 Cell[4]: Line 2\n…\nCell[4]: Line 3\n"}, "does not compile: line 2: declared and not used: x; line 3: undefined: y"},
		{"# gonb_1\n./main.go:10:5: undefined: y\n", "", "", nil, "does not compile: undefined: y"},
		{"something else", "", "", nil, "something else"},
		{"", "", "", []string{"\x1b[31mred\x1b[0m"}, "red"},
	} {
		e := &CellError{}
		e.explain([]*Output{
			{Type: "stream", Name: "stdout", Text: c.stdout}, {Type: "stream", Name: "stderr", Text: c.stderr},
			{Type: "error", EName: "ERROR", EValue: c.value, Traceback: c.traceback},
		})
		if e.Error() != c.want {
			t.Errorf("%q: got %q, want %q", c.value, e.Error(), c.want)
		}
	}
	if got := (&CellError{}).Error(); got == "" {
		t.Error("an error without any text says nothing")
	}
}
