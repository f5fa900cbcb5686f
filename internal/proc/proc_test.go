//go:build unix

package proc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The tests need a process they may kill -9, so the test binary plays that
// part itself when roleEnv is set.
const (
	roleEnv   = "PROC_TEST_ROLE"
	scriptEnv = "PROC_TEST_SCRIPT"
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleEnv) {
	case "":
		os.Exit(m.Run())
	case "parent": // runs the script under a guard, and is killed
		cmd := Command(context.Background(), "sh", "-c", os.Getenv(scriptEnv))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		fmt.Println("parent ended:", cmd.Run())
	case "polite": // ends its context on a signal, as credence does
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
		defer stop()
		fmt.Println("parent ended:", Command(ctx, "sh", "-c", os.Getenv(scriptEnv)).Run())
	}
}

// Family is a script that leaves descendants of every kind: a child in the
// foreground, one in the background, one in a session of its own whose parent
// is gone, and one that ignores SIGTERM. mark tells them from other sleeps.
func family(mark string) string {
	return strings.ReplaceAll(`
		sleep MARK &
		(setsid sh -c 'sleep MARK & sleep MARK' &)
		sh -c 'trap "" TERM HUP INT; sleep MARK; sleep MARK' &
		sleep MARK`, "MARK", mark)
}

var marks atomic.Int32

// Mark returns a sleep duration that no other process of this machine uses.
func mark() string {
	return fmt.Sprintf("%d.%d", 70000+os.Getpid(), marks.Add(1))
}

// Alive returns the command lines that contain mark.
func alive(t *testing.T, mark string) []string {
	t.Helper()
	out, err := exec.Command("ps", "-axo", "pid=,stat=,args=").Output()
	if err != nil {
		t.Skip("needs ps:", err)
	}
	var found []string
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if strings.Contains(line, mark) && len(f) > 1 && !strings.HasPrefix(f[1], "Z") {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// WaitFor waits until ok says so, at most a minute: the machine may be busy.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain for " + what)
		}
	}
}

// StartParent starts this binary in the given role, in a group of its own.
func startParent(t *testing.T, role, script string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+role, scriptEnv+"="+script)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

// sleepers is the number of `sleep` processes of one family.
const sleepers = 5

func TestNothingOutlivesTheParent(t *testing.T) {
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip("needs the setsid program (util-linux) to leave the session")
	}
	for _, c := range []struct {
		name, role string
		end        func(pid int) error
	}{
		{"kill -9", "parent", func(pid int) error { return syscall.Kill(pid, syscall.SIGKILL) }},
		{"kill -9 of the group", "parent", func(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }},
		{"SIGTERM without a handler", "parent", func(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) }},
		{"SIGTERM that cancels", "polite", func(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) }},
		{"Ctrl-C", "polite", func(pid int) error { return syscall.Kill(-pid, syscall.SIGINT) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := mark()
			parent := startParent(t, c.role, family(m))
			count := func() (n int) {
				for _, line := range alive(t, "sleep "+m) {
					if strings.Contains(line, " sleep "+m) && !strings.Contains(line, "sh -c") {
						n++
					}
				}
				return n
			}
			waitFor(t, "the family to start", func() bool { return count() == sleepers })
			if err := c.end(parent.Process.Pid); err != nil {
				t.Fatal(err)
			}
			parent.Wait()
			waitFor(t, "everyone to end", func() bool { return len(alive(t, m)) == 0 })
		})
	}
}

// A child that leaves by itself takes what it started with it.
func TestChildExit(t *testing.T) {
	m := mark()
	cmd := Command(context.Background(), "sh", "-c", "sleep "+m+" & echo out; echo err >&2; exit 7")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 7 {
		t.Errorf("got %v, want exit status 7", err)
	}
	if string(out) != "out\n" || stderr.String() != "err\n" {
		t.Errorf("got output %q and errors %q", out, stderr.String())
	}
	if left := alive(t, m); len(left) > 0 {
		t.Errorf("still running: %q", left)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	m := mark()
	cmd := Command(ctx, "sh", "-c", family(m))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the family to start", func() bool { return len(alive(t, m)) >= sleepers })
	cancel()
	if err := cmd.Wait(); err == nil {
		t.Error("no error from a cancelled command")
	}
	if left := alive(t, m); len(left) > 0 {
		t.Errorf("still running after Wait: %q", left)
	}
}

func TestKill(t *testing.T) {
	m := mark()
	cmd := Command(context.Background(), "sh", "-c", `trap "" TERM; `+family(m))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the family to start", func() bool { return len(alive(t, m)) >= sleepers })
	start := time.Now()
	if err := Kill(cmd); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("no error from a killed command")
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v, want no grace time", took)
	}
	if left := alive(t, m); len(left) > 0 {
		t.Errorf("still running after Wait: %q", left)
	}
}

// Dir, Env and argv[0] are as with os/exec, although Env is replaced.
func TestCommandLikeExec(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cmd := Command(context.Background(), "sh", "-c", `pwd; echo "$0 $1 $COLOUR"; echo "$HOME"`, "zero", "one two")
	cmd.Dir = dir
	cmd.Env = []string{"COLOUR=blue", "PATH=" + os.Getenv("PATH")}
	out, err := cmd.Output()
	if want := dir + "\nzero one two blue\n\n"; err != nil || string(out) != want {
		t.Errorf("got %q, %v; want %q", out, err, want)
	}
}

func TestNotFound(t *testing.T) {
	err := Command(context.Background(), "no-such-program-here").Run()
	if !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v, want exec.ErrNotFound", err)
	}
}

// Interrupting the guard interrupts the child, which may go on.
func TestSignalPassedOn(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready")
	cmd := Command(context.Background(), "sh", "-c",
		`trap 'exit 42' INT; touch "$0"; while :; do sleep 0.05; done`, ready)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the trap", func() bool { _, err := os.Stat(ready); return err == nil })
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != 42 {
		t.Errorf("exit code %d, want 42 from the child's trap", got)
	}
}

func TestBelow(t *testing.T) {
	parents := map[int]int{1: 0, 10: 1, 20: 10, 21: 10, 30: 21, 99: 1}
	if got := fmt.Sprint(len(below(10, parents)), len(below(30, parents))); got != "3 0" {
		t.Errorf("got %s descendants, want 3 0", got)
	}
}
