// Package notebooks holds the chapters of the course and their tests.
//
// TestCommitted reads the chapters as they are in the repository; it needs no
// kernel. TestExecuted runs each through the real kernel. For one chapter:
//
//	go test ./notebooks -run '/02'
package notebooks

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/credence-bnn/credence/internal/chapter"
	"github.com/credence-bnn/credence/internal/jupyter"
	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/internal/lab"
)

// A chapter computes for at most a minute on two cores, the ones named here
// for two. Processor time is measured, not the clock's: other tests may run
// beside.
const (
	budget = 60 * time.Second
	cores  = 2
)

// slow lists the chapters with twice the budget, and why.
var slow = map[string]string{
	"07-mc-dropout": "trains the networks of the four-panel CO2 figure",
}

// noChapter lists the notebooks that do not have the form of a chapter, and why.
// All else is asked of them, too.
var noChapter = map[string]string{
	"00-welcome": "shows how notebooks and exercises work: it has no idea of its own to build, to break and to recall",
}

// chapters calls test for each notebook of this directory.
func chapters(t *testing.T, test func(t *testing.T, file, slug string)) {
	files, err := filepath.Glob("*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatalf("no notebooks here: %v", err)
	}
	for _, file := range files {
		slug := strings.TrimSuffix(file, ".ipynb")
		t.Run(slug, func(t *testing.T) { test(t, file, slug) })
	}
}

// report fails the test with each complaint.
func report(t *testing.T, what string, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The chapters in the repository are executed, their numbers agree with their
// own outputs, and they have the form of a chapter.
func TestCommitted(t *testing.T) {
	chapters(t, func(t *testing.T, file, slug string) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > chapter.MaxBytes {
			t.Errorf("%d bytes, at most %d are wanted", len(b), chapter.MaxBytes)
		}
		nb, err := jupyter.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := nb.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("the file is not as Jupyter would write it (%v): run it with `credence run` and take out/%s", err, file)
		}
		report(t, "nbformat", nb.Validate())
		report(t, "outputs", chapter.Outputs(nb)...)
		report(t, "numbers", chapter.Numbers(nb)...)
		if noChapter[slug] == "" {
			report(t, "template", chapter.Template(nb, slug)...)
		}
		checkPage(t, nb, file)
	})
}

// Each chapter runs in the real kernel, from nothing: no cell fails, the numbers
// of its prose come out again, and what is committed is what comes out.
func TestExecuted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("GoNB has no native Windows kernel; use WSL")
	}
	if testing.Short() {
		t.Skip("executes all chapters")
	}
	dir, err := lab.Kernel(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	spec, err := jupyter.ReadSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	turn := make(chan struct{}, 2) // two at a time
	chapters(t, func(t *testing.T, file, slug string) {
		t.Parallel()
		turn <- struct{}{}
		defer func() { <-turn }()
		limit := budget
		if slow[slug] != "" {
			limit *= 2
		}
		nb, used := execute(t, spec, file, limit)
		if used > cores*limit {
			t.Errorf("used %.0f s of processor time, at most %d × %v are allowed", used.Seconds(), cores, limit)
		}
		t.Logf("%.1f s of processor time, of %d × %v", used.Seconds(), cores, limit)
		committed, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		report(t, "outputs", chapter.Stale(committed, nb, kernels.Active() >= kernels.AVX2 && os.Getenv("CREDENCE_KERNELS") != "gonum")...)
		b, err := nb.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > chapter.MaxBytes {
			t.Errorf("%d bytes when executed, at most %d are wanted", len(b), chapter.MaxBytes)
		}
		report(t, "nbformat", nb.Validate())
		report(t, "outputs", chapter.Outputs(nb)...)
		report(t, "numbers", chapter.Numbers(nb)...)
		checkPage(t, nb, file)
	})
}

// execute runs one notebook with an empty cache of trainings and returns the
// processor time it took, compiling and linking of the cells included.
func execute(t *testing.T, spec *jupyter.Spec, file string, limit time.Duration) (*jupyter.Notebook, time.Duration) {
	nb, err := jupyter.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	used, err := run(t, spec, nb, limit)
	if err != nil {
		t.Fatal(err)
	}
	return nb, used
}

// run executes nb from nothing.
func run(t *testing.T, spec *jupyter.Spec, nb *jupyter.Notebook, limit time.Duration) (time.Duration, error) {
	// By the clock a chapter has five times its budget: other packages' tests
	// use the same cores.
	ctx, cancel := context.WithTimeoutCause(t.Context(), 5*limit, errors.New("the chapter takes far too long"))
	defer cancel()
	k, err := jupyter.Start(ctx, spec, jupyter.StartOptions{
		Args: []string{"-raw_error=true"},
		Env:  []string{"CREDENCE_CACHE=" + t.TempDir()}, // nb.Once starts from nothing
	})
	if err != nil {
		return 0, err
	}
	err = jupyter.Run(ctx, k, nb, jupyter.RunOptions{})
	k.Close()
	return k.CPU(), err
}

// checkPage renders the notebook and checks the page.
func checkPage(t *testing.T, nb *jupyter.Notebook, file string) {
	t.Helper()
	html, err := jupyter.Page(nb, jupyter.PageOptions{Name: file})
	report(t, "page", err)
	report(t, "page", chapter.Page(html)...)
}
