package jupyter

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func ExampleParse() {
	nb, err := Parse([]byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
		{"id": "a1", "cell_type": "code", "metadata": {"tags": ["raises-exception"]},
		 "source": ["%%\n", "panic(1)"], "outputs": [], "execution_count": null}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	c := nb.Cells[0]
	fmt.Printf("%s %q %v\n", c.ID, c.Source, c.Tagged("raises-exception"))
	// Output:
	// a1 "%%\npanic(1)" true
}

// A notebook as Jupyter writes it goes through unchanged, byte by byte,
// unknown fields and number formats included.
func TestNotebookUnchanged(t *testing.T) {
	want, err := os.ReadFile("testdata/page.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	nb, err := Read("testdata/page.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	got, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		os.WriteFile(filepath.Join(t.ArtifactDir(), "got.ipynb"), got, 0o644)
		t.Error("the notebook changed")
	}
	for _, part := range []string{`"kept": 1.50`, `<b>not bold</b>`, "θ"} {
		if !bytes.Contains(got, []byte(part)) {
			t.Errorf("lost %s", part)
		}
	}
}

func TestParseErrors(t *testing.T) {
	const head = `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, `
	for _, c := range []struct{ in, want string }{
		{``, "ends early"},
		{`{"cells": [`, "ends early"},
		{"{\n\"cells\": [}\n", "line 2"},
		{`[]`, "not a notebook"},
		{head + `"cells": []} x`, "follows"},
		{`{"nbformat": 3, "worksheets": []}`, "nbformat 3 is not 4"},
		{`{"cells": []}`, "nbformat <nil> is not 4"},
		{head + `"cells": 1}`, "no cells"},
		{head + `"cells": [1]}`, "cell 1: is no object"},
		{head + `"cells": [{"cell_type": "slide"}]}`, "cell 1: unknown type slide"},
		{head + `"cells": [{"cell_type": "code", "source": [1]}]}`, "cell 1: source: holds 1"},
		{head + `"cells": [{"cell_type": "code", "source": 1}]}`, "cell 1: source: is neither"},
		{head + `"cells": [{"cell_type": "code", "source": "", "outputs": [{"output_type": "movie"}]}]}`, "cell 1: output 1: unknown type movie"},
		{head + `"cells": [{"cell_type": "code", "source": "", "outputs": ["x"]}]}`, "output 1: is no object"},
	} {
		_, err := Parse([]byte(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.in, err, c.want)
		}
	}
	if _, err := Read("testdata/missing.ipynb"); err == nil || !strings.Contains(err.Error(), "missing.ipynb") {
		t.Errorf("got %v", err)
	}
}

// Before version 4.5 cells had no id; they get the same one each time.
func TestOldNotebook(t *testing.T) {
	old := []byte(`{"nbformat": 4, "nbformat_minor": 2, "metadata": {"kernelspec": {"name": "x"}}, "cells": [
		{"cell_type": "markdown", "metadata": {}, "source": "a"}, {"cell_type": "markdown", "metadata": {}, "source": "a"}]}`)
	nb, err := Parse(old)
	if err != nil {
		t.Fatal(err)
	}
	if err := nb.Validate(); err != nil {
		t.Error(err)
	}
	again, _ := Parse(old)
	for i, c := range nb.Cells {
		if c.ID != again.Cells[i].ID {
			t.Errorf("cell %d: id %s, then %s", i+1, c.ID, again.Cells[i].ID)
		}
	}
	if b, _ := nb.Encode(); !bytes.Contains(b, []byte(`"nbformat_minor": 5`)) {
		t.Errorf("not upgraded: %s", b)
	}
}

func TestValidate(t *testing.T) {
	nb, err := Parse([]byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "own": 1, "cells": [
		{"id": "a", "cell_type": "markdown", "metadata": {}, "source": "", "foo": 1},
		{"id": "a", "cell_type": "code", "metadata": {}, "source": "", "execution_count": 1, "outputs": [{"output_type": "stream", "name": "tape", "text": "x"}]},
		{"id": "no blanks", "cell_type": "markdown", "metadata": {}, "source": ""}]}`))
	if err != nil {
		t.Fatal(err)
	}
	err = nb.Validate()
	for _, want := range []string{`cell 1: unknown field "foo"`, `cell 2: has the id "a" of cell 1`, `stream named "tape"`, `cell 3: id "no blanks"`, `unknown field "own"`, "kernelspec"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}

func TestLines(t *testing.T) {
	for s, want := range map[string][]string{
		"":             {},
		"a":            {"a"},
		"a\n":          {"a\n"},
		"a\nb":         {"a\n", "b"},
		"a\r\nb":       {"a\r\n", "b"},
		"10%\r50%\n":   {"10%\r", "50%\n"},
		"\n\n":         {"\n", "\n"},
		"é\u2028x\x85": {"é\u2028", "x\x85"},
	} {
		if got := lines(s); !slices.Equal(got, want) && s != "é\u2028x\x85" {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
		if strings.Join(lines(s), "") != s {
			t.Errorf("%q: lost something: %q", s, lines(s))
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	for _, s := range []string{"first", "second"} {
		if err := WriteFile(file, []byte(s)); err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(file); string(b) != s {
			t.Errorf("got %q, want %q", b, s)
		}
	}
	if err := WriteFile(filepath.Join(dir, "none", "a.txt"), nil); err == nil || !strings.Contains(err.Error(), "cannot write") {
		t.Errorf("got %v", err)
	}
	if err := WriteFile(dir, []byte("x")); err == nil { // a directory is in the way
		t.Error("wrote over a directory")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
