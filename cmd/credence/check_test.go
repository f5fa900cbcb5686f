package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// execute runs one command line and returns what it prints.
func execute(t *testing.T, args ...string) (string, error) {
	t.Helper()
	root := newRootCmd()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(args)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a test binary")
	}
	// From anywhere inside the checkout; this checkout may be a student's.
	t.Chdir(filepath.Join("..", "..", "notebooks"))
	out, _ := execute(t, "check", "01", "--hint")
	for _, want := range []string{"01-coin-flips  Coin flips", "frequency", "/2 ", "of 20 points"} {
		if !strings.Contains(out, want) {
			t.Errorf("check says\n%s\nwithout %q", out, want)
		}
	}
}

func TestCheckComplains(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"check", "99"}, "no exercise is called \"99\"; there are 01-coin-flips"},
		{[]string{"check", "01/running", "02"}, "one task at a time"},
		{[]string{"check", "--hnt"}, "unknown flag"},
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

func TestShowOutcome(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "exercises", "01-coin-flips")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "coinflips.go"), []byte("package coinflips\n\tx := 3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "solutions", "01-coin-flips"), 0o755); err != nil {
		t.Fatal(err)
	}
	passed := check.Result{Task: "running", Func: "Running", Points: 3, State: check.Passed, Calls: 8, Hint: "H1"}
	failed := check.Result{Task: "paths", Func: "Paths", Points: 4, State: check.Failed, Calls: 7, Wrong: 2, Idea: "I2", Hint: "H2",
		First: &check.Failure{Call: "Paths(1)", Got: "2", Want: "3", Why: "off by 1"}}
	fresh := check.Result{Task: "interval", Func: "Interval", Points: 4, State: check.Untouched, Where: "exercises/01-coin-flips/coinflips.go:9", Hint: "H3"}
	for _, c := range []struct {
		name    string
		outcome exercise.Outcome
		hint    bool
		wrong   int
		want    []string
		not     []string
	}{
		{"mixed", exercise.Outcome{Report: &check.Report{Exercise: "01-coin-flips", Title: "T", Tasks: []check.Result{passed, failed, fresh}}}, false, 1,
			[]string{"✓ running          3/3", "✗ paths            0/4", "Paths(1)", "recheck: I2", "○ interval         0/4  not started: write Interval in exercises/01-coin-flips/coinflips.go:9", "3 of 11 points; add --hint"}, []string{"H1", "H2", "H3", "solutions"}},
		{"hints", exercise.Outcome{Report: &check.Report{Exercise: "01-coin-flips", Tasks: []check.Result{passed, failed, fresh}}}, true, 1,
			[]string{"hint: H2", "hint: H3"}, []string{"H1"}},
		{"all passed", exercise.Outcome{Report: &check.Report{Exercise: "01-coin-flips", Tasks: []check.Result{passed}}}, false, 0,
			[]string{"3 of 3 points. Well done. Compare with solutions/01-coin-flips"}, nil},
		{"no such task", exercise.Outcome{Report: &check.Report{Exercise: "01-coin-flips", Known: []string{"a", "b"}}}, false, 1, []string{"no such task. Its tasks are a, b."}, nil},
		{"does not compile", exercise.Outcome{ID: "01-coin-flips", Broken: []string{"exercises/01-coin-flips/coinflips.go:2:2: syntax error", "tests/01-coin-flips/01_test.go:18:29: undefined: student.Paths"}}, false, 1,
			[]string{"does not compile", "> x := 3", "the function Paths is missing in exercises/01-coin-flips"}, nil},
		{"ended", exercise.Outcome{ID: "01-coin-flips", Ended: []string{"panic: no"}}, false, 1, []string{"ended before any task", "panic: no"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if wrong := showOutcome(&out, root, c.outcome, c.hint); wrong != c.wrong {
				t.Errorf("%d wrong, want %d", wrong, c.wrong)
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("it says\n%s\nwithout %q", &out, want)
				}
			}
			for _, not := range c.not {
				if strings.Contains(out.String(), not) {
					t.Errorf("it says\n%s\nwith %q", &out, not)
				}
			}
		})
	}
}
