package lab

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/credence-bnn/credence/internal/proc"
)

// The oldest Python that JupyterLab runs on.
const minPython = "3.10"

// How to get Python, in one breath.
const pythonCure = "install Python " + minPython + " or newer (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python; others: https://www.python.org/downloads/), or execute notebooks without it: credence run NOTEBOOK"

// A python is an interpreter that can run JupyterLab.
type python struct {
	path    string // as found on PATH
	version string // "3.11.7"
}

// FindPython returns the first interpreter on PATH that is new enough.
func findPython(ctx context.Context) (python, error) {
	old := python{}
	for _, name := range []string{"python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		version, err := ask(ctx, path, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])")
		switch {
		case ctx.Err() != nil:
			return python{}, context.Cause(ctx)
		case err != nil: // a shim without an interpreter behind it
		case atLeast(version, minPython):
			return python{path, version}, nil
		case old.path == "":
			old = python{path, version}
		}
	}
	if old.path != "" {
		return python{}, fmt.Errorf("the Python on PATH is too old for JupyterLab (%s is %s): %s", old.path, old.version, pythonCure)
	}
	return python{}, fmt.Errorf("JupyterLab needs Python, and there is none on PATH: %s", pythonCure)
}

// HasVenv says what to do if the interpreter cannot make virtual environments;
// Debian keeps that module in a package of its own.
func (p python) hasVenv(ctx context.Context) error {
	_, err := ask(ctx, p.path, "-c", "import venv, ensurepip")
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		minor := p.version[:strings.LastIndexByte(p.version, '.')]
		return fmt.Errorf("the Python on PATH (%s, %s) lacks its venv module: install it (Debian, Ubuntu: sudo apt install python3-venv python%s-venv) and start again", p.path, p.version, minor)
	}
	return nil
}

// Ask runs a program that answers in one line on standard output.
func ask(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, 30*time.Second, errors.New("no answer within 30 s"))
	defer cancel()
	out, err := proc.Command(ctx, name, args...).Output()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return strings.TrimSpace(string(out)), err
}

// AtLeast compares versions such as "3.11.7" by their leading two numbers; what
// is not a version is less than any.
func atLeast(version, want string) bool {
	major, minor, ok := majorMinor(version)
	wantMajor, wantMinor, _ := majorMinor(want)
	return ok && (major > wantMajor || major == wantMajor && minor >= wantMinor)
}

func majorMinor(version string) (major, minor int, ok bool) {
	parts := strings.SplitN(version, ".", 3)
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, 0, false
	}
	if len(parts) > 1 {
		digits := strings.TrimRight(parts[1], "abcdefghijklmnopqrstuvwxyz") // 4.0a1 and the like
		if minor, err = strconv.Atoi(digits); err != nil {
			return major, 0, true
		}
	}
	return major, minor, true
}
