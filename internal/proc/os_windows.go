package proc

import (
	"context"
	"os/exec"
)

// Command is [exec.CommandContext]: Windows has no GoNB kernel to guard.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...)
}

// Kill ends a started command.
func Kill(cmd *exec.Cmd) error { return cmd.Process.Kill() }

func isGo(pid int) bool { return false }
