package check

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// Task checks a function inside a notebook cell and prints how it did:
//
//	check.Task("01-coin-flips/standard-error", StandardError)
//
// It makes the same calls as `go test ./tests/01-coin-flips`. A wrong or an
// unsolved function is told in plain words and does not stop the notebook; a
// panic is caught, and an endless loop is left after five seconds. Recursion
// without end and memory without end are told, and end the cell, because nothing
// in its process could stop them. The cell must import the cases:
// _ "…/tests/01-coin-flips". Nothing is written down: credence check counts the
// function in exercises/01-coin-flips.
func Task(id string, fn any) { report(os.Stdout, id, fn) }

func report(w io.Writer, id string, fn any) {
	e, t, err := Lookup(id)
	if err != nil {
		fmt.Fprintln(w, "✗", strings.TrimPrefix(err.Error(), "check: "))
		return
	}
	r, err := e.cell(t, fn, func(r Result) {
		e.tell(w, t, r)
		fmt.Fprintln(w, "  This cell ends here. The notebook goes on.")
		os.Exit(0)
	})
	if err != nil {
		fmt.Fprintln(w, "✗", err)
		return
	}
	e.tell(w, t, r)
}

// tell prints how a task did.
func (e *Exercise) tell(w io.Writer, t *Spec, r Result) {
	lines := r.Lines()
	switch r.State {
	case Passed:
		fmt.Fprintf(w, "✓ %s\n", lines[0])
		if stubs, err := e.stubs(); err == nil {
			fmt.Fprintf(w, "  To keep the points, copy it to exercises/%s/%s: credence check counts what stands there.\n", e.ID, stubs[t.Func].file)
		}
	case Untouched:
		fmt.Fprintf(w, "○ %s is not solved yet (%s). Write it, run its cell and this one; hints: exercises/%s/README.md\n", t.Func, points(t.Points), e.ID)
	default:
		fmt.Fprintf(w, "✗ %s is not right yet (%s)\n", t.Func, points(t.Points))
		for _, line := range lines {
			fmt.Fprintf(w, "  %s\n", Wrap(line, "    "))
		}
		fmt.Fprintf(w, "  hint: %s\n", Wrap(t.Hint, "  "))
	}
}

// cell judges fn in this process. It calls runaway, which must not return, when fn
// takes what the process cannot take back.
func (e *Exercise) cell(t *Spec, fn any, runaway func(Result)) (Result, error) {
	stubs, err := e.stubs()
	if err != nil {
		return Result{}, err
	}
	if d, ok := declOf(fn); ok && d.tokens == stubs[t.Func].tokens && t.misfit(fn) == "" {
		r := t.result()
		r.State = Untouched
		return r, nil
	}
	var u underway
	defer watch(func(why string) {
		r := t.result()
		r.State, r.Wrong, r.Halted, r.First = Failed, 1, true, u.failure(t, fn, why)
		runaway(r)
	})()
	return e.judge(t, fn, u.begin)
}

// Try makes the given calls to fn, in this process, and compares the results
// with wants. It recovers from panics and returns after five seconds at the
// latest.
func (t *Spec) Try(fn any, calls []Case, wants [][]any) Result {
	return t.try(fn, calls, wants, limit, nil)
}

// Judge makes the public calls of task t to fn and compares their results with
// the stored ones, as Try does. Whether fn is untouched it does not ask.
func (e *Exercise) Judge(t *Spec, fn any) (Result, error) { return e.judge(t, fn, nil) }

func (e *Exercise) judge(t *Spec, fn any, begin func(i int)) (Result, error) {
	public, err := e.Public()
	if err != nil {
		return Result{}, err
	}
	calls := t.Calls(public.Seed)
	wants, err := public.wants(t, calls)
	if err != nil {
		return Result{}, err
	}
	return t.try(fn, calls, wants, limit, begin), nil
}

// Wrap breaks a long line at about 100 columns and indents the further lines.
func Wrap(s, indent string) string {
	const width = 100
	var b strings.Builder
	col := 0
	for i, word := range strings.Split(s, " ") {
		n := len([]rune(word))
		switch {
		case i > 0 && col+1+n > width:
			b.WriteString("\n" + indent + "  ")
			col = 0
		case i > 0:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += n
	}
	return b.String()
}
