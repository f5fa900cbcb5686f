package lab

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// The outputs are those of go 1.26, pip 23 and Python 3.11.
func TestCommandTrouble(t *testing.T) {
	failed := errors.New("exit status 1")
	for _, c := range []struct{ name, output, want string }{
		{"go, no network", `go: github.com/janpfeifer/gonb@v0.11.4: Get "https://proxy.golang.org/github.com/janpfeifer/gonb/@v/v0.11.4.mod": dial tcp: lookup proxy.golang.org: no such host`, "needs a network"},
		{"go, proxy off", `go: github.com/janpfeifer/gonb@v0.11.4: module lookup disabled by GOPROXY=off`, "needs a network"},
		{"pip, no network", "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/jupyterlab/\nERROR: Could not find a version that satisfies the requirement jupyterlab==4.6.6 (from versions: none)\nERROR: No matching distribution found for jupyterlab==4.6.6", "needs a network"},
		{"linker, full disk", "# golang.org/x/tools/gopls\n/usr/local/go/pkg/tool/linux_amd64/link: mapping output file failed: no space left on device", "the disk is full"},
		{"pip, full disk", "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"},
		{"quota", "write /home/me/.cache/go-build/aa: disk quota exceeded", "the disk is full"},
		{"read-only", "go: could not create module cache: mkdir /mod/cache: read-only file system", "make that directory writable"},
		{"something else", "first line\nlast line\n", "cannot try it: last line (exit status 1)"},
		{"silence", "", "cannot try it: exit status 1"},
	} {
		got := commandTrouble("try it", failed, c.output).Error()
		if !strings.Contains(got, c.want) || !strings.HasPrefix(got, "cannot try it: ") || strings.Contains(got, "\n") {
			t.Errorf("%s: got %q, want one line with %q", c.name, got, c.want)
		}
	}
}

func TestWriteTrouble(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "write", Path: "/there/x", Err: syscall.ENOSPC}, "the disk is full (/there): free 2 GB, or set CREDENCE_CACHE"},
		{fmt.Errorf("wrapped: %w", &fs.PathError{Op: "mkdir", Path: "/there/x", Err: syscall.EROFS}), "cannot write to /there: make it writable, or set CREDENCE_CACHE"},
		{&fs.PathError{Op: "open", Path: "/there/x", Err: syscall.EACCES}, "cannot write to /there: make it writable"},
		{syscall.EIO, "cannot write to the cache: "},
	} {
		if got := writeTrouble(c.err).Error(); !strings.Contains(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if err := writeTrouble(nil); err != nil {
		t.Errorf("got %v from no error", err)
	}
}
