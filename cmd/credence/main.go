// Credence runs the course: it opens the notebooks in JupyterLab, executes them
// headless, checks exercises, and says what is missing.
//
//	go run ./cmd/credence lab
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/credence-bnn/credence/internal/proc"
)

// Exit codes: 0 all is well, 1 the command failed, 2 the command line is
// wrong, 130 stopped by a signal (as shells have it for Ctrl-C).
const (
	exitFailed  = 1
	exitUsage   = 2
	exitStopped = 130
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Run executes one command line and returns the exit code. An error is printed
// in one line.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, forget := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer forget()
	context.AfterFunc(ctx, forget) // a second Ctrl-C ends us at once; the guards clean up
	ctx, stop := proc.EndWithParent(ctx)
	defer stop()

	root := newRootCmd()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "credence: stopped")
		return exitStopped
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		fmt.Fprintln(stderr, "credence:", text)
	}
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitFailed
}
