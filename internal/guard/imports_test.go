package guard

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A pkg is one line of `go list -deps -json`: a package and everything it links.
type pkg struct {
	ImportPath string
	Standard   bool
	Module     *struct{ Path string }
	Deps       []string
}

// An arrow is a rule about what packages may link, directly or through others.
type arrow struct {
	from   string   // package below the module, or a pattern (see match)
	except []string // patterns below the module that the rule does not cover
	not    []string // forbidden: import paths or patterns; "./x" is below the module
	only   []string // if set: besides the standard library, only these
	reason string
}

var arrows = []arrow{
	{
		from: "pkg/bnn/...", only: []string{"./pkg/bnn/...", "./internal/kernels/...", "gonum.org/v1/gonum/...",
			"golang.org/x/tools/container/intsets"}, // which gonum/optimize links, through stat/distmv
		reason: "an engineer who imports pkg/bnn gets the standard library and gonum (without plot, with what it links itself), nothing else",
	},
	{
		from: "pkg/bnn", not: []string{"./pkg/bnn/data/*"},
		reason: "importing pkg/bnn must not embed a data set",
	},
	{
		from: "pkg/bnn/nn", not: []string{"./pkg/bnn", "./pkg/bnn/data", "./pkg/bnn/metrics", "./pkg/bnn/decide", "./pkg/bnn/bnntest"},
		reason: "networks stand below models: nn knows neither priors nor data sets",
	},
	{
		from: "pkg/bnn/metrics", not: []string{"./..."},
		reason: "a student can use metrics on anything: they take plain slices",
	},
	{
		from: "pkg/bnn/decide", not: []string{"./..."},
		reason: "a decision needs probabilities and costs, and not the model they come from: any program's will do",
	},
	{
		from: "pkg/bnn/data", not: []string{"./..."},
		reason: "data is the start of the line data → model → method → posterior → predictive → figures",
	},
	{
		from: "pkg/bnn/data/*", not: []string{"./pkg/bnn", "./pkg/bnn/nn", "./pkg/bnn/metrics", "./pkg/bnn/bnntest"},
		reason: "a data set knows nothing of the models that will be fitted to it",
	},
	{
		from: "pkg/bnn/...", except: []string{"pkg/bnn/bnntest/..."}, not: []string{"testing", "./pkg/bnn/bnntest"},
		reason: "a program that fits a network does not link the testing package",
	},
	{
		from: "pkg/bnn/...", not: []string{"net/http", "./internal/fetch"},
		reason: "loaders read files; what downloads them stands above, so that no importer links a web client",
	},
	{
		from: "pkg/viz/...", not: []string{"./pkg/bnn/...", "./pkg/nb/..."},
		reason: "a student can draw anything: viz takes plain slices",
	},
	{
		from: "pkg/viz/...", not: []string{"github.com/janpfeifer/gonb/..."},
		reason: "viz makes bytes and knows no notebook; nb shows them",
	},
	{
		from: "pkg/viz", not: []string{"github.com/go-echarts/..."},
		reason: "linking is nearly all of a warm cell's time: a cell with a plot does not pay for charts",
	},
	{
		from: "pkg/nb", not: []string{"gonum.org/v1/plot/...", "github.com/go-echarts/...", "./pkg/viz/..."},
		reason: "linking is nearly all of a warm cell's time: nb shows figures through small interfaces and links no drawing library",
	},
	{
		from: "pkg/nb", not: []string{"./pkg/bnn", "gonum.org/v1/gonum/..."},
		reason: "linking is nearly all of a warm cell's time: the methods and gonum were a quarter of that of a cell with a plot",
	},
	{
		from: "pkg/nb", not: []string{"net/http"},
		reason: "linking is nearly all of a warm cell's time: a web server would be a fifth of it",
	},
	{
		from: "pkg/...", not: []string{"./cmd/...", "./internal/lab/...", "./internal/jupyter/...", "./internal/grade/...", "./tests/...", "./exercises/...", "./solutions/..."},
		reason: "imports run downward only: the course and the commands stand on pkg, never the other way round",
	},
	{
		from: "internal/jupyter", not: []string{"./pkg/bnn/...", "./pkg/viz/...", "./pkg/nb/..."},
		reason: "the notebook runner runs any notebook and knows nothing of its subject",
	},
	{
		from: "internal/kernels/...", not: []string{"./pkg/..."},
		reason: "vector and matrix kernels are the ground floor",
	},
	{
		from: "exercises/...", not: []string{"./solutions/...", "./tests/..."},
		reason: "a student's copy of the exercises holds no solution and no test",
	},
	{
		from: "tests/...", not: []string{"./solutions/..."},
		reason: "a student's bundle has the public tests but no solutions: expected values come from cases.json",
	},
	{
		from: "cmd/check", not: []string{"./pkg/...", "./internal/lab/...", "./internal/jupyter/...", "gonum.org/...", "net/http"},
		reason: "a student who only checks exercises compiles neither notebooks nor figures nor networks",
	},
	{
		from: "cmd/credence", not: []string{"database/sql", "./cmd/classroom/...", "./internal/grade/..."},
		reason: "students do not pay for the teacher's database drivers",
	},
}

// TestImports checks every arrow; the failure says why the arrow is there.
func TestImports(t *testing.T) {
	all := listPackages(t)
	byPath := map[string]pkg{}
	for _, p := range all {
		byPath[p.ImportPath] = p
	}
	module := modulePath(t)
	below := func(pattern string) string {
		if rest, ok := strings.CutPrefix(pattern, "./"); ok {
			return module + "/" + rest
		}
		return pattern
	}
	for _, a := range arrows {
		for _, p := range all {
			if !match(module+"/"+a.from, p.ImportPath) || slices.ContainsFunc(a.except, func(x string) bool {
				return match(module+"/"+x, p.ImportPath)
			}) {
				continue
			}
			for _, dep := range p.Deps {
				for _, bad := range a.not {
					if match(below(bad), dep) {
						t.Errorf("%s links %s; it must not: %s", p.ImportPath, dep, a.reason)
					}
				}
				if a.only == nil || byPath[dep].Standard {
					continue
				}
				if !slices.ContainsFunc(a.only, func(ok string) bool { return match(below(ok), dep) }) {
					t.Errorf("%s links %s; it must not: %s", p.ImportPath, dep, a.reason)
				}
			}
		}
	}
}

// TestMatch checks the patterns, because an arrow that matches nothing guards nothing.
func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"a/b", "a/b", true},
		{"a/b", "a/b/c", false},
		{"a/b/...", "a/b", true},
		{"a/b/...", "a/b/c/d", true},
		{"a/b/...", "a/bc", false},
		{"a/b/*", "a/b", false},
		{"a/b/*", "a/b/c", true},
		{"gonum.org/v1/gonum/...", "gonum.org/v1/plot", false},
	} {
		if got := match(c.pattern, c.path); got != c.want {
			t.Errorf("match(%q, %q) = %v, want %v", c.pattern, c.path, got, c.want)
		}
	}
}

// match reports whether an import path is the pattern, or lies at or below it when
// the pattern ends in /..., or strictly below it when it ends in /*.
func match(pattern, path string) bool {
	if root, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(path, root+"/")
	}
	if root, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == root || strings.HasPrefix(path, root+"/")
	}
	return path == pattern
}

// listPackages returns all packages of the module and all they link.
func listPackages(t *testing.T) []pkg {
	t.Helper()
	out := goCommand(t, root(t), nil, "list", "-deps", "-json=ImportPath,Standard,Module,Deps", "./...")
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// root returns the checkout's top directory.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// modulePath returns the module's path, whatever it was renamed to.
func modulePath(t *testing.T) string {
	t.Helper()
	return strings.TrimSpace(goCommand(t, root(t), nil, "list", "-m"))
}

// goCommand runs the go command and returns its standard output.
func goCommand(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}
