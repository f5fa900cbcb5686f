//go:build unix

package proc

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// GuardName is the argv[0] by which a process knows that it is a guard. The
// environment would do as well, but callers of [Command] like to replace it.
const guardName = "credence-guard"

// Grace times between SIGTERM and SIGKILL: when we are asked to end the child,
// and when nobody is left to ask.
const (
	termGrace   = 3 * time.Second
	orphanGrace = 1 * time.Second
)

// KillSignal asks the guard to end everyone at once.
const killSignal = syscall.SIGABRT

// The exit codes a shell uses.
const (
	exitCannotStart = 126
	exitSignal      = 128
)

func init() {
	if len(os.Args) >= 3 && os.Args[0] == guardName {
		// Not os.Exit: with -race that sleeps for a second.
		syscall.Exit(guard(os.Args[1], os.Args[2:]))
	}
}

// Guard runs the program at path with the given argv and returns its exit
// code, after every descendant of it has ended. It runs inside init, where the
// main goroutine is locked to the main thread: a parent-death signal is tied
// to the *thread* that started the child, and this one lives as long as the
// process.
func guard(path string, argv []string) int {
	// Before the child exists, so that no signal is lost and none kills us.
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP,
		syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2, killSignal)
	line := os.NewFile(3, "lifeline")
	syscall.CloseOnExec(3)
	adopt()

	child, err := os.StartProcess(path, argv, &os.ProcAttr{
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys:   childAttr(),
	})
	if err != nil {
		fmt.Fprintf(os.Stderr, "cannot start %s: %v\n", path, err)
		return exitCannotStart
	}

	orphaned := make(chan struct{})
	go func() {
		line.Read(make([]byte, 1)) // returns at end of file only: the parent is gone
		close(orphaned)
	}()
	exited := make(chan int, 1)    // the child's own exit code
	allGone := make(chan struct{}) // no descendant left
	go reap(child.Pid, exited, allGone)

	code, grace := 0, (<-chan time.Time)(nil)
	for done := false; !done; {
		select {
		case code = <-exited:
			done = true
		case <-orphaned:
			orphaned = nil
			child.Signal(syscall.SIGTERM)
			grace = time.After(orphanGrace)
		case s := <-signals:
			if s == killSignal {
				code, done = exitSignal+int(syscall.SIGKILL), true
				break
			}
			child.Signal(s)
			if s == syscall.SIGTERM && grace == nil {
				grace = time.After(termGrace)
			}
		case <-grace:
			code = exitSignal + int(syscall.SIGKILL)
			done = true
		}
	}
	for {
		select {
		case <-allGone:
			return code
		default:
			// Again and again: a process may fork while we read the list.
			for _, pid := range descendants(os.Getpid()) {
				syscall.Kill(pid, syscall.SIGKILL)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// Reap collects every child of this process, those it adopted included, until
// none is left. As all descendants hang below a child, none is left of them either.
func reap(pid int, exited chan<- int, allGone chan<- struct{}) {
	for {
		var status syscall.WaitStatus
		got, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil: // ECHILD
			close(allGone)
			return
		case got != pid:
		case status.Signaled():
			exited <- exitSignal + int(status.Signal())
		default:
			exited <- status.ExitStatus()
		}
	}
}

// Below returns the descendants of pid in a table of (process, parent) pairs.
func below(pid int, parents map[int]int) []int {
	children := make(map[int][]int, len(parents))
	for p, parent := range parents {
		children[parent] = append(children[parent], p)
	}
	var all []int
	for queue := children[pid]; len(queue) > 0; queue = queue[1:] {
		all = append(all, queue[0])
		queue = append(queue, children[queue[0]]...)
	}
	return all
}
