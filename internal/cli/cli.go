// Package cli runs the command lines of our programs: exit codes, errors in one
// line, and an end on Ctrl-C or when the `go` of `go run` is gone.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/proc"
)

// Exit codes: 0 all is well, 1 the command failed, 2 the command line is
// wrong, 130 stopped by a signal (as shells have it for Ctrl-C).
const (
	exitFailed  = 1
	exitUsage   = 2
	exitStopped = 130
)

// Run executes one command line of the program root and returns the exit code.
// An error is printed in one line; one without words was told already.
func Run(root *cobra.Command, args []string, stdout, stderr io.Writer) int {
	ctx, forget := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer forget()
	context.AfterFunc(ctx, forget) // a second Ctrl-C ends us at once; the guards clean up
	ctx, stop := proc.EndWithParent(ctx)
	defer stop()

	Prepare(root)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintf(stderr, "%s: stopped\n", root.Name())
		return exitStopped
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		fmt.Fprintf(stderr, "%s: %s\n", root.Name(), text)
	}
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitFailed
}

// Prepare makes root report as Run expects it.
func Prepare(root *cobra.Command) {
	root.SilenceErrors = true // Run prints them, in one line
	root.SilenceUsage = true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{cmd.CommandPath(), err.Error()}
	})
}

// A usageError is a command line that cannot be understood.
type usageError struct{ command, problem string }

func (e usageError) Error() string {
	return fmt.Sprintf("%s; see `%s --help`", e.problem, e.command)
}

// BadUsage returns the error of a command line that cannot be understood.
func BadUsage(command, problem string) error { return usageError{command, problem} }

// Usage makes the complaints of a check of positional arguments usage errors.
func Usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		if err == nil {
			return nil
		}
		problem := err.Error()
		if cmd.HasAvailableSubCommands() && len(args) > 0 {
			problem = fmt.Sprintf("unknown command %q", args[0])
			cmd.SuggestionsMinimumDistance = 2
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				problem += ", did you mean " + strings.Join(near, " or ") + "?"
			}
		}
		return usageError{cmd.CommandPath(), problem}
	}
}

// Help is what a command does that only holds others.
func Help(cmd *cobra.Command, _ []string) error { return cmd.Help() }
