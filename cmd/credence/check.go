package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/internal/lab"
	"github.com/credence-bnn/credence/tests/check"
)

func newCheckCmd() *cobra.Command {
	var hint bool
	c := &cobra.Command{
		Use:   "check [NN-slug[/task]]…",
		Short: "Check exercises: points, and what to look at again",
		Long: `Check runs the tests of one exercise, of one task of it, or of all, and says
for each task whether it is passed (✓), not right yet (✗) or not started (○).
A task that is not right shows a call, your result, the wanted one and the idea
to recheck. It works anywhere in the checkout.

The exit code is 1 if a task that was started is not right.`,
		Example: `  credence check                         # all exercises
  credence check 01-coin-flips --hint    # one, with hints
  credence check 01-coin-flips/running   # one task`,
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := lab.Checkout("")
			if err != nil {
				return err
			}
			targets, err := readTargets(root, args)
			if err != nil {
				return usageError{cmd.CommandPath(), err.Error()}
			}
			outcomes, err := exercise.Run(cmd.Context(), root, targets)
			if err != nil {
				return err
			}
			w := cmd.OutOrStdout()
			wrong := 0
			for i, o := range outcomes {
				if i > 0 {
					fmt.Fprintln(w)
				}
				wrong += showOutcome(w, root, o, hint)
			}
			if len(outcomes) > 1 {
				showTotal(w, outcomes)
			}
			if wrong > 0 {
				return errors.New("") // said above
			}
			return nil
		},
	}
	c.Flags().BoolVar(&hint, "hint", false, "show a hint for each task that is not passed")
	return c
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

// showOutcome prints one exercise and returns how many things are wrong.
func showOutcome(w io.Writer, root string, o exercise.Outcome, hint bool) (wrong int) {
	if o.Report == nil {
		fmt.Fprintf(w, "%s\n\n", o.ID)
		lines := o.Broken
		if o.Broken != nil {
			fmt.Fprintln(w, "  ✗ It does not compile. No task can run before it does:")
		} else {
			fmt.Fprintln(w, "  ✗ The program ended before any task could run:")
			lines = o.Ended
		}
		for _, line := range lines {
			fmt.Fprintln(w, "     ", line)
			if source := quoted(root, line); source != "" {
				fmt.Fprintln(w, "        >", source)
			}
			if name, ok := missing(line); ok {
				fmt.Fprintf(w, "        the function %s is missing in exercises/%s: put it back with the name and the parameters it came with\n", name, o.ID)
			}
		}
		return 1
	}
	r := o.Report
	fmt.Fprintf(w, "%s  %s\n\n", r.Exercise, r.Title)
	if len(r.Tasks) == 0 {
		fmt.Fprintf(w, "  ✗ It has no such task. Its tasks are %s.\n", strings.Join(r.Known, ", "))
		return 1
	}
	for _, t := range r.Tasks {
		name := t.Task
		switch t.State {
		case check.Passed:
			fmt.Fprintf(w, "  ✓ %-16s %d/%d  all %d calls agree\n", name, t.Points, t.Points, t.Calls)
		case check.Untouched:
			fmt.Fprintf(w, "  ○ %-16s 0/%d  not started: write %s in %s\n", name, t.Points, t.Func, t.Where)
		default:
			wrong++
			fmt.Fprintf(w, "  ✗ %-16s 0/%d  not right yet\n", name, t.Points)
			for _, line := range t.Lines() {
				fmt.Fprintf(w, "      %s\n", check.Wrap(line, "      "))
			}
		}
		if hint && t.State != check.Passed {
			fmt.Fprintf(w, "      hint: %s\n", check.Wrap(t.Hint, "      "))
		}
	}
	got, all := r.Points()
	fmt.Fprintf(w, "\n  %d of %d points", got, all)
	switch solution := filepath.Join("solutions", r.Exercise); {
	case got < all && !hint:
		fmt.Fprintf(w, "; add --hint for hints")
	case got == all:
		if _, err := os.Stat(filepath.Join(root, solution)); err == nil {
			fmt.Fprintf(w, ". Well done. Compare with %s", filepath.ToSlash(solution))
		}
	}
	fmt.Fprintln(w)
	return wrong
}

// showTotal prints the points of all exercises together.
func showTotal(w io.Writer, outcomes []exercise.Outcome) {
	var got, all int
	uncounted := ""
	for _, o := range outcomes {
		if o.Report == nil {
			uncounted += "; " + o.ID + " could not be counted"
			continue
		}
		g, a := o.Report.Points()
		got, all = got+g, all+a
	}
	fmt.Fprintf(w, "\nTogether %d of %d points%s\n", got, all, uncounted)
}

// position matches where the compiler found fault.
var position = regexp.MustCompile(`^(?:\./)?(exercises/[^:]+\.go):(\d+)`)

// quoted returns the line of source that a message of the compiler is about.
func quoted(root, message string) string {
	m := position.FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m[1])))
	lines := strings.Split(string(src), "\n")
	n, _ := strconv.Atoi(m[2])
	if err != nil || n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[n-1])
}

// missing finds the function a test looks for in vain.
func missing(line string) (name string, ok bool) {
	_, name, ok = strings.Cut(line, "undefined: student.")
	return name, ok
}
