package exercise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/credence-bnn/credence/tests/check"
)

// ProgressFile is where a checkout remembers what was passed. It lies beside
// the student's work, so that it moves with it. Git ignores it: an update of the
// course neither changes it nor stops at it.
const ProgressFile = "exercises/progress.json"

// progressVersion is the form of the file; a newer one is left alone.
const progressVersion = 1

// Progress is what was found at the last check of each task.
type Progress struct {
	Version int             `json:"version"`
	Tasks   map[string]Mark `json:"tasks"` // by id "01-coin-flips/running"; also those this program does not know
}

// A Mark is one task's.
type Mark struct {
	State  check.State `json:"state"`
	Points int         `json:"points"`           // what the task gives when it is passed
	Passed string      `json:"passed,omitempty"` // the day it was passed first, "2026-11-25"; it stays
}

// ReadProgress reads the file of the checkout at root. None is an empty one, and
// so is one that cannot be read; the error says what to do.
func ReadProgress(root string) (Progress, error) {
	none := Progress{Version: progressVersion, Tasks: map[string]Mark{}}
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(ProgressFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	var p Progress
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	switch {
	case err != nil:
		return none, fmt.Errorf("%s cannot be read (%w): mend it, or delete it to start counting anew; until then nothing is recorded", ProgressFile, err)
	case p.Version > progressVersion:
		return none, fmt.Errorf("%s is from a newer Credence (version %d): update this one; until then nothing is recorded", ProgressFile, p.Version)
	case p.Tasks == nil:
		p.Tasks = map[string]Mark{}
	}
	return p, nil
}

// Record notes what came of a run. What could not be run keeps its marks.
func (p Progress) Record(outcomes []Outcome, now time.Time) {
	for _, o := range outcomes {
		if o.Report == nil {
			continue
		}
		for _, r := range o.Report.Tasks {
			id := o.ID + "/" + r.Task
			m := p.Tasks[id]
			m.State, m.Points = r.State, r.Points
			if r.State == check.Passed && m.Passed == "" {
				m.Passed = now.Format(time.DateOnly)
			}
			if m == (Mark{State: check.Untouched, Points: r.Points}) {
				delete(p.Tasks, id) // never started: nothing to remember
				continue
			}
			p.Tasks[id] = m
		}
	}
}

// Write stores the file, one task a line, if it changed.
func (p Progress) Write(root string) error {
	name := filepath.Join(root, filepath.FromSlash(ProgressFile))
	old, err := os.ReadFile(name)
	if err != nil && len(p.Tasks) == 0 {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n\"about\": \"What credence check has seen. Copy it along with your exercises; delete it to start counting anew.\",\n\"version\": %d,\n\"tasks\": {", progressVersion)
	for i, id := range slices.Sorted(maps.Keys(p.Tasks)) {
		raw, err := json.Marshal(p.Tasks[id])
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n  %q: %s", id, raw)
	}
	b.WriteString("\n}\n}\n")
	if bytes.Equal(old, b.Bytes()) {
		return nil
	}
	return replaceFile(name, b.Bytes())
}

// replaceFile puts a whole new file in place, or leaves the old one. Two
// programs may do so at the same time.
func replaceFile(name string, text []byte) error {
	next, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(next.Name()) // gone already when all is well
	_, err = next.Write(text)
	if closeErr := next.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(next.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(next.Name(), name)
	}
	return err
}

// A Standing is one exercise's place in the course.
type Standing struct {
	ID, Title     string
	Got, Of       int // points
	Passed, Tasks int // tasks
	Started       int // tasks that were started and are not passed
}

// Course tells how far a student is, by the marks of p; a program that does not
// know an exercise leaves it out.
func (p Progress) Course(ids []string) (all []Standing, got, of int) {
	for _, id := range ids {
		e := registered(id)
		if e == nil {
			continue
		}
		s := Standing{ID: id, Title: e.Title, Of: e.Points(), Tasks: len(e.Tasks)}
		for _, t := range e.Tasks {
			switch p.Tasks[id+"/"+t.Name].State {
			case check.Passed:
				s.Got += t.Points
				s.Passed++
			case check.Failed:
				s.Started++
			}
		}
		all = append(all, s)
		got, of = got+s.Got, of+s.Of
	}
	return all, got, of
}
