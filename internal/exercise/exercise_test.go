package exercise

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

// checkout copies what a student's checkout needs to check exercises into a
// folder of the test's own, with the files of exercises/ as first found.
func checkout(t testing.TB) string {
	t.Helper()
	root, here := filepath.Join("..", ".."), t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		raw, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(here, name), string(raw))
	}
	if err := os.CopyFS(filepath.Join(here, "tests"), os.DirFS(filepath.Join(root, "tests"))); err != nil {
		t.Fatal(err)
	}
	ids, err := List(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		stub := filepath.Join(root, "tests", id, filepath.FromSlash(check.StubDir))
		if err := os.CopyFS(filepath.Join(here, "exercises", id), os.DirFS(stub)); err != nil {
			t.Fatal(err)
		}
	}
	return here
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces text in the student's file.
func edit(t *testing.T, name string, oldnew ...string) {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(text, oldnew[i]) {
			t.Fatalf("%s does not contain %q", name, oldnew[i])
		}
		text = strings.Replace(text, oldnew[i], oldnew[i+1], 1)
	}
	write(t, name, text)
}

const (
	frequency = "func Frequency(flips []bool) float64 {\n\treturn math.NaN()"
	running   = "func Running(flips []bool) []float64 {\n\treturn nil"
	stderror  = "func StandardError(theta float64, n int) float64 {\n\treturn math.NaN()"
	interval  = "lo, hi float64) {\n\treturn math.NaN(), math.NaN()"
	needed    = "func FlipsNeeded(theta, margin, z float64) int {\n\treturn 0"
	paths     = "rng *rand.Rand) [][]float64 {\n\treturn nil"
)

// TestRun plays a student who gets one task right and every other one wrong in
// a way of its own: each costs only its own points, and is told as what it is.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and runs test binaries, and waits five seconds for an endless loop")
	}
	root := checkout(t)
	mine := filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go")
	edit(t, mine,
		frequency, "func Frequency(flips []bool) float64 {\n\th := 0.0\n\tfor _, f := range flips {\n\t\tif f {\n\t\t\th++\n\t\t}\n\t}\n\treturn h / float64(len(flips))",
		running, "func Running(flips []bool) []float64 {\n\tprintln(\"here\")\n\tvar f []float64\n\tf[0] = 1\n\treturn f",
		stderror, "func StandardError(theta float64, n int) float64 {\n\tprintln(\"bye\")\n\tos.Exit(0)\n\treturn math.Pi",
		interval, "lo, hi float64) {\n\tfor lo < 1 {\n\t\thi++\n\t}\n\treturn lo, hi",
		needed, "func FlipsNeeded(theta, margin, z float64) int {\n\treturn 1 + FlipsNeeded(theta, margin, z)",
		paths, "rng *rand.Rand) [][]float64 {\n\tfor range 1000 {\n\t\tprintln(\"and again\")\n\t}\n\tvar all [][]float64\n\tfor {\n\t\tall = append(all, make([]float64, 1000))\n\t}",
		"\"math/rand/v2\"\n", "\"math/rand/v2\"\n\t\"os\"\n",
	)
	outcomes, err := Run(t.Context(), root, []Target{{ID: "01-coin-flips"}, {ID: "02-bayes-rule"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(outcomes); n != 2 || outcomes[0].Report == nil || outcomes[1].Report == nil {
		t.Fatalf("%d outcomes: %+v", n, outcomes)
	}
	if got, all := outcomes[0].Report.Points(); got != 2 || all != 20 {
		t.Errorf("%d of %d points, want 2 of 20", got, all)
	}
	for i, want := range []struct {
		state check.State
		says  []string
	}{
		{check.Passed, []string{"all 8 calls agree"}},
		{check.Failed, []string{"index out of range [0] with length 0", "exercises/01-coin-flips/coinflips.go:", "f[0] = 1", "| here"}},
		{check.Failed, []string{"StandardError(0.5, 5)", "ends the program (os.Exit", "| bye"}},
		{check.Failed, []string{"Interval(3, 5, 1.96)", "no answer after 5s", "coinflips.go:"}},
		{check.Failed, []string{"does a function call itself without end?", "coinflips.go:"}},
		{check.Failed, []string{"more than 1 GB of memory", "append(all", "| and again", "| … (more)"}},
	} {
		r := outcomes[0].Report.Tasks[i]
		said := strings.Join(r.Lines(), "\n")
		if r.State != want.state {
			t.Errorf("%s is %s, want %s:\n%s", r.Task, r.State, want.state, said)
		}
		for _, s := range want.says {
			if !strings.Contains(said, s) {
				t.Errorf("%s says\n%s\nwithout %q", r.Task, said, s)
			}
		}
		if strings.Contains(said, "goroutine ") {
			t.Errorf("%s shows a stack trace:\n%s", r.Task, said)
		}
	}
	for _, r := range outcomes[1].Report.Tasks {
		if r.State != check.Untouched || !strings.Contains(r.Lines()[0], "not started") {
			t.Errorf("%s is %s, want untouched", r.Task, r.State)
		}
	}
}

func TestRunBroken(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test binaries")
	}
	root := checkout(t)
	edit(t, filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go"), "return nil", "x := 1\n\treturn nil")
	edit(t, filepath.Join(root, "exercises", "02-bayes-rule", "bayesrule.go"), "import \"math\"", "import \"math\"\n\nvar one = []int{}[len(\"x\")]")
	outcomes, err := Run(t.Context(), root, []Target{{ID: "01-coin-flips"}, {ID: "02-bayes-rule"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b := outcomes[0].Broken; len(b) != 1 || b[0].File != "exercises/01-coin-flips/coinflips.go" || b[0].Line != 28 ||
		b[0].Message != "declared and not used: x" || b[0].Source != "x := 1" || b[0].Func != "Running" {
		t.Errorf("broken: %+v", b)
	}
	if e := strings.Join(outcomes[1].Ended, "\n"); !strings.Contains(e, "index out of range [1] with length 0") || !strings.Contains(e, "at exercises/02-bayes-rule/bayesrule.go:") || strings.Contains(e, "goroutine") {
		t.Errorf("ended: %q", e)
	}
	// One task, and a name that is none.
	edit(t, filepath.Join(root, "exercises", "01-coin-flips", "coinflips.go"), "x := 1\n", "")
	for task, n := range map[string]int{"running": 1, "nothing": 0} {
		outcomes, err := Run(t.Context(), root, []Target{{"01-coin-flips", task}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := outcomes[0].Report; r == nil || len(r.Tasks) != n || len(r.Known) != 6 {
			t.Errorf("%s: %+v", task, outcomes[0])
		}
	}
}

func TestFind(t *testing.T) {
	ids := []string{"01-coin-flips", "02-bayes-rule", "10-overconfidence"}
	for arg, want := range map[string]Target{
		"01-coin-flips":                        {"01-coin-flips", ""},
		"01-coin-flips/running":                {"01-coin-flips", "running"},
		"01":                                   {"01-coin-flips", ""},
		"02/grid":                              {"02-bayes-rule", "grid"},
		"./exercises/01-coin-flips/":           {"01-coin-flips", ""},
		"exercises/01-coin-flips/coinflips.go": {"01-coin-flips", ""},
		"tests/10-overconfidence":              {"10-overconfidence", ""},
		"0":                                    {},
		"":                                     {},
		"coin-flips":                           {"01-coin-flips", ""},
		"1/Running":                            {"01-coin-flips", "running"},
		"exercises/01-coin-flips/README.md":    {"01-coin-flips", ""},
		"01/sprinting":                         {},
		"flips":                                {},
	} {
		got, err := Find(ids, arg)
		if got != want || (err == nil) != (want != Target{}) {
			t.Errorf("Find(%q) = %v, %v", arg, got, err)
		}
	}
}
