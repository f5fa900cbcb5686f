package lab

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// The programs the kernel is made of, by the package that is built. Their
// versions are those of tools/go.mod: a module of its own, so that importers
// of the library do not inherit its dependencies.
var toolPackages = []string{
	"github.com/janpfeifer/gonb",
	"golang.org/x/tools/cmd/goimports",
	"golang.org/x/tools/gopls",
}

// BuildTools sets s.tools, after building the programs if they are not there.
func (s *setup) buildTools(ctx context.Context) error {
	dir := filepath.Join(s.checkout, "tools")
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return fmt.Errorf("the checkout is incomplete, tools/go.mod is missing (%w): clone it again", err)
	}
	sum, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil {
		return fmt.Errorf("the checkout is incomplete, tools/go.sum is missing (%w): clone it again", err)
	}
	s.tools = toolsDir(s.cache, mod, sum, s.go_)
	if complete(s.tools) {
		return nil
	}

	// Built aside and renamed, so that a half-built directory is never used.
	removeAll(filepath.Join(s.cache, "building-*")) // of a build that was killed: we hold the lock
	tmp, err := os.MkdirTemp(s.cache, "building-*")
	if err != nil {
		return writeTrouble(err)
	}
	defer os.RemoveAll(tmp)
	bin := filepath.Join(tmp, "bin")
	args := append([]string{"build", "-v", "-o", bin + string(filepath.Separator)}, toolPackages...)
	env, err := s.buildEnv(tmp)
	if err != nil {
		return err
	}
	err = step(ctx, s.progress, "build the Go kernel (once)", command{dir: dir, name: s.go_.command(), args: args, env: env})
	if err != nil {
		return err
	}
	if !complete(bin) {
		return fmt.Errorf("go build left out a program of the Go kernel: run `go clean -cache` and start again")
	}
	os.RemoveAll(s.tools)
	return writeTrouble(os.Rename(bin, s.tools))
}

// ToolsDir is where the programs are kept. Its name is a fingerprint of the
// pinned versions and of the Go that builds them: gopls refuses code for a
// newer Go than its own.
func toolsDir(cache string, mod, sum []byte, g toolchain) string {
	return filepath.Join(cache, "kernel-"+digest(string(mod), string(sum), g.version))
}

// RemoveAll removes everything that matches the pattern.
func removeAll(pattern string) {
	old, _ := filepath.Glob(pattern)
	for _, dir := range old {
		os.RemoveAll(dir)
	}
}

// Complete reports whether all programs are in dir.
func complete(dir string) bool {
	for _, p := range toolPackages {
		info, err := os.Stat(filepath.Join(dir, filepath.Base(p)))
		if err != nil || info.Size() == 0 {
			return false
		}
	}
	return true
}

// BuildEnv is the environment of our own builds: nothing of the user's that
// would break them (a go.work around the checkout, -mod=mod in GOFLAGS), and
// temporary files below dir, on the disk that is checked for room.
func (s *setup) buildEnv(dir string) ([]string, error) {
	tmp := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, writeTrouble(err)
	}
	return slices.Concat(os.Environ(), []string{
		"GOWORK=off", "GOFLAGS=", "GOROOT=" + s.go_.root, "GOTOOLCHAIN=local", "TMPDIR=" + tmp,
	}), nil
}
