// Package prove lets an exercise prove itself: its stubs score nothing, its
// solutions score everything, every wrong answer is caught, and the files made
// from cases.go and solutions/ are fresh. A test in solutions/NN-slug calls
// [Exercise]; students never need it.
//
//	go test ./solutions/...                        # prove all exercises
//	go test ./solutions/01-coin-flips -regen       # renew what is generated
package prove

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

var regen = flag.Bool("regen", false, "renew tests/NN-slug/testdata and the task list of exercises/NN-slug/README.md")

// A Wrong is an answer with a misconception.
type Wrong struct {
	Task string // the task it answers
	Name string // the misconception: "divides by n−1"
	Func any
}

// A Right is another correct answer, written in another way than the solution:
// it must pass, or the comparison is too close to the solution.
type Right struct {
	Task string
	Name string // the way: "sums logarithms"
	Func any
}

// PristineEnv names the environment variable that tells the proof that
// exercises/ must be untouched, as in continuous integration. Without it a
// student's own work there is no error.
const PristineEnv = "CREDENCE_PRISTINE"

// Exercise proves e, or renews what is generated from it. stub binds the tasks
// to the functions in tests/NN-slug/testdata/stub; right, which may be empty, holds
// other correct answers.
func Exercise(t *testing.T, e *check.Exercise, solved, stub check.Funcs, wrong []Wrong, right ...Right) {
	t.Helper()
	root := filepath.Join("..", "..")
	if *regen {
		if err := renew(root, e, solved); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("%s: renewed; run the test again without -regen\n", e.ID)
		return
	}
	caught := 0
	// What is missing is said alone: the rest would only echo it.
	if t.Run("complete", func(t *testing.T) { complete(t, e, solved, stub, wrong) }) {
		t.Run("fresh", func(t *testing.T) { fresh(t, root, e, solved) })
		t.Run("stubs", func(t *testing.T) { stubs(t, e, stub) })
		t.Run("solutions", func(t *testing.T) { solutions(t, e, solved) })
		t.Run("right", func(t *testing.T) { rights(t, e, solved, right) })
		t.Run("wrong", func(t *testing.T) { caught = wrongs(t, e, solved, wrong) })
		t.Run("not a number", func(t *testing.T) { notNumbers(t, e, solved) })
		t.Run("pristine", func(t *testing.T) { pristine(t, root, e) })
	}
	if dir := os.Getenv(check.ProofEnv); dir != "" {
		p := proof(e, wrong, right)
		p.Caught, p.Holds = caught, !t.Failed()
		raw, err := json.Marshal(p)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, e.ID+".json"), raw, 0o644)
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// proof counts what e proves.
func proof(e *check.Exercise, wrong []Wrong, right []Right) check.Proof {
	p := check.Proof{Exercise: e.ID, Tasks: len(e.Tasks), Points: e.Points(), Wrong: len(wrong), Others: len(right)}
	count := map[string]int{}
	for _, r := range right {
		count[r.Task]++
	}
	for i := range e.Tasks {
		p.Calls += len(e.Tasks[i].Calls(check.PublicSeed))
		if count[e.Tasks[i].Name] >= 2 {
			p.Thrice++
		}
	}
	return p
}

// complete holds what a task must have.
func complete(t *testing.T, e *check.Exercise, solved, stub check.Funcs, wrong []Wrong) {
	count, named := map[string]int{}, map[string]bool{}
	for _, w := range wrong {
		if e.Task(w.Task) == nil || w.Name == "" {
			t.Errorf("wrong answer %q is for task %q, which %s does not have", w.Name, w.Task, e.ID)
		}
		if id := w.Task + ": " + w.Name; named[id] {
			t.Errorf("two wrong answers are called %q", id)
		} else {
			named[id] = true
		}
		count[w.Task]++
	}
	for _, fs := range []check.Funcs{solved, stub} {
		for name := range fs {
			if e.Task(name) == nil {
				t.Errorf("%q is bound, but no task of %s", name, e.ID)
			}
		}
	}
	for i := range e.Tasks {
		s := &e.Tasks[i]
		if s.Hint == "" || s.Idea == "" || s.Asks == "" {
			t.Errorf("%s: Asks, Hint and Idea are all needed", s.Name)
		}
		if count[s.Name] < 2 {
			t.Errorf("%s: %d wrong answers, at least two are needed", s.Name, count[s.Name])
		}
		for what, fs := range map[string]check.Funcs{"solution": solved, "stub": stub} {
			switch typ := reflect.TypeOf(fs[s.Name]); {
			case typ == nil:
				t.Errorf("%s: no %s is bound: add %q to %s", s.Name, what, s.Name, map[string]string{"solution": "Solved in solved.go", "stub": "the stub's list in proof_test.go"}[what])
			case typ != reflect.TypeOf(s.Type):
				t.Errorf("%s: the %s is a %v, the task asks for a %T", s.Name, what, typ, s.Type)
			}
		}
		one, same, other := s.Calls(1), s.Calls(1), s.Calls(2)
		if !reflect.DeepEqual(one, same) {
			t.Errorf("%s: one seed gives two lists of calls", s.Name)
		}
		if reflect.DeepEqual(one, other) {
			t.Errorf("%s: all seeds give the same calls; constants would pass", s.Name)
		}
		if len(one) < 4 {
			t.Errorf("%s: %d calls are too few", s.Name, len(one))
		}
	}
}

// stubs holds that an untouched exercise is formatted, scores nothing, and says
// no nonsense.
func stubs(t *testing.T, e *check.Exercise, stub check.Funcs) {
	files, err := fs.Glob(e.Files, check.StubDir+"/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in tests/%s/%s: %v", e.ID, check.StubDir, err)
	}
	for _, file := range files {
		src, err := fs.ReadFile(e.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		if now, err := format.Source(src); err != nil || !bytes.Equal(now, src) {
			t.Errorf("%s is not as gofmt would have it (%v)", file, err)
		}
	}
	for i := range e.Tasks {
		s := &e.Tasks[i]
		r := judge(t, e, s, stub[s.Name])
		if r.State != check.Failed {
			t.Errorf("%s: the stub scores %d points", s.Name, s.Points)
		} else if strings.Contains(r.First.Why, "panic") {
			t.Errorf("%s: the stub panics", s.Name)
		}
	}
}

// solutions holds that every solution agrees, for the public calls and, with
// answers of its own, for another seed (which catches state and changed
// arguments).
func solutions(t *testing.T, e *check.Exercise, solved check.Funcs) {
	for i := range e.Tasks {
		s := &e.Tasks[i]
		if r := judge(t, e, s, solved[s.Name]); r.State != check.Passed {
			t.Errorf("%s: the solution fails:\n%s", s.Name, strings.Join(r.Lines(), "\n"))
		}
		for seed := range uint64(2) {
			if r := other(t, s, solved[s.Name], solved[s.Name], 1000+seed); r.State != check.Passed {
				t.Errorf("%s: the solution disagrees with itself, seed %d:\n%s", s.Name, 1000+seed, strings.Join(r.Lines(), "\n"))
			}
		}
	}
}

// other asks fn the calls of another seed; the solution gives the answers.
func other(t *testing.T, s *check.Spec, fn, solution any, seed uint64) check.Result {
	t.Helper()
	calls := s.Calls(seed)
	var wants [][]any
	for _, c := range calls {
		want, err := answer(solution, c)
		if err != nil {
			t.Fatalf("%s: %s: %v", s.Name, s.ShowCall(c), err)
		}
		wants = append(wants, want)
	}
	return s.Try(fn, calls, wants)
}

// rights holds that other correct answers pass, with several seeds.
func rights(t *testing.T, e *check.Exercise, solved check.Funcs, right []Right) {
	for _, w := range right {
		s := e.Task(w.Task)
		if s == nil || w.Name == "" {
			t.Errorf("right answer %q is for task %q, which %s does not have", w.Name, w.Task, e.ID)
			continue
		}
		if r := judge(t, e, s, w.Func); r.State != check.Passed {
			t.Errorf("%s: the right answer %q fails:\n%s", w.Task, w.Name, strings.Join(r.Lines(), "\n"))
		}
		for seed := range uint64(2) {
			if r := other(t, s, w.Func, solved[w.Task], 1000+seed); r.State != check.Passed {
				t.Errorf("%s: the right answer %q fails with seed %d:\n%s", w.Task, w.Name, 1000+seed, strings.Join(r.Lines(), "\n"))
			}
		}
	}
}

// wrongs holds that every wrong answer fails its task on at least two public
// calls and no other task, and that most of them give plausible, finite values
// when they do. It returns how many are caught.
func wrongs(t *testing.T, e *check.Exercise, solved check.Funcs, wrong []Wrong) (caught int) {
	sound := map[string]bool{}
	for i := range e.Tasks {
		s := &e.Tasks[i]
		sound[s.Name] = judge(t, e, s, solved[s.Name]).State == check.Passed
	}
	finite := 0
	for _, w := range wrong {
		s := e.Task(w.Task)
		if s == nil {
			continue
		}
		ok := true
		fail := func(form string, args ...any) {
			t.Helper()
			ok = false
			t.Errorf("%s: the wrong answer %q "+form, append([]any{w.Task, w.Name}, args...)...)
		}
		r := judge(t, e, s, w.Func)
		if r.State != check.Failed || r.Wrong < 2 {
			fail("goes wrong on %d of %d calls, at least two are needed", r.Wrong, r.Calls)
			continue
		}
		if r := other(t, s, w.Func, solved[w.Task], 1000); r.State != check.Failed {
			fail("passes with seed 1000")
		}
		for i := range e.Tasks { // what it may have broken: data that tasks share
			if o := &e.Tasks[i]; o != s && sound[o.Name] && judge(t, e, o, solved[o.Name]).State != check.Passed {
				fail("makes the solution of %s fail", o.Name)
			}
		}
		if plausible(s, w.Func) {
			finite++
		}
		if ok {
			caught++
		}
	}
	if 2*finite <= len(wrong) {
		t.Errorf("only %d of %d wrong answers give finite values everywhere: NaN is too easy to catch", finite, len(wrong))
	}
	return caught
}

// judge asks all public calls of fn.
func judge(t *testing.T, e *check.Exercise, s *check.Spec, fn any) check.Result {
	t.Helper()
	r, err := e.Judge(s, fn)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// plausible reports whether fn answers most calls of s with finite numbers.
func plausible(s *check.Spec, fn any) bool {
	calls := s.Calls(check.PublicSeed)
	n := 0
	for _, c := range calls {
		results, err := answer(fn, c)
		if err != nil {
			continue
		}
		ok := true
		for _, r := range results {
			ok = ok && finite(reflect.ValueOf(r))
		}
		if ok {
			n++
		}
	}
	return 2*n > len(calls)
}

func finite(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return !math.IsNaN(v.Float()) && !math.IsInf(v.Float(), 0)
	case reflect.Slice:
		for i := range v.Len() {
			if !finite(v.Index(i)) {
				return false
			}
		}
	}
	return true
}

// pristine holds that exercises/NN-slug is as the stub record says.
func pristine(t *testing.T, root string, e *check.Exercise) {
	here := filepath.Join(root, "exercises", e.ID)
	record := filepath.Join(root, "tests", e.ID, filepath.FromSlash(check.StubDir))
	same, err := equalFiles(here, record)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case same:
	case os.Getenv(PristineEnv) != "":
		t.Errorf("exercises/%s differs from %s/testdata/stub: put the stub back, or renew the record with -regen", e.ID, filepath.Join("tests", e.ID))
	default:
		t.Skipf("exercises/%s has been worked on; %s=1 makes that an error", e.ID, PristineEnv)
	}
}
