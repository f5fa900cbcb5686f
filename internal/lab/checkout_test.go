package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/clone"
)

// A moved checkout gets a kernelspec with its new path, is told so, and
// leaves nothing of the old one behind.
func TestMovedCheckout(t *testing.T) {
	cache, from := smallCheckout(t)
	ctx := context.Background()
	dir, err := Kernel(ctx, Options{Dir: from})
	if err != nil {
		t.Fatal(err)
	}
	if got := workDir(t, dir); got != from {
		t.Fatalf("kernel for %q, want %q", got, from)
	}
	to := filepath.Join(filepath.Dir(from), "elsewhere with a space")
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	moved, err := Kernel(ctx, Options{Dir: to, Progress: &told})
	if err != nil {
		t.Fatal(err)
	}
	if got := workDir(t, moved); got != to {
		t.Errorf("kernel for %q after the move, want %q", got, to)
	}
	if !strings.Contains(told.String(), "moved from "+from+" to "+to) {
		t.Errorf("the move was not told: %q", told.String())
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old kernelspec is still there: %v", err)
	}
	if homes, _ := filepath.Glob(filepath.Join(cache, "checkouts", "*")); len(homes) != 1 {
		t.Errorf("homes in the cache: %q", homes)
	}
}

// Two checkouts do not disturb each other, and an existing one has not moved.
func TestTwoCheckouts(t *testing.T) {
	cache := t.TempDir()
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b, a, b} {
		put(t, filepath.Join(dir, "go.mod"), "module "+clone.Module+"\n")
		if _, movedFrom, err := settle(cache, dir); err != nil || movedFrom != "" {
			t.Errorf("%s: moved from %q, %v", dir, movedFrom, err)
		}
	}
	if home(cache, a) == home(cache, b) {
		t.Error("two checkouts share a home")
	}
}

func TestCommaInPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a,b")
	put(t, filepath.Join(dir, "go.mod"), "module "+clone.Module+"\n")
	if _, err := Kernel(context.Background(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "rename that directory") {
		t.Errorf("got %v", err)
	}
}

// SmallCheckout makes a checkout without packages, and a cache of its own in
// which the real tools are linked, so that nothing has to be built.
func smallCheckout(t *testing.T) (cache, checkout string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the kernel on a fresh machine")
	}
	real, err := prepare(context.Background(), Options{})
	if errors.Is(err, ErrWindows) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cache, checkout = filepath.Join(base, "cache"), filepath.Join(base, "clone")
	t.Setenv("CREDENCE_CACHE", cache)
	for _, name := range []string{"go.mod", "go.sum", "tools/go.mod", "tools/go.sum"} {
		text, err := os.ReadFile(filepath.Join(real.checkout, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(checkout, name), string(text))
	}
	put(t, filepath.Join(checkout, "notebooks", "README.md"), "")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real.tools, filepath.Join(cache, filepath.Base(real.tools))); err != nil {
		t.Fatal(err)
	}
	return cache, checkout
}

// WorkDir returns the checkout that a kernelspec is for.
func workDir(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec kernelSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	work, ok := strings.CutPrefix(spec.Argv[len(spec.Argv)-1], "-go_work=")
	if !ok || spec.DisplayName != DisplayName {
		t.Fatalf("odd kernelspec: %s", text)
	}
	return work
}

// Put writes a file and the directories above it.
func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
