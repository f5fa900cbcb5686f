package jupyter

import (
	"context"
	"errors"
	"fmt"
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

// After an interrupt GoNB itself kills the cell's program within 5 s. A kernel
// that is not idle after this long does not come back.
const interruptGrace = 10 * time.Second

// Execute runs code and waits for both its reply and its idle status.
//
// After limit (0: none) the cell is interrupted, and the kernel lives; when
// that does not bring it back within ten seconds, or when ctx ends, the kernel
// is killed.
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
			r.Err = fmt.Errorf("%w: %v a cell", ErrTimeout, limit) // wins over what the interrupt makes the cell report
			late, grace = nil, time.After(interruptGrace)
			k.Interrupt()
		case <-ctx.Done():
			k.kill()
			r.Err = context.Cause(ctx)
			return r
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
	if e, ok := r.Err.(*CellError); ok {
		e.explain(col.finish())
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
