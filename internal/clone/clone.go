// Package clone finds the checkout of the course that a command works on.
package clone

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Module is the module path by which a checkout is recognised.
const Module = "github.com/credence-bnn/credence"

// Root returns the top directory of the Credence checkout that contains dir; ""
// is the current directory. Symbolic links are resolved, so that a checkout has
// one name.
func Root(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("cannot tell the current directory: %w", err)
	}
	if real, err := filepath.EvalSymlinks(start); err == nil {
		start = real
	}
	for d := start; ; d = filepath.Dir(d) {
		if mod, err := os.ReadFile(filepath.Join(d, "go.mod")); err == nil && modfile.ModulePath(mod) == Module {
			return d, nil
		}
		if d == filepath.Dir(d) {
			return "", fmt.Errorf("%s is not inside a checkout of Credence: cd into your clone (the directory with notebooks/ and go.mod) and start again", start)
		}
	}
}
