package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/ast/astutil"
)

// savedDir is where Reset keeps what it replaces. The go command passes over
// names that begin with an underscore.
const savedDir = "exercises/_saved"

// Reset puts an exercise, or one task of it, back to how it first was. Before
// that it copies the folder's Go files to saved, a folder of their own below
// exercises/_saved; "" means that there was nothing to put back.
func Reset(root string, t Target, now time.Time) (saved string, err error) {
	first, err := stubFiles(root, t.ID)
	if err != nil {
		return "", err
	}
	dir := Dir(root, t.ID)
	here, err := goFiles(os.DirFS(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	want := first
	if t.Task != "" {
		e := registered(t.ID)
		if e == nil || e.Task(t.Task) == nil {
			return "", fmt.Errorf("this program knows no task %s/%s: update it", t.ID, t.Task)
		}
		if want, err = withStub(here, first, e.Task(t.Task).Func); err != nil {
			return "", fmt.Errorf("%w; all of exercises/%s can be put back without its task's name", err, t.ID)
		}
	}
	if maps.EqualFunc(here, want, bytes.Equal) {
		return "", nil
	}
	saved = path.Join(savedDir, t.ID, now.Format("2006-01-02_15-04-05"))
	for i := 2; ; i++ { // twice in one second
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(saved))); err != nil {
			break
		}
		saved = path.Join(savedDir, t.ID, fmt.Sprintf("%s_%d", now.Format("2006-01-02_15-04-05"), i))
	}
	keep := filepath.Join(root, filepath.FromSlash(saved))
	if err := os.MkdirAll(keep, 0o755); err != nil {
		return "", err
	}
	for name, src := range here {
		if err := os.WriteFile(filepath.Join(keep, name), src, 0o644); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for name, src := range want {
		if !bytes.Equal(here[name], src) {
			if err := replaceFile(filepath.Join(dir, name), src); err != nil {
				return "", err
			}
		}
	}
	for name := range here { // files of the student's own: they are in saved
		if want[name] == nil {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return "", err
			}
		}
	}
	return saved, nil
}

// stubFiles reads the files of an exercise as a student first finds them.
func stubFiles(root, id string) (map[string][]byte, error) {
	dir := filepath.Join(root, "tests", id, filepath.FromSlash(stubDir))
	files, err := goFiles(os.DirFS(dir))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("tests/%s/%s, the record of the first files, is missing: git checkout it", id, stubDir)
	}
	return files, nil
}

// goFiles reads the Go files of a folder by name.
func goFiles(dir fs.FS) (map[string][]byte, error) {
	if _, err := fs.Stat(dir, "."); err != nil {
		return nil, err
	}
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	for _, name := range names {
		if all[name], err = fs.ReadFile(dir, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// withStub returns the files with the function called name as in first.
func withStub(files, first map[string][]byte, name string) (map[string][]byte, error) {
	var stub *span
	var stubFile string
	for file, src := range first {
		if s, err := find(src, name); err == nil && s != nil {
			stub, stubFile = s, file
		}
	}
	if stub == nil {
		return nil, fmt.Errorf("the first files have no function %s", name)
	}
	all := maps.Clone(files)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		s, err := find(files[file], name)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read as Go (%w)", file, err)
		}
		if s != nil {
			all[file], err = mendImports(slices.Concat(files[file][:s.from], stub.text, files[file][s.to:]), first[stubFile])
			return all, err
		}
	}
	if files[stubFile] == nil { // the file is gone: the first one brings the function
		all[stubFile] = first[stubFile]
		return all, nil
	}
	var err error
	all[stubFile], err = mendImports(slices.Concat(bytes.TrimRight(files[stubFile], "\n"), []byte("\n\n"), stub.text, []byte("\n")), first[stubFile])
	return all, err
}

// A span is a function in a file, its comment included.
type span struct {
	from, to int
	text     []byte
}

func find(src []byte, name string) (*span, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name != name {
			continue
		}
		from := f.Pos()
		if f.Doc != nil {
			from = f.Doc.Pos()
		}
		i, j := set.Position(from).Offset, set.Position(f.End()).Offset
		return &span{i, j, src[i:j]}, nil
	}
	return nil, nil
}

// mendImports adds to src the imports of first that it lacks, and drops those
// that it no longer uses. What is in order stays as it is.
func mendImports(src, first []byte) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	from, err := parser.ParseFile(token.NewFileSet(), "", first, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	used, has, changed := map[string]bool{}, map[string]bool{}, false
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Obj == nil {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, i := range slices.Clone(file.Imports) {
		name, given, path := imported(i)
		has[name] = true
		if !used[name] && name != "_" && name != "." {
			changed = astutil.DeleteNamedImport(set, file, given, path) || changed
		}
	}
	for _, i := range from.Imports {
		if name, given, path := imported(i); used[name] && !has[name] {
			changed = astutil.AddNamedImport(set, file, given, path) || changed
		}
	}
	if !changed {
		return src, nil
	}
	var b bytes.Buffer
	err = format.Node(&b, set, file)
	return b.Bytes(), err
}

var version = regexp.MustCompile(`/v\d+$`)

// imported returns the name an import has in the file, the one it is given
// there, if any, and its path.
func imported(i *ast.ImportSpec) (name, given, importPath string) {
	importPath = strings.Trim(i.Path.Value, `"`)
	name = path.Base(version.ReplaceAllString(importPath, ""))
	if i.Name != nil {
		given = i.Name.Name
		name = given
	}
	return name, given, importPath
}
