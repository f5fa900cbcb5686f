package jupyter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/credence-bnn/credence/internal/proc"
)

// StartOptions say where and with what a kernel starts. The zero value is the
// current directory and the caller's environment.
type StartOptions struct {
	Dir  string        // working directory of the kernel: the notebook's; "" is the current one
	Env  []string      // "KEY=value", over the caller's environment and the kernelspec's
	Args []string      // appended to the kernelspec's argv
	Wait time.Duration // until the kernel must answer; 0 is 60 s
}

// A Kernel is a running kernel process with its sockets. It executes one cell
// at a time and is not safe for concurrent use, except for Interrupt and Close.
type Kernel struct {
	wire
	cmd  *exec.Cmd
	spec *Spec
	dir  string        // private: connection file, log, the kernel's temporary files
	dead chan struct{} // closed when the process has ended
	exit error         // how it ended; read after dead is closed

	displays map[string][]*Output // display id → the outputs that show it, in all cells
}

// Start starts the kernel of spec and waits until it answers. Everything the
// kernel writes goes to a private temporary directory, which Close removes.
//
// A cancelled ctx stops the start; the kernel itself lives until Close.
func Start(ctx context.Context, spec *Spec, o StartOptions) (_ *Kernel, err error) {
	if o.Wait == 0 {
		o.Wait = time.Minute
	}
	dir, err := os.MkdirTemp("", "credence-kernel-")
	if err != nil {
		return nil, fmt.Errorf("jupyter: no room for the kernel's files: %w", err)
	}
	k := &Kernel{spec: spec, dir: dir, dead: make(chan struct{}), displays: map[string][]*Output{}}
	defer func() {
		if err != nil {
			k.Close()
		}
	}()
	ports, err := freePorts(5)
	if err != nil {
		return nil, err
	}
	key := newID()
	file := filepath.Join(dir, "kernel-"+newID()+".json")
	conn, _ := json.Marshal(map[string]any{
		"transport": "tcp", "ip": "127.0.0.1", "key": key, "signature_scheme": "hmac-sha256",
		"shell_port": ports[0], "iopub_port": ports[1], "stdin_port": ports[2], "control_port": ports[3], "hb_port": ports[4],
	})
	if err := os.WriteFile(file, conn, 0o600); err != nil {
		return nil, fmt.Errorf("jupyter: %w", err)
	}
	if err := k.launch(file, o); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, o.Wait)
	defer cancel()
	if err := k.connect(ctx, []byte(key), ports, k.dead); err != nil {
		return nil, fmt.Errorf("jupyter: kernel %s: %w%s", spec.DisplayName, err, k.tail())
	}
	return k, nil
}

// launch starts the process with its output in a log file.
func (k *Kernel) launch(file string, o StartOptions) error {
	argv := make([]string, 0, len(k.spec.Argv)+len(o.Args))
	for _, a := range append(append(argv, k.spec.Argv...), o.Args...) {
		argv = append(argv, strings.ReplaceAll(a, connectionFile, file))
	}
	tmp := filepath.Join(k.dir, "tmp") // the kernel builds cells there; gone with it, however it ends
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return fmt.Errorf("jupyter: %w", err)
	}
	log, err := os.Create(k.log())
	if err != nil {
		return fmt.Errorf("jupyter: %w", err)
	}
	defer log.Close()                                                // the process has its own handle
	k.cmd = proc.Command(context.Background(), argv[0], argv[1:]...) // ends with us, kill -9 included
	k.cmd.Dir = o.Dir
	k.cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
	for name, v := range k.spec.Env {
		k.cmd.Env = append(k.cmd.Env, name+"="+os.ExpandEnv(v))
	}
	k.cmd.Env = append(k.cmd.Env, o.Env...)
	k.cmd.Stdout, k.cmd.Stderr = log, log
	if err := k.cmd.Start(); err != nil {
		k.cmd = nil
		return fmt.Errorf("jupyter: cannot start kernel %s: %w", k.spec.DisplayName, err)
	}
	go func() {
		k.exit = k.cmd.Wait()
		close(k.dead)
	}()
	return nil
}

// Interrupt asks the kernel to stop the running cell.
func (k *Kernel) Interrupt() error {
	if k.spec.InterruptMode == "message" {
		_, err := k.send(k.control, "interrupt_request", map[string]any{})
		return err
	}
	return k.cmd.Process.Signal(os.Interrupt)
}

// Alive reports whether the kernel process still runs.
func (k *Kernel) Alive() bool {
	select {
	case <-k.dead:
		return false
	default:
		return k.cmd != nil
	}
}

// Close shuts the kernel down, kills it and what it started if it does not go
// within two seconds, and removes its files. It may be called more than once.
func (k *Kernel) Close() {
	if k.Alive() && k.ready {
		k.send(k.control, "shutdown_request", map[string]any{"restart": false})
		select {
		case <-k.dead:
		case <-time.After(2 * time.Second):
		}
	}
	k.kill()
	k.disconnect()
	os.RemoveAll(k.dir)
}

// CPU returns the processor time of the kernel and of all that it ran: cells,
// and the compiler and linker for them. It is 0 before Close.
func (k *Kernel) CPU() time.Duration {
	if k.cmd == nil || k.Alive() || k.cmd.ProcessState == nil {
		return 0
	}
	return k.cmd.ProcessState.UserTime() + k.cmd.ProcessState.SystemTime()
}

// kill ends the kernel process and its children at once.
func (k *Kernel) kill() {
	if k.cmd == nil {
		return
	}
	if k.Alive() {
		proc.Kill(k.cmd)
	}
	<-k.dead
}

// errDead says that and how the kernel ended.
func (k *Kernel) errDead() error {
	<-k.dead
	how := "with exit code 0"
	if k.exit != nil {
		how = "with " + k.exit.Error()
	}
	return fmt.Errorf("the kernel ended %s%s", how, k.tail())
}

func (k *Kernel) log() string { return filepath.Join(k.dir, "kernel.log") }

// tail returns the last lines of what the kernel wrote that are not its everyday
// log, to be put behind an error: a panic, a missing library.
func (k *Kernel) tail() string {
	b, err := os.ReadFile(k.log())
	if err != nil {
		return ""
	}
	var lines []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(stripANSI(line)); line != "" && !chatter.MatchString(line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "; its log ends:\n\t" + strings.Join(lines[max(0, len(lines)-5):], "\n\t")
}

// chatter matches the lines of the kernel's own log ("I1122 04:52:57…"), but fatal ones.
var chatter = regexp.MustCompile(`^[IWE]\d{4} \d\d:`)

// freePorts asks the system for n free local ports. They are released before
// the kernel takes them, so another program may come between: rare, and then
// the kernel does not start and says so.
func freePorts(n int) ([]int, error) {
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("jupyter: no free local port: %w", err)
		}
		defer l.Close() // all stay open until the last is found: no port twice
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

var errNoAnswer = errors.New("does not answer")
