package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The test binary plays JupyterLab when this is set: the real one needs Python.
const fakeLabEnv = "LAB_TEST_FAKE_JUPYTERLAB"

func TestMain(m *testing.M) {
	if os.Getenv(fakeLabEnv) != "" {
		fmt.Fprintln(os.Stderr, "fake JupyterLab:", fakeLab(os.Args[1:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// FakeLab serves api/status, and at / the environment and arguments it got.
func fakeLab(args []string) error {
	port, token := "", os.Getenv("JUPYTER_TOKEN")
	for _, a := range args {
		if p, ok := strings.CutPrefix(a, "--ServerApp.port="); ok {
			port = p
		}
	}
	http.HandleFunc("/api/status", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("token") != token {
			w.WriteHeader(http.StatusForbidden)
		}
	})
	http.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, strings.Join(append(os.Environ(), args...), "\n"))
	})
	return http.ListenAndServe("127.0.0.1:"+port, nil)
}

// PathLab puts a jupyter-lab in front of PATH.
func pathLab(t *testing.T, version, script string) {
	t.Helper()
	bin := t.TempDir()
	file := filepath.Join(bin, "jupyter-lab")
	put(t, file, "#!/bin/sh\n[ \"$1\" = --version ] && { echo "+version+"; exit; }\n"+script)
	if err := os.Chmod(file, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

func TestServe(t *testing.T) {
	cache, checkout := smallCheckout(t)
	put(t, filepath.Join(checkout, "notebooks", "00-welcome.ipynb"), "{}")
	pathLab(t, "4.2.5", fakeLabEnv+`=1 exec "`+os.Args[0]+`" "$@"`)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	opened := make(chan string, 1)
	ended := make(chan error, 1)
	var out bytes.Buffer
	go func() {
		ended <- Serve(ctx, ServeOptions{Options: Options{Dir: checkout}, Out: &out, Open: func(url string) { opened <- url }})
	}()
	var url string
	select {
	case url = <-opened:
	case err := <-ended:
		t.Fatalf("ended before it was ready: %v", err)
	}
	if !strings.Contains(out.String(), url) {
		t.Errorf("%q does not show the address %q", out.String(), url)
	}
	base, _, ok := strings.Cut(url, "lab/tree/00-welcome.ipynb?token=") // the first chapter is opened
	if !ok {
		t.Errorf("the address is %s", url)
	}
	resp, err := http.Get(base)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"--ServerApp.root_dir=" + filepath.Join(checkout, "notebooks"), "--ServerApp.ip=127.0.0.1", "--no-browser",
	} {
		if !strings.Contains(string(got), want+"\n") {
			t.Errorf("JupyterLab was started without %s", want)
		}
	}
	// Whatever JupyterLab writes, it writes into the cache.
	for _, name := range []string{"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
		"JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR", "TMPDIR"} {
		if name == "TMPDIR" && len(cache) > 60 {
			continue // too long for gopls's socket
		}
		if !strings.Contains("\n"+string(got), "\n"+name+"="+cache) {
			t.Errorf("%s is not in the cache", name)
		}
	}
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("stopping is no error: %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("JupyterLab was not stopped")
	}
	if _, err := http.Get(base); err == nil {
		t.Error("JupyterLab still answers")
	}
}

// JupyterLab's own troubles are told in one line, too.
func TestServeFails(t *testing.T) {
	_, checkout := smallCheckout(t)
	for _, c := range []struct{ script, want string }{
		{`echo "ModuleNotFoundError: No module named 'tornado'" >&2; exit 1`, "No module named 'tornado'"},
		{`echo "OSError: [Errno 28] No space left on device" >&2; exit 1`, "the disk is full"},
	} {
		pathLab(t, "4.2.5", c.script)
		err := Serve(context.Background(), ServeOptions{Options: Options{Dir: checkout}, Out: io.Discard})
		complains(t, err, c.want)
	}
}

func TestLabOnPath(t *testing.T) {
	ctx, cache := context.Background(), t.TempDir()
	pathLab(t, "4.2.5", "")
	jl, err := findLab(ctx, cache, io.Discard)
	if err != nil || jl.version != "4.2.5" || jl.private {
		t.Errorf("got %+v, %v; want the one on PATH", jl, err)
	}
	pathLab(t, "3.6.8", "")
	if jl, err = labOnPath(ctx, cache, true); err != nil || jl.version != "3.6.8" {
		t.Errorf("got %+v, %v: an old answer for another program?", jl, err)
	}
	if atLeast(jl.version, minLab) {
		t.Error("3.6.8 passes for 4")
	}
	pathLab(t, "''", "")
	if jl, err = labOnPath(ctx, cache, true); err != nil || jl.argv != nil {
		t.Errorf("got %+v, %v from a shim without a program", jl, err)
	}
}

// The real JupyterLab, if `credence lab` has installed one here before.
func TestRealJupyterLab(t *testing.T) {
	cache, err := CacheDir()
	if err != nil {
		t.Skip(err)
	}
	private, ok := privateLab(context.Background(), cache)
	if !ok || testing.Short() {
		t.Skip("no private JupyterLab in the cache yet: credence lab makes one")
	}
	_, checkout := smallCheckout(t)
	pathLab(t, "4.6.6", `exec "`+strings.Join(private.argv, `" "`)+`" "$@"`)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	start := time.Now()
	var specs string
	err = Serve(ctx, ServeOptions{Options: Options{Dir: checkout}, Out: io.Discard, Open: func(url string) {
		t.Logf("ready after %v", time.Since(start))
		base, token, _ := strings.Cut(url, "lab?")
		if resp, err := http.Get(base + "api/kernelspecs?" + token); err == nil {
			text, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			specs = string(text)
		}
		cancel()
	}})
	if err != nil || !errors.Is(ctx.Err(), context.Canceled) {
		t.Fatalf("%v, %v", err, ctx.Err())
	}
	if !strings.Contains(specs, DisplayName) || strings.Contains(specs, "Python 3") {
		t.Errorf("JupyterLab offers %s, want %q alone", specs, DisplayName)
	}
}
