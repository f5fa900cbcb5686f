//go:build unix

package proc

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A real `go run` is killed -9: the program notices and ends, its child too.
func TestEndWithGoRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program with go run")
	}
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	// Inside the module, to be allowed to import an internal package; the
	// leading underscore hides it from ./... patterns.
	dir, err := os.MkdirTemp(wd, "_gorun")
	if err != nil {
		t.Skip("cannot write into the checkout:", err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	const source = `package main

import (
	"context"
	"os"

	"github.com/credence-bnn/credence/internal/proc"
)

func main() {
	ctx, stop := proc.EndWithParent(context.Background())
	defer stop()
	proc.Command(ctx, "sleep", os.Args[1]).Run()
}
`
	main := filepath.Join(dir, "main.go")
	if err := os.WriteFile(main, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	m := mark()
	cmd := exec.Command("go", "run", main, m)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); cmd.Wait() })
	sleeping := func() bool {
		for _, line := range alive(t, "sleep "+m) {
			if strings.HasSuffix(line, " sleep "+m) && !strings.Contains(line, guardName) {
				return true
			}
		}
		return false
	}
	waitFor(t, "go run to compile and start", sleeping)
	syscall.Kill(cmd.Process.Pid, syscall.SIGKILL)
	cmd.Wait()
	waitFor(t, "the program and its child to end", func() bool { return len(alive(t, m)) == 0 })
}
