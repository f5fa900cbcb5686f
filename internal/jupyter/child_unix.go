//go:build unix

package jupyter

import (
	"os/exec"
	"syscall"
)

// command prepares a kernel process in a process group of its own, so that a
// Ctrl-C at the terminal reaches us and not it.
func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

// killTree kills the process group of c.
func killTree(c *exec.Cmd) { syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
