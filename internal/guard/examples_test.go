package guard

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"
)

// TestExamples checks that every exported function of pkg/ has an Example or is called
// in one: go test compiles and runs them, examples in comments drift. Helpers that take
// a testing.TB are shown by the tests that call them.
func TestExamples(t *testing.T) {
	have := map[string]bool{}   // "pkg/viz.Band"
	want := map[string]string{} // the same, and the file
	eachFile(t, func(file string, text []byte) {
		if !strings.HasPrefix(file, "pkg/") || !strings.HasSuffix(file, ".go") || bytes.HasPrefix(text, []byte("//go:build ignore")) {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, text, 0)
		if err != nil {
			t.Error(err)
			return
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			dir := path.Dir(file)
			if fn.Recv != nil {
				continue
			}
			if !strings.HasSuffix(file, "_test.go") {
				if fn.Name.IsExported() && !takesTesting(fn) {
					want[dir+"."+fn.Name.Name] = file
				}
				continue
			}
			if name, ok := strings.CutPrefix(fn.Name.Name, "Example"); ok {
				name, _, _ = strings.Cut(name, "_")
				have[dir+"."+name] = true
				ast.Inspect(fn, func(n ast.Node) bool {
					if sel, ok := n.(*ast.SelectorExpr); ok {
						have[dir+"."+sel.Sel.Name] = true
					}
					return true
				})
			}
		}
	})
	for name, file := range want {
		if !have[name] {
			t.Errorf("%s (%s) is in no Example", name, file)
		}
	}
}

// takesTesting reports whether a parameter is of package testing.
func takesTesting(fn *ast.FuncDecl) bool {
	for _, p := range fn.Type.Params.List {
		typ := p.Type
		if star, ok := typ.(*ast.StarExpr); ok {
			typ = star.X
		}
		if sel, ok := typ.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == "testing" {
				return true
			}
		}
	}
	return false
}
