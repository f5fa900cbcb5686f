package checkcmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// reset puts the first files back and checks.
func (c checker) reset(ctx context.Context) error {
	t := c.targets[0]
	saved, err := exercise.Reset(c.root, t, time.Now())
	what := "exercises/" + t.ID
	if t.Task != "" {
		what = t.ID + "/" + t.Task
	}
	switch {
	case err != nil:
		return err
	case saved == "":
		fmt.Fprintf(c.w, "%s is as it first was; there is nothing to put back.\n", what)
		return nil
	}
	fmt.Fprintf(c.w, "%s is as it first was. The files as they were before are in %s.\n\n", what, saved)
	return c.check(ctx)
}

// solution shows how an exercise is solved, once it is passed.
func (c checker) solution(ctx context.Context) error {
	id := c.targets[0].ID
	c.targets = []exercise.Target{{ID: id}}
	outcomes, _, err := c.run(ctx, nil)
	if err != nil {
		return err
	}
	got, all := 0, 1
	if r := outcomes[0].Report; r != nil {
		got, all = r.Points()
	}
	if got < all {
		c.showOutcome(outcomes[0])
		return fmt.Errorf("the solution of %s is shown when all its tasks are passed; hints: %s %s --hint", id, c.name, id)
	}
	dir := filepath.Join(c.root, "solutions", id)
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || files == nil {
		return fmt.Errorf("this checkout has no solutions/%s: ask whoever gave it to you", id)
	}
	for _, file := range files {
		name := filepath.Base(file)
		if name == "solved.go" || strings.HasSuffix(name, "_test.go") {
			continue // what binds and proves it
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.w, "// solutions/%s/%s\n\n%s\n", id, name, src)
	}
	return nil
}

// watch checks again after each save. On a terminal each time begins on a
// clear screen.
func (c checker) watch(ctx context.Context) error {
	var dirs []string
	for _, t := range c.targets {
		dirs = append(dirs, exercise.Dir(c.root, t.ID))
	}
	clear := ""
	if f, ok := c.w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		clear = "\x1b[H\x1b[2J\x1b[3J"
	}
	err := exercise.Watch(ctx, dirs, func(ctx context.Context) error {
		fmt.Fprintf(c.w, "%s%s  checking …\n\n", clear, time.Now().Format(time.TimeOnly))
		err := c.check(ctx)
		if err != nil && !errors.Is(err, errNotRight) {
			return err
		}
		fmt.Fprintf(c.w, "\n%s  waiting for a change; Ctrl-C ends\n", time.Now().Format(time.TimeOnly))
		return nil
	})
	if errors.Is(err, context.Canceled) {
		return nil // Ctrl-C is how it ends
	}
	return err
}

// The form of --json, described in docs/check.md. Names are only added.
type (
	checkJSON struct {
		Version   int            `json:"version"` // 1
		Points    int            `json:"points"`  // of the exercises below
		Of        int            `json:"of"`
		Course    pointsJSON     `json:"course"`
		Exercises []exerciseJSON `json:"exercises"`
	}
	pointsJSON struct {
		Points int `json:"points"`
		Of     int `json:"of"`
	}
	exerciseJSON struct {
		Exercise  string             `json:"exercise"`
		Title     string             `json:"title"`
		State     string             `json:"state"` // passed, failed, started, untouched, broken, ended
		Points    int                `json:"points"`
		Of        int                `json:"of"`
		Tasks     []check.Result     `json:"tasks"`
		Problems  []exercise.Problem `json:"problems,omitempty"`
		LastWords []string           `json:"last_words,omitempty"`
	}
)

func (c checker) json(ctx context.Context) error {
	outcomes, progress, err := c.run(ctx, nil)
	if err != nil {
		return err
	}
	all := checkJSON{Version: 1, Exercises: []exerciseJSON{}}
	if ids, err := exercise.List(c.root); err == nil {
		_, all.Course.Points, all.Course.Of = progress.Course(ids)
	}
	var wrong error
	for _, o := range outcomes {
		e := exerciseJSON{Exercise: o.ID, Tasks: []check.Result{}, Problems: o.Broken, LastWords: o.Ended, State: "broken"}
		if course, _, of := progress.Course([]string{o.ID}); len(course) > 0 {
			e.Title, e.Of = course[0].Title, of
		}
		if o.Ended != nil {
			e.State = "ended"
		}
		if o.Report != nil {
			e.Title, e.Tasks = o.Report.Title, append(e.Tasks, o.Report.Tasks...)
			e.Points, e.Of = o.Report.Points()
			e.State = jsonState(o)
		}
		if !right(o) {
			wrong = errNotRight
		}
		all.Points, all.Of = all.Points+e.Points, all.Of+e.Of
		all.Exercises = append(all.Exercises, e)
	}
	enc := json.NewEncoder(c.w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(all); err != nil {
		return err
	}
	return wrong
}

func jsonState(o exercise.Outcome) string {
	switch mark, words := stateOf(*o.Report); {
	case mark == "✗":
		return "failed"
	case words == "passed":
		return "passed"
	case words == "not started":
		return "untouched"
	}
	return "started"
}
