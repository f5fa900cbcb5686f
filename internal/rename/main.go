// Command rename gives the module another path, for a fork that is to be imported
// under its own name:
//
//	go run ./internal/rename github.com/you/yours
//
// It rewrites the old path wherever it stands in a text file of the checkout (go.mod,
// *.go, *.ipynb, *.md, scripts, …), and formats the Go files again, because imports
// are sorted by path. Nothing else changes; look at it with git diff.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/rename NEW/MODULE/PATH   (in the top directory of the checkout)")
		os.Exit(2)
	}
	n, err := rename(".", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "rename:", err)
		os.Exit(1)
	}
	fmt.Printf("%d files rewritten; check with: go build ./... && go vet ./...\n", n)
}

// A module path as other modules can import it: a dotted host, then at least one
// element. Upper case is left out, because it needs escaping in caches.
var modulePath = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9][a-z0-9._~-]*)+$`)

// rename rewrites the module in dir and returns the number of files it changed.
func rename(dir, to string) (int, error) {
	if !modulePath.MatchString(to) {
		return 0, fmt.Errorf("%q is no module path; give one like github.com/you/yours, in lower case", to)
	}
	from, err := currentPath(dir)
	if err != nil {
		return 0, err
	}
	// The path ends where it could not go on, so that a module whose path merely
	// starts with ours is left alone.
	old := regexp.MustCompile(regexp.QuoteMeta(from) + `(\.git\b|[^A-Za-z0-9._~-]|[._][^A-Za-z0-9]|$)`)
	changed := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case ".git", "node_modules", "out", ".venv":
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		ok, err := rewrite(path, old, to)
		if ok {
			changed++
		}
		return err
	})
	return changed, err
}

// currentPath reads the module's path from dir/go.mod.
func currentPath(dir string) (string, error) {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("no go.mod here; run it in the top directory of the checkout")
	}
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(mod)) {
		if path, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(path), nil
		}
	}
	return "", errors.New("go.mod has no module line")
}

// rewrite replaces old in one text file and reports whether the file changed.
func rewrite(path string, old *regexp.Regexp, to string) (bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	if bytes.IndexByte(text, 0) >= 0 || !old.Match(text) { // a NUL byte: not text
		return false, nil
	}
	text = old.ReplaceAll(text, []byte(to+"$1"))
	if strings.HasSuffix(path, ".go") {
		if text, err = format.Source(text); err != nil {
			return false, fmt.Errorf("%s: %w", path, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(path, text, info.Mode().Perm())
}
