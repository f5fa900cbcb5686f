package jupyter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Result is what one cell gave.
type Result struct {
	Outputs []*Output
	Count   int           // the kernel's execution count, 0 when it gave none
	Took    time.Duration // from sending the cell to its last message
	Err     error         // nil, *CellError, ErrTimeout, ErrKernelDied or the context's error
}

// Errors of a run that are not the cell's own.
var (
	ErrTimeout    = errors.New("the time limit was reached")
	ErrKernelDied = errors.New("kernel died")
)

// A CellError is an error the kernel reports for a cell: code that does not
// compile, a panic, an exit code, a failing test.
type CellError struct {
	Name, Value string
	Traceback   []string
}

func (e *CellError) Error() string {
	s := e.Value
	if s == "" {
		s = strings.Join(e.Traceback, "\n")
	}
	return strings.TrimSpace(stripANSI(s))
}

// After an interrupt GoNB itself kills the cell's program within 5 s. A kernel
// that is not idle after this long does not come back.
const interruptGrace = 10 * time.Second

// Execute runs code and waits for both its reply and its idle status.
//
// After limit (0: none), or when ctx ends, the cell is interrupted; when even
// that does not bring the kernel back within ten seconds, the kernel is killed.
func (k *Kernel) Execute(ctx context.Context, code string, limit time.Duration) (r Result) {
	start := time.Now()
	col := collector{displays: k.displays}
	defer func() { r.Outputs, r.Took = col.finish(), time.Since(start) }()
	if !k.Alive() {
		r.Err = fmt.Errorf("%w: %w", ErrKernelDied, k.errDead())
		return r
	}
	id, err := k.send(k.shell, "execute_request", map[string]any{
		"code": code, "silent": false, "store_history": true, "user_expressions": map[string]any{},
		"allow_stdin": false, "stop_on_error": true,
	})
	if err != nil {
		r.Err = fmt.Errorf("jupyter: cannot send the cell: %w", err)
		return r
	}
	var late, grace <-chan time.Time
	if limit > 0 {
		late = time.After(limit)
	}
	stop := ctx.Done()
	interrupt := func(why error) { // why wins over the error that the interrupt makes the cell report
		r.Err = why
		late, stop, grace = nil, nil, time.After(interruptGrace)
		k.Interrupt()
	}
	replies, events := k.replies, k.events
	for idle, replied := false, false; !idle || !replied; {
		select {
		case m, ok := <-replies:
			if !ok {
				replies = nil // the socket is gone; the process will be too
			}
			if !ok || m.Parent != id || m.Type != "execute_reply" {
				continue
			}
			replied = true
			if n, ok := m.Content["execution_count"].(float64); ok {
				r.Count = int(n)
			}
			if m.str("status") != "ok" && r.Err == nil {
				r.Err = &CellError{Name: m.str("ename"), Value: m.str("evalue")}
			}
		case m, ok := <-events:
			if !ok {
				events = nil
			}
			if !ok || m.Parent != id {
				continue
			}
			switch m.Type {
			case "status":
				idle = m.str("execution_state") == "idle"
			default:
				col.add(m)
			}
		case <-late:
			interrupt(fmt.Errorf("%w: %v a cell", ErrTimeout, limit))
		case <-stop:
			interrupt(context.Cause(ctx))
		case <-grace:
			k.kill()
			r.Err = fmt.Errorf("%w; the cell ignored the interrupt, so its kernel was killed", r.Err)
			return r
		case <-k.dead:
			k.drain(id, &col)
			if r.Err == nil {
				r.Err = fmt.Errorf("%w: %w", ErrKernelDied, k.errDead())
			}
			return r
		}
	}
	if e, ok := r.Err.(*CellError); ok { // the error output says more than the reply
		for _, o := range col.outputs {
			if o.Type == "error" {
				e.Name, e.Value, e.Traceback = o.EName, o.EValue, o.Traceback
			}
		}
	}
	return r
}

// drain takes what a dead kernel still said.
func (k *Kernel) drain(id string, col *collector) {
	for {
		select {
		case m, ok := <-k.events:
			if !ok {
				return
			}
			if m.Parent == id {
				col.add(m)
			}
		case <-time.After(200 * time.Millisecond):
			return
		}
	}
}
