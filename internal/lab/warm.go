package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
)

// Warm compiles the packages that cells import, once per go.mod and Go
// version: the first cell on a cold build cache takes 24 s, on a warm one less
// than a second. It builds a program in the very way GoNB builds a cell, in a
// workspace of the checkout and a module of its own, so it also downloads what
// cells will need: from here on they need no network.
//
// A package of the checkout that does not compile is the student's to mend,
// in the notebook: it is reported, and no reason to stop.
func (s *setup) warm(ctx context.Context) error {
	mod, _ := os.ReadFile(filepath.Join(s.checkout, "go.mod"))
	sum, _ := os.ReadFile(filepath.Join(s.checkout, "go.sum"))
	done := digest(string(mod), string(sum), s.go_.version)
	stamp := filepath.Join(s.home, "compiled")
	if old, err := os.ReadFile(stamp); err == nil && string(old) == done {
		return nil
	}
	removeAll(filepath.Join(s.home, "cell-*"))
	dir, err := os.MkdirTemp(s.home, "cell-*")
	if err != nil {
		return writeTrouble(err)
	}
	defer os.RemoveAll(dir)
	env, err := s.buildEnv(dir)
	if err != nil {
		return err
	}
	list := proc.Command(ctx, s.go_.command(), "list", "-e", "-f", `{{if and (ne .Name "main") (not .Error) .GoFiles}}{{.ImportPath}}{{end}}`, "./pkg/...", "./tests/...")
	list.Dir, list.Env = s.checkout, env
	var stderr strings.Builder
	list.Stderr = &stderr
	packages, err := list.Output()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return commandTrouble("list the course's packages", err, stderr.String())
	}
	version := strings.TrimPrefix(s.go_.version, "go")
	program := "package main\n\nimport (\n\t_ \"" + gonbui + "\"\n"
	for _, p := range strings.Fields(string(packages)) {
		if !strings.Contains(p, "/internal") {
			program += "\t_ \"" + p + "\"\n"
		}
	}
	program += ")\n\nfunc main() {}\n"
	for name, text := range map[string]string{
		"main.go": program,
		"go.mod":  "module cell\n\ngo " + version + "\n",
		"go.work": "go " + version + "\n\nuse (\n\t.\n\t" + quote(s.checkout) + "\n)\n",
	} {
		if err := write(filepath.Join(dir, name), []byte(text)); err != nil {
			return err
		}
	}
	err = step(ctx, s.progress, "compile the course's packages (once)", command{
		dir: dir, name: s.go_.command(), args: []string{"build", "-v", "-ldflags=-w", "-o", "cell"},
		env: append(env, "GOWORK="+filepath.Join(dir, "go.work")),
	})
	switch {
	case ctx.Err() != nil || errors.As(err, new(blocked)):
		return err
	case err != nil:
		fmt.Fprintf(s.progress, "Warning: %v\n", err)
		return nil
	}
	return write(stamp, []byte(done))
}

// Gonbui is what pkg/nb shows figures with; a cell may import it directly.
const gonbui = "github.com/janpfeifer/gonb/gonbui"

// Quote writes a path as go.work wants it: quoted only where it must be.
func quote(path string) string {
	if strings.ContainsAny(path, " \t\"'`()[]{}") || strings.Contains(path, "//") {
		return fmt.Sprintf("%q", path)
	}
	return path
}
