package clone

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	here, err := Root("")
	if err != nil {
		t.Fatal(err)
	}
	if up, err := Root(filepath.Join(here, "internal", "clone", "not-there")); err != nil || up != here {
		t.Errorf("from below: %q, %v; want %q", up, err, here)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "go.mod"), []byte("module example.com/other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := Root(foreign); err == nil || !strings.Contains(err.Error(), "not inside a checkout of Credence: cd into your clone") {
		t.Errorf("in a foreign module: %q, %v", got, err)
	}
}
