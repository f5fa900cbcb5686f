package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// Options say what to write where.
type Options struct {
	Checkout string    // root directory of the course
	Source   string    // where its files can be read on the web, as https://host/path/; "" = nowhere
	Out      string    // directory of the site; made if it is not there
	Progress io.Writer // a line for each page; nil is silent
}

// Build writes the site. It returns the number of pages written, and one error for all
// that is wrong, a line for each: chapters that were not executed, formulas that do not
// parse, links that lead nowhere. All that could be written is there even then; but a
// cancelled ctx writes nothing.
func Build(ctx context.Context, o Options) (int, error) {
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	docs, err := collect(o.Checkout)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return 0, fmt.Errorf("cannot make the directory of the site: %w", err)
	}
	errs := make([]error, len(docs))
	turn := make(chan struct{}, runtime.NumCPU())
	var wait sync.WaitGroup
	var mu sync.Mutex
	for i, d := range docs {
		wait.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if ctx.Err() != nil {
				return
			}
			errs[i] = d.render(o, docs)
			mu.Lock()
			defer mu.Unlock()
			if errs[i] != nil {
				fmt.Fprintf(o.Progress, "✗ %s: see below\n", d.file)
			} else {
				fmt.Fprintf(o.Progress, "✓ %s\n", d.file)
			}
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	errs = append(errs, deadLinks(docs))
	pages := 0
	for i, d := range docs {
		if d.content == nil {
			continue
		}
		page, err := d.page(docs, i)
		if err == nil {
			err = jupyter.WriteFile(filepath.Join(o.Out, d.address()), page)
		}
		if err != nil {
			return pages, err
		}
		pages++
	}
	index, err := contents(docs)
	if err != nil {
		return pages, err
	}
	for name, text := range map[string][]byte{"index.html": index, "search.js": searchIndex(docs)} {
		if err := jupyter.WriteFile(filepath.Join(o.Out, name), text); err != nil {
			return pages, err
		}
	}
	return pages + 1, errors.Join(errs...)
}
