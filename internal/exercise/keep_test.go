package exercise

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/credence-bnn/credence/tests/check"
)

func read(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func outcome(id string, states map[string]check.State) Outcome {
	rep := check.Report{Exercise: id}
	for _, t := range registered(id).Tasks {
		if s := states[t.Name]; s != "" {
			rep.Tasks = append(rep.Tasks, check.Result{Task: t.Name, Points: t.Points, State: s})
		}
	}
	return Outcome{ID: id, Report: &rep}
}

func TestProgress(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "exercises"), 0o755); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, filepath.FromSlash(ProgressFile))
	ids := []string{"01-coin-flips", "02-bayes-rule", "77-not-yet"}
	p, err := ReadProgress(root)
	if err != nil {
		t.Fatal(err)
	}
	p.Record([]Outcome{outcome("01-coin-flips", map[string]check.State{"frequency": check.Untouched})}, monday)
	if err := p.Write(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); err == nil {
		t.Error("a file, though nothing was started")
	}
	p.Record([]Outcome{
		outcome("01-coin-flips", map[string]check.State{"frequency": check.Passed, "running": check.Failed, "interval": check.Passed, "paths": check.Untouched}),
		{ID: "02-bayes-rule", Broken: []Problem{{Message: "no"}}},
	}, monday)
	if err := p.Write(root); err != nil {
		t.Fatal(err)
	}
	if text := read(t, name); !strings.Contains(text, "\n  \"01-coin-flips/frequency\": {\"state\":\"passed\",\"points\":2,\"passed\":\"2026-11-23\"},\n") || strings.Contains(text, "paths") {
		t.Errorf("the file is\n%s", text)
	}

	// On another machine, with another course: what it does not know it keeps.
	text := strings.Replace(read(t, name), "\"tasks\": {", "\"tasks\": {\n\"77-not-yet/thing\": {\"state\":\"passed\",\"points\":9,\"passed\":\"2026-01-01\"},", 1)
	write(t, name, text)
	if p, err = ReadProgress(root); err != nil {
		t.Fatal(err)
	}
	p.Record([]Outcome{outcome("01-coin-flips", map[string]check.State{"frequency": check.Failed, "running": check.Passed, "interval": check.Passed})}, monday.AddDate(0, 0, 1))
	if err := p.Write(root); err != nil {
		t.Fatal(err)
	}
	if p, err = ReadProgress(root); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]Mark{
		"77-not-yet/thing":        {check.Passed, 9, "2026-01-01"},
		"01-coin-flips/frequency": {check.Failed, 2, "2026-11-23"}, // the day of the first pass stays
		"01-coin-flips/running":   {check.Passed, 3, "2026-11-24"},
		"01-coin-flips/interval":  {check.Passed, 4, "2026-11-23"}, // passed again
	} {
		if p.Tasks[id] != want {
			t.Errorf("%s: %+v, want %+v", id, p.Tasks[id], want)
		}
	}
	all, got, of := p.Course(ids)
	if len(all) != 2 || got != 7 || of != registered(ids[0]).Points()+registered(ids[1]).Points() || all[0] != (Standing{"01-coin-flips", registered("01-coin-flips").Title, 7, 20, 2, 6, 1}) {
		t.Errorf("%d of %d: %+v", got, of, all)
	}

	for text, want := range map[string]string{
		"<<<<<<< HEAD\n":                  "cannot be read",
		`{"version": 2, "tasks": {}}`:     "from a newer Credence (version 2)",
		`{"version": 1, "tasks": [1]}`:    "cannot be read",
		`{"tasks": null, "version": "x"}`: "cannot be read",
		"":                                "cannot be read", // the disk was full
	} {
		write(t, name, text)
		p, err := ReadProgress(root)
		p.Record([]Outcome{outcome("01-coin-flips", map[string]check.State{"frequency": check.Passed})}, monday) // counts on
		if _, got, _ := p.Course(ids); got != 2 {
			t.Errorf("%s: %d points after one task", text, got)
		}
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), ProgressFile) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestReset(t *testing.T) {
	root := checkout(t)
	dir := Dir(root, "01-coin-flips")
	mine, helper := filepath.Join(dir, "coinflips.go"), filepath.Join(dir, "help.go")
	stub := read(t, mine)
	if saved, err := Reset(root, Target{ID: "01-coin-flips"}, monday); saved != "" || err != nil {
		t.Fatalf("an untouched exercise: %q, %v", saved, err)
	}
	write(t, mine, "broken\n")
	write(t, helper, "package coinflips\n")
	write(t, filepath.Join(dir, "notes.txt"), "mine\n")
	seen := map[string]bool{}
	for range 2 { // twice in one second
		saved, err := Reset(root, Target{ID: "01-coin-flips"}, monday)
		if err != nil || seen[saved] || !strings.HasPrefix(saved, "exercises/_saved/01-coin-flips/2026-11-23_09-00-00") {
			t.Fatalf("%q, %v", saved, err)
		}
		seen[saved] = true
		if read(t, filepath.Join(root, saved, "coinflips.go")) != "broken\n" || read(t, filepath.Join(root, saved, "help.go")) != "package coinflips\n" {
			t.Error("the student's files are lost")
		}
		if _, err := os.Stat(helper); err == nil || read(t, mine) != stub || read(t, filepath.Join(dir, "notes.txt")) != "mine\n" {
			t.Error("the folder is not as it first was")
		}
		write(t, mine, "broken\n")
		write(t, helper, "package coinflips\n")
	}

	// One task: the others stay, and the imports fit.
	os.Remove(helper)
	solved := read(t, filepath.Join("..", "..", "solutions", "01-coin-flips", "coinflips.go"))
	write(t, mine, solved)
	if _, err := Reset(root, Target{"01-coin-flips", "paths"}, monday); err != nil {
		t.Fatal(err)
	}
	text := read(t, mine)
	if !strings.Contains(text, "rng *rand.Rand) [][]float64 {\n\treturn nil\n}") || !strings.Contains(text, "\"math/rand/v2\"") || !strings.Contains(text, "Flip run after run") {
		t.Errorf("paths is not the stub:\n%s", text)
	}
	if !strings.HasPrefix(text, solved[:strings.Index(solved, "// Paths")]) {
		t.Errorf("the other tasks are no more as they were:\n%s", text)
	}
	write(t, mine, "package coinflips\n\nimport \"slices\"\n\n// Mine.\nfunc Frequency(flips []bool) float64 {\n\tslices.Reverse(flips) // why\n\treturn 0\n}\n")
	if _, err := Reset(root, Target{"01-coin-flips", "frequency"}, monday); err != nil {
		t.Fatal(err)
	}
	if text := read(t, mine); strings.Contains(text, "slices") || !strings.Contains(text, "import \"math\"") || strings.Contains(text, "Mine") || !strings.Contains(text, "// Frequency returns") {
		t.Errorf("one task of a file with other imports:\n%s", text)
	}
	if _, err := Reset(root, Target{"01-coin-flips", "running"}, monday); err != nil || !strings.Contains(read(t, mine), "func Running(flips []bool) []float64 {\n\treturn nil") {
		t.Errorf("a function that is gone does not come back: %v\n%s", err, read(t, mine))
	}
	write(t, mine, "package coinflips\n\nfunc Frequency( {\n")
	if _, err := Reset(root, Target{"01-coin-flips", "frequency"}, monday); err == nil || !strings.Contains(err.Error(), "cannot be read as Go") || !strings.Contains(err.Error(), "without its task's name") {
		t.Errorf("a file that does not parse: %v", err)
	}
	os.RemoveAll(dir)
	if saved, err := Reset(root, Target{ID: "01-coin-flips"}, monday); err != nil || saved == "" || read(t, mine) != stub {
		t.Errorf("a folder that is gone: %q, %v", saved, err)
	}
}

// TestWatch saves in ways editors have, and a run that hangs is not waited for.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.go")
	write(t, name, "1")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var cancelled atomic.Int64
	runs := make(chan int)
	n := 0
	ended := make(chan error)
	go func() {
		ended <- Watch(ctx, []string{dir}, func(ctx context.Context) error {
			n++
			runs <- n
			if n == 2 { // hangs until it is cancelled
				<-ctx.Done()
				cancelled.Add(1)
				return ctx.Err()
			}
			return nil
		})
	}()
	next := func(want int) {
		t.Helper()
		select {
		case got := <-runs:
			if got != want {
				t.Fatalf("run %d, want %d", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("run %d does not come", want)
		}
	}
	next(1)
	for i := range 8 { // many writes, one run
		write(t, name, strings.Repeat("x", i+2))
		time.Sleep(look / 4)
	}
	next(2)
	write(t, name+".new", "renamed over it") // not a Go file yet
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
	next(3)
	if cancelled.Load() != 1 {
		t.Error("the run under way was not cancelled")
	}
	select {
	case n := <-runs:
		t.Errorf("run %d, though nothing changed", n)
	case <-time.After(4 * look):
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	broken := errors.New("no go command")
	if err := Watch(t.Context(), nil, func(context.Context) error { return broken }); err != broken {
		t.Errorf("an error of the run: %v", err)
	}
}
