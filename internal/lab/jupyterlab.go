package lab

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
)

// The JupyterLab of the private virtual environment, and the oldest one on
// PATH that will do.
const (
	labVersion = "4.6.6"
	minLab     = "4.0"
)

// A jupyterLab is one that can be started.
type jupyterLab struct {
	argv    []string // program and first arguments
	version string
	private bool // in our cache, not the user's own
}

// FindLab returns a JupyterLab ≥ 4 on PATH, else the private one, which it
// installs if it is not there yet.
func findLab(ctx context.Context, cache string, progress io.Writer) (jupyterLab, error) {
	own, err := labOnPath(ctx, cache, true)
	if err != nil {
		return jupyterLab{}, err
	}
	if own.argv != nil && atLeast(own.version, minLab) {
		return own, nil
	}
	if private, ok := privateLab(ctx, cache); ok {
		return private, nil
	}
	if own.argv != nil {
		fmt.Fprintf(progress, "JupyterLab %s on PATH is older than %s; a private one is used instead.\n", own.version, minLab)
	}
	return installLab(ctx, cache, progress)
}

// LabOnPath returns the user's own JupyterLab, or the zero value if there is
// none that works. Asking it for its version takes a second, so the answer is
// kept (if keep is set) for as long as the program file stays the same.
func labOnPath(ctx context.Context, cache string, keep bool) (jupyterLab, error) {
	path, err := exec.LookPath("jupyter-lab")
	if err != nil {
		return jupyterLab{}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return jupyterLab{}, nil
	}
	key := digest(path, info.ModTime().String(), fmt.Sprint(info.Size()))
	memo := filepath.Join(cache, "jupyterlab-on-path")
	if old, err := os.ReadFile(memo); err == nil {
		if version, ok := strings.CutPrefix(string(old), key+" "); ok {
			return jupyterLab{argv: []string{path}, version: version}, nil
		}
	}
	version, err := ask(ctx, path, "--version")
	if ctx.Err() != nil {
		return jupyterLab{}, context.Cause(ctx)
	}
	if _, _, ok := majorMinor(version); err != nil || !ok {
		return jupyterLab{}, nil // a shim, or a broken installation
	}
	own := jupyterLab{argv: []string{path}, version: version}
	if !keep {
		return own, nil
	}
	return own, write(memo, []byte(key+" "+version))
}

// The private virtual environment. Its stamp holds the Python version with
// which the installation was completed.
func venvDir(cache string) string   { return filepath.Join(cache, "jupyterlab-"+labVersion) }
func venvStamp(cache string) string { return filepath.Join(venvDir(cache), "credence-ready") }

// PrivateLab returns the private JupyterLab if it is complete and its Python
// still is the one it was made with (systems replace theirs on upgrades).
func privateLab(ctx context.Context, cache string) (jupyterLab, bool) {
	want, err := os.ReadFile(venvStamp(cache))
	if err != nil {
		return jupyterLab{}, false
	}
	python := filepath.Join(venvDir(cache), "bin", "python")
	got, err := ask(ctx, python, "-c", "import sys; print(sys.version_info[:2])")
	if err != nil || got != string(want) {
		return jupyterLab{}, false
	}
	// Not bin/jupyter-lab: its first line holds the interpreter's path, which
	// systems cut at 127 bytes.
	return jupyterLab{argv: []string{python, "-m", "jupyterlab"}, version: labVersion, private: true}, true
}

// InstallLab makes the private virtual environment.
func installLab(ctx context.Context, cache string, progress io.Writer) (jupyterLab, error) {
	py, err := findPython(ctx)
	if err != nil {
		return jupyterLab{}, err
	}
	if err := py.hasVenv(ctx); err != nil {
		return jupyterLab{}, err
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return jupyterLab{}, writeTrouble(err)
	}
	unlock, err := lock(ctx, filepath.Join(cache, "lock"), func() {
		fmt.Fprintln(progress, "Another credence is installing; waiting for it …")
	})
	if err != nil {
		return jupyterLab{}, err
	}
	defer unlock()
	if private, ok := privateLab(ctx, cache); ok {
		return private, nil // the other one made it
	}

	// In place, as a virtual environment cannot be moved: the stamp says when
	// it is complete.
	dir := venvDir(cache)
	if err := os.RemoveAll(dir); err != nil {
		return jupyterLab{}, writeTrouble(err)
	}
	tmp := filepath.Join(cache, "tmp-pip")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return jupyterLab{}, writeTrouble(err)
	}
	defer os.RemoveAll(tmp)
	env := append(os.Environ(), "TMPDIR="+tmp, "PYTHONPATH=", "PYTHONNOUSERSITE=1", "PIP_USER=0")
	err = step(ctx, progress, "make a private Python environment (once)",
		command{dir: cache, name: py.path, args: []string{"-m", "venv", dir}, env: env})
	if err != nil {
		return jupyterLab{}, err
	}
	python := filepath.Join(dir, "bin", "python")
	err = step(ctx, progress, "install JupyterLab "+labVersion+" into it (once)", command{dir: cache, name: python, env: env,
		args: []string{"-m", "pip", "install", "--no-input", "--no-cache-dir", "--disable-pip-version-check",
			"--progress-bar", "off", "--retries", "2", "--timeout", "15", "jupyterlab==" + labVersion}})
	if err != nil {
		return jupyterLab{}, err
	}
	version, err := proc.Command(ctx, python, "-c", "import sys; print(sys.version_info[:2])").Output()
	if err != nil {
		return jupyterLab{}, commandTrouble("start the private Python", err, "")
	}
	if err := write(venvStamp(cache), []byte(strings.TrimSpace(string(version)))); err != nil {
		return jupyterLab{}, err
	}
	private, ok := privateLab(ctx, cache)
	if !ok {
		return jupyterLab{}, fmt.Errorf("the private JupyterLab does not start: remove %s and start again", dir)
	}
	return private, nil
}
