package lab

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// ErrWindows is what [Kernel] and [Serve] return on Windows.
var ErrWindows = errors.New("GoNB has no native Windows kernel: install WSL (run `wsl --install` once) and start Credence inside it")

// WriteTrouble says what to do about a failed write into the cache.
func writeTrouble(err error) error {
	var path *fs.PathError
	where := "the cache"
	if errors.As(err, &path) {
		where = filepath.Dir(path.Path)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, errQuota):
		return fmt.Errorf("the disk is full (%s): free %s, or set CREDENCE_CACHE to a directory on another disk", where, roomNeeded)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fmt.Errorf("cannot write to %s: make it writable, or set CREDENCE_CACHE to a directory of yours", where)
	}
	return fmt.Errorf("cannot write to %s: %w", where, err)
}

// RoomNeeded is what a first start puts on the disk: Go modules and build
// cache, the tools, and JupyterLab.
const roomNeeded = "2 GB"

// Signs of the usual troubles in the output of go, pip and JupyterLab.
var (
	fullSign    = regexp.MustCompile(`(?i)no space left on device|Errno 28|disk quota exceeded`)
	networkSign = regexp.MustCompile(`(?i)dial tcp|no such host|i/o timeout|connection refused|network is unreachable|` +
		`TLS handshake timeout|name resolution|NewConnectionError|Failed to establish a new connection|ProxyError|` +
		`Read timed out|ConnectTimeout|module lookup disabled by GOPROXY=off|No matching distribution found|proxyconnect`)
	readOnlySign = regexp.MustCompile(`(?i)read-only file system|permission denied`)
)

// A blocked error is one that the surroundings cause, not the checkout: going
// on would only meet it again.
type blocked string

func (b blocked) Error() string { return string(b) }

func blockedf(format string, args ...any) error { return blocked(fmt.Sprintf(format, args...)) }

// CommandTrouble turns the failure of a command into one line. What is what
// was tried ("build the Go kernel"), output all that the command wrote.
func commandTrouble(what string, err error, output string) error {
	switch {
	case fullSign.MatchString(output) || errors.Is(err, syscall.ENOSPC):
		return blockedf("cannot %s: the disk is full: free %s, or set CREDENCE_CACHE (and GOCACHE, GOMODCACHE) to directories on another disk", what, roomNeeded)
	case networkSign.MatchString(output):
		return blockedf("cannot %s: the download failed: the first start needs a network, so connect and start again (behind a proxy: set HTTPS_PROXY, GOPROXY and PIP_INDEX_URL)", what)
	case readOnlySign.MatchString(output):
		return blockedf("cannot %s: %s: make that directory writable, or set CREDENCE_CACHE (or GOCACHE, GOMODCACHE) to a directory of yours", what, matchingLine(readOnlySign, output))
	}
	if last := lastLine(output); last != "" {
		return fmt.Errorf("cannot %s: %s (%w)", what, last, err)
	}
	return fmt.Errorf("cannot %s: %w", what, err)
}

// MatchingLine returns the first line of text that matches.
func matchingLine(sign *regexp.Regexp, text string) string {
	for line := range strings.Lines(text) {
		if sign.MatchString(line) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// LastLine returns the last line of text that is not empty.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}
