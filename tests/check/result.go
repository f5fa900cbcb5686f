package check

import (
	"fmt"
	"strings"
)

// A State is what became of a task.
type State string

// The states of a task.
const (
	Passed    State = "passed"
	Failed    State = "failed"    // started, and at least one call disagrees
	Untouched State = "untouched" // the function is still the stub
)

// A Report tells how one exercise went; `credence check` reads it from the
// file that [ReportEnv] names.
type Report struct {
	Exercise string   `json:"exercise"`
	Title    string   `json:"title"`
	Known    []string `json:"known"` // the names of all tasks
	Tasks    []Result `json:"tasks"` // those that were asked for
}

// Points returns the points reached and the points there are.
func (r Report) Points() (got, all int) {
	for _, t := range r.Tasks {
		all += t.Points
		if t.State == Passed {
			got += t.Points
		}
	}
	return got, all
}

// A Result tells how one task went.
type Result struct {
	Task    string   `json:"task"` // "standard-error"
	Func    string   `json:"func"`
	Points  int      `json:"points"`
	State   State    `json:"state"`
	Where   string   `json:"where,omitempty"`  // file:line of the function
	Calls   int      `json:"calls"`            // calls the task makes
	Wrong   int      `json:"wrong"`            // of them, those that disagree
	Halted  bool     `json:"halted,omitempty"` // some calls could not be made
	First   *Failure `json:"first,omitempty"`  // the first that disagrees
	Printed string   `json:"printed,omitempty"`
	Idea    string   `json:"idea"`
	Hint    string   `json:"hint"`
}

// A Failure tells what was wrong with one call.
type Failure struct {
	Call string `json:"call"`
	Got  string `json:"got,omitempty"` // "" when the call did not return
	Want string `json:"want,omitempty"`
	Why  string `json:"why"`          // in plain words
	At   string `json:"at,omitempty"` // where it stopped: "file:line: source"
}

// A Proof is what an exercise proved of itself (package prove).
type Proof struct {
	Exercise string `json:"exercise"`
	Tasks    int    `json:"tasks"`
	Points   int    `json:"points"`
	Calls    int    `json:"calls"`  // public calls of all tasks
	Wrong    int    `json:"wrong"`  // wrong answers
	Caught   int    `json:"caught"` // of them, those that fail their task and no other
	Others   int    `json:"others"` // right answers beside the solutions
	Thrice   int    `json:"thrice"` // tasks with at least three right answers, the solution among them
	Holds    bool   `json:"holds"`
}

func (t *Spec) result() Result {
	return Result{Task: t.Name, Func: t.Func, Points: t.Points, Idea: t.Idea, Hint: t.Hint}
}

// Lines tells the result in plain words, first line first. The id of the task
// and the mark ✓ ✗ ○ are left to the caller.
func (r Result) Lines() []string {
	switch r.State {
	case Passed:
		return []string{fmt.Sprintf("%s: %s, all %d calls agree", r.Func, points(r.Points), r.Calls)}
	case Untouched:
		line := fmt.Sprintf("not started (%s): write %s", points(r.Points), r.Func)
		if r.Where != "" {
			line += " in " + r.Where
		}
		return []string{line}
	}
	var lines []string
	if f := r.First; f != nil {
		if f.Call != "" {
			lines = append(lines, f.Call)
		}
		if f.Got != "" {
			lines = append(lines, "  got:  "+f.Got)
		}
		if f.Want != "" {
			lines = append(lines, "  want: "+f.Want)
		}
		if f.Why != "" {
			lines = append(lines, "  "+f.Why)
		}
		if f.At != "" {
			lines = append(lines, "  at "+f.At)
		} else if r.Where != "" {
			lines = append(lines, "  in "+r.Where)
		}
		if !r.Halted && r.Calls > 1 {
			if r.Wrong > 1 {
				lines = append(lines, fmt.Sprintf("  %d of %d calls go wrong, this is the first", r.Wrong, r.Calls))
			} else {
				lines = append(lines, fmt.Sprintf("  the other %d calls agree", r.Calls-1))
			}
		}
		if f.Call != "" {
			lines = append(lines, "  recheck: "+r.Idea)
		}
	}
	if r.Printed != "" {
		lines = append(lines, "  your code printed:")
		for line := range strings.Lines(r.Printed) {
			lines = append(lines, "  | "+strings.TrimRight(line, "\n"))
		}
	}
	return lines
}

func points(n int) string {
	if n == 1 {
		return "1 point"
	}
	return fmt.Sprintf("%d points", n)
}
