package lab

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/credence-bnn/credence/internal/proc"
)

// Step runs a command that takes a while and shows what it is doing: on a
// terminal a spinner with the last line the command wrote, elsewhere one line.
// The error, if any, is one line that starts with "cannot " + what.
func step(ctx context.Context, to io.Writer, what string, c command) error {
	cmd := proc.Command(ctx, c.name, c.args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	stop := show(to, what, out)
	err := cmd.Run()
	stop(err == nil)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return commandTrouble(what, err, out.String())
	}
	return nil
}

// A command is what [step] runs; env nil means our own environment.
type command struct {
	dir, name string
	args, env []string
}

// Show reports that something has started; the returned function, that it has ended.
func show(to io.Writer, what string, out *tail) (stop func(ok bool)) {
	start := time.Now()
	title := strings.ToUpper(what[:1]) + what[1:]
	file, isFile := to.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		fmt.Fprintf(to, "%s …\n", title)
		return func(bool) {}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(file),
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetDescription(title),
		progressbar.OptionSetElapsedTime(true),
		progressbar.OptionClearOnFinish())
	done := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(150 * time.Millisecond):
				line := []rune(lastLine(out.String()))
				if len(line) > 40 {
					line = line[:40]
				}
				bar.Describe(title + "  " + string(line))
				bar.Add(1)
			}
		}
	})
	return func(ok bool) {
		close(done)
		wait.Wait()
		bar.Finish()
		if ok {
			fmt.Fprintf(file, "%s: %.0f s\n", title, time.Since(start).Seconds())
		}
	}
}

// A tail keeps the last 64 kB written to it. It is safe for concurrent use.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

const tailSize = 64 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p)
	if t.buf.Len() > 2*tailSize {
		t.buf.Next(t.buf.Len() - tailSize)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}
