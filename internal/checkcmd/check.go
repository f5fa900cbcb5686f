// Package checkcmd is the command that checks exercises: `credence check`, and
// alone as cmd/check, which compiles in a fraction of the time.
package checkcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/clone"
	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// New returns the command.
func New() *cobra.Command {
	var do struct{ hint, reset, solution, watch, json, self bool }
	c := &cobra.Command{
		Use:   "check [NN-slug[/task]]…",
		Short: "Check exercises: points, and what to look at again",
		Long: `Check runs the tests of one exercise, of one task of it, or of all, and says
for each task whether it is passed (✓), not right yet (✗) or not started (○).
The first task that is not right shows a call, your result, the wanted one and
the idea to recheck. It works anywhere in the checkout.

What was passed is remembered in exercises/progress.json, a text file that you
can copy to another machine. docs/check.md describes it, and --json.

The exit code is 1 if a task that was started is not right.`,
		Example: `  credence check                         # the whole course
  credence check 01-coin-flips --hint    # one exercise, with hints
  credence check 01/running --watch      # one task, again after each save
  credence check 01 --reset              # the first files again; yours are kept aside
  credence check 01 --solution           # after it is passed`,
		RunE: func(cmd *cobra.Command, args []string) error {
			problem := func(text string) error { return cli.BadUsage(cmd.CommandPath(), text) }
			if n := count(do.reset, do.solution, do.watch, do.json, do.self); n > 1 || n == 1 && do.hint && !do.watch {
				return problem("--reset, --solution, --watch, --json and --self go alone; only --watch takes --hint")
			}
			root, err := clone.Root("")
			if err != nil {
				return err
			}
			targets, err := readTargets(root, args)
			if err != nil {
				return problem(err.Error())
			}
			if (do.reset || do.solution) && len(args) != 1 {
				return problem("name one exercise or task")
			}
			c := checker{root: root, targets: targets, name: commandName(cmd), hint: do.hint, w: cmd.OutOrStdout(), warn: cmd.ErrOrStderr()}
			switch {
			case do.self:
				return c.self(cmd.Context())
			case do.reset:
				return c.reset(cmd.Context())
			case do.solution:
				return c.solution(cmd.Context())
			case do.watch:
				return c.watch(cmd.Context())
			case do.json:
				return c.json(cmd.Context())
			}
			return c.check(cmd.Context())
		},
	}
	c.Flags().BoolVar(&do.hint, "hint", false, "show a hint for each task that is not passed")
	c.Flags().BoolVar(&do.watch, "watch", false, "check again after each save, until Ctrl-C")
	c.Flags().BoolVar(&do.reset, "reset", false, "put the first files back; what they replace is kept in exercises/_saved")
	c.Flags().BoolVar(&do.solution, "solution", false, "show the solution of an exercise that is passed")
	c.Flags().BoolVar(&do.json, "json", false, "print the result as JSON (docs/check.md)")
	c.Flags().BoolVar(&do.self, "self", false, "for authors: prove the exercises themselves")
	return c
}

func count(flags ...bool) (n int) {
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// readTargets turns the arguments into targets; none means all exercises.
func readTargets(root string, args []string) ([]exercise.Target, error) {
	ids, err := exercise.List(root)
	if err != nil {
		return nil, err
	}
	var targets []exercise.Target
	if len(args) == 0 {
		for _, id := range ids {
			targets = append(targets, exercise.Target{ID: id})
		}
	}
	for _, arg := range args {
		t, err := exercise.Find(ids, arg)
		if err != nil {
			return nil, err
		}
		if t.Task != "" && len(args) > 1 {
			return nil, errors.New("one task at a time, or several exercises")
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// A checker is one command line of check.
type checker struct {
	root    string
	targets []exercise.Target
	name    string // how a student starts it, for advice
	hint    bool
	w, warn io.Writer
}

// errNotRight is the error of a check that has already said what is wrong.
var errNotRight = errors.New("")

// run checks the targets and keeps the progress. The file is read again before
// it is written: another check may have ended meanwhile.
func (c checker) run(ctx context.Context, each func(exercise.Outcome, exercise.Progress)) ([]exercise.Outcome, exercise.Progress, error) {
	progress, unreadable := exercise.ReadProgress(c.root)
	outcomes, err := exercise.Run(ctx, c.root, c.targets, func(o exercise.Outcome) {
		progress.Record([]exercise.Outcome{o}, time.Now())
		if each != nil {
			each(o, progress)
		}
	})
	if err != nil {
		return nil, progress, err
	}
	if unreadable == nil {
		progress, unreadable = exercise.ReadProgress(c.root)
		progress.Record(outcomes, time.Now())
	}
	if unreadable == nil {
		if err := progress.Write(c.root); err != nil {
			unreadable = fmt.Errorf("the progress is not recorded: %w", err)
		}
	}
	if unreadable != nil {
		fmt.Fprintln(c.warn, "credence:", unreadable)
	}
	return outcomes, progress, nil
}

// check prints the targets.
func (c checker) check(ctx context.Context) error {
	if len(c.targets) > 1 {
		return c.course(ctx)
	}
	outcomes, progress, err := c.run(ctx, nil)
	if err != nil {
		return err
	}
	wrong := c.showOutcome(outcomes[0])
	c.showCourse(progress)
	if wrong > 0 {
		return errNotRight
	}
	return nil
}

// right reports whether nothing that was started is wrong.
func right(o exercise.Outcome) bool {
	if o.Report == nil {
		return false
	}
	for _, t := range o.Report.Tasks {
		if t.State == check.Failed {
			return false
		}
	}
	return len(o.Report.Tasks) > 0
}

// commandName is how a student has started cmd: with its arguments it can be
// typed again.
func commandName(cmd *cobra.Command) string {
	installed, err := exec.LookPath(cmd.Root().Name())
	if self, selfErr := os.Executable(); err == nil && selfErr == nil && installed == self {
		return cmd.CommandPath()
	}
	return "go run ./cmd/" + cmd.CommandPath()
}
