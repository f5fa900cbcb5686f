//go:build unix

package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/credence-bnn/credence/internal/lab"
)

// A notebook whose cell never ends: however credence ends, nobody is left, not
// the kernel, not its language server, not the cell's own program.
func TestNobodyIsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("builds credence and runs kernels")
	}
	if _, err := lab.Kernel(context.Background(), lab.Options{}); err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	notebook := filepath.Join(base, "loop.ipynb")
	text, err := json.Marshal(map[string]any{
		"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{},
		"cells": []any{map[string]any{
			"cell_type": "code", "id": "loop", "metadata": map[string]any{}, "outputs": []any{}, "execution_count": nil,
			"source": "%noautoget\n%%\nfor i := 0; ; i++ {\n\t_ = i\n}",
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(notebook, text, 0o644); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(base, "credence")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	direct, goRun := []string{binary}, []string{"go", "run", "."}
	for _, c := range []struct {
		name  string
		argv  []string
		sig   syscall.Signal
		group bool // as a terminal's Ctrl-C: to all in the foreground
	}{
		{"Ctrl-C", direct, syscall.SIGINT, true},
		{"SIGTERM", direct, syscall.SIGTERM, false},
		{"kill -9", direct, syscall.SIGKILL, false},
		{"go run, Ctrl-C", goRun, syscall.SIGINT, true},
		{"go run, SIGTERM", goRun, syscall.SIGTERM, false},
		{"go run, kill -9", goRun, syscall.SIGKILL, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			// Every process of the kernel has this directory in its command line.
			tmp := t.TempDir()
			cmd := exec.Command(c.argv[0], append(c.argv[1:len(c.argv):len(c.argv)],
				"run", notebook, "--timeout", "10m", "--out", filepath.Join(tmp, "out"))...)
			cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); cmd.Wait() })
			until(t, "the cell runs", func() bool { return cellRuns(t, tmp) })
			pid := cmd.Process.Pid
			if c.group {
				pid = -pid
			}
			if err := syscall.Kill(pid, c.sig); err != nil {
				t.Fatal(err)
			}
			cmd.Wait()
			until(t, "everyone is gone", func() bool { return processes(t, tmp) == "" })
		})
	}
}

// CellRuns reports whether the program of a cell runs: its command line is its
// name alone, the directory's twice.
func cellRuns(t *testing.T, tmp string) bool {
	for line := range strings.Lines(processes(t, tmp)) {
		if path := strings.TrimSpace(line); filepath.Base(path) == filepath.Base(filepath.Dir(path)) {
			return true
		}
	}
	return false
}

// Processes returns the command lines that contain dir.
func processes(t *testing.T, dir string) string {
	t.Helper()
	flags := "-axo"
	if runtime.GOOS == "linux" {
		flags = "-axwwo"
	}
	out, err := exec.Command("ps", flags, "stat=,args=").Output()
	if err != nil {
		t.Skip("needs ps:", err)
	}
	found := ""
	for line := range strings.Lines(string(out)) {
		stat, args, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.Contains(args, dir) && !strings.HasPrefix(stat, "Z") {
			found += strings.TrimSpace(args) + "\n"
		}
	}
	return found
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain until " + what)
		}
	}
}
