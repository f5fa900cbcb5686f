package proc

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Executable works even when our file was replaced or deleted meanwhile, as
// `go run` does with its own: the guard is always of our own version.
func executable() (string, error) { return "/proc/self/exe", nil }

// Adopt makes orphaned descendants our children, instead of init's.
func adopt() { unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }

// ChildAttr: should someone kill -9 the guard, at least the child dies with it.
func childAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// Descendants returns the process ids below pid.
func descendants(pid int) []int {
	dir, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1)
	parents := make(map[int]int, len(names))
	for _, name := range names {
		p, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + name + "/stat")
		if err != nil {
			continue
		}
		// "pid (comm) state ppid …", and comm may contain anything, so start
		// after its last closing parenthesis.
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		if len(fields) < 2 || string(fields[0]) == "Z" {
			continue
		}
		parents[p], _ = strconv.Atoi(string(fields[1]))
	}
	return below(pid, parents)
}

// IsGo reports whether the process is a go command.
func isGo(pid int) bool {
	comm, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/comm")
	return err == nil && strings.TrimSpace(string(comm)) == "go"
}
