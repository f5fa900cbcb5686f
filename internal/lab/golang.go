package lab

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
)

// A Toolchain is the Go that builds the cells.
type toolchain struct {
	version string // "go1.26.8"
	root    string // GOROOT
}

// Bin returns the directory of the go command itself: with GOTOOLCHAIN=auto it
// is not the one on PATH but a downloaded one.
func (t toolchain) bin() string { return filepath.Join(t.root, "bin") }

func (t toolchain) command() string { return filepath.Join(t.bin(), "go") }

// FindGo returns the Go that the checkout asks for.
func findGo(ctx context.Context, checkout string) (toolchain, error) {
	cmd := proc.Command(ctx, "go", "env", "GOVERSION", "GOROOT")
	cmd.Dir = checkout
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return toolchain{}, context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return toolchain{}, fmt.Errorf("there is no go command on PATH: install Go %s or newer from https://go.dev/dl/ and add its bin directory to PATH", wantGo)
	case err != nil && strings.Contains(stderr.String(), "requires go"):
		return toolchain{}, fmt.Errorf("the go command on PATH is too old (%s): install Go %s or newer from https://go.dev/dl/", lastLine(stderr.String()), wantGo)
	case err != nil:
		return toolchain{}, commandTrouble("run go env", err, stderr.String())
	}
	version, root, ok := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if !ok {
		return toolchain{}, fmt.Errorf("go env printed no GOROOT but %q: install Go %s or newer from https://go.dev/dl/", out, wantGo)
	}
	return toolchain{version: strings.TrimSpace(version), root: strings.TrimSpace(root)}, nil
}

// WantGo is the oldest Go that builds the course, as go.mod says.
const wantGo = "1.26"
