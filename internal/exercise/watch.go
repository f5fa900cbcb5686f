package exercise

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// look is how often Watch looks. It asks for names, times and sizes, not for
// events: some tens of files cost nothing, and it works on network drives and
// in containers, where no events come.
const look = 200 * time.Millisecond

// Watch calls run, and calls it again after each change to a Go file in dirs,
// until ctx ends. It waits until the files are quiet: saving is often several
// writes. A run that is under way then is cancelled first. An error ends it.
func Watch(ctx context.Context, dirs []string, run func(context.Context) error) error {
	seen := fingerprint(dirs)
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		running, cancel := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- run(running) }()
		for ended, last := false, seen; ; {
			select {
			case err := <-done:
				ended = true
				done = nil
				if err != nil && ctx.Err() == nil {
					cancel()
					return err
				}
				continue
			case <-tick.C:
			case <-ctx.Done():
				cancel()
				if !ended {
					<-done
				}
				return ctx.Err()
			}
			now := fingerprint(dirs)
			quiet := now == last
			last = now
			if !quiet || now == seen {
				continue
			}
			seen = now
			cancel()
			if !ended {
				<-done
			}
			break
		}
	}
}

// fingerprint changes when a Go file in dirs does.
func fingerprint(dirs []string) string {
	var b strings.Builder
	for _, dir := range dirs {
		names, _ := filepath.Glob(filepath.Join(dir, "*.go")) // sorted
		for _, name := range names {
			if info, err := os.Stat(name); err == nil {
				fmt.Fprintln(&b, name, info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return b.String()
}
