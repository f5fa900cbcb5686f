package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// progress tells how several notebooks fare. On a terminal one live line shows
// all that run; in both cases a line stays for each that has ended.
type progress struct {
	w     io.Writer
	width int // columns of the terminal; 0: no terminal, no live line

	mu    sync.Mutex
	total int
	ended int
	live  []*running
	stop  chan struct{}
	done  sync.WaitGroup
	once  sync.Once
}

// running is one notebook at work.
type running struct {
	p     *progress
	file  string
	since time.Time
	step  jupyter.Step
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{w: w, total: total, stop: make(chan struct{})}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.width, _, _ = term.GetSize(int(f.Fd()))
	}
	if p.width > 0 {
		p.done.Go(p.redraw)
	}
	return p
}

func (p *progress) redraw() {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-tick.C:
			p.mu.Lock()
			p.erase()
			fmt.Fprint(p.w, p.line())
			p.mu.Unlock()
		}
	}
}

// line is the live line, cut to the terminal.
func (p *progress) line() string {
	parts := []string{fmt.Sprintf("%d/%d", p.ended, p.total)}
	for _, r := range p.live {
		parts = append(parts, fmt.Sprintf("%s cell %d/%d %.0fs", name(r.file), r.step.Code, r.step.Of, time.Since(r.since).Seconds()))
	}
	s := []rune(strings.Join(parts, " · "))
	if len(s) >= p.width {
		s = append(s[:p.width-2], '…')
	}
	return string(s)
}

func (p *progress) erase() {
	if p.width > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// close takes the live line away. It may be called twice.
func (p *progress) close() {
	p.once.Do(func() {
		close(p.stop)
		p.done.Wait()
		p.erase()
	})
}

func (p *progress) start(file string) *running {
	r := &running{p: p, file: file, since: time.Now()}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.live = append(p.live, r)
	return r
}

// cell is called before each cell.
func (r *running) cell(s jupyter.Step) {
	r.p.mu.Lock()
	defer r.p.mu.Unlock()
	r.step = s
}

// end writes the line that stays.
func (r *running) end(page string, err error) {
	p := r.p
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended++
	for i, l := range p.live {
		if l == r {
			p.live = append(p.live[:i], p.live[i+1:]...)
			break
		}
	}
	p.erase()
	took := time.Since(r.since).Seconds()
	if err != nil {
		fmt.Fprintf(p.w, "✗ %s: %v\n", r.file, err)
		if page != "" {
			fmt.Fprintf(p.w, "  (%.1f s; as far as it got: %s)\n", took, page)
		}
		return
	}
	fmt.Fprintf(p.w, "✓ %s: %d cells, %.1f s → %s\n", r.file, r.step.Of, took, page)
}

func name(file string) string { return strings.TrimSuffix(filepath.Base(file), ".ipynb") }
