package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

const (
	stubFrequency = "func Frequency(flips []bool) float64 {\n\treturn math.NaN()"
	goodFrequency = "func Frequency(flips []bool) float64 {\n\th := 0.0\n\tfor _, f := range flips {\n\t\tif f {\n\t\t\th++\n\t\t}\n\t}\n\treturn h / float64(len(flips))"
	stubRunning   = "func Running(flips []bool) []float64 {\n\treturn nil"
	goodRunning   = "func Running(flips []bool) []float64 {\n\tvar all []float64\n\tfor i := range flips {\n\t\tall = append(all, Frequency(flips[:i+1]))\n\t}\n\treturn all"
	stubError     = "n int) float64 {\n\treturn math.NaN()"
	badError      = "n int) float64 {\n\treturn theta"
	stubPositive  = "specificity float64) float64 {\n\treturn math.NaN()"
	goodPositive  = "specificity float64) float64 {\n\treturn sensitivity * prevalence / (sensitivity*prevalence + (1-specificity)*(1-prevalence))"
	spread        = "// Spread returns the distance of θ̂ from ½.\nfunc Spread(flips []bool) float64 {\n\treturn math.NaN()\n}\n"
)

// TestCourseUpdate lets a student work with one version of the course and go on with
// another, in which a task has a new name, one is new, a stub is worded differently and
// an exercise is gone. The program is built from each version, as go run would.
func TestCourseUpdate(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program twice")
	}
	root := t.TempDir()
	for _, dir := range []string{"cmd/check", "internal/checkcmd", "internal/cli", "internal/clone", "internal/exercise", "internal/proc", "tests"} {
		if err := os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("..", "..", dir))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		put(t, filepath.Join(root, name), get(t, filepath.Join("..", "..", name)))
	}
	stubs, err := filepath.Glob(filepath.Join(root, "tests", "*-*", filepath.FromSlash(check.StubDir)))
	if err != nil {
		t.Fatal(err)
	}
	for _, stub := range stubs {
		id := filepath.Base(filepath.Dir(filepath.Dir(stub)))
		if err := os.CopyFS(filepath.Join(root, "exercises", id), os.DirFS(stub)); err != nil {
			t.Fatal(err)
		}
	}
	coins := filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go")
	edit(t, coins, stubFrequency, goodFrequency, stubRunning, goodRunning, stubError, badError)
	edit(t, filepath.Join(root, "exercises", "02-bayes-rule", "bayesrule.go"), stubPositive, goodPositive)
	progress := filepath.Join(root, "exercises", "progress.json")

	credence := program(t, root)
	says(t, credence(1), "01-coin-flips                 5/20", "02-bayes-rule                 3/23", "First to look at: 01-coin-flips/standard-error", "  Course: 8 of ")
	says(t, get(t, progress), `"01-coin-flips/running": {"state":"passed"`, `"02-bayes-rule/positive": {"state":"passed"`)

	// The course changes: running is called curve now, spread is new, the comment of a
	// stub is better, exercise 02 is gone.
	cases := filepath.Join(root, "tests", "01-coin-flips")
	edit(t, filepath.Join(cases, "cases.go"),
		`Name: "running", Func: "Running"`, `Name: "curve", Func: "Running"`,
		"Cases: runs,\n\t\t},\n\t\t{\n\t\t\tName: \"standard-error\"", `Cases: func(*rand.Rand) []check.Case { return (&check.Spec{Name: "running", Cases: runs}).Calls(check.PublicSeed) },
		},
		{
			Name: "spread", Func: "Spread", Points: 2, Type: (func([]bool) float64)(nil), Asks: "Easy.", Hint: "-", Idea: "-", Cases: runs,
		},
		{
			Name: "standard-error"`)
	edit(t, filepath.Join(cases, "01_test.go"), `"running": `, `"curve": `, `"standard-error":`, `"spread": student.Spread, "standard-error":`)
	edit(t, filepath.Join(cases, "testdata", "cases.json"), `"running": [`, `"curve": [`)
	stub := filepath.Join(cases, filepath.FromSlash(check.StubDir), "coinflips.go")
	edit(t, stub, "// Paths simulates runs experiments", "// Paths makes runs experiments")
	put(t, stub, get(t, stub)+"\n"+spread)
	edit(t, filepath.Join(root, "tests", "all", "all.go"), "\t_ \"github.com/credence-bnn/credence/tests/02-bayes-rule\"\n", "")
	if err := os.RemoveAll(filepath.Join(root, "tests", "02-bayes-rule")); err != nil {
		t.Fatal(err)
	}
	credence = program(t, root)

	// Without the new stub (a git pull brings it, a copied folder does not).
	says(t, credence(1, "01"), "the function Spread is missing", "check 01-coin-flips/spread --reset adds it", "  Course: 2 of ")
	says(t, credence(0, "01/spread", "--reset"), "○ spread           0/2  not started")
	if text := get(t, coins); !strings.Contains(text, goodFrequency) || !strings.Contains(text, goodRunning) || !strings.Contains(text, badError) || !strings.Contains(text, spread) {
		t.Errorf("the student's functions are not as they were:\n%s", text)
	}

	out := credence(1)
	says(t, out, "✗ 01-coin-flips                 5/22", "2 passed, 1 not right yet, 4 not started", "First to look at: 01-coin-flips/standard-error", "  Course: 5 of ")
	if strings.Contains(out, "02-bayes-rule") {
		t.Errorf("an exercise that is gone is told:\n%s", out)
	}
	says(t, get(t, progress), `"01-coin-flips/curve": {"state":"passed"`, `"01-coin-flips/running": {"state":"passed"`, `"02-bayes-rule/positive": {"state":"passed"`)
	says(t, credence(0, "01/paths"), "○ paths ")   // as it came, though its stub is worded differently now
	says(t, credence(0, "01/running"), "✓ curve ") // by its function's name
	says(t, credence(2, "01/flip"), `no task "flip"; its tasks are frequency, curve, spread`)

	// On another machine: exercises/ is all that a student has to bring.
	here := get(t, progress)
	moved := t.TempDir()
	if err := os.Rename(filepath.Join(root, "exercises"), filepath.Join(moved, "exercises")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tests", "go.mod", "go.sum"} {
		if err := os.Rename(filepath.Join(root, name), filepath.Join(moved, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(moved)
	says(t, credence(1), "  Course: 5 of ")
	if now := get(t, filepath.Join(moved, "exercises", "progress.json")); now != here {
		t.Errorf("the progress is another one on another machine:\n%s\nwant\n%s", now, here)
	}
}

// program builds cmd/check of the checkout at root and returns what runs it there: with
// the exit code it must have, and its arguments.
func program(t *testing.T, root string) func(code int, args ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "check")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.Command("go", "build", "-o", binary, "./cmd/check")
	build.Dir, build.Env = root, append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Chdir(root)
	return func(code int, args ...string) string {
		t.Helper()
		out, err := exec.Command(binary, args...).CombinedOutput()
		got := 0
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			got = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if got != code {
			t.Errorf("check %v: exit code %d, want %d\n%s", args, got, code, out)
		}
		return string(out)
	}
}

func says(t *testing.T, out string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(out, w) {
			t.Errorf("it says\n%s\nwithout %q", out, w)
		}
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

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces pairs of texts in a file.
func edit(t *testing.T, name string, oldnew ...string) {
	t.Helper()
	text := get(t, name)
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			t.Fatalf("%s does not contain %q", name, oldnew[i])
		}
		text = strings.Replace(text, oldnew[i], oldnew[i+1], 1)
	}
	put(t, name, text)
}
