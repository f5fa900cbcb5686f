package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRename checks what is rewritten, what is left alone, and that Go files are
// formatted again.
func TestRename(t *testing.T) {
	dir := t.TempDir()
	before := map[string]string{
		"go.mod":         "module github.com/a/b\n\ngo 1.26.0\n",
		"x/x.go":         "package x\n\nimport (\n\t_ \"github.com/a/b/y\"\n\t_ \"github.com/c/d\"\n)\n",
		"c.ipynb":        `{"source": ["import _ \"github.com/a/b/tests/01\"\n"]}`,
		"README.md":      "See github.com/a/b. Also `github.com/a/b`, github.com/a/b.git and github.com/a/b-data and github.com/a/bc.\n",
		"pic.bin":        "github.com/a/b\x00",
		"out/built.html": "github.com/a/b",
	}
	after := map[string]string{
		"go.mod":         "module zeta.org/q\n\ngo 1.26.0\n",
		"x/x.go":         "package x\n\nimport (\n\t_ \"github.com/c/d\"\n\t_ \"zeta.org/q/y\"\n)\n",
		"c.ipynb":        `{"source": ["import _ \"zeta.org/q/tests/01\"\n"]}`,
		"README.md":      "See zeta.org/q. Also `zeta.org/q`, zeta.org/q.git and github.com/a/b-data and github.com/a/bc.\n",
		"pic.bin":        "github.com/a/b\x00",
		"out/built.html": "github.com/a/b",
	}
	for name, text := range before {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	n, err := rename(dir, "zeta.org/q")
	if err != nil || n != 4 {
		t.Errorf("got %d files and error %v, want 4 and nil", n, err)
	}
	for name, want := range after {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n got: %q\nwant: %q", name, err, got, want)
		}
	}
}

// TestErrors checks that a bad path and a bad place are named.
func TestErrors(t *testing.T) {
	for _, path := range []string{"", "nodots/x", "github.com", "github.com/You/x", "https://github.com/a/b", "github.com/a b", "../x.y/z"} {
		if _, err := rename(t.TempDir(), path); err == nil || !strings.Contains(err.Error(), "no module path") {
			t.Errorf("%q: got error %v", path, err)
		}
	}
	if _, err := rename(t.TempDir(), "example.org/x"); err == nil || !strings.Contains(err.Error(), "no go.mod") {
		t.Errorf("got error %v, want one about go.mod", err)
	}
}
