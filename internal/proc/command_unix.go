//go:build unix

package proc

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Command is like [exec.CommandContext], for a child that never outlives us.
// Set Dir, Env, Stdin, Stdout and Stderr as usual; ExtraFiles belongs to the
// guard and must be left alone.
//
// When ctx is cancelled the child gets SIGTERM and 3 seconds to leave, then
// the child and all its descendants get SIGKILL. When we die without a word
// the same happens, after 1 second. When the child leaves by itself, whatever
// it left behind is killed, and Wait returns the child's exit code (128+n if
// signal n ended it).
//
// Signals sent to the returned command's Process are passed on to the child,
// but SIGKILL ends only the guard and the child itself: cancel ctx, send
// SIGTERM or call [Kill] instead.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	path, lookErr := exec.LookPath(name)
	if abs, err := filepath.Abs(path); lookErr == nil && err == nil {
		path = abs // Dir may differ from our own directory
	}
	self, selfErr := executable()
	line, lineErr := lifeline()

	cmd := exec.CommandContext(ctx, self)
	cmd.Args = append([]string{guardName, path, name}, args...)
	cmd.ExtraFiles = []*os.File{line.r} // fd 3 of the guard
	// Out of our process group: Ctrl-C in the terminal and kill -9 of the
	// whole group must reach us, not the one who cleans up after us.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = termGrace + 5*time.Second
	for _, err := range []error{lookErr, selfErr, lineErr} {
		if err != nil && cmd.Err == nil {
			cmd.Err = err
		}
	}
	return cmd
}

// Kill ends a started command of [Command] and all its descendants at once,
// without a grace time. Wait returns after the last of them.
func Kill(cmd *exec.Cmd) error { return cmd.Process.Signal(killSignal) }

// A pipeEnds is both ends of a pipe.
type pipeEnds struct{ r, w *os.File }

// Lifeline is a pipe on which nothing is ever written. The guards get its read
// end. Its write end stays open exactly as long as this process lives: it is
// close-on-exec, so no child inherits it, and being kept here saves it from the
// garbage collector, which would close it. One pipe serves all guards.
var lifeline = sync.OnceValues(func() (p pipeEnds, err error) {
	p.r, p.w, err = os.Pipe()
	return p, err
})
