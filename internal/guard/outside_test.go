package guard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The program of an engineer who wants pkg/bnn and nothing else.
const outsideMain = `package main

import (
	"fmt"

	"MODULE/pkg/bnn"
	"MODULE/pkg/bnn/data"
	"MODULE/pkg/bnn/metrics"
	"MODULE/pkg/bnn/nn"
)

func main() {
	model := &bnn.Model{
		Net:        nn.MLP([]int{1, 50, 1}, nn.ReLU),
		Prior:      bnn.Normal{SD: 1},
		Likelihood: bnn.GaussianNoise{SD: 0.1},
	}
	set := data.New("line", []float64{0, 1, 2}, []float64{0, 1, 2})
	fmt.Println(model.On(set).Dim() > 0, metrics.RMSE([]float64{1}, []float64{1}))
}
`

// TestOutsideModule builds a module that is not ours, imports pkg/bnn from this
// checkout by replace, without network, and looks at what it inherits.
func TestOutsideModule(t *testing.T) {
	module := modulePath(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.go"), strings.ReplaceAll(outsideMain, "MODULE", module))
	write(t, filepath.Join(dir, "go.mod"), "module example.com/outside\n\ngo 1.26.0\n\n"+
		"require "+module+" v0.0.0\n\nreplace "+module+" => "+root(t)+"\n")

	// What the checkout has already downloaded must be enough; go.work and the
	// user's settings stay out of it.
	env := []string{"GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off"}
	if got := strings.TrimSpace(goCommand(t, dir, env, "run", ".")); got != "true 0" {
		t.Errorf("the outside program printed %q, want \"true 0\"", got)
	}

	for line := range strings.Lines(goCommand(t, dir, env, "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")) {
		path := strings.TrimSpace(line)
		if path != "" && path != "example.com/outside" && !match(module+"/...", path) && !match("gonum.org/v1/gonum/...", path) &&
			path != "golang.org/x/tools/container/intsets" { // linked by gonum/optimize, through stat/distmv
			t.Errorf("an importer of pkg/bnn links %s; it should link the standard library, gonum and us", path)
		}
		if match(module+"/pkg/bnn/data/*", path) {
			t.Errorf("an importer of pkg/bnn links the data set %s without asking for it", path)
		}
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(mod)) {
		path, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "require")), " ")
		if strings.Contains(path, ".") && path != module && path != "gonum.org/v1/gonum" && path != "golang.org/x/tools" {
			t.Errorf("an importer's go.mod gets %q; it should need gonum and us", strings.TrimSpace(line))
		}
	}
}

// write writes a file or ends the test.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
