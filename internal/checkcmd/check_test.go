package checkcmd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// program is credence with no other command.
func program() *cobra.Command {
	root := &cobra.Command{Use: "credence"}
	root.AddCommand(New())
	cli.Prepare(root)
	return root
}

// execute runs one command line and returns what it prints.
func execute(t *testing.T, args ...string) (string, error) {
	t.Helper()
	root := program()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(args)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// student makes a checkout of a student's own, with the first files in
// exercises/, changes to it and returns its root.
func student(t *testing.T) string {
	t.Helper()
	from, root := filepath.Join("..", ".."), t.TempDir()
	for _, name := range []string{"tests", "solutions"} {
		if err := os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join(from, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(root, name), string(raw))
	}
	ids, err := exercise.List(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := os.CopyFS(exercise.Dir(root, id), os.DirFS(filepath.Join(root, "tests", id, filepath.FromSlash(check.StubDir)))); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(exercise.Dir(root, id), "README.md"), get(t, filepath.Join(from, "exercises", id, "README.md")))
	}
	t.Chdir(filepath.Join(root, "exercises")) // it works anywhere in the checkout
	return root
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// contains holds that out has every text of want and none of not.
func contains(t *testing.T, out string, want, not []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(out, w) {
			t.Errorf("it says\n%s\nwithout %q", out, w)
		}
	}
	for _, n := range not {
		if strings.Contains(out, n) {
			t.Errorf("it says\n%s\nwith %q", out, n)
		}
	}
}

const (
	stubFrequency = "func Frequency(flips []bool) float64 {\n\treturn math.NaN()"
	goodFrequency = "func Frequency(flips []bool) float64 {\n\th := 0.0\n\tfor _, f := range flips {\n\t\tif f {\n\t\t\th++\n\t\t}\n\t}\n\treturn h / float64(len(flips))"
	stubRunning   = "func Running(flips []bool) []float64 {\n\treturn nil"
	badRunning    = "func Running(flips []bool) []float64 {\n\treturn make([]float64, len(flips))"
	stubStdErr    = "n int) float64 {\n\treturn math.NaN()"
)

// TestCheckStory follows a student from the fresh checkout to the solution.
func TestCheckStory(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test programs")
	}
	root := student(t)
	mine := filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go")
	progress := filepath.Join(root, "exercises", "progress.json")
	stub := get(t, mine)

	out, err := execute(t, "check")
	if err != nil {
		t.Error(err)
	}
	contains(t, out, []string{"○ 01-coin-flips                 0/20  ░░░░░░░░░░  not started\n", "○ 02-bayes-rule ", "Course: 0 of ",
		"Next: write Frequency in exercises/01-coin-flips/coinflips.go:20, then "}, []string{"✗", "✓"})
	if _, err := os.Stat(progress); err == nil {
		t.Error("there is progress, though nothing was done")
	}

	// One solved, one wrong, one broken in another way, three left alone.
	text := strings.NewReplacer(stubFrequency, goodFrequency, stubRunning, badRunning, stubStdErr, "n int) float64 {\n\tpanic(\"soon\")").Replace(stub)
	put(t, mine, text)
	out, err = execute(t, "check", "01")
	if err == nil {
		t.Error("the exit code is 0, though two tasks are wrong")
	}
	out = strings.ReplaceAll(out, "go run ./cmd/credence", "credence")
	want := `01-coin-flips  Coin flips: probability as counting

  ✓ frequency        2/2  all 8 calls agree
  ✗ running          0/3  not right yet
      Running([]bool{true, false, true, true, false}) // 3 heads of 5
        got:  []float64{0, 0, 0, 0, 0}
        want: []float64{1, 0.5, 0.6666666667, 0.75, 0.6}
        element [0]: 0 instead of 1, off by 1
        in exercises/01-coin-flips/coinflips.go:33
`
	if !strings.HasPrefix(out, want) {
		t.Errorf("it says\n%s\nand not\n%s", out, want)
	}
	contains(t, out, []string{"        recheck: ", "  ✗ standard-error   0/3  not right yet: it panics: soon\n", "  ○ interval         0/4  not started: write Interval in exercises/01-coin-flips/coinflips.go:",
		"\n  2 of 20 points; add --hint for hints\n", "the next one: ", "check 01-coin-flips/standard-error\n", "  Course: 2 of "}, []string{"goroutine", "hint: "})
	contains(t, get(t, progress), []string{`"01-coin-flips/frequency": {"state":"passed","points":2,"passed":"20`, `"01-coin-flips/running": {"state":"failed"`}, []string{"interval"})

	out, _ = execute(t, "check")
	contains(t, out, []string{"✗ 01-coin-flips                 2/20  █░░░░░░░░░  1 passed, 2 not right yet, 3 not started\n", "First to look at: 01-coin-flips/running\n", "recheck"}, []string{"soon"})
	out, _ = execute(t, "check", "01", "--hint")
	if n := strings.Count(out, "hint: "); n != 5 {
		t.Errorf("%d hints for five tasks that are not passed:\n%s", n, out)
	}
	out, err = execute(t, "check", "01", "--solution")
	if err == nil || !strings.Contains(err.Error(), "shown when all its tasks are passed") {
		t.Errorf("%v\n%s", err, out)
	}
	contains(t, out, nil, []string{"Wilson, Probable inference"})

	out, _ = execute(t, "check", "--json", "01", "02")
	var js checkJSON
	if err := json.Unmarshal([]byte(out), &js); err != nil {
		t.Fatal(err)
	}
	if e := js.Exercises; js.Version != 1 || js.Points != 2 || js.Of != 43 || js.Course.Points != 2 || len(e) != 2 || e[0].State != "failed" || e[0].Of != 20 || len(e[0].Tasks) != 6 ||
		e[0].Tasks[1].First.Got == "" || e[1].State != "untouched" {
		t.Errorf("%s", out)
	}

	// Now it does not compile; what was reached is not forgotten.
	put(t, mine, strings.Replace(text, "h := 0.0", "h := 0", 1))
	out, err = execute(t, "check", "01")
	if err == nil {
		t.Error("the exit code is 0, though it does not compile")
	}
	contains(t, out, []string{"01-coin-flips  Coin flips: ", "✗ It does not compile. No task can run before it does:\n      exercises/01-coin-flips/coinflips.go:27, in Frequency: ", "\n        > return h / float64(len(flips))\n", "write float64(…)", "Course: 2 of "}, []string{"panic"})
	out, _ = execute(t, "check")
	contains(t, out, []string{"✗ 01-coin-flips                 2/20  █░░░░░░░░░  does not compile; the points are from before\n"}, nil)
	out, _ = execute(t, "check", "--json", "01")
	js = checkJSON{}
	if err := json.Unmarshal([]byte(out), &js); err != nil || js.Exercises[0].State != "broken" || js.Exercises[0].Of != 20 || len(js.Exercises[0].Problems) == 0 || js.Exercises[0].Problems[0].Func != "Frequency" {
		t.Errorf("%v %s", err, out)
	}

	out, err = execute(t, "check", "1", "--reset")
	if err != nil || get(t, mine) != stub {
		t.Errorf("reset: %v\n%s", err, out)
	}
	m := regexp.MustCompile(`The files as they were before are in (exercises/_saved/01-coin-flips/[-_\d]+)\.`).FindStringSubmatch(out)
	if m == nil || !strings.Contains(get(t, filepath.Join(root, m[1], "coinflips.go")), "h := 0\n") {
		t.Errorf("nothing says where the files are:\n%s", out)
	}
	out, _ = execute(t, "check", "1", "--reset")
	contains(t, out, []string{"there is nothing to put back"}, nil)

	put(t, mine, get(t, filepath.Join(root, "solutions", "01-coin-flips", "coinflips.go")))
	out, err = execute(t, "check", "01")
	if err != nil {
		t.Error(err)
	}
	contains(t, out, []string{"20 of 20 points. Well done. A solution to compare with: ", " check 01-coin-flips --solution"}, nil)
	out, err = execute(t, "check", "01", "--solution")
	if err != nil {
		t.Error(err)
	}
	contains(t, out, []string{"// solutions/01-coin-flips/coinflips.go\n", "Wilson, Probable inference"}, []string{"solved.go", "prove"})

	// A file that was merged badly is left alone and named.
	put(t, progress, "<<<<<<<\n")
	out, _ = execute(t, "check", "01")
	contains(t, out, []string{"credence: exercises/progress.json cannot be read", "20 of 20"}, nil)
	if get(t, progress) != "<<<<<<<\n" {
		t.Error("a file that cannot be read was overwritten")
	}
}

// TestCheckTwice lets another check end while one is under way: both find their way
// into the progress.
func TestCheckTwice(t *testing.T) {
	root := student(t)
	file := filepath.Join(root, "exercises", "progress.json")
	const other = `"02-bayes-rule/grid": {"state":"passed","points":4,"passed":"2026-11-01"}`
	c := checker{root: root, targets: []exercise.Target{{ID: "01-coin-flips"}}, w: io.Discard, warn: io.Discard}
	_, progress, err := c.run(t.Context(), func(exercise.Outcome, exercise.Progress) {
		put(t, file, "{\"version\": 1, \"tasks\": {"+other+"}}")
	})
	if err != nil {
		t.Fatal(err)
	}
	contains(t, get(t, file), []string{other}, nil)
	if _, got, _ := progress.Course([]string{"01-coin-flips", "02-bayes-rule"}); got != 4 {
		t.Errorf("%d points, the other check's 4 are missing", got)
	}
}

// TestCheckWatch saves a file while check watches.
func TestCheckWatch(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test programs")
	}
	root := student(t)
	mine := filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go")
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	out := &syncBuffer{}
	cmd := program()
	cmd.SetOut(out)
	cmd.SetErr(out)
	cmd.SetArgs([]string{"check", "01/frequency", "--watch"})
	ended := make(chan error)
	go func() { ended <- cmd.ExecuteContext(ctx) }()
	await := func(text string, times int) {
		t.Helper()
		for strings.Count(out.String(), text) < times {
			if ctx.Err() != nil {
				t.Fatalf("it says\n%s\nwithout %d times %q", out, times, text)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	await("waiting for a change; Ctrl-C ends", 1)
	put(t, mine, strings.Replace(get(t, mine), stubFrequency, goodFrequency, 1))
	await("✓ frequency        2/2", 1)
	await("waiting", 2)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Ctrl-C is how it ends: %v", err)
	}
}

// TestCheckSelf holds that a proof that does not hold is told.
func TestCheckSelf(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test programs")
	}
	root := student(t)
	name := filepath.Join(root, "solutions", "01-coin-flips", "coinflips.go")
	put(t, name, strings.Replace(get(t, name), "float64(i+1)", "float64(i+2)", 1))
	out, err := execute(t, "check", "--self", "01")
	if err == nil || !strings.Contains(err.Error(), "do not prove themselves") {
		t.Error(err)
	}
	contains(t, out, []string{"✗ 01-coin-flips ", "running: the solution fails"}, []string{"02-bayes-rule"})
	if err := os.RemoveAll(filepath.Join(root, "solutions")); err != nil {
		t.Fatal(err)
	}
	if _, err := execute(t, "check", "--self"); err == nil || !strings.Contains(err.Error(), "no solutions/") {
		t.Errorf("without solutions: %v", err)
	}
}

// TestCheckDocs holds that docs/check.md explains every name that --json and the
// progress file use.
func TestCheckDocs(t *testing.T) {
	page := get(t, filepath.Join("..", "..", "docs", "check.md"))
	seen := map[reflect.Type]bool{}
	var names func(typ reflect.Type)
	names = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if !strings.Contains(page, fmt.Sprintf("`%s`", name)) {
				t.Errorf("docs/check.md does not explain `%s` of %s", name, typ.Name())
			}
			names(typ.Field(i).Type)
		}
	}
	names(reflect.TypeFor[checkJSON]())
	names(reflect.TypeFor[exercise.Progress]())
}

func TestCheckComplains(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"check", "99"}, "no exercise is called \"99\"; there are 01-coin-flips"},
		{[]string{"check", "01/sprinting"}, "01-coin-flips has no task \"sprinting\"; its tasks are frequency, running"},
		{[]string{"check", "01/running", "02"}, "one task at a time"},
		{[]string{"check", "--hnt"}, "unknown flag"},
		{[]string{"check", "--reset"}, "name one exercise or task"},
		{[]string{"check", "01", "02", "--solution"}, "name one exercise or task"},
		{[]string{"check", "--json", "--watch"}, "go alone"},
		{[]string{"check", "01", "--json", "--hint"}, "go alone"},
	} {
		_, err := execute(t, c.args...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.args, err, c.want)
		}
	}
	t.Chdir(t.TempDir())
	if _, err := execute(t, "check"); err == nil || !strings.Contains(err.Error(), "not inside a checkout") {
		t.Errorf("outside a checkout: %v", err)
	}
}

// A syncBuffer is written by one goroutine and read by another.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
