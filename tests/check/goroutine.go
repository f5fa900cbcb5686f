package check

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"time"
)

// goroutine names the one it is called on as a stack trace does: "goroutine 7".
func goroutine() string {
	buf := make([]byte, 32)
	buf = buf[:runtime.Stack(buf, false)]
	return string(buf[:max(0, bytes.Index(buf, []byte(" [")))])
}

// goroutines returns the stack of every goroutine by its name.
func goroutines() map[string]string {
	buf := make([]byte, 1<<20)
	all := map[string]string{}
	for g := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		name, _, _ := strings.Cut(g, " [")
		all[name] = g
	}
	return all
}

// stuck says where worker, the goroutine that calls the function in dir, is
// after limit.
func stuck(worker, dir string, limit time.Duration) *Failure {
	fail := &Failure{Why: fmt.Sprintf("no answer after %v: does a loop never end?", limit)}
	g := goroutines()[worker]
	fail.At = place(locate(g, dir))
	switch {
	case strings.Contains(g, "frames elided"): // more than a hundred calls deep
		fail.Why = fmt.Sprintf("no answer after %v: does a function call itself without end?", limit)
	case g != "" && !busy(g):
		fail.Why = fmt.Sprintf("no answer after %v: it waits for something that never comes (a channel, a lock, input)", limit)
	}
	return fail
}

// busy reports whether a goroutine computes: [running] or [runnable].
func busy(g string) bool {
	_, state, _ := strings.Cut(g, " [")
	return strings.HasPrefix(state, "run")
}

// patience is how long a goroutine may live on after the last call. One that
// has done its work ends by itself in microseconds.
const patience = 200 * time.Millisecond

// leftBehind looks for a goroutine that was not there before and that code in
// dir started. It returns nil if there is none, or none any more.
func leftBehind(before map[string]string, dir string) *Failure {
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		var left string
		for name, g := range goroutines() {
			if _, line := locate(g, dir); before[name] == "" && line > 0 && strings.Contains(g, "\ncreated by ") {
				_, from, _ := strings.Cut(g, "\ncreated by ")
				if _, line := locate(from, dir); line > 0 && (left == "" || busy(g)) {
					left = g
				}
			}
		}
		switch {
		case left == "":
			return nil
		case time.Now().Before(end):
			continue
		}
		_, from, _ := strings.Cut(left, "\ncreated by ")
		why := "its answers are right, but a goroutine that it started waits for ever: end it before you return"
		if busy(left) {
			why = "its answers are right, but a goroutine that it started still runs: end it before you return"
		}
		return &Failure{Why: why, At: place(locate(from, dir))}
	}
}
