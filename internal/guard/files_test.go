package guard

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFileSize keeps the core readable: one idea a file.
func TestFileSize(t *testing.T) {
	const most = 250 // lines, tests and comments included
	eachFile(t, func(path string, text []byte) {
		if !strings.HasPrefix(path, "pkg/bnn/") || !strings.HasSuffix(path, ".go") {
			return
		}
		if n := bytes.Count(text, []byte("\n")); n > most {
			t.Errorf("%s has %d lines; a file of pkg/bnn holds one idea in at most %d, so that it can be read like a page", path, n, most)
		}
	})
}

// What ties a checkout to one machine. The patterns are written so that they do not
// match their own text.
var machine = []struct {
	pattern *regexp.Regexp
	inTests bool // a test may quote it, as part of what a program might say
	reason  string
}{
	{regexp.MustCompile(`(?:^|[^\w.~-])/(?:root|work)/\w`), false, "a path of one machine; use a relative path or the user's directories"},
	{regexp.MustCompile(`(?:^|[^\w.~-])/(?:home|Users|[t]mp)/\w`), true, "a path of one machine; use the user's directories, t.TempDir, os.MkdirTemp or mktemp"},
	{regexp.MustCompile(`https?://[\w.-]*(?:registry|artifactory|nexus|mirror|proxy\.)[\w.-]*`), true, "the address of a package registry; the ordinary clients know theirs"},
}

// TestNoMachine checks that no text in the checkout names a path or a registry of
// the machine it was written on.
func TestNoMachine(t *testing.T) {
	eachFile(t, func(path string, text []byte) {
		if strings.HasSuffix(path, "go.sum") || path == ".git" { // in a worktree of git, .git is a file that names the other one
			return
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, m := range machine {
				if m.inTests && strings.HasSuffix(path, "_test.go") {
					continue
				}
				if found := m.pattern.Find(line); found != nil {
					t.Errorf("%s:%d has %q: %s", path, i+1, found, m.reason)
				}
			}
		}
	})
}

// TestMachinePatterns checks that the patterns find what they are for and let pass
// what only looks like it.
func TestMachinePatterns(t *testing.T) {
	for _, c := range []struct {
		text string
		bad  bool
	}{
		{`"/` + `root/go/bin"`, true},
		{`cp a /` + `tmp/x`, true},
		{`https://` + `registry.npmjs.org/x`, true},
		{`https://proxy` + `.golang.org`, true},
		{`frame/work/flow`, false},
		{`the root/leaf of it`, false},
		{`https://github.com/a/proxy`, false},
	} {
		bad := false
		for _, m := range machine {
			bad = bad || m.pattern.MatchString(c.text)
		}
		if bad != c.bad {
			t.Errorf("%q: found %v, want %v", c.text, bad, c.bad)
		}
	}
}

// eachFile calls f for every text file of the checkout, with its path below the top.
func eachFile(t *testing.T, f func(path string, text []byte)) {
	t.Helper()
	walk(t, func(path string, content []byte) {
		if bytes.IndexByte(content, 0) < 0 { // a NUL byte: a picture or an archive
			f(path, content)
		}
	})
}

// walk calls f for every regular file of the checkout that git does not ignore, with
// its path below the top.
func walk(t *testing.T, f func(path string, content []byte)) {
	t.Helper()
	top := root(t)
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() && notOurs(rel) {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil // another test's file, gone meanwhile
		}
		if err == nil {
			f(rel, content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// notOurs says which directories hold what git ignores.
func notOurs(dir string) bool {
	switch filepath.Base(dir) {
	case ".git", "node_modules", ".venv", ".ipynb_checkpoints":
		return true
	}
	return dir == "out" || dir == ".ci/out" || dir == "exercises/_saved" || strings.HasPrefix(filepath.Base(dir), ".go_work_gonb")
}
