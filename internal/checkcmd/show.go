package checkcmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// course prints a line for each exercise as it is checked, and then the first
// thing to look at.
func (c checker) course(ctx context.Context) error {
	var first *exercise.Outcome
	next := ""
	outcomes, progress, err := c.run(ctx, func(o exercise.Outcome, p exercise.Progress) {
		fmt.Fprintln(c.w, "  "+courseLine(o, p))
		if first == nil && !right(o) {
			first = &o
		}
		if o.Report == nil {
			return
		}
		for _, t := range o.Report.Tasks {
			if next == "" && t.State == check.Untouched {
				next = fmt.Sprintf("write %s in %s, then %s %s/%s", t.Func, t.Where, c.name, o.ID, t.Task)
			}
		}
	})
	if err != nil {
		return err
	}
	c.showCourse(progress)
	switch {
	case first != nil && first.Report == nil:
		fmt.Fprintf(c.w, "\n%s\n\n", first.ID)
		c.showUnrun(*first)
		return errNotRight
	case first != nil:
		for _, t := range first.Report.Tasks {
			if t.State == check.Failed {
				fmt.Fprintf(c.w, "\nFirst to look at: %s/%s\n\n", first.ID, t.Task)
				c.showTask(t, true)
				break
			}
		}
		return errNotRight
	case next != "":
		fmt.Fprintf(c.w, "\nNext: %s\n", next)
	case len(outcomes) > 0:
		fmt.Fprintln(c.w, "\nAll of it is passed. Well done.")
	}
	return nil
}

// courseLine tells one exercise in one line.
func courseLine(o exercise.Outcome, p exercise.Progress) string {
	mark, words := "✗", "does not compile"
	var got, all int
	if o.Report != nil {
		got, all = o.Report.Points()
		mark, words = stateOf(*o.Report)
	} else if course, g, a := p.Course([]string{o.ID}); len(course) > 0 {
		got, all = g, a
		if o.Broken == nil {
			words = "ends before a task can run"
		}
		if got > 0 {
			words += "; the points are from before"
		}
	}
	return fmt.Sprintf("%s %-27s %3d/%-3d %s  %s", mark, o.ID, got, all, bar(got, all), words)
}

// stateOf tells a report in a few words.
func stateOf(r check.Report) (mark, words string) {
	n := map[check.State]int{}
	for _, t := range r.Tasks {
		n[t.State]++
	}
	switch {
	case n[check.Untouched] == len(r.Tasks):
		return "○", "not started"
	case n[check.Passed] == len(r.Tasks):
		return "✓", "passed"
	}
	var parts []string
	for _, s := range []struct {
		state check.State
		word  string
	}{{check.Passed, "passed"}, {check.Failed, "not right yet"}, {check.Untouched, "not started"}} {
		if n[s.state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[s.state], s.word))
		}
	}
	mark = "○"
	if n[check.Failed] > 0 {
		mark = "✗"
	}
	return mark, strings.Join(parts, ", ")
}

// bar draws a share as ten blocks; only all of it fills the last.
func bar(got, all int) string {
	n := 0
	if all > 0 {
		n = 10 * got / all
	}
	return strings.Repeat("█", n) + strings.Repeat("░", 10-n)
}

// showOutcome prints one exercise and returns how many things are wrong.
func (c checker) showOutcome(o exercise.Outcome) (wrong int) {
	if o.Report == nil {
		title := ""
		if course, _, _ := (exercise.Progress{}).Course([]string{o.ID}); len(course) > 0 {
			title = "  " + course[0].Title
		}
		fmt.Fprintf(c.w, "%s%s\n\n", o.ID, title)
		c.showUnrun(o)
		return 1
	}
	r := o.Report
	fmt.Fprintf(c.w, "%s  %s\n\n", r.Exercise, r.Title)
	if len(r.Tasks) == 0 {
		fmt.Fprintf(c.w, "  ✗ It has no such task. Its tasks are %s.\n", strings.Join(r.Known, ", "))
		return 1
	}
	second := ""
	for _, t := range r.Tasks {
		if t.State == check.Failed {
			if wrong++; wrong == 2 {
				second = t.Task
			}
		}
		c.showTask(t, wrong <= 1)
	}
	got, all := r.Points()
	fmt.Fprintf(c.w, "\n  %d of %d points", got, all)
	switch {
	case got == all && len(r.Tasks) == len(r.Known):
		fmt.Fprintf(c.w, ". Well done. A solution to compare with: %s %s --solution", c.name, r.Exercise)
	case got < all && !c.hint:
		fmt.Fprint(c.w, "; add --hint for hints")
	}
	fmt.Fprintln(c.w)
	if second != "" {
		fmt.Fprintf(c.w, "  The first task that is not right is told in full; the next one: %s %s/%s\n", c.name, r.Exercise, second)
	}
	return wrong
}

// showTask prints one task. A wrong one is told in full, or only named.
func (c checker) showTask(t check.Result, full bool) {
	line := func(mark string, points int, words string) {
		fmt.Fprintf(c.w, "  %s %-16s %d/%d  %s\n", mark, t.Task, points, t.Points, words)
	}
	switch {
	case t.State == check.Passed:
		line("✓", t.Points, fmt.Sprintf("all %d calls agree", t.Calls))
	case t.State == check.Untouched:
		line("○", 0, fmt.Sprintf("not started: write %s in %s", t.Func, t.Where))
	case full || t.First == nil:
		line("✗", 0, "not right yet")
		for _, l := range t.Lines() {
			fmt.Fprintf(c.w, "      %s\n", check.Wrap(l, "      "))
		}
	default:
		why, _, _ := strings.Cut(t.First.Why, "\n")
		line("✗", 0, check.Wrap("not right yet: "+why, "      "))
	}
	if c.hint && t.State != check.Passed {
		fmt.Fprintf(c.w, "      hint: %s\n", check.Wrap(t.Hint, "      "))
	}
}

// showUnrun tells why an exercise could not be run.
func (c checker) showUnrun(o exercise.Outcome) {
	if o.Broken == nil {
		fmt.Fprintln(c.w, "  ✗ The program ended before any task could run:")
		for _, l := range o.Ended {
			fmt.Fprintln(c.w, "     ", check.Wrap(l, "      "))
		}
		return
	}
	fmt.Fprintln(c.w, "  ✗ It does not compile. No task can run before it does:")
	const most = 5
	for i, p := range o.Broken {
		if i == most {
			fmt.Fprintf(c.w, "      … and %d more; they often go with the first\n", len(o.Broken)-most)
			break
		}
		where := p.File
		if p.Line > 0 {
			where += fmt.Sprintf(":%d", p.Line)
		}
		if p.Func != "" {
			where += ", in " + p.Func
		}
		if where != "" {
			where += ": "
		}
		fmt.Fprintln(c.w, "     ", check.Wrap(where+p.Message, "      "))
		if p.Source != "" {
			fmt.Fprintln(c.w, "        >", p.Source)
		}
		if p.Help != "" && (i == 0 || p.Help != o.Broken[i-1].Help) {
			fmt.Fprintln(c.w, "       ", check.Wrap(p.Help, "        "))
		}
	}
}

// showCourse prints the points of the whole course as far as they are known.
func (c checker) showCourse(p exercise.Progress) {
	ids, err := exercise.List(c.root)
	if err != nil {
		return
	}
	if all, got, of := p.Course(ids); len(all) > 1 {
		fmt.Fprintf(c.w, "\n  Course: %d of %d points  %s\n", got, of, bar(got, of))
	}
}
