// Package solutions has no code of its own: it holds the test that nothing in
// exercises/, solutions/ and tests/ is missing or unlisted.
package solutions

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/credence-bnn/credence/tests/all"
	"github.com/credence-bnn/credence/tests/check"
)

var folder = regexp.MustCompile(`^\d\d-`)

// folders returns the exercises' folders in a directory.
func folders(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && folder.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestFolders(t *testing.T) {
	var ids []string
	for _, e := range check.Exercises() {
		ids = append(ids, e.ID)
	}
	for _, dir := range []string{"../exercises", "../solutions", "../tests"} {
		if got := folders(t, dir); !slices.Equal(got, ids) {
			t.Errorf("%s has %v, tests/all registers %v", dir, got, ids)
		}
	}
	for i, id := range ids {
		if i > 0 && id[:2] == ids[i-1][:2] {
			t.Errorf("%s and %s share a number", ids[i-1], id)
		}
		for _, must := range []string{
			"../exercises/" + id + "/README.md",
			"../tests/" + id + "/cases.go",
			"../tests/" + id + "/" + id[:2] + "_test.go",
			"../tests/" + id + "/testdata/cases.json",
		} {
			if _, err := os.Stat(must); err != nil {
				t.Error(err)
			}
		}
	}
}

// exported returns the exported functions of the Go files in dir, and the files.
func exported(t *testing.T, dir string) (funcs map[string]bool, files []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	funcs = map[string]bool{}
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") || filepath.Base(p) == "solved.go" {
			continue
		}
		files = append(files, filepath.Base(p))
		file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.IsExported() {
				funcs[f.Name.Name] = true
				if f.Doc == nil {
					t.Errorf("%s: %s has no comment", p, f.Name.Name)
				}
			}
		}
	}
	return funcs, files
}

// TestMirror holds that the stub, the solution and the list of tasks name the
// same functions, in files of the same names.
func TestMirror(t *testing.T) {
	for _, e := range check.Exercises() {
		tasks := map[string]bool{}
		for _, s := range e.Tasks {
			tasks[s.Func] = true
		}
		stub, stubFiles := exported(t, filepath.Join("..", "tests", e.ID, filepath.FromSlash(check.StubDir)))
		solved, solvedFiles := exported(t, e.ID)
		for _, c := range []struct {
			have, want map[string]bool
			form       string
		}{
			{stub, tasks, "%s: %s is a task and has no stub (a new stub is known after -regen)"},
			{solved, tasks, "%s: %s is a task and has no solution"},
			{tasks, stub, "%s: %s is exported by the stub and is no task"},
			{tasks, solved, "%s: %s is exported by the solution and is no task"},
		} {
			for _, f := range slices.Sorted(maps.Keys(c.want)) {
				if !c.have[f] {
					t.Errorf(c.form, e.ID, f)
				}
			}
		}
		if !slices.Equal(stubFiles, solvedFiles) {
			t.Errorf("%s: files %v, solved in %v", e.ID, stubFiles, solvedFiles)
		}
	}
}

// TestBound holds that the tests bind each task to the student's function of its
// name: a slip would judge one function for another.
func TestBound(t *testing.T) {
	for _, e := range check.Exercises() {
		name := filepath.Join("..", "tests", e.ID, e.ID[:2]+"_test.go")
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range e.Tasks {
			if bound := regexp.MustCompile(`"` + s.Name + `":\s+student\.` + s.Func + `,`); !bound.Match(raw) {
				t.Errorf("%s binds no %q: student.%s", name, s.Name, s.Func)
			}
		}
	}
}

// TestReadme holds that each README states objectives, what is out of scope and
// its chapter.
func TestReadme(t *testing.T) {
	for _, e := range check.Exercises() {
		raw, err := os.ReadFile(filepath.Join("..", "exercises", e.ID, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, must := range []string{"**After this**", "**Out of scope**", "## Tasks", "notebooks/" + e.ID + ".ipynb", "go test -v ./tests/" + e.ID, "credence check " + e.ID} {
			if !strings.Contains(string(raw), must) {
				t.Errorf("%s: its README lacks %q", e.ID, must)
			}
		}
	}
}

// TestNoAnswers holds that cases.go links no answer: a student's bundle is
// without solutions/, and its tests must build.
func TestNoAnswers(t *testing.T) {
	for _, dir := range []string{"../tests", "../exercises"} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return nil // a student's file under way
			}
			for _, i := range file.Imports {
				if strings.Contains(i.Path.Value, "/solutions/") {
					t.Errorf("%s imports %s", path, i.Path.Value)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestComparisons holds that no test compares a distance with >: NaN would pass.
// Package prove tries that as well; this finds it where no proof comes.
func TestComparisons(t *testing.T) {
	for _, dir := range []string{"../tests", "."} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || dir == "." && !strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			for _, at := range unsafe(file) {
				t.Errorf("%s: a NaN is not larger than anything, so this takes it for right: write !(d <= tol)", set.Position(at))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// unsafe finds comparisons that say "too far apart" with > or >=, or with < and
// <= the other way round.
func unsafe(file *ast.File) (found []token.Pos) {
	abs := func(e ast.Expr, ofDifference bool) (is bool) {
		ast.Inspect(e, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			d, sub := call.Args[0].(*ast.BinaryExpr)
			if ok && s.Sel.Name == "Abs" && (!ofDifference || sub && d.Op == token.SUB) {
				is = true
			}
			return !is
		})
		return is
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok {
			switch b.Op {
			case token.GTR, token.GEQ:
				if abs(b.X, false) {
					found = append(found, b.OpPos)
				}
			case token.LSS, token.LEQ:
				if abs(b.Y, true) && !abs(b.X, false) { // not a scale, as in d <= tol*math.Abs(w)
					found = append(found, b.OpPos)
				}
			}
		}
		return true
	})
	return found
}

func TestUnsafe(t *testing.T) {
	for expr, n := range map[string]int{
		"math.Abs(a-b) > 1e-9":           1,
		"math.Abs(a-b)/c >= tol":         1,
		"tol < math.Abs(a-b)":            1,
		"!(math.Abs(a-b) <= 1e-9)":       0,
		"!(tol >= math.Abs(a-b))":        0,
		"math.Abs(a-b) <= tol || no":     0,
		"math.Abs(d) <= tol*math.Abs(w)": 0,
		"d <= tol*math.Abs(w)":           0,
		"a > b":                          0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nvar _ = "+expr, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(unsafe(file)); got != n {
			t.Errorf("%s: %d, want %d", expr, got, n)
		}
	}
}
