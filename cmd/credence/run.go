package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/jupyter"
	"github.com/credence-bnn/credence/internal/lab"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// runOptions are the flags of `credence run`.
type runOptions struct {
	out     string
	timeout time.Duration
	jobs    int
	fresh   bool
}

// newRunCmd is `credence run NOTEBOOK…`.
func newRunCmd() *cobra.Command {
	var o runOptions
	c := &cobra.Command{
		Use:   "run NOTEBOOK…",
		Short: "Execute notebooks without a browser and write them as HTML",
		Long: `Run executes notebooks from top to bottom in the pinned kernel, several side by
side, without Python and without a browser. For each it writes NAME.html, one
page that needs nothing from the net, and NAME.ipynb, with the new outputs.
The notebooks themselves stay as they are. Trainings that nb.Once kept from
before are reused; --fresh trains anew, for outputs to be committed.

A notebook stops at its first failing cell; the others go on. The exit code is
1 if one failed, and the last lines say which cell of which notebook, and why.`,
		Example: `  credence run notebooks/02-bayes-rule.ipynb
  credence run notebooks/*.ipynb --out site --timeout 2m`,
		Args: cli.Usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runNotebooks(cmd.Context(), args, o, cmd.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&o.out, "out", "out", "directory for NAME.html and NAME.ipynb")
	c.Flags().DurationVar(&o.timeout, "timeout", 5*time.Minute, "time limit of each cell; it is interrupted then, and the notebook has failed")
	c.Flags().BoolVar(&o.fresh, "fresh", false, "reuse no training of an earlier run")
	c.Flags().IntVar(&o.jobs, "jobs", runtime.NumCPU(), "how many notebooks run side by side")
	return c
}

// runNotebooks is the command without its flags' parsing. Progress and
// failures go to stderr; the error says how many failed.
func runNotebooks(ctx context.Context, patterns []string, o runOptions, stderr io.Writer) error {
	if o.jobs < 1 {
		return fmt.Errorf("--jobs %d: at least one notebook must run at a time", o.jobs)
	}
	if o.timeout <= 0 {
		return fmt.Errorf("--timeout %v: a cell needs some time, as in --timeout 2m", o.timeout)
	}
	files, err := expand(patterns)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return fmt.Errorf("cannot make the directory for the results: %w", err)
	}
	dir, err := lab.Kernel(ctx, lab.Options{Progress: stderr})
	if err != nil {
		return err
	}
	spec, err := jupyter.ReadSpec(dir)
	if err != nil {
		return err
	}
	p := newProgress(stderr, len(files))
	defer p.close()
	turn := make(chan struct{}, min(o.jobs, len(files)))
	failed := make([]bool, len(files))
	var wait sync.WaitGroup
	for i, file := range files {
		wait.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if ctx.Err() != nil {
				return
			}
			r := p.start(file)
			pages, err := runOne(ctx, spec, file, o, r)
			if ctx.Err() == nil {
				failed[i] = err != nil
				r.end(pages, err)
			}
		})
	}
	wait.Wait()
	p.close()
	if ctx.Err() != nil {
		return fmt.Errorf("stopped: %w; unfinished notebooks wrote nothing", context.Cause(ctx))
	}
	n := 0
	for _, f := range failed {
		if f {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%d of %d notebooks failed", n, len(files))
	}
	return nil
}

// runOne executes one notebook in a kernel of its own and writes the results,
// also those of a failed run, up to the failing cell. A cancelled run writes
// nothing. It returns the names of the written page.
func runOne(ctx context.Context, spec *jupyter.Spec, file string, o runOptions, r *running) (page string, err error) {
	nb, err := jupyter.Read(file)
	if err != nil {
		return "", err
	}
	start := jupyter.StartOptions{
		Dir:  filepath.Dir(file),
		Args: []string{"-raw_error=true"}, // compiler messages as text, not as HTML
	}
	if o.fresh {
		dataDir, err := data.Dir() // it may lie in the cache that is replaced
		if err != nil {
			return "", err
		}
		cache, err := os.MkdirTemp("", "credence-fresh-*")
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(cache)
		start.Env = []string{"CREDENCE_CACHE=" + cache, "CREDENCE_DATA=" + dataDir}
	}
	k, err := jupyter.Start(ctx, spec, start)
	if err != nil {
		return "", err
	}
	defer k.Close()
	runErr := jupyter.Run(ctx, k, nb, jupyter.RunOptions{CellLimit: o.timeout, Before: r.cell})
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	name := strings.TrimSuffix(filepath.Base(file), ".ipynb")
	page = filepath.Join(o.out, name+".html")
	html, pageErr := jupyter.Page(nb, jupyter.PageOptions{Name: name + ".ipynb", Dir: filepath.Dir(file)})
	for _, err := range []error{
		jupyter.Write(filepath.Join(o.out, name+".ipynb"), nb),
		jupyter.WriteFile(page, html),
	} {
		if err != nil {
			return "", err
		}
	}
	if runErr != nil {
		return page, runErr
	}
	return page, pageErr
}

// expand resolves patterns, which a shell that knows none leaves to us, and
// refuses what cannot be meant before anything runs. A missing file is not
// refused here: the other notebooks run.
func expand(patterns []string) ([]string, error) {
	var files []string
	from := map[string]string{} // base name → file: the results lie in one directory
	for _, p := range patterns {
		matches := []string{p}
		if strings.ContainsAny(p, "*?[") {
			var err error
			if matches, err = filepath.Glob(p); err != nil {
				return nil, fmt.Errorf("%s: %w", p, err)
			}
			if len(matches) == 0 {
				return nil, fmt.Errorf("no notebook matches %s", p)
			}
		}
		for _, f := range matches {
			if info, err := os.Stat(f); err == nil && info.IsDir() {
				return nil, fmt.Errorf("%s is a directory: name notebooks, as in %s", f, filepath.Join(f, "*.ipynb"))
			}
			name := filepath.Base(f)
			switch before, ok := from[name]; {
			case ok && filepath.Clean(before) == filepath.Clean(f):
				continue // named twice
			case ok:
				return nil, fmt.Errorf("%s and %s would write the same page: run them apart, with two --out", before, f)
			}
			from[name] = f
			files = append(files, f)
		}
	}
	return files, nil
}
