package lab

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/credence-bnn/credence/internal/clone"
	"github.com/credence-bnn/credence/internal/proc"
)

// ServeOptions say how [Serve] starts JupyterLab.
type ServeOptions struct {
	Options
	Port int       // 0: the first free one from 8888
	Out  io.Writer // the address is printed here; not nil
	Open func(url string)
}

// Serve prepares the kernel and JupyterLab, starts JupyterLab on notebooks/,
// waits until it answers, prints its address to o.Out and calls o.Open with it
// (if not nil). It returns when JupyterLab has ended or ctx is cancelled, which
// stops JupyterLab and every kernel and is no error.
//
// JupyterLab listens on this machine only, with a new token each time, and
// fetches nothing from the network: no news, no look for updates, no list of
// extensions.
func Serve(ctx context.Context, o ServeOptions) error {
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	port, err := preflight(ctx, o)
	if err != nil {
		return err
	}
	s, err := prepare(ctx, o.Options)
	if err != nil {
		return err
	}
	root := filepath.Join(s.checkout, "notebooks")
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return fmt.Errorf("the checkout is incomplete, %s is missing: clone it again", root)
	}
	jl, err := findLab(ctx, s.cache, s.progress)
	if err != nil {
		return err
	}
	token := rand.Text()
	run, err := s.start(ctx, jl, root, port, token)
	if err != nil {
		return err
	}
	defer run.clean()

	base := fmt.Sprintf("http://127.0.0.1:%d/", port)
	if err := run.await(ctx, base+"api/status?token="+token); err != nil {
		return err
	}
	url := base + "lab" + welcome(root) + "?token=" + token
	fmt.Fprintf(o.Out, "\nJupyterLab %s with the kernel %q is ready:\n\n    %s\n\nCtrl-C stops it.\n", jl.version, DisplayName, url)
	if o.Open != nil {
		o.Open(url)
	}
	<-run.ended
	if ctx.Err() != nil {
		fmt.Fprintln(s.progress, "JupyterLab and its kernels are stopped.")
		return nil
	}
	if run.err != nil {
		return fmt.Errorf("JupyterLab ended: %s (%w); its log is %s", lastLine(run.log()), run.err, run.logName)
	}
	return nil
}

// welcome returns the path that opens the first chapter, if it is there.
func welcome(root string) string {
	const first = "00-welcome.ipynb"
	if _, err := os.Stat(filepath.Join(root, first)); err != nil {
		return ""
	}
	return "/tree/" + first
}

// Preflight finds out what would fail anyway before the minutes of building
// and downloading start, and chooses the port.
func preflight(ctx context.Context, o ServeOptions) (port int, err error) {
	if runtime.GOOS == "windows" {
		return 0, ErrWindows
	}
	if _, err := clone.Root(o.Dir); err != nil {
		return 0, err
	}
	cache, err := CacheDir()
	if err != nil {
		return 0, err
	}
	if port, err = freePort(o.Port); err != nil {
		return 0, err
	}
	if _, err := exec.LookPath("jupyter-lab"); err == nil {
		return port, nil
	}
	if _, ok := privateLab(ctx, cache); ok {
		return port, nil
	}
	py, err := findPython(ctx)
	if err != nil {
		return 0, err
	}
	return port, py.hasVenv(ctx)
}

// A labRun is a running JupyterLab.
type labRun struct {
	ended   chan struct{} // closed when it has ended
	err     error         // of its end; read after ended is closed
	logName string
	tmp     string // its temporary directory, and that of its kernels
}

// Start starts JupyterLab with private directories.
func (s *setup) start(ctx context.Context, jl jupyterLab, root string, port int, token string) (*labRun, error) {
	env, err := s.jupyterEnv()
	if err != nil {
		return nil, err
	}
	run := &labRun{ended: make(chan struct{}), logName: filepath.Join(s.home, fmt.Sprintf("jupyterlab-%d.log", port))}
	if run.tmp, err = s.tempDir(); err != nil {
		return nil, err
	}
	log, err := os.Create(run.logName)
	if err != nil {
		run.clean()
		return nil, writeTrouble(err)
	}
	defer log.Close() // the child has its own handle
	args := append(jl.argv[1:len(jl.argv):len(jl.argv)],
		"--no-browser",
		"--ServerApp.ip=127.0.0.1",
		"--ServerApp.port="+strconv.Itoa(port),
		"--ServerApp.port_retries=0",
		"--ServerApp.root_dir="+root)
	if os.Geteuid() == 0 {
		args = append(args, "--allow-root") // a container; JupyterLab refuses otherwise
	}
	cmd := proc.Command(ctx, jl.argv[0], args...)
	cmd.Dir = root
	cmd.Env = append(env, "TMPDIR="+run.tmp, "JUPYTER_TOKEN="+token)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		run.clean()
		return nil, fmt.Errorf("cannot start JupyterLab (%w): run credence doctor", err)
	}
	go func() {
		run.err = cmd.Wait()
		close(run.ended)
	}()
	return run, nil
}

// Await waits until the server answers with 200.
func (r *labRun) await(ctx context.Context, url string) error {
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{Proxy: nil}}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		select {
		case <-r.ended:
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if fullSign.MatchString(r.log()) {
				return commandTrouble("start JupyterLab", r.err, r.log())
			}
			return fmt.Errorf("JupyterLab ended at once: %s (its log is %s): run credence doctor", lastLine(r.log()), r.logName)
		case <-tick.C:
		}
		if resp, err := client.Get(url); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("JupyterLab did not answer within two minutes: see %s", r.logName)
		}
	}
}

func (r *labRun) log() string {
	text, _ := os.ReadFile(r.logName)
	return string(text[max(0, len(text)-tailSize):])
}

func (r *labRun) clean() { os.RemoveAll(r.tmp) }

// FreePort returns the wanted port, or the first free one from 8888 if want is 0.
func freePort(want int) (int, error) {
	if want != 0 {
		err := tryPort(want)
		switch {
		case errors.Is(err, syscall.EADDRINUSE):
			return 0, fmt.Errorf("port %d is taken: choose another with --port, or leave --port out to get a free one", want)
		case err != nil:
			return 0, fmt.Errorf("port %d cannot be used (%w): choose one between 1024 and 65535, or leave --port out", want, err)
		}
		return want, nil
	}
	for port := 8888; port < 8988; port++ {
		if tryPort(port) == nil {
			return port, nil
		}
	}
	return 0, errors.New("no free port from 8888 to 8987: end a JupyterLab you no longer need, or choose a port with --port")
}

func tryPort(port int) error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return err
	}
	return l.Close()
}
