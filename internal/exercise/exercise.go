// Package exercise runs the tests of a checkout's exercises and brings home
// what became of each task; it keeps a student's progress, puts stubs back, and
// waits for changes. The tests themselves tell titles, points and hints (see
// tests/check).
package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	_ "github.com/credence-bnn/credence/tests/all"
	"github.com/credence-bnn/credence/tests/check"
)

// An Outcome is what became of one exercise. Exactly one of its last three
// parts is set.
type Outcome struct {
	ID     string
	Report *check.Report
	Broken []Problem // does not compile
	Ended  []string  // the program ended before a task could run: its last words
}

// A Target is an exercise, or one task of it.
type Target struct {
	ID   string // "01-coin-flips"
	Task string // "standard-error", or "" for all
}

const stubDir = check.StubDir

// registered returns the exercise called id as this program knows it, or nil.
func registered(id string) *check.Exercise {
	all := check.Exercises()
	if i := slices.IndexFunc(all, func(e *check.Exercise) bool { return e.ID == id }); i >= 0 {
		return all[i]
	}
	return nil
}

// Dir returns the folder of exercise id in the checkout at root.
func Dir(root, id string) string { return filepath.Join(root, "exercises", id) }

// folder matches the name of an exercise.
var folder = regexp.MustCompile(`^\d\d-[a-z0-9-]+$`)

// List returns the exercises of the checkout at root in order: the folders of
// tests/. A folder that is missing in exercises/ is one that a student removed.
func List(root string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(root, "tests"))
	if err != nil {
		return nil, fmt.Errorf("the exercises are missing: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if e.IsDir() && folder.MatchString(e.Name()) {
			ids = append(ids, e.Name())
		}
	}
	if ids == nil {
		return nil, fmt.Errorf("no exercises in %s", filepath.Join(root, "tests"))
	}
	return ids, nil
}

// Find reads what a student types for one of ids: "01-coin-flips",
// "01-coin-flips/running", "01", "1" or "exercises/01-coin-flips/".
func Find(ids []string, arg string) (Target, error) {
	name := strings.TrimPrefix(filepath.ToSlash(arg), "./")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "exercises/"), "tests/")
	name, task, _ := strings.Cut(strings.Trim(name, "/"), "/")
	if strings.HasSuffix(task, ".go") || strings.HasSuffix(task, ".md") {
		task = "" // the file's name, completed by the shell
	}
	if len(name) == 1 && '0' <= name[0] && name[0] <= '9' {
		name = "0" + name
	}
	var fits []string
	for _, id := range ids {
		if id == name {
			fits = []string{id}
			break
		}
		if name != "" && (strings.HasPrefix(id, name) || id[3:] == name) {
			fits = append(fits, id)
		}
	}
	if len(fits) != 1 {
		return Target{}, fmt.Errorf("no exercise is called %q; there are %s", arg, strings.Join(ids, ", "))
	}
	t := Target{fits[0], task}
	if e := registered(t.ID); task != "" && e != nil && e.Task(task) == nil {
		var names []string
		for i, s := range e.Tasks {
			names = append(names, s.Name)
			if strings.EqualFold(s.Func, task) { // the function's name will do
				t.Task = e.Tasks[i].Name
				return t, nil
			}
		}
		return Target{}, fmt.Errorf("%s has no task %q; its tasks are %s", t.ID, task, strings.Join(names, ", "))
	}
	return t, nil
}
