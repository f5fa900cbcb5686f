package jupyter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// RunOptions bound and watch a run. The zero value has no limit and is silent.
type RunOptions struct {
	CellLimit time.Duration // of each code cell; 0 is none. A limit for all of them is the context's deadline.
	Before    func(Step)    // called before each code cell
	After     func(Step, Result)
}

// Step says where a run is.
type Step struct {
	Index    int // of the cell among all cells, from 0
	Code, Of int // this is code cell number Code of Of, from 1
}

// A CellFailure names the cell at which a run stopped.
type CellFailure struct {
	Cell    int    // its number among all cells, from 1
	Code    int    // its number among the code cells, from 1
	Heading string // the last heading above it, or ""
	Line    string // its first line of code
	Err     error
}

func (f *CellFailure) Error() string {
	where := fmt.Sprintf("cell %d (code cell %d", f.Cell, f.Code)
	if f.Heading != "" {
		where += fmt.Sprintf(", under %q", f.Heading)
	}
	return fmt.Sprintf("%s), %q: %v", where, f.Line, f.Err)
}

func (f *CellFailure) Unwrap() error { return f.Err }

var errShouldFail = errors.New(`is tagged "raises-exception" but ran without an error`)

// Run executes the code cells of nb in k from top to bottom and stores outputs
// and execution counts in nb. It stops at the first cell that fails without
// the tag "raises-exception" (or does not fail with it) and returns a
// *CellFailure. Cells that did not run have no outputs afterwards, so nothing
// old can be taken for new.
func Run(ctx context.Context, k *Kernel, nb *Notebook, o RunOptions) error {
	step := Step{}
	for _, c := range nb.Cells {
		if c.Type == "code" {
			c.Outputs, c.Count = nil, 0
			if !c.blank() {
				step.Of++
			}
		}
	}
	for i, c := range nb.Cells {
		if c.Type != "code" || c.blank() {
			continue
		}
		step.Index = i
		step.Code++
		if o.Before != nil {
			o.Before(step)
		}
		r := k.Execute(ctx, c.Source, o.CellLimit)
		forgetOwnFiles(r.Outputs)
		c.Outputs, c.Count = r.Outputs, r.Count
		if o.After != nil {
			o.After(step, r)
		}
		if err := verdict(c, r.Err); err != nil {
			return &CellFailure{Cell: i + 1, Code: step.Code, Heading: heading(nb, i), Line: firstLine(c.Source), Err: err}
		}
	}
	return nil
}

// verdict turns a cell's own error into success when the cell is to fail.
func verdict(c *Cell, err error) error {
	if !c.Tagged("raises-exception") {
		return err
	}
	var own *CellError
	switch {
	case err == nil:
		return errShouldFail
	case errors.As(err, &own):
		return nil
	}
	return err
}

// blank reports whether there is nothing to execute.
func (c *Cell) blank() bool { return strings.TrimSpace(c.Source) == "" }

// heading returns the last markdown heading before cell i, without its marks.
func heading(nb *Notebook, i int) string {
	for i--; i >= 0; i-- {
		if nb.Cells[i].Type != "markdown" {
			continue
		}
		found := ""
		fenced := false
		for l := range strings.Lines(nb.Cells[i].Source) {
			if strings.HasPrefix(l, "```") || strings.HasPrefix(l, "~~~") {
				fenced = !fenced
			}
			if t := strings.TrimLeft(l, "#"); !fenced && t != l && strings.HasPrefix(t, " ") {
				found = strings.TrimSpace(t)
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// firstLine returns the first line that says something: of a code cell the
// first that is no magic (%%), if there is one.
func firstLine(s string) string {
	first := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line != "" && first == "" {
			first = line
		}
		if line != "" && !strings.HasPrefix(line, "%") {
			return line
		}
	}
	return first
}
