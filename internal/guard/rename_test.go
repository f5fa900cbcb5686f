package guard

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRenamedCopyBuilds gives a copy of the checkout another module path, and builds
// and vets it.
func TestRenamedCopyBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything a second time; runs without -short")
	}
	dir := filepath.Join(t.TempDir(), "copy")
	copyCheckout(t, dir)
	old := modulePath(t)
	const to = "example.org/some/fork"
	env := []string{"GOPROXY=off", "GOWORK=off"}
	goCommand(t, dir, env, "run", "-buildvcs=false", "./internal/rename", to)

	if got := strings.TrimSpace(goCommand(t, dir, env, "list", "-m")); got != to {
		t.Errorf("after renaming, the module is %s, want %s", got, to)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(".go.ipynb.mod.md", filepath.Ext(path)) {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), old) {
			rel, _ := filepath.Rel(dir, path)
			t.Errorf("%s still says %s", rel, old)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	goCommand(t, dir, env, "build", "-buildvcs=false", "./...")
	goCommand(t, dir, env, "vet", "./...")
}

// copyCheckout copies every regular file of the checkout that git does not ignore.
func copyCheckout(t *testing.T, dir string) {
	t.Helper()
	walk(t, func(path string, content []byte) {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o666); err != nil {
			t.Fatal(err)
		}
	})
}
