// Classroom is for those who teach with the course.
//
//	go run ./cmd/classroom exercise new 15-my-topic
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

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run executes one command line and returns the exit code: 0, 1 if it failed, 2
// if it cannot be understood, 130 if a signal stopped it. An error is printed
// in one line.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
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
		fmt.Fprintln(stderr, "classroom: stopped")
		return 130
	}
	fmt.Fprintln(stderr, "classroom:", strings.TrimSpace(err.Error()))
	if errors.As(err, new(usageError)) {
		return 2
	}
	return 1
}

func newRootCmd() *cobra.Command {
	help := func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usageError{cmd.CommandPath(), fmt.Sprintf("unknown command %q", args[0])}
		}
		return cmd.Help()
	}
	root := &cobra.Command{
		Use:           "classroom",
		Short:         "Teach with Credence",
		SilenceErrors: true, // main prints them, in one line
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE:          help,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{cmd.CommandPath(), err.Error()}
	})
	exercise := &cobra.Command{
		Use:   "exercise",
		Short: "Write exercises",
		Args:  cobra.ArbitraryArgs,
		RunE:  help,
	}
	exercise.AddCommand(newExerciseNewCmd())
	root.AddCommand(exercise)
	return root
}

// A usageError is a command line that cannot be understood.
type usageError struct{ command, problem string }

func (e usageError) Error() string {
	return fmt.Sprintf("%s; see `%s --help`", e.problem, e.command)
}
