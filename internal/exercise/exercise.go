// Package exercise runs the tests of a checkout's exercises and brings home
// what became of each task. It knows the course only by its folders: the tests
// themselves tell titles, points and hints (see tests/check).
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
	"slices"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
	"github.com/credence-bnn/credence/tests/check"
)

// An Outcome is what became of one exercise. Exactly one of its parts is set.
type Outcome struct {
	ID     string
	Report *check.Report
	Broken []string // does not compile: the compiler's lines about it
	Ended  []string // the program ended before a task could run: its last words
}

// A Target is an exercise, or one task of it.
type Target struct {
	ID   string // "01-coin-flips"
	Task string // "standard-error", or "" for all
}

// folder matches the name of an exercise.
var folder = regexp.MustCompile(`^\d\d-[a-z0-9-]+$`)

// List returns the exercises of the checkout at root in order: the folders of
// exercises/ that tests/ knows as well.
func List(root string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(root, "exercises"))
	if err != nil {
		return nil, fmt.Errorf("the exercises are missing: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(root, "tests", e.Name())); err == nil && e.IsDir() && folder.MatchString(e.Name()) {
			ids = append(ids, e.Name())
		}
	}
	if ids == nil {
		return nil, fmt.Errorf("no exercises in %s", filepath.Join(root, "exercises"))
	}
	return ids, nil
}

// Find reads what a student types for one of ids: "01-coin-flips",
// "01-coin-flips/running", "01" or "exercises/01-coin-flips/".
func Find(ids []string, arg string) (Target, error) {
	name := strings.TrimPrefix(filepath.ToSlash(arg), "./")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "exercises/"), "tests/")
	name, task, _ := strings.Cut(strings.Trim(name, "/"), "/")
	if strings.HasSuffix(task, ".go") {
		task = "" // the file's name, completed by the shell
	}
	var fits []string
	for _, id := range ids {
		if id == name {
			return Target{id, task}, nil
		}
		if name != "" && strings.HasPrefix(id, name) {
			fits = append(fits, id)
		}
	}
	if len(fits) == 1 {
		return Target{fits[0], task}, nil
	}
	return Target{}, fmt.Errorf("no exercise is called %q; there are %s", arg, strings.Join(ids, ", "))
}

// Run runs the tests of the targets with `go test` in the checkout at root.
// The error is for what has nothing to do with a student's code: no go
// command, a cancelled context, a checkout whose own packages do not compile.
func Run(ctx context.Context, root string, targets []Target) ([]Outcome, error) {
	reports, err := os.MkdirTemp("", "credence-check-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(reports)

	// vet has nothing to say about the five lines of a test, and takes time.
	args := []string{"test", "-count=1", "-vet=off"}
	if len(targets) == 1 && targets[0].Task != "" {
		args = append(args, "-run", "^Test$/^"+regexp.QuoteMeta(targets[0].Task)+"$")
	}
	for _, t := range targets {
		args = append(args, "./tests/"+t.ID)
	}
	if _, err := exec.LookPath("go"); err != nil {
		return nil, errors.New("the go command is not on PATH: install Go from https://go.dev/dl and start again")
	}
	cmd := proc.Command(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", check.ReportEnv+"="+reports)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	runErr := cmd.Run()
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	words := said(out.String())
	var outcomes []Outcome
	for _, t := range targets {
		o := Outcome{ID: t.ID}
		raw, err := os.ReadFile(filepath.Join(reports, t.ID+".json"))
		switch {
		case err == nil:
			o.Report = new(check.Report)
			if err := json.Unmarshal(raw, o.Report); err != nil {
				return nil, fmt.Errorf("the report of %s cannot be read: %w", t.ID, err)
			}
		case words.broken[t.ID] != nil:
			o.Broken = words.broken[t.ID]
		case words.ended[t.ID] != nil:
			o.Ended = words.ended[t.ID]
		default:
			return nil, fmt.Errorf("go test says nothing about %s (%v):\n%s", t.ID, runErr, strings.TrimSpace(out.String()))
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// What go test said about exercises that left no report, by ID.
type sayings struct {
	broken map[string][]string // lines of the compiler
	ended  map[string][]string // what a program printed before it ended
}

var (
	compiler = regexp.MustCompile(`^(?:\./)?(?:exercises|tests)/(\d\d-[a-z0-9-]+)/[^/]+\.go:\d+`)
	listing  = regexp.MustCompile(`^(?:FAIL|ok)\s+\S+/tests/(\d\d-[a-z0-9-]+)\s`)
	student  = regexp.MustCompile(`\t.*/(exercises/\d\d-[a-z0-9-]+/[^/]+\.go:\d+)`)
)

func said(out string) sayings {
	s := sayings{map[string][]string{}, map[string][]string{}}
	var own []string // lines of the package under way; its FAIL line comes last
	for line := range strings.Lines(filepath.ToSlash(out)) {
		line = strings.TrimRight(line, "\n")
		if m := compiler.FindStringSubmatch(line); m != nil {
			s.broken[m[1]] = append(s.broken[m[1]], line)
			continue
		}
		m := listing.FindStringSubmatch(line)
		if m == nil {
			own = append(own, line)
			continue
		}
		if s.broken[m[1]] == nil && !strings.Contains(line, "[build failed]") {
			s.ended[m[1]] = lastWords(own)
		}
		own = nil
	}
	return s
}

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
		case !stack && strings.TrimSpace(line) != "" && line != "FAIL" && !strings.HasPrefix(line, "exit status"):
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
