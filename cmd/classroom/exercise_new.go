package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/clone"
	"github.com/credence-bnn/credence/internal/proc"
)

func newExerciseNewCmd() *cobra.Command {
	var title string
	c := &cobra.Command{
		Use:   "new NN-slug",
		Short: "Begin an exercise: all its files, with one small task that works",
		Long: `New writes every file of an exercise: stub, README, cases, solution, wrong
answers, proof. It holds one small task that works, so that every step from
there on can be tested. CONTRIBUTING.md says which file is what and goes on
from here.`,
		Example: `  classroom exercise new 15-normalising-flows --title "Normalising flows: bending a Gaussian"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return cli.BadUsage(cmd.CommandPath(), "give one name NN-slug, the name of its folders")
			}
			if !slug.MatchString(args[0]) {
				return cli.BadUsage(cmd.CommandPath(), fmt.Sprintf("%q is not two digits, a hyphen and words in small letters joined by hyphens, as in 15-normalising-flows", args[0]))
			}
			root, err := clone.Root("")
			if err != nil {
				return err
			}
			e := newExercise(args[0], title)
			if err := e.write(root); err != nil {
				return err
			}
			w := cmd.OutOrStdout()
			fmt.Fprintf(w, "Wrote exercises/%[1]s, tests/%[1]s, solutions/%[1]s and a line in tests/all/all.go.\n", e.ID)
			if err := e.prove(cmd.Context(), root); err != nil {
				return err
			}
			fmt.Fprintf(w, `It has one task, Mean, and proves itself. Write your tasks beside it, and delete Mean from
all files at once when the first of yours proves itself. After each step

    go test ./solutions/%[1]s -regen          # expected answers, stub record, task list
    go run ./cmd/credence check --self %[1]s  # what does not hold yet

 1. exercises/%[1]s/%[2]s.go   the stub: what the function returns, as a formula
 2. solutions/%[1]s/%[2]s.go   the same, solved
 3. tests/%[1]s/cases.go       points, what it asks, hint, idea; the calls to try
 4. solutions/%[1]s/proof_test.go   two or more wrong answers a task
 5. exercises/%[1]s/README.md  what one can do after it, and what is out of scope

A further task has an entry in each of 1 to 4 and a line in tests/%[1]s/%[3]s_test.go and
solutions/%[1]s/solved.go. See "An exercise" in CONTRIBUTING.md.
`, e.ID, e.Package, e.ID[:2])
			return nil
		},
	}
	c.Flags().StringVar(&title, "title", "", `what it is about, "Subject: in some words" (by default made from the name)`)
	return c
}

var slug = regexp.MustCompile(`^\d\d(-[a-z][a-z0-9]*)+$`)

// An exercise is what the templates in scaffold/ know.
type exercise struct {
	ID, Number, Title string
	Package           string // its Go name, and that of its files
	Tests, Exercises  string // import paths without the ID
}

func newExercise(id, title string) exercise {
	words := id[3:]
	if title == "" {
		title = strings.ToUpper(words[:1]) + strings.ReplaceAll(words[1:], "-", " ")
	}
	const module = "github.com/credence-bnn/credence"
	return exercise{ID: id, Number: id[:2], Title: title, Package: strings.ReplaceAll(words, "-", ""), Tests: module + "/tests", Exercises: module + "/exercises"}
}

//go:embed scaffold
var scaffold embed.FS

// files returns the exercise's files by their paths in the checkout.
func (e exercise) files() (map[string][]byte, error) {
	stub, err := e.fill("stub.go.tmpl")
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{
		"exercises/" + e.ID + "/" + e.Package + ".go":           stub,
		"tests/" + e.ID + "/testdata/stub/" + e.Package + ".go": stub,
		"tests/" + e.ID + "/testdata/cases.json":                []byte("{}\n"), // until -regen
	}
	for path, name := range map[string]string{
		"exercises/" + e.ID + "/README.md":            "readme.md.tmpl",
		"tests/" + e.ID + "/cases.go":                 "cases.go.tmpl",
		"tests/" + e.ID + "/" + e.Number + "_test.go": "test.go.tmpl",
		"solutions/" + e.ID + "/" + e.Package + ".go": "solution.go.tmpl",
		"solutions/" + e.ID + "/solved.go":            "solved.go.tmpl",
		"solutions/" + e.ID + "/proof_test.go":        "proof.go.tmpl",
	} {
		if all[path], err = e.fill(name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (e exercise) fill(name string) ([]byte, error) {
	t, err := template.ParseFS(scaffold, "scaffold/"+name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, e)
	return b.Bytes(), err
}

// write puts the files in place. It changes nothing if a folder or the number
// is taken.
func (e exercise) write(root string) error {
	for _, dir := range []string{"exercises", "tests", "solutions"} {
		taken, err := filepath.Glob(filepath.Join(root, dir, e.Number+"-*"))
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return fmt.Errorf("%s/%s is there already; each number is given once", dir, filepath.Base(taken[0]))
		}
	}
	all := filepath.Join(root, "tests", "all", "all.go")
	list, err := os.ReadFile(all)
	if err != nil {
		return err
	}
	files, err := e.files()
	if err != nil {
		return err
	}
	files["tests/all/all.go"] = e.listed(list)
	for path, text := range files {
		name := filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, fs.FileMode(0o644)); err != nil {
			return err
		}
	}
	return nil
}

// listed adds the import of the exercise's tests in its place.
func (e exercise) listed(list []byte) []byte {
	lines := strings.Split(string(list), "\n")
	mine := fmt.Sprintf("\t_ %q", e.Tests+"/"+e.ID)
	at := slices.IndexFunc(lines, func(l string) bool { return l == ")" || strings.HasPrefix(l, "\t_ ") && l > mine })
	return []byte(strings.Join(slices.Insert(lines, max(at, 0), mine), "\n"))
}

// prove generates what is generated, and runs the proof.
func (e exercise) prove(ctx context.Context, root string) error {
	for _, args := range [][]string{{"-regen"}, nil} {
		cmd := proc.Command(ctx, "go", append([]string{"test", "-count=1", "./solutions/" + e.ID}, args...)...)
		cmd.Dir, cmd.Env = root, append(os.Environ(), "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("the new exercise does not prove itself (%w):\n%s", err, out)
		}
	}
	return nil
}
