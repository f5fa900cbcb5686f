package nb

import (
	"fmt"
	"math"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"golang.org/x/term"

	"github.com/credence-bnn/credence/pkg/bnn/progress"
)

// Monitor returns a function for a method's Monitor field that shows how far
// training is: a live bar with the time left and the course of the loss in a
// notebook, a bar on a terminal, and only a last line anywhere else.
//
//	post, err := bnn.VI{Steps: 2000, Monitor: nb.Monitor("VI")}.Fit(ctx, problem, rng)
//
// A progress.Report is a bnn.Progress. The bar ends with the step that equals Steps. Use one monitor for one training.
func Monitor(title string) func(progress.Report) {
	var b *Bar
	return func(p progress.Report) {
		if b == nil {
			if title == "" {
				title = p.Method
			}
			b = newBar(title, p.Steps)
			b.start = b.start.Add(-p.Elapsed)
		}
		b.set(p.Step, p.Loss)
	}
}

// A Bar shows the progress of a loop. It is safe for concurrent use.
type Bar struct {
	mu          sync.Mutex
	title       string
	id          string // of the output block in the notebook
	done, total int
	start, last time.Time
	loss        []float64 // of a training; NaN where not finite
	keepEvery   int       // one loss in so many is kept
	calls       int
	ended       bool
	tty         bool // standard error is a terminal
}

// updateEvery bounds the number of updates: ten a second.
const updateEvery = 100 * time.Millisecond

// Progress returns a bar for a plain loop of total steps; call Step after each. It
// ends by itself with the last step; a loop that may stop earlier calls Done.
//
//	bar := nb.Progress("simulating", 1000)
//	for range 1000 {
//		…
//		bar.Step()
//	}
func Progress(title string, total int) *Bar { return newBar(title, total) }

func newBar(title string, total int) *Bar {
	b := &Bar{title: title, total: total, start: time.Now(), keepEvery: 1}
	if inNotebook() {
		b.id = "progress_" + gonbui.UniqueId()
	} else {
		b.tty = term.IsTerminal(int(os.Stderr.Fd()))
	}
	return b
}

// Step counts one step as done.
func (b *Bar) Step() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.advance(b.done+1, nil)
}

// Done ends the bar where it is; further steps are not shown.
func (b *Bar) Done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.end()
}

func (b *Bar) set(done int, loss float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.advance(done, &loss)
}

func (b *Bar) advance(done int, loss *float64) {
	if b.ended {
		return
	}
	b.done = done
	if loss != nil {
		b.keep(*loss)
	}
	if b.done >= b.total {
		b.end()
		return
	}
	if now := time.Now(); now.Sub(b.last) >= updateEvery {
		b.last = now
		switch {
		case b.id != "":
			send(b.id, b.html(), b.title+": "+b.status())
		case b.tty:
			fmt.Fprint(os.Stderr, eraseLine, b.line())
		}
	}
}

// end shows the final state and waits until it is there.
func (b *Bar) end() {
	if b.ended {
		return
	}
	b.ended = true
	switch {
	case b.id != "":
		send(b.id, b.html(), b.title+": "+b.status())
		gonbui.Sync()
		return
	case b.tty:
		fmt.Fprint(os.Stderr, eraseLine)
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", b.title, b.status())
}

const eraseLine = "\r\x1b[K"

// line is the bar on a terminal: 30 places of it, and the rest in words. (A package for
// it would bring a web server along, and linking is nearly all of a warm cell's time.)
func (b *Bar) line() string {
	full := 0
	if b.total > 0 {
		full = min(30, max(0, 30*b.done/b.total))
	}
	return fmt.Sprintf("%s %s%s %s", b.title, strings.Repeat("█", full), strings.Repeat("░", 30-full), b.status())
}

// keep stores the loss for the small curve: at most 240 values, later ones thinned
// as the earlier ones were.
func (b *Bar) keep(loss float64) {
	if math.IsInf(loss, 0) {
		loss = math.NaN()
	}
	if b.calls++; (b.calls-1)%b.keepEvery == 0 {
		b.loss = append(b.loss, loss)
	} else {
		b.loss[len(b.loss)-1] = loss // the newest value is always there
	}
	if len(b.loss) >= 240 {
		half := b.loss[:0]
		for i := 0; i < len(b.loss); i += 2 {
			half = append(half, b.loss[i])
		}
		b.loss = half
		b.keepEvery *= 2
	}
}

// status is the bar in words: "1200 of 2000, 3 s left, loss 0.123".
func (b *Bar) status() string {
	s := fmt.Sprintf("%d of %d", b.done, b.total)
	spent := time.Since(b.start)
	switch {
	case b.ended && b.done >= b.total:
		s += ", done in " + seconds(spent)
	case b.ended:
		s += ", stopped after " + seconds(spent)
	case b.done > 0 && spent > time.Second/2:
		s += ", " + seconds(time.Duration(float64(spent)/float64(b.done)*float64(b.total-b.done))) + " left"
	}
	if n := len(b.loss); n > 0 {
		s += fmt.Sprintf(", loss %.4g", b.loss[n-1])
	}
	return s
}

func seconds(d time.Duration) string {
	switch {
	case d >= time.Minute:
		return d.Round(time.Second).String()
	case d >= 10*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
