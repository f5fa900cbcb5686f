package lab

import (
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/clone"
)

// Each of these machines lacks something. The message is one line that names
// what is missing and the cure.

// Machine sets PATH to a directory with nothing but the given programs, each a
// shell script.
func machine(t *testing.T, programs map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	bin := t.TempDir()
	for name, script := range programs {
		file := filepath.Join(bin, name)
		put(t, file, "#!/bin/sh\n"+script)
		if err := os.Chmod(file, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
}

// Complains checks an error's text.
func complains(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("more than one line: %q", err)
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got %q, want it to say %q", err, w)
		}
	}
}

func TestNoGo(t *testing.T) {
	machine(t, nil)
	_, err := Kernel(context.Background(), Options{})
	complains(t, err, "no go command on PATH", "https://go.dev/dl/")
}

func TestGoTooOld(t *testing.T) {
	machine(t, map[string]string{"go": `echo "go: go.mod requires go >= 1.26.0 (running go 1.21.3; GOTOOLCHAIN=local)" >&2; exit 1`})
	_, err := Kernel(context.Background(), Options{})
	complains(t, err, "too old", "running go 1.21.3", "install Go "+wantGo)
}

func TestNotInsideCheckout(t *testing.T) {
	_, err := Kernel(context.Background(), Options{Dir: t.TempDir()})
	complains(t, err, "not inside a checkout", "cd into your clone")
}

func TestIncompleteCheckout(t *testing.T) {
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	dir := t.TempDir()
	put(t, filepath.Join(dir, "go.mod"), "module "+clone.Module+"\n\ngo 1.26\n")
	_, err := Kernel(context.Background(), Options{Dir: dir})
	complains(t, err, "tools/go.mod is missing", "clone it again")
}

// Python answers for a fake interpreter: its version, whether venv is there,
// and what `-m venv DIR` does.
func fakePython(version, hasVenv, makeVenv string) string {
	return `case "$2" in
*"venv, ensurepip"*) ` + hasVenv + ` ;;
*version_info*) echo ` + version + ` ;;
venv) shift 2; ` + makeVenv + ` ;;
esac`
}

func TestNoPython(t *testing.T) {
	machine(t, nil)
	_, err := findLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "needs Python", "none on PATH", "sudo apt install python3", "credence run")
}

// Serve says so before it spends minutes on the kernel.
func TestServeWithoutPython(t *testing.T) {
	machine(t, nil)
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	err := Serve(context.Background(), ServeOptions{Out: io.Discard})
	complains(t, err, "needs Python", "none on PATH")
}

func TestPythonShimWithoutPython(t *testing.T) {
	machine(t, map[string]string{"python3": `echo "pyenv: python3: command not found" >&2; exit 127`})
	_, err := findLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "none on PATH")
}

func TestPythonTooOld(t *testing.T) {
	machine(t, map[string]string{"python3": fakePython("3.8.10", "true", "true")})
	_, err := findLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "is 3.8.10", "install Python 3.10 or newer")
}

// An old python3 does not hide a newer one.
func TestTwoPythons(t *testing.T) {
	machine(t, map[string]string{
		"python3":    fakePython("3.9.2", "true", "true"),
		"python3.12": fakePython("3.12.1", "true", "true"),
	})
	p, err := findPython(context.Background())
	if err != nil || p.version != "3.12.1" {
		t.Errorf("got %+v, %v; want 3.12.1", p, err)
	}
}

func TestNoVenvModule(t *testing.T) {
	machine(t, map[string]string{"python3": fakePython("3.11.2", "exit 1", "true")})
	_, err := findLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "lacks its venv module", "python3-venv python3.11-venv")
}

// FakeVenv makes a virtual environment whose python answers to pip as told.
func fakeVenv(pip string) string {
	return `/bin/mkdir -p "$1/bin"; { echo '#!/bin/sh'; echo '` + pip + `'; } > "$1/bin/python"; /bin/chmod +x "$1/bin/python"`
}

func TestPipWithoutNetwork(t *testing.T) {
	machine(t, map[string]string{"python3": fakePython("3.11.2", "true", fakeVenv(
		`echo "ERROR: No matching distribution found for jupyterlab"; exit 1`))})
	cache := t.TempDir()
	_, err := findLab(context.Background(), cache, io.Discard)
	complains(t, err, "install JupyterLab", "the download failed", "connect and start again")
	if _, ok := privateLab(context.Background(), cache); ok {
		t.Error("the failed installation passes for a good one")
	}
}

// The same with the real pip, where there is one.
func TestRealPipWithoutNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a virtual environment")
	}
	py, err := findPython(context.Background())
	if err != nil {
		t.Skip(err)
	}
	if err := py.hasVenv(context.Background()); err != nil {
		t.Skip(err)
	}
	t.Setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
	t.Setenv("PIP_EXTRA_INDEX_URL", "")
	t.Setenv("PIP_FIND_LINKS", "")
	_, err = installLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "install JupyterLab", "the download failed", "connect and start again")
}

func TestPipOnFullDisk(t *testing.T) {
	machine(t, map[string]string{"python3": fakePython("3.11.2", "true", fakeVenv(
		`echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"; exit 1`))})
	_, err := findLab(context.Background(), t.TempDir(), io.Discard)
	complains(t, err, "the disk is full", "CREDENCE_CACHE")
}

// The modules of the kernel are not there and the proxy cannot be reached.
func TestGoWithoutNetwork(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip(ErrWindows)
	}
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOPROXY", "http://127.0.0.1:1")
	t.Setenv("GOFLAGS", "")
	_, err := Kernel(context.Background(), Options{})
	complains(t, err, "build the Go kernel", "the download failed", "connect and start again")
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	err = Serve(context.Background(), ServeOptions{Port: port, Out: io.Discard})
	complains(t, err, "is taken", "--port")
	if free, err := freePort(0); err != nil || free == port {
		t.Errorf("free port: %d, %v", free, err)
	}
}

func TestUnwritableCache(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CREDENCE_CACHE", filepath.Join(dir, "cache"))
	_, err := Kernel(context.Background(), Options{})
	complains(t, err, "make it writable", "CREDENCE_CACHE")
}

// A disk of 2 MB, a real one: the linker runs out of room.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("mounting a small disk needs Linux and root; TestCommandTrouble has the messages")
	}
	if testing.Short() {
		t.Skip("builds the kernel")
	}
	if _, err := Kernel(context.Background(), Options{}); err != nil { // the modules are there
		t.Fatal(err)
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	t.Setenv("CREDENCE_CACHE", dir)
	_, err := Kernel(context.Background(), Options{})
	complains(t, err, "the disk is full", "CREDENCE_CACHE")

	// Nothing at all fits any more, not even a small file.
	os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 4<<20), 0o600)
	_, err = Kernel(context.Background(), Options{})
	complains(t, err, "the disk is full", "CREDENCE_CACHE")
}
