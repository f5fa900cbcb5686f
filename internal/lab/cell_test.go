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

// A cell imports a package of the checkout and one of a module it depends on,
// and no network is there.
func TestCellWithoutNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the kernel on a fresh machine")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
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
	offline := "http://127.0.0.1:1" // a port where nobody listens
	k, err := jupyter.Start(ctx, spec, jupyter.StartOptions{Env: []string{
		"GOPROXY=" + offline, "HTTPS_PROXY=" + offline, "HTTP_PROXY=" + offline, "GOFLAGS="}})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	cell := `%noautoget
%goflags -ldflags=-w
import (
	"fmt"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"gonum.org/v1/gonum/mat"
)
%%
s := data.New("line", []float64{1, 2, 3}, []float64{2, 4, 6})
fmt.Println("rows", s.Len(), mat.Sum(s.X))
`
	r := k.Execute(ctx, cell, 2*time.Minute)
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	var out strings.Builder
	for _, o := range r.Outputs {
		out.WriteString(o.Text)
	}
	if !strings.Contains(out.String(), "rows 3 6") {
		t.Errorf("the cell printed %q", out.String())
	}
}
