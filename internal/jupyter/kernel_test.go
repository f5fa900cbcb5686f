package jupyter

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/credence-bnn/credence/internal/lab"
)

func TestReadSpecErrors(t *testing.T) {
	for content, want := range map[string]string{
		"":                       "is not a kernelspec",
		`{"argv": []}`:           "has no argv",
		`{"argv": ["gonb"]}`:     `has no "{connection_file}"`,
		`{"argv": "gonb --key"}`: "is not a kernelspec",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "kernel.json"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSpec(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", content, err, want)
		}
	}
	if _, err := ReadSpec(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that there is no file", err)
	}
}

// What is no kernel does not start, and says why, soon.
func TestStartErrors(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are Unix's")
	}
	for _, c := range []struct {
		argv []string
		want string
	}{
		{[]string{"no-such-program", connectionFile}, "no-such-program"},
		{[]string{"sh", "-c", "echo out of order >&2; exit 3", connectionFile}, "out of order"},
		{[]string{"sleep", "100", connectionFile}, "ended at once"}, // sleep knows no such interval
		{[]string{"sh", "-c", "sleep 100", connectionFile}, "does not listen"},
	} {
		start := time.Now()
		k, err := Start(t.Context(), &Spec{Argv: c.argv, DisplayName: "test"}, StartOptions{Wait: 2 * time.Second})
		if err == nil {
			k.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %q", c.argv, err, c.want)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%v: took %v", c.argv, took)
		}
	}
}

// startKernel starts the real kernel.
func startKernel(t *testing.T) *Kernel {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("GoNB has no native Windows kernel; use WSL")
	}
	if testing.Short() {
		t.Skip("runs the kernel")
	}
	dir, err := lab.Kernel(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	spec, err := ReadSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	k, err := Start(t.Context(), spec, StartOptions{Dir: t.TempDir(), Args: []string{"-raw_error=true"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Close)
	return k
}

// The kernel lives on after a loop was interrupted, and even after a program
// that ignored the interrupt was killed.
func TestKernelInterrupt(t *testing.T) {
	t.Parallel()
	k := startKernel(t)
	run := func(code string, limit time.Duration) Result { return k.Execute(t.Context(), code, limit) }
	if r := run("%noautoget\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"os/signal\"\n)", time.Minute); r.Err != nil || r.Count != 1 {
		t.Fatalf("imports: %+v", r)
	}
	if r := run("%%\nfmt.Println(\"looping\")\nfor {\n}", 5*time.Second); !errors.Is(r.Err, ErrTimeout) || !strings.HasPrefix(summary(r.Outputs), `stdout "looping\n"`) {
		t.Errorf("endless loop: %v, %s", r.Err, summary(r.Outputs))
	}
	if r := run("%%\nsignal.Ignore(os.Interrupt)\nfor {\n}", 5*time.Second); !errors.Is(r.Err, ErrTimeout) {
		t.Errorf("deaf loop: %v", r.Err)
	}
	if r := run("%%\nfmt.Println(\"alive\")", time.Minute); r.Err != nil || summary(r.Outputs) != `stdout "alive\n"` {
		t.Errorf("afterwards: %v, %s", r.Err, summary(r.Outputs))
	}
	dir := k.dir
	k.Close()
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
	if k.CPU() <= 0 {
		t.Error("no processor time was used")
	}
	if r := run("%%\n", time.Minute); !errors.Is(r.Err, ErrKernelDied) {
		t.Errorf("after Close: %v", r.Err)
	}
}

// A cancelled context ends the kernel at once, and a run says at which cell.
func TestRunCancelled(t *testing.T) {
	t.Parallel()
	k := startKernel(t)
	nb := &Notebook{Cells: []*Cell{
		{Type: "markdown", Source: "# Waiting"},
		{Type: "code", Source: ""},
		{Type: "code", Source: "import \"time\"\n%%\ntime.Sleep(time.Hour)", Count: 7, Outputs: []*Output{{Type: "stream", Name: "stdout", Text: "old"}}},
		{Type: "code", Source: "%%\n", Outputs: []*Output{{Type: "stream", Name: "stdout", Text: "old"}}},
	}}
	why := errors.New("enough")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 3*time.Second, why)
	defer cancel()
	start := time.Now()
	err := Run(ctx, k, nb, RunOptions{})
	var f *CellFailure
	if !errors.As(err, &f) || !errors.Is(err, why) || f.Cell != 3 || f.Code != 1 || f.Heading != "Waiting" {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	if len(nb.Cells[3].Outputs) != 0 {
		t.Error("a cell that did not run kept its old output")
	}
}
