// Package proc starts child processes that never outlive us.
//
// A notebook kernel starts programs of its own: the language server, and one
// program per cell, which a student may well have written as an endless loop.
// When credence ends, however it ends, all of them have to end too: on Ctrl-C,
// on SIGTERM, on kill -9, and when the `go` of `go run ./cmd/credence` is the
// one that is killed.
//
// A process cannot clean up after its own kill -9, so somebody else must. On
// Unix, [Command] starts the program under a guard: this same executable,
// started again under a telling name (see guard in guard_unix.go). The guard
// holds the read end of a pipe whose write end only we hold; the kernel closes
// that pipe when we die, whatever killed us, and the guard then ends the
// program and every descendant. On Linux the guard is also a child subreaper:
// daemons that forked twice and called setsid become its children and are
// found as well.
//
// The guard works in any program that imports this package, test binaries
// included, because it runs from the package's init.
package proc

import (
	"context"
	"os"
	"time"
)

// Poll is how often [EndWithParent] looks whether the parent is still there.
const poll = 100 * time.Millisecond

// EndWithParent returns a context that is cancelled when the `go` command that
// started us (`go run`, `go test`) has gone away. kill -9 of `go run` reaches
// only `go`, not the program it runs; without this, the program would live on
// with nobody to stop it.
//
// Any other parent may leave without us: a shell that started
// `credence lab &` and ended is no reason to stop. Call it once, early in main.
func EndWithParent(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := func() { cancel(context.Canceled) }
	parent := os.Getppid()
	if !isGo(parent) {
		return ctx, stop
	}
	go func() {
		tick := time.NewTicker(poll)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if os.Getppid() != parent {
					cancel(ErrParentGone)
					return
				}
			}
		}
	}()
	return ctx, stop
}

// ErrParentGone is the cause ([context.Cause]) of a context that
// [EndWithParent] cancelled.
var ErrParentGone = parentGone{}

type parentGone struct{}

func (parentGone) Error() string { return "proc: the go command that started us is gone" }
