//go:build unix && !linux

package proc

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func executable() (string, error) { return os.Executable() }

// Adopt has no counterpart outside Linux: a descendant that left its parent
// and its session before the end is not found.
func adopt() {}

func childAttr() *syscall.SysProcAttr { return nil }

// Descendants returns the process ids below pid.
func descendants(pid int) []int {
	out, err := exec.Command("ps", "-axo", "pid=,ppid=").Output()
	if err != nil {
		return nil
	}
	parents := map[int]int{}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) != 2 {
			continue
		}
		p, err1 := strconv.Atoi(f[0])
		parent, err2 := strconv.Atoi(f[1])
		if err1 == nil && err2 == nil {
			parents[p] = parent
		}
	}
	return below(pid, parents)
}

// IsGo reports whether the process is a go command.
func isGo(pid int) bool {
	out, err := exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && filepath.Base(strings.TrimSpace(string(out))) == "go"
}
