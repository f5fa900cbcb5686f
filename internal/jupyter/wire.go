package jupyter

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// wire is the connection to a kernel: three sockets, a key and a session.
type wire struct {
	key     []byte
	session string
	mu      sync.Mutex // one sender at a time

	shell, control, iopub    zmq4.Socket
	replies, answers, events chan *message // what comes in on them
	cancel                   context.CancelFunc
	ready                    bool // the kernel has answered
}

// connect dials the three sockets and repeats kernel_info_request until its
// "idle" arrives on iopub: PUB/SUB has no handshake, so that is the only sign
// that the subscription works. dead ends the wait.
func (w *wire) connect(ctx context.Context, key []byte, ports []int, dead <-chan struct{}) error {
	w.key, w.session = key, newID()
	live, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	id := zmq4.WithID(zmq4.SocketIdentity(w.session))
	once := zmq4.WithDialerMaxRetries(0)        // dial below does the waiting, and can be stopped
	bound := zmq4.WithTimeout(10 * time.Second) // of sending to a kernel that has gone; else 5 minutes
	w.shell = zmq4.NewDealer(live, id, once, bound)
	w.iopub = zmq4.NewSub(live, once, bound)
	w.control = zmq4.NewDealer(live, id, once, bound)
	for _, s := range []struct {
		zmq4.Socket
		port int
	}{{w.shell, ports[0]}, {w.iopub, ports[1]}, {w.control, ports[3]}} {
		if err := dial(ctx, s.Socket, s.port, dead); err != nil {
			return err
		}
	}
	if err := w.iopub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		return fmt.Errorf("cannot subscribe to its output: %w", err)
	}
	w.replies, w.answers, w.events = w.pump(live, w.shell), w.pump(live, w.control), w.pump(live, w.iopub)
	go discard(w.answers) // replies to interrupts and shutdowns: read, so that nothing fills up
	for {
		ask, err := w.send(w.shell, "kernel_info_request", map[string]any{})
		if err != nil {
			return fmt.Errorf("cannot be asked for its info: %w", err)
		}
		if w.ready, err = w.awaitIdle(ctx, ask, dead); w.ready || err != nil {
			return err
		}
	}
}

// awaitIdle waits half a second for the idle status that answers request ask.
func (w *wire) awaitIdle(ctx context.Context, ask string, dead <-chan struct{}) (bool, error) {
	again := time.NewTimer(500 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case m, ok := <-w.events:
			if !ok {
				return false, errNoAnswer
			}
			if m.Parent == ask && m.str("execution_state") == "idle" {
				return true, nil
			}
		case _, ok := <-w.replies: // kernel_info_reply; the idle is what counts
			if !ok {
				return false, errNoAnswer
			}
		case <-again.C:
			return false, nil
		case <-dead:
			return false, fmt.Errorf("ended at once")
		case <-ctx.Done():
			return false, fmt.Errorf("%w: %w", errNoAnswer, ctx.Err())
		}
	}
}

// dial connects s to a port, again and again until the kernel listens.
func dial(ctx context.Context, s zmq4.Socket, port int, dead <-chan struct{}) error {
	for {
		err := s.Dial(fmt.Sprintf("tcp://127.0.0.1:%d", port))
		if err == nil {
			return nil
		}
		select {
		case <-time.After(30 * time.Millisecond):
		case <-dead:
			return fmt.Errorf("ended at once")
		case <-ctx.Done():
			return fmt.Errorf("does not listen: %w", err)
		}
	}
}

// pump reads s until it closes.
func (w *wire) pump(ctx context.Context, s zmq4.Socket) chan *message {
	c := make(chan *message, 1024)
	go func() {
		defer close(c)
		for {
			raw, err := s.Recv()
			if err != nil {
				return
			}
			m := decode(w.key, raw.Frames)
			if m == nil {
				continue
			}
			select {
			case c <- m:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

// send signs and sends a request and returns its id.
func (w *wire) send(s zmq4.Socket, typ string, content any) (string, error) {
	id, msg, err := encode(w.key, w.session, typ, content)
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return id, s.Send(msg)
}

func (w *wire) disconnect() {
	if w.cancel == nil {
		return
	}
	w.cancel()
	for _, s := range []zmq4.Socket{w.shell, w.control, w.iopub} {
		s.Close()
	}
	w.cancel = nil
}

func discard(c <-chan *message) {
	for range c {
	}
}
