package exercise

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/credence-bnn/credence/internal/proc"
	"github.com/credence-bnn/credence/tests/check"
)

// startLimit is how long a test program may take before it comes to its tasks.
// Only a student's variables and init functions run until then; what the tasks
// may take, package check decides.
const startLimit = 15 * time.Second

// Run checks the targets in the checkout at root and calls each, if not nil,
// with every outcome as it comes, in their order. An exercise that nobody
// touched is not built for that. The error is for what has nothing to do with
// a student's code: no go command, a cancelled context, a full disk.
func Run(ctx context.Context, root string, targets []Target, each func(Outcome)) ([]Outcome, error) {
	reports, err := os.MkdirTemp("", "credence-check-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(reports)
	var ids []string // to be built
	fresh := map[string]check.Report{}
	for _, t := range targets {
		if e := registered(t.ID); e != nil {
			if rep, ok := e.Fresh(os.DirFS(Dir(root, t.ID))); ok {
				fresh[t.ID] = rep
				continue
			}
		}
		ids = append(ids, t.ID)
	}
	bin := filepath.Join(root, "out", "check") // the linker has nothing to do when nothing changed
	broken, err := build(ctx, root, bin, ids)
	if err != nil {
		return nil, err
	}
	var outcomes []Outcome
	for _, t := range targets {
		o := Outcome{ID: t.ID, Broken: broken[t.ID]}
		if rep, ok := fresh[t.ID]; ok {
			if t.Task != "" {
				rep.Tasks = slices.DeleteFunc(rep.Tasks, func(r check.Result) bool { return r.Task != t.Task })
			}
			o.Report = &rep
		} else if o.Broken == nil {
			if o.Report, o.Ended, err = runOne(ctx, root, bin, reports, t); err != nil {
				return nil, err
			}
		}
		outcomes = append(outcomes, o)
		if each != nil {
			each(o)
		}
	}
	return outcomes, nil
}

// build makes the test programs of ids in bin, and says why one cannot be made.
func build(ctx context.Context, root, bin string, ids []string) (broken map[string][]Problem, err error) {
	broken = map[string][]Problem{}
	if len(ids) == 0 {
		return broken, nil
	}
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return nil, err
	}
	out, err := goTest(ctx, root, bin, ids)
	if err == nil || ctx.Err() != nil || errors.Is(err, exec.ErrNotFound) {
		return broken, err
	}
	for _, id := range ids { // one after the other, to tell whose fault it is
		if len(ids) > 1 {
			if out, err = goTest(ctx, root, bin, []string{id}); err == nil {
				continue
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		broken[id] = problems(root, id, out)
		if !slices.ContainsFunc(broken[id], func(p Problem) bool { return strings.HasPrefix(p.File, "exercises/") }) {
			return nil, fmt.Errorf("the tests of %s cannot be built, and exercises/%s seems not to be the reason (%w):\n%s", id, id, err, strings.TrimSpace(out))
		}
	}
	return broken, nil
}

func goTest(ctx context.Context, root, bin string, ids []string) (string, error) {
	// Panics are located by full paths, hence no -trimpath.
	args := []string{"test", "-c", "-vet=off", "-trimpath=false", "-ldflags=-w", "-o", bin + string(filepath.Separator)}
	for _, id := range ids {
		args = append(args, "./tests/"+id)
	}
	if _, err := exec.LookPath("go"); err != nil {
		return "", fmt.Errorf("the go command is not on PATH: install Go from https://go.dev/dl and start again (%w)", exec.ErrNotFound)
	}
	cmd := proc.Command(ctx, "go", args...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOWORK=off")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.String(), err
}

// runOne runs a test program. ended are its last words when it left no report.
func runOne(ctx context.Context, root, bin, reports string, t Target) (rep *check.Report, ended []string, err error) {
	program := filepath.Join(bin, t.ID+".test")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	run := "^Test$"
	if t.Task != "" {
		run += "/^" + regexp.QuoteMeta(t.Task) + "$"
	}
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cmd := proc.Command(limited, program, "-test.run="+run)
	cmd.Dir = filepath.Join(root, "tests", t.ID)
	cmd.Env = append(os.Environ(), check.ReportEnv+"="+reports)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := filepath.Join(reports, t.ID+".began")
	idle := time.AfterFunc(startLimit, func() {
		if _, err := os.Stat(began); err != nil {
			cancel(errInit)
		}
	})
	defer idle.Stop()
	runErr := cmd.Run()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	raw, err := os.ReadFile(filepath.Join(reports, t.ID+".json"))
	switch {
	case err == nil:
		rep = new(check.Report)
		if err := json.Unmarshal(raw, rep); err != nil {
			return nil, nil, fmt.Errorf("the report of %s cannot be read: %w", t.ID, err)
		}
		return rep, nil, nil
	case context.Cause(limited) == errInit:
		return nil, []string{errInit.Error()}, nil
	case runErr == nil && out.Len() == 0 || errors.As(runErr, new(*exec.ExitError)):
		return nil, lastWords(strings.Split(filepath.ToSlash(out.String()), "\n")), nil
	}
	return nil, nil, fmt.Errorf("the tests of %s say nothing (%v):\n%s", t.ID, runErr, strings.TrimSpace(out.String()))
}

var errInit = fmt.Errorf("it did not come to its tasks within %v: does a variable at the top of a file, or an init function, wait or loop?", startLimit)

// student matches a frame of a stack that lies in an exercise.
var student = regexp.MustCompile(`\t.*/(exercises/\d\d-[a-z0-9-]+/[^/]+\.go:\d+)`)

// lastWords keeps of a program's output what a student can use: the message
// and the places in files of exercises, not the stack of the runtime.
func lastWords(lines []string) []string {
	var words []string
	stack := false
	for _, line := range lines {
		switch m := student.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "goroutine "):
			stack = true
		case m != nil:
			if at := "at " + m[1]; !slices.Contains(words, at) {
				words = append(words, at)
			}
		case !stack && strings.TrimSpace(line) != "" && line != "FAIL" && line != "PASS" && !strings.HasPrefix(line, "exit status"):
			words = append(words, line)
		}
	}
	const most = 12
	if len(words) > most {
		words = append(words[:most], "…")
	}
	if words == nil {
		words = []string{"it printed nothing: does an init function call os.Exit?"}
	}
	return words
}
