package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/credence-bnn/credence/internal/jupyter"
)

const fixtures = "testdata/run/"

// needKernel skips where there is no kernel to run notebooks with.
func needKernel(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("GoNB has no native Windows kernel; use WSL")
	}
	if testing.Short() {
		t.Skip("executes notebooks")
	}
}

// Every way in which a notebook can fail, side by side with one that does not:
// each is named with its cell and its reason, and the good one is finished.
func TestRunNamesFailures(t *testing.T) {
	needKernel(t)
	want := map[string][]string{ // notebook → what its line must say
		// GoNB adds the cell's line to a stack trace, but not always.
		"panic":     {"cell 4 (code cell 2", `under "Where it breaks"`, "panic: runtime error: index out of range"},
		"compile":   {"cell 3 (code cell 2", `under "Compile error"`, "does not compile", "line 2: declared and not used: unused"},
		"loop":      {"cell 3", `"for {"`, "the time limit was reached: 20s a cell"},
		"test":      {"cell 3", "TestSum failed: 2+2 is not 5"},
		"exit":      {"cell 3", "exit status 3"},
		"dies":      {"cell 3", "kernel died"},
		"unfailing": {"cell 3", "raises-exception"},
		"formula":   {"cell 2", `\frac{1}{2`, "end of input"},
		"broken":    {"not a notebook", "the file ends early"},
		"missing":   {"no such file"},
	}
	files := []string{fixtures + "good.ipynb"}
	for name := range want {
		files = append(files, fixtures+name+".ipynb")
	}
	out := t.TempDir()
	var stderr bytes.Buffer
	err := runNotebooks(t.Context(), files, runOptions{out: out, timeout: 20 * time.Second, jobs: 4}, &stderr)
	t.Logf("%s%v", &stderr, err)
	if err == nil || !strings.Contains(err.Error(), "10 of 11 notebooks failed") {
		t.Errorf("got error %v, want 10 of 11 failed", err)
	}
	lines := map[string]string{}
	for line := range strings.Lines(stderr.String()) {
		for name := range want {
			if strings.HasPrefix(line, "✗ "+fixtures+name+".ipynb: ") {
				lines[name] = line
			}
		}
	}
	for name, parts := range want {
		for _, part := range parts {
			if !strings.Contains(lines[name], part) {
				t.Errorf("%s: got line %q, want %q in it", name, lines[name], part)
			}
		}
	}
	if !strings.Contains(stderr.String(), "✓ "+fixtures+"good.ipynb: 5 cells") {
		t.Error("the good notebook is not reported")
	}
	checkGood(t, out)
	checkPanic(t, out)
	if left, _ := filepath.Glob(filepath.Join(out, ".*")); len(left) > 0 {
		t.Errorf("temporary files left: %v", left)
	}
}

func checkGood(t *testing.T, out string) {
	nb, err := jupyter.Read(filepath.Join(out, "good.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	last := nb.Cells[len(nb.Cells)-1]
	if len(last.Outputs) != 1 || last.Outputs[0].Text != "the end\n" || last.Count != 5 {
		t.Errorf("last cell: count %d, outputs %+v", last.Count, last.Outputs)
	}
	page, err := os.ReadFile(filepath.Join(out, "good.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"the end", "katex", "on purpose"} {
		if !bytes.Contains(page, []byte(part)) {
			t.Errorf("page has no %q", part)
		}
	}
	if bytes.Contains(page, []byte(`$\hat`)) {
		t.Error("page has a raw formula")
	}
}

// checkPanic looks at what a failed run leaves: outputs up to the failure.
func checkPanic(t *testing.T, out string) {
	nb, err := jupyter.Read(filepath.Join(out, "panic.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(nb.Cells[4].Outputs); n != 0 || nb.Cells[4].Count != 0 {
		t.Errorf("the cell after the panic has %d outputs and count %d, want none", n, nb.Cells[4].Count)
	}
}

// A cancelled run ends at once and writes nothing.
func TestRunCancelled(t *testing.T) {
	needKernel(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("interrupted")
	time.AfterFunc(4*time.Second, func() { cancel(stop) })
	out := t.TempDir()
	start := time.Now()
	err := runNotebooks(ctx, []string{fixtures + "loop.ipynb"}, runOptions{out: out, timeout: time.Minute, jobs: 1}, io.Discard)
	if !errors.Is(err, stop) {
		t.Errorf("got %v, want the cause of the cancellation", err)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v after a cancellation", took)
	}
	if left, _ := os.ReadDir(out); len(left) > 0 {
		t.Errorf("wrote %v", left)
	}
}

func TestRunMisuse(t *testing.T) {
	dir := t.TempDir()
	twice := filepath.Join(dir, "good.ipynb")
	if err := os.WriteFile(twice, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ok := runOptions{out: dir, timeout: time.Second, jobs: 1}
	for _, c := range []struct {
		files []string
		o     runOptions
		want  string
	}{
		{[]string{"testdata/run/nothing*.ipynb"}, ok, "no notebook matches testdata/run/nothing*.ipynb"},
		{[]string{"testdata/run"}, ok, "is a directory"},
		{[]string{fixtures + "good.ipynb", twice}, ok, "would write the same page"},
		{[]string{"[.ipynb"}, ok, "syntax error in pattern"},
		{[]string{twice}, runOptions{out: dir, timeout: time.Second}, "--jobs 0"},
		{[]string{twice}, runOptions{out: dir, jobs: 1}, "--timeout 0s"},
		{[]string{fixtures + "good.ipynb"}, runOptions{out: twice, timeout: 1, jobs: 1}, "cannot make the directory"},
	} {
		err := runNotebooks(t.Context(), c.files, c.o, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %q", c.files, err, c.want)
		}
	}
}

// On a terminal the live line is cut to its width and goes away.
func TestRunLiveLine(t *testing.T) {
	var b bytes.Buffer
	p := &progress{w: &b, width: 30, total: 2, stop: make(chan struct{})}
	r := p.start("notebooks/02-bayes-rule.ipynb")
	r.cell(jupyter.Step{Code: 3, Of: 20})
	if got, want := p.line(), "0/2 · 02-bayes-rule cell 3/2…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.end("out/02-bayes-rule.html", nil)
	if !strings.Contains(b.String(), "✓ notebooks/02-bayes-rule.ipynb: 20 cells") {
		t.Errorf("got %q", b.String())
	}
	if got := p.line(); got != "1/2" {
		t.Errorf("got %q after the end", got)
	}
}
