package lab

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/credence-bnn/credence/internal/clone"
)

// Options say where to look and whom to tell. The zero value is the checkout
// around the current directory, in silence.
type Options struct {
	Dir      string    // a directory inside the checkout; "" is the current one
	Progress io.Writer // one line a step, or a spinner if it is a terminal; nil is silence
}

// Kernel returns the directory of the kernelspec "credence" (the one with
// kernel.json in it), after building the pinned kernel, goimports and gopls if
// they are not in the cache, writing the kernelspec if it is not there or the
// checkout was moved, and compiling the course's packages once, so that the
// first cell does not take half a minute.
//
// Only the first call needs a network, and takes a minute or two; later ones
// take some milliseconds. It is safe to call from several processes at once:
// one does the work, the others wait for it.
func Kernel(ctx context.Context, o Options) (dir string, err error) {
	s, err := prepare(ctx, o)
	if err != nil {
		return "", err
	}
	return filepath.Dir(s.spec()), nil
}

// A setup is a checkout with its kernel ready to start.
type setup struct {
	checkout string    // absolute, symbolic links resolved
	cache    string    // CacheDir
	home     string    // the checkout's own part of the cache
	tools    string    // directory of gonb, goimports and gopls
	go_      toolchain // the Go that builds cells
	progress io.Writer // never nil
}

// Data is JupyterLab's private data directory.
func (s *setup) data() string { return filepath.Join(s.home, "data") }

// Spec is the kernel.json of this checkout.
func (s *setup) spec() string {
	return filepath.Join(s.data(), "kernels", KernelName, "kernel.json")
}

// Prepare does the work of [Kernel].
func prepare(ctx context.Context, o Options) (*setup, error) {
	if runtime.GOOS == "windows" {
		return nil, ErrWindows
	}
	s := &setup{progress: o.Progress}
	if s.progress == nil {
		s.progress = io.Discard
	}
	var err error
	if s.checkout, err = clone.Root(o.Dir); err != nil {
		return nil, err
	}
	if strings.Contains(s.checkout, ",") {
		return nil, fmt.Errorf("the kernel cannot use a checkout with a comma in its path (%s): rename that directory", s.checkout)
	}
	if s.cache, err = CacheDir(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.cache, 0o700); err != nil {
		return nil, writeTrouble(err)
	}
	if s.go_, err = findGo(ctx, s.checkout); err != nil {
		return nil, err
	}
	unlock, err := lock(ctx, filepath.Join(s.cache, "lock"), func() {
		fmt.Fprintln(s.progress, "Another credence is installing; waiting for it …")
	})
	if err != nil {
		return nil, err
	}
	defer unlock()

	if err := s.buildTools(ctx); err != nil {
		return nil, err
	}
	var movedFrom string
	if s.home, movedFrom, err = settle(s.cache, s.checkout); err != nil {
		return nil, err
	}
	if movedFrom != "" {
		fmt.Fprintf(s.progress, "The checkout moved from %s to %s: its kernel is set up anew.\n", movedFrom, s.checkout)
	}
	if err := s.writeSpec(s.spec()); err != nil {
		return nil, err
	}
	if err := s.warm(ctx); err != nil {
		return nil, err
	}
	return s, nil
}
