// Package bench runs the long experiments whose results the course shows. Each is
// a list of jobs; a finished job is stored at once, so that a killed run goes on
// where it stopped and ends with the same file.
package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Result is what one experiment stores: where it came from, and a row a job.
type Result[R any] struct {
	Command string       `json:"command"`
	Commit  string       `json:"commit"`
	Machine string       `json:"machine"`
	Seconds float64      `json:"seconds"` // of computing, all jobs
	Rows    map[string]R `json:"rows"`    // by the job's key

	file string
	lock sync.Mutex // of Rows, Seconds and the file
}

// Open reads the result stored in file, or starts an empty one if there is none or
// fresh is set. It errs for a file that is no result of this command.
func Open[R any](file, command string, fresh bool) (*Result[R], error) {
	r := &Result[R]{Rows: map[string]R{}, file: file}
	b, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) || fresh:
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal(b, r); err != nil {
			return nil, fmt.Errorf("%s is damaged (%w); remove it, or start anew with --fresh", file, err)
		}
		if r.Command != command {
			return nil, fmt.Errorf("%s holds the result of %q, not of %q; remove it, or start anew with --fresh", file, r.Command, command)
		}
	}
	if r.Rows == nil {
		r.Rows = map[string]R{}
	}
	r.Command, r.Commit, r.Machine = command, commit(), fmt.Sprintf("%s/%s, %d cores, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	return r, nil
}

// Do runs the job with the given key unless its row is stored, and stores it. It is
// safe for concurrent use with different keys.
func (r *Result[R]) Do(key string, job func() (R, error)) error {
	if r.Stored(key) {
		return nil
	}
	begin := time.Now()
	row, err := job()
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.Rows[key] = row
	r.Seconds += time.Since(begin).Seconds()
	return r.save()
}

// Stored reports whether the job with this key is done.
func (r *Result[R]) Stored(key string) bool {
	r.lock.Lock()
	defer r.lock.Unlock()
	_, done := r.Rows[key]
	return done
}

// Row returns the stored row of the job with this key.
func (r *Result[R]) Row(key string) R {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.Rows[key]
}

// Each calls job for 0 … n−1, as many at once as there are processors, and returns
// the first error; after one no new job starts.
func Each(n int, job func(i int) error) error {
	var next, failed atomic.Int64
	errs := make([]error, n)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for failed.Load() == 0 {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = job(i); errs[i] != nil {
					failed.Store(1)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// save replaces the file in one step, so that it is never half written.
func (r *Result[R]) save() error {
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.file), 0o755); err != nil {
		return err
	}
	tmp := r.file + ".part"
	if err := os.WriteFile(tmp, append(b, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, r.file)
}

// commit is the version of the source, as far as the binary knows it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	rev, dirty := info.Main.Version, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			rev = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = " with changes"
		}
	}
	if rev == "" || rev == "(devel)" { // built without version control: ask it
		if out, err := exec.Command("git", "rev-parse", "HEAD").Output(); err == nil {
			rev = strings.TrimSpace(string(out))
		}
	}
	return rev + dirty
}
