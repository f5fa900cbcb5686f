// Package check holds what every exercise of the course shares: what a task
// is, how one call of a student's function is judged, and the three ways to
// ask.
//
//   - [Run] serves `go test ./tests/NN-slug`: each task in a process of its own.
//   - [Task] serves a notebook cell: one function, in the cell's process.
//   - The class grader reads the same [Exercise] from outside.
//
// An exercise is defined once, in tests/NN-slug/cases.go. That file holds
// tasks, points, hints and generators of calls, and no answer: the expected
// results of the public calls are computed by solutions/NN-slug and stored in
// tests/NN-slug/testdata/cases.json (see package prove).
package check

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// PublicSeed seeds the calls that `go test` and notebook cells make. The class
// grader uses a seed of its own.
const PublicSeed = 1

// An Exercise is one folder of tasks. It is immutable once registered and safe
// for concurrent use.
type Exercise struct {
	ID    string // "01-coin-flips", the name of its folder everywhere
	Title string // "Coin flips"
	Tasks []Spec // in the order of the README

	// Files holds testdata/cases.json, the expected results of the public
	// calls, and testdata/stub, the files as a student first finds them.
	// cases.go embeds both: //go:embed testdata
	Files fs.FS
}

// A Spec defines one task: a function the student writes.
type Spec struct {
	Name   string // "standard-error"; the task's id is "01-coin-flips/standard-error"
	Func   string // "StandardError", the function's name in exercises/NN-slug
	Type   any    // its type, as a nil function: (func(theta float64, n int) float64)(nil)
	Points int    // given when every call agrees
	Asks   string // one sentence for the README: what to write
	Hint   string // how to start, and what the likely error messages mean
	Idea   string // shown when a call disagrees: the idea to recheck

	// Cases makes the calls to try. The same generator state gives the same
	// calls, and another state gives others, so that no answer can be copied
	// as a constant.
	Cases func(rng *rand.Rand) []Case

	// Compare says in plain words how got differs from want, "" if they agree.
	// Nil means Close(1e-9).
	Compare Compare
}

// A Case is one call of the student's function.
type Case struct {
	Note string // "D = (F, T, T, F, F, F)": said beside the call, may be empty
	Args []any  // in the order of the parameters; Rand stands for a *rand.Rand
}

// Call makes a Case without a note.
func Call(args ...any) Case { return Case{Args: args} }

// Noted makes a Case whose note is printed beside the call.
func Noted(note string, args ...any) Case { return Case{Note: note, Args: args} }

// Uniform draws a number between lo and hi and rounds it to so many decimals, so
// that a call can be shown and repeated exactly.
func Uniform(rng *rand.Rand, lo, hi float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round((lo+(hi-lo)*rng.Float64())*unit) / unit
}

// Rand stands in a Case for a generator: every call gets a fresh
//
//	rand.New(rand.NewPCG(seed, seed))
//
// so that the same draws can be asked for twice.
type Rand uint64

// New returns the generator r stands for.
func (r Rand) New() *rand.Rand { return rand.New(rand.NewPCG(uint64(r), uint64(r))) }

// Funcs binds the tasks' names to functions: a student's, the solution's, the
// stub's.
type Funcs map[string]any

const (
	badExercise = "check: an exercise needs an ID NN-slug, a title and tasks"
	badTask     = "check: a task needs a name, a function name, a function type, points and cases"
	badTwice    = "check: registered twice: "
)

var registry struct {
	sync.Mutex
	byID map[string]*Exercise
}

// Register makes e known to [Task] and [Lookup] and returns it. It panics if e
// is incomplete or its ID is taken.
func Register(e Exercise) *Exercise {
	if len(e.ID) < 4 || e.ID[2] != '-' || e.Title == "" || len(e.Tasks) == 0 {
		panic(badExercise)
	}
	seen := map[string]bool{}
	for _, t := range e.Tasks {
		typ := reflect.TypeOf(t.Type)
		if t.Name == "" || t.Func == "" || t.Points <= 0 || t.Cases == nil || typ == nil || typ.Kind() != reflect.Func {
			panic(badTask + " (" + e.ID + "/" + t.Name + ")")
		}
		if seen[t.Name] {
			panic(badTwice + e.ID + "/" + t.Name)
		}
		seen[t.Name] = true
	}
	registry.Lock()
	defer registry.Unlock()
	if registry.byID[e.ID] != nil {
		panic(badTwice + e.ID)
	}
	if registry.byID == nil {
		registry.byID = map[string]*Exercise{}
	}
	registry.byID[e.ID] = &e
	return &e
}

// Exercises returns the registered exercises in the order of their IDs: those
// whose tests/NN-slug package the program imports.
func Exercises() []*Exercise {
	registry.Lock()
	defer registry.Unlock()
	var all []*Exercise
	for _, e := range registry.byID {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *Exercise) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Lookup finds a task by its id "NN-slug/task".
func Lookup(id string) (*Exercise, *Spec, error) {
	slug, name, ok := strings.Cut(id, "/")
	if !ok {
		return nil, nil, fmt.Errorf("check: %q is not a task id: write \"NN-slug/task\"", id)
	}
	registry.Lock()
	e := registry.byID[slug]
	registry.Unlock()
	if e == nil {
		return nil, nil, fmt.Errorf("check: exercise %q is not known here: import _ \"…/tests/%s\" in the cell, or look for a typing error", slug, slug)
	}
	if t := e.Task(name); t != nil {
		return e, t, nil
	}
	var names []string
	for _, t := range e.Tasks {
		names = append(names, t.Name)
	}
	return nil, nil, fmt.Errorf("check: %s has no task %q; its tasks are %s", slug, name, strings.Join(names, ", "))
}

// Task returns the task called name, or nil.
func (e *Exercise) Task(name string) *Spec {
	for i := range e.Tasks {
		if e.Tasks[i].Name == name {
			return &e.Tasks[i]
		}
	}
	return nil
}

// Points returns the points of all tasks together.
func (e *Exercise) Points() int {
	sum := 0
	for _, t := range e.Tasks {
		sum += t.Points
	}
	return sum
}

// Calls returns the calls of the task for a seed. Every task draws from a
// stream of its own, so that adding a task changes no other.
func (t *Spec) Calls(seed uint64) []Case {
	stream := uint64(14695981039346656037) // FNV-1a of the name
	for _, b := range []byte(t.Name) {
		stream = (stream ^ uint64(b)) * 1099511628211
	}
	return t.Cases(rand.New(rand.NewPCG(seed, stream)))
}

// Diff says how got differs from want, the results of one call in the order of
// the function's results; "" if they agree.
func (t *Spec) Diff(got, want []any) string { return t.diff(got, want, nil) }

// diff is Diff with the names of the results, if they have some.
func (t *Spec) diff(got, want []any, names []string) string {
	compare := t.Compare
	if compare == nil {
		compare = Close(1e-9)
	}
	for i := range want {
		if d := compare(got[i], want[i]); d != "" {
			switch {
			case len(want) == 1:
				return d
			case len(names) == len(want):
				return fmt.Sprintf("%s, result %d of %d: %s", names[i], i+1, len(want), d)
			}
			return fmt.Sprintf("result %d of %d: %s", i+1, len(want), d)
		}
	}
	return ""
}

// misfit says why fn cannot stand for the task, "" if it can.
func (t *Spec) misfit(fn any) string {
	want, got := reflect.TypeOf(t.Type), reflect.TypeOf(fn)
	if got == want {
		return ""
	}
	return fmt.Sprintf("%s is a %v, the task asks for a %v", t.Func, got, want)
}
