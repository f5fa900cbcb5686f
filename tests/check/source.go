package check

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// A decl is a function as it stands in a file.
type decl struct {
	file   string
	line   int
	tokens string // its source without comments and layout

	results []string // the names of its results; nil when they have none
}

// StubDir is where an exercise keeps its files as a student first finds them,
// inside [Exercise.Files].
const StubDir = "testdata/stub"

// stubs returns the functions of the untouched exercise by name.
func (e *Exercise) stubs() (map[string]decl, error) {
	sub, err := fs.Sub(e.Files, StubDir)
	if err != nil {
		return nil, err
	}
	return functions(sub)
}

// Fresh reports on an exercise whose files in dir are as a student first finds
// them but for comments and layout. Nothing has to be built or run for that.
// ok is false when there is more to say.
func (e *Exercise) Fresh(dir fs.FS) (rep Report, ok bool) {
	stub, err := fs.Sub(e.Files, StubDir)
	if err != nil {
		return Report{}, false
	}
	first, here := sources(stub), sources(dir)
	if len(first) == 0 || !maps.EqualFunc(first, here, func(a, b []byte) bool { return tokens(a) == tokens(b) }) {
		return Report{}, false
	}
	at, err := functions(dir)
	if err != nil {
		return Report{}, false
	}
	rep = Report{Exercise: e.ID, Title: e.Title}
	for i := range e.Tasks {
		r := e.Tasks[i].result()
		d := at[r.Func]
		if d.line == 0 {
			return Report{}, false // a task that the first files do not have: its author is at work
		}
		r.State, r.Where = Untouched, fmt.Sprintf("%s:%d", path.Join("exercises", e.ID, d.file), d.line)
		rep.Known = append(rep.Known, r.Task)
		rep.Tasks = append(rep.Tasks, r)
	}
	return rep, true
}

// sources reads the Go files of a folder by name, tests not.
func sources(dir fs.FS) map[string][]byte {
	all := map[string][]byte{}
	names, _ := fs.Glob(dir, "*.go") // the pattern is good
	for _, name := range names {
		if src, err := fs.ReadFile(dir, name); err == nil && !strings.HasSuffix(name, "_test.go") {
			all[name] = src
		}
	}
	return all
}

// functions returns the top-level functions of the Go files in a folder. A
// file that does not parse is left out: it does not compile either, and the
// compiler says so better.
func functions(dir fs.FS) (map[string]decl, error) {
	if _, err := fs.Stat(dir, "."); err != nil {
		return nil, err
	}
	all := map[string]decl{}
	for name, src := range sources(dir) {
		scan(all, name, src)
	}
	return all, nil
}

// scan adds the functions of one file to all.
func scan(all map[string]decl, name string, src []byte) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
	if err != nil {
		return
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		from, to := set.Position(f.Pos()), set.Position(f.End())
		var results []string
		if f.Type.Results != nil {
			for _, group := range f.Type.Results.List {
				for _, n := range group.Names {
					results = append(results, n.Name)
				}
			}
		}
		all[f.Name.Name] = decl{name, from.Line, tokens(src[from.Offset:to.Offset]), results}
	}
}

// tokens returns Go source as its tokens, one space between: two functions
// with equal tokens have equal syntax trees.
func tokens(src []byte) string {
	var s scanner.Scanner
	set := token.NewFileSet()
	s.Init(set.AddFile("", -1, len(src)), src, nil, 0)
	var all []string
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return strings.Join(all, " ")
		case token.SEMICOLON:
			lit = ";" // written or implied by a line's end
		case token.RBRACE, token.RPAREN: // a ; or , before it is layout
			if n := len(all); n > 0 && (all[n-1] == ";" || all[n-1] == ",") {
				all = all[:n-1]
			}
		}
		if lit == "" {
			lit = tok.String()
		}
		all = append(all, lit)
	}
}

// declOf finds the source of a function in the file it was compiled from. ok
// is false when that file is not there or the function has no name.
func declOf(fn any) (d decl, ok bool) {
	file := sourceOf(fn)
	src, err := os.ReadFile(file)
	if err != nil {
		return decl{}, false
	}
	all := map[string]decl{}
	scan(all, file, src)
	name := runtime.FuncForPC(reflect.ValueOf(fn).Pointer()).Name()
	d, ok = all[name[strings.LastIndexByte(name, '.')+1:]]
	return d, ok
}

// sourceOf returns the file that fn was compiled from, "" if fn is no function.
func sourceOf(fn any) string {
	v := reflect.ValueOf(fn)
	if v.Kind() != reflect.Func || v.IsNil() {
		return ""
	}
	file, _ := runtime.FuncForPC(v.Pointer()).FileLine(v.Pointer())
	return file
}

// frame matches the second line of a stack frame: tab, file, line.
var frame = regexp.MustCompile(`(?m)^\t(.+\.go):(\d+)(?: \+0x[0-9a-f]+)?$`)

// locate finds the topmost frame of a stack trace whose file lies in dir;
// line 0 if there is none.
func locate(stack, dir string) (file string, line int) {
	for _, m := range frame.FindAllStringSubmatch(stack, -1) {
		if path.Dir(m[1]) == filepath.ToSlash(dir) {
			if line, _ = strconv.Atoi(m[2]); line > 1 { // 1: an instruction of no line, as in for {}
				return m[1], line
			}
		}
	}
	return "", 0
}

// place says a position and quotes its line: "coinflips.go:31: x := y[3]". The
// file's line numbers mean something in an exercise; in a notebook cell only
// the quotation does.
func place(file string, line int) string {
	if line == 0 {
		return ""
	}
	var parts []string
	if short, ok := exercisePath(file); ok {
		parts = append(parts, fmt.Sprintf("%s:%d", short, line))
	}
	src, err := os.ReadFile(file)
	if lines := strings.Split(string(src), "\n"); err == nil && line <= len(lines) {
		parts = append(parts, strings.TrimSpace(lines[line-1]))
	}
	return strings.Join(parts, ": ")
}

// exercisePath cuts a path to exercises/NN-slug/file.go.
func exercisePath(file string) (string, bool) {
	parts := strings.Split(filepath.ToSlash(file), "/")
	if n := len(parts); n >= 3 && parts[n-3] == "exercises" {
		return path.Join(parts[n-3:]...), true
	}
	return file, false
}
