package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/cli"
)

// run executes one command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	return cli.Run(newRootCmd(), args, stdout, stderr)
}

// TestExerciseNew begins an exercise in a copy of the checkout and does what an
// author would: the proof holds, nothing is unlisted, and a student can start.
func TestExerciseNew(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test programs")
	}
	from, root := filepath.Join("..", ".."), t.TempDir()
	for _, name := range []string{"tests", "solutions", "exercises"} {
		if err := os.CopyFS(filepath.Join(root, name), os.DirFS(filepath.Join(from, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	const id = "98-two-words"
	var out, errs bytes.Buffer
	if code := run([]string{"exercise", "new", id, "--title", `Means: "typical" numbers`}, &out, &errs); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, &out, &errs)
	}
	if !strings.Contains(out.String(), "exercises/98-two-words/twowords.go") || errs.Len() > 0 {
		t.Errorf("it says\n%s%s", &out, &errs)
	}
	golang := func(want string, args ...string) {
		t.Helper()
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	golang("", "go", "vet", "./tests/"+id, "./solutions/"+id, "./exercises/"+id)
	golang("ok", "go", "test", "./solutions", "./solutions/"+id) // the house test knows it
	golang("not started (2 points): write Mean in exercises/98-two-words/twowords.go:", "go", "test", "-v", "./tests/"+id)
	for _, dir := range []string{"exercises", "tests", "solutions"} {
		cmd := exec.Command("gofmt", "-l", dir+"/"+id, "tests/all")
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("gofmt: %v %s", err, out)
		}
	}
	errs.Reset()
	if code := run([]string{"exercise", "new", "98-other"}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "exercises/98-two-words is there already; each number is given once") {
		t.Errorf("a number twice: %d %s", code, &errs)
	}
	if _, err := os.Stat("exercises/98-other"); err == nil {
		t.Error("it wrote files all the same")
	}
}

func TestComplaints(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"exercise", "new"}, 2, "give one name NN-slug"},
		{[]string{"exercise", "new", "8-x"}, 2, "two digits, a hyphen and words in small letters"},
		{[]string{"exercise", "new", "08-Xy"}, 2, "two digits"},
		{[]string{"exercise", "nwe"}, 2, `unknown command "nwe", did you mean new?`},
		{[]string{"exercise", "new", "08-x", "--titel", "x"}, 2, "unknown flag"},
		{[]string{"grade"}, 2, `unknown command "grade"`},
		{[]string{"--help"}, 0, ""},
		{nil, 0, ""},
	} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.code || !strings.Contains(errs.String(), c.says) || strings.Count(errs.String(), "\n") > 1 {
			t.Errorf("%v: exit code %d, %q", c.args, code, &errs)
		}
	}
}

func TestListed(t *testing.T) {
	list := "package all\n\nimport (\n\t_ \"github.com/credence-bnn/credence/tests/01-a\"\n\t_ \"github.com/credence-bnn/credence/tests/05-b\"\n)\n"
	for id, before := range map[string]string{"03-c": "tests/05-b", "07-d": ")", "00-e": "tests/01-a"} {
		text := string(newExercise(id, "").listed([]byte(list)))
		_, after, ok := strings.Cut(text, "tests/"+id+"\"\n")
		if !ok || !strings.Contains(strings.SplitN(after, "\n", 2)[0], before) {
			t.Errorf("%s:\n%s", id, text)
		}
	}
}
