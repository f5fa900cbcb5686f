package check

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A task's process is this test binary, started again with childEnv naming
// the task. It writes to its standard output one line for each call it begins
// and a last one with the Result as JSON; what the student's code prints goes
// to standard error. Its standard input is a pipe that nobody writes to: when
// it closes, the parent is gone, and so is the child.
const (
	childEnv  = "CREDENCE_CHECK_TASK" // "NN-slug/task"
	callMark  = "credence-call "
	doneMark  = "credence-done "
	longest   = 11 * limit // for all of it; its own limit comes before
	maxPrint  = 2000       // bytes of a student's prints that are shown
	maxLines  = 20         // lines of them
	maxLast   = 128 << 10  // bytes of last words that are read
	memLimit  = 1 << 30    // bytes
	stackSize = 16 << 20   // bytes; recursion without end stops soon
	cellStack = 96 << 20   // bytes of all stacks; the runtime ends a program at 1 GB for one
)

// child judges one task and ends the process.
func child(e *Exercise, student Funcs, id string) {
	out := os.Stdout
	os.Stdout = os.Stderr
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
	debug.SetMaxStack(stackSize)
	_, name, _ := strings.Cut(id, "/")
	task := e.Task(name)
	done := func(r Result) {
		raw, _ := json.Marshal(r)
		fmt.Fprintf(out, "\n%s%s\n", doneMark, raw)
		os.Exit(1) // 0 would make package testing complain
	}
	fail := func(f *Failure) {
		r := task.result()
		r.State, r.Wrong, r.Halted, r.First = Failed, 1, true, f
		done(r)
	}
	var u underway
	watch(func(why string) { fail(u.failure(task, student[name], why)) })
	r, err := e.judge(task, student[name], func(i int) {
		u.begin(i)
		fmt.Fprintf(out, "%s%d\n", callMark, i)
	})
	if err != nil {
		fail(&Failure{Why: err.Error()})
	}
	done(r)
}

// underway says which call is made, and by which goroutine.
type underway struct {
	call   atomic.Int64
	worker atomic.Value
}

// begin is told before each call, by the goroutine that makes it.
func (u *underway) begin(i int) {
	u.call.Store(int64(i))
	u.worker.Store(goroutine())
}

// failure tells why the call of fn that is under way has to end, and where it is.
func (u *underway) failure(t *Spec, fn any, why string) *Failure {
	worker, _ := u.worker.Load().(string)
	f := stuck(worker, filepath.Dir(sourceOf(fn)), limit)
	f.Why, f.Call = why, t.ShowCall(t.Calls(PublicSeed)[u.call.Load()])
	return f
}

const (
	tooMuch = "it uses more than 1 GB of memory: does something grow without end?"
	tooDeep = "it runs out of stack: does a function call itself without end?"
)

// watch calls runaway with the reason when the process holds more than memLimit,
// or stacks of more than cellStack; until the returned function is called.
func watch(runaway func(why string)) (stop func()) {
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			metrics.Read(held)
			switch {
			case held[0].Value.Uint64() > memLimit:
				runaway(tooMuch)
			case held[1].Value.Uint64() > cellStack:
				runaway(tooDeep)
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}

// inChild judges t in a process of its own. test is the name of the running
// test.
func (t *Spec) inChild(test, exercise string) Result {
	r := t.result()
	r.State = Failed
	self, err := os.Executable()
	if err != nil {
		r.First = &Failure{Why: err.Error()}
		return r
	}
	cmd := exec.Command(self, "-test.run=^"+regexp.QuoteMeta(test)+"$", "-test.timeout=0")
	cmd.Env = append(os.Environ(), childEnv+"="+exercise+"/"+t.Name)
	cmd.WaitDelay = time.Second
	var errs transcript
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		r.First = &Failure{Why: "cannot start its process: " + err.Error()}
		return r
	}
	timer := time.AfterFunc(longest, func() { cmd.Process.Kill() })
	waitErr := cmd.Wait()
	late := !timer.Stop()
	stdin.Close()

	began := -1
	lines := bufio.NewScanner(&out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if s, ok := strings.CutPrefix(lines.Text(), callMark); ok {
			began, _ = strconv.Atoi(s)
		}
		if s, ok := strings.CutPrefix(lines.Text(), doneMark); ok && json.Unmarshal([]byte(s), &r) == nil {
			r.Printed = errs.shown()
			return r
		}
	}
	// It died on the way.
	r.Wrong, r.Halted = 1, true
	r.Printed = errs.shown()
	r.First = died(string(errs.last), exercise, late, waitErr)
	calls := t.Calls(PublicSeed)
	r.Calls = len(calls)
	if began >= 0 && began < len(calls) {
		r.First.Call = t.ShowCall(calls[began])
	}
	return r
}

// died says in plain words what the last words of a process mean.
func died(last, exercise string, late bool, err error) *Failure {
	dir := ""
	for _, m := range frame.FindAllStringSubmatch(last, -1) {
		if i := strings.LastIndex(m[1], "/exercises/"+exercise+"/"); i >= 0 {
			dir = m[1][:i] + "/exercises/" + exercise
			break
		}
	}
	message := ""
	for line := range strings.Lines(last) {
		if strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "panic: ") {
			message = strings.TrimSpace(line)
			break
		}
	}
	fail := &Failure{At: place(locate(last, dir))}
	var exit *exec.ExitError
	switch {
	case late:
		fail.Why = fmt.Sprintf("no answer after %v: does a loop never end?", longest)
	case strings.Contains(message, "stack overflow"):
		fail.Why = tooDeep
	case strings.Contains(message, "out of memory") || strings.Contains(message, "cannot allocate"):
		fail.Why = "it runs out of memory: how long is the slice it makes?"
	case message != "":
		fail.Why = "it ends the program with \"" + message + "\""
	case errors.As(err, &exit) && exit.ExitCode() < 0:
		fail.Why = fmt.Sprintf("its process was ended from outside (%v)", exit)
	default:
		fail.Why = "it ends the program (os.Exit or log.Fatal); return a value instead"
	}
	return fail
}

// A transcript keeps the beginning and the end of what is written to it: a
// student's first prints, and the last words of the runtime.
type transcript struct{ first, last []byte }

func (t *transcript) Write(p []byte) (int, error) {
	if room := maxPrint + 1 - len(t.first); room > 0 {
		t.first = append(t.first, p[:min(room, len(p))]...)
	}
	t.last = append(t.last, p...)
	if n := len(t.last); n > 2*maxLast {
		t.last = append(t.last[:0], t.last[n-maxLast:]...)
	}
	return len(p), nil
}

// lastWords matches where the runtime starts to tell of a crash.
var lastWords = regexp.MustCompile(`(?m)^(panic: |fatal error: |runtime: goroutine stack exceeds)`)

// shown returns what a student is shown of his prints.
func (t *transcript) shown() string {
	s := string(t.first)
	if crash := lastWords.FindStringIndex(s); crash != nil {
		s = s[:crash[0]]
	}
	lines := strings.SplitAfterN(s, "\n", maxLines+1)
	if len(s) > maxPrint || len(lines) > maxLines {
		s = strings.Join(lines[:min(maxLines, len(lines))], "")
		s = strings.ToValidUTF8(s[:min(maxPrint, len(s))], "")
		s = strings.TrimRight(s, "\n") + "\n… (more)"
	}
	return strings.TrimRight(s, "\n")
}
