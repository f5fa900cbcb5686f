package check

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// ReportEnv names the environment variable under which `credence check` passes
// a folder: each exercise leaves there an empty NN-slug.began when it comes to
// its tasks, and its [Report] as NN-slug.json at the end.
const ReportEnv = "CREDENCE_REPORT"

// ProofEnv is the same for `credence check --self`: each exercise leaves its
// [Proof] as NN-slug.json.
const ProofEnv = "CREDENCE_PROOF"

// Run checks a student's functions, one subtest a task, each task in a process
// of its own: a stack overflow, an endless loop or an os.Exit costs only that
// task. A function that is still the stub is skipped; whether it is, the
// source decides, never the result. A test calls it with nothing before or
// after:
//
//	func Test(t *testing.T) {
//		check.Run(t, coinflips.Exercise, check.Funcs{"frequency": student.Frequency, …})
//	}
func Run(t *testing.T, e *Exercise, student Funcs) {
	if id := os.Getenv(childEnv); id != "" {
		child(e, student, id) // does not return
	}
	t.Helper()
	reports := os.Getenv(ReportEnv)
	if reports != "" {
		if err := os.WriteFile(filepath.Join(reports, e.ID+".began"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join("..", "..", "exercises", e.ID)
	sources, err := functions(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	stubs, err := e.stubs()
	if err != nil {
		t.Fatal(err)
	}
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	results := make([]func() Result, len(e.Tasks)) // each computed once, when first asked for
	for i := range e.Tasks {
		task := &e.Tasks[i]
		results[i] = sync.OnceValue(func() Result {
			r := task.result()
			where := ""
			if d := sources[task.Func]; d.line > 0 {
				where = fmt.Sprintf("%s:%d", path.Join("exercises", e.ID, d.file), d.line)
				if d.tokens == stubs[task.Func].tokens {
					r.State, r.Where = Untouched, where
					return r
				}
			}
			free <- struct{}{}
			defer func() { <-free }()
			r = task.inChild(t.Name(), e.ID)
			r.Where = where
			return r
		})
	}
	if run := flag.Lookup("test.run"); run == nil || !strings.Contains(run.Value.String(), "/") {
		for _, result := range results {
			go result() // all tasks are wanted: side by side
		}
	}
	rep := Report{Exercise: e.ID, Title: e.Title}
	for i := range e.Tasks {
		rep.Known = append(rep.Known, e.Tasks[i].Name)
		t.Run(e.Tasks[i].Name, func(t *testing.T) {
			r := results[i]()
			rep.Tasks = append(rep.Tasks, r)
			r.tell(t)
		})
	}
	if reports != "" {
		raw, err := json.Marshal(rep)
		if err == nil {
			err = os.WriteFile(filepath.Join(reports, e.ID+".json"), raw, 0o644)
		}
		if err != nil {
			t.Error(err)
		}
	}
	if t.Failed() || testing.Verbose() {
		fmt.Fprintln(t.Output(), rep.summary())
	}
}

// tell passes, fails or skips t, and says why.
func (r Result) tell(t *testing.T) {
	for _, line := range r.Lines() {
		fmt.Fprintln(t.Output(), line)
	}
	switch r.State {
	case Untouched:
		t.SkipNow()
	case Failed:
		t.FailNow()
	}
}

// summary tells the whole exercise in one line.
func (r Report) summary() string {
	byState := map[State][]string{}
	for _, t := range r.Tasks {
		byState[t.State] = append(byState[t.State], t.Func)
	}
	got, all := r.Points()
	s := fmt.Sprintf("%s: %d of %s", r.Exercise, got, points(all))
	for _, part := range []struct {
		word  string
		state State
	}{{"passed", Passed}, {"not right yet", Failed}, {"not started", Untouched}} {
		if names := byState[part.state]; names != nil {
			s += fmt.Sprintf("; %s: %s", part.word, strings.Join(names, ", "))
		}
	}
	return s
}
