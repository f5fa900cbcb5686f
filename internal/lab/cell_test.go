package lab_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/credence-bnn/credence/internal/jupyter"
	"github.com/credence-bnn/credence/internal/lab"
)

// start starts the checkout's kernel.
func start(ctx context.Context, t *testing.T, env ...string) *jupyter.Kernel {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the kernel on a fresh machine")
	}
	dir, err := lab.Kernel(ctx, lab.Options{})
	if errors.Is(err, lab.ErrWindows) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	spec, err := jupyter.ReadSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	k, err := jupyter.Start(ctx, spec, jupyter.StartOptions{Env: env})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	return k
}

// printed runs a cell and returns what it prints.
func printed(ctx context.Context, t *testing.T, k *jupyter.Kernel, cell string) string {
	t.Helper()
	r := k.Execute(ctx, cell, 2*time.Minute)
	var out strings.Builder
	for _, o := range r.Outputs {
		out.WriteString(o.Text)
	}
	if r.Err != nil {
		t.Fatalf("%v\n%s", r.Err, &out)
	}
	return out.String()
}

// A cell imports a package of the checkout and one of a module it depends on,
// and no network is there.
func TestCellWithoutNetwork(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	offline := "http://127.0.0.1:1" // a port where nobody listens
	k := start(ctx, t, "GOPROXY="+offline, "HTTPS_PROXY="+offline, "HTTP_PROXY="+offline, "GOFLAGS=")
	out := printed(ctx, t, k, `%noautoget
%goflags -ldflags=-w
import (
	"fmt"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"gonum.org/v1/gonum/mat"
)
%%
s := data.New("line", []float64{1, 2, 3}, []float64{2, 4, 6})
fmt.Println("rows", s.Len(), mat.Sum(s.X))
`)
	if !strings.Contains(out, "rows 3 6") {
		t.Errorf("the cell printed %q", out)
	}
}

// Functions in cells are checked there; whatever is wrong with one, the cell
// ends well and the next one runs.
func TestCheckInCell(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	k := start(ctx, t)
	printed(ctx, t, k, `%noautoget
%goflags -ldflags=-w
import (
	"github.com/credence-bnn/credence/tests/check"
	_ "github.com/credence-bnn/credence/tests/01-coin-flips"
)`)
	const body = "\n\th := 0.0\n\tfor _, f := range flips {\n\t\tif f {\n\t\t\th++\n\t\t}\n\t}\n\treturn h / float64(len(flips))"
	for _, c := range []struct{ name, body, want string }{
		{"untouched", "\n\treturn math.NaN()", "○ Frequency is not solved yet (2 points)"},
		{"right", body, "✓ Frequency: 2 points, all 8 calls agree"},
		{"wrong", "\n\treturn 0.5", "✗ Frequency is not right yet (2 points)\n  Frequency([]bool{true, false, true, true, false}) // 3 heads of 5\n    got:  0.5\n    want: 0.6\n"},
		{"panic", "\n\tvar f []float64\n\treturn f[len(flips)]", "it panics: index out of range [5] with length 0\n    at return f[len(flips)]\n"},
		{"loop", "\n\tfor {\n\t}", "no answer after 5s: does a loop never end?"},
		{"deadlock", "\n\treturn <-make(chan float64)", "it waits for something that never comes"},
		{"goroutine", "\n\tgo func() {\n\t\tfor {\n\t\t}\n\t}()" + body, "a goroutine that it started still runs: end it before you return\n    at go func() {\n"},
	} {
		printed(ctx, t, k, "// exercise: 01-coin-flips/frequency\nfunc Frequency(flips []bool) float64 {"+c.body+"\n}")
		out := printed(ctx, t, k, "%%\ncheck.Task(\"01-coin-flips/frequency\", Frequency)\ncheck.Task(\"01-coin-flips/sprinting\", Frequency)")
		if !strings.Contains(out, c.want) || !strings.Contains(out, "01-coin-flips has no task \"sprinting\"") || strings.Contains(out, "goroutine 1") {
			t.Errorf("%s: the cell prints\n%s\nwithout %q", c.name, out, c.want)
		}
	}
}
