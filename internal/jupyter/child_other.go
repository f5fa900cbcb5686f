//go:build !unix

package jupyter

import "os/exec"

func command(name string, args ...string) *exec.Cmd { return exec.Command(name, args...) }

func killTree(c *exec.Cmd) { c.Process.Kill() }
