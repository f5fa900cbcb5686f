package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/fetch"
)

// TestDataList: every embedded set below pkg/bnn/data is listed, and so are those that
// are missing, with the command that fetches them.
func TestDataList(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	var stdout, stderr bytes.Buffer
	if code := run([]string{"data", "list"}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	notes, err := filepath.Glob(filepath.FromSlash("../../pkg/bnn/data/*/ATTRIBUTION.md"))
	if err != nil || len(notes) < 14 {
		t.Fatalf("%d embedded sets, %v", len(notes), err)
	}
	notice, err := os.ReadFile(filepath.FromSlash("../../NOTICE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range notes {
		name := filepath.Base(filepath.Dir(note))
		if !strings.Contains(stdout.String(), "\n  "+name+" ") {
			t.Errorf("credence data list does not name %s", name)
		}
		if !strings.Contains(string(notice), "pkg/bnn/data/"+name+"/") {
			t.Errorf("NOTICE does not name %s", name)
		}
	}
	for _, want := range []string{"In " + dir, "missing: credence data fetch uci/kin8nm", "missing: credence data fetch mnist", "built on race"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("credence data list does not say %q", want)
		}
	}
}

func TestDataVerify(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	var stdout, stderr bytes.Buffer
	if code := run([]string{"data", "verify"}, &stdout, &stderr); code != 0 || !strings.Contains(stdout.String(), "✓ mnist10k\n") || !strings.Contains(stdout.String(), " 0 wrong, 11 missing") {
		t.Errorf("exit code %d: %s%s", code, &stdout, &stderr)
	}
	os.WriteFile(filepath.Join(dir, "yacht.data.txt"), []byte("1 2 3\n"), 0o666)
	stdout.Reset()
	if code := run([]string{"data", "verify"}, &stdout, &stderr); code != 1 || !strings.Contains(stdout.String(), "✗ uci/yacht: ") || !strings.Contains(stdout.String(), "credence data fetch uci/yacht") {
		t.Errorf("exit code %d: %s%s", code, &stdout, &stderr)
	}
}

func TestDataCommandLine(t *testing.T) {
	t.Setenv("CREDENCE_DATA", t.TempDir())
	for _, c := range []struct {
		args, stderr string
		code         int
	}{
		{"data fetch", "see `credence data fetch --help`", 2},
		{"data fetch yacht", `no data set "yacht", did you mean uci/yacht?; see`, 2},
		{"data fetch uci/yatch", "`credence data list` names them; see", 2},
		{"data list all", "see `credence data list --help`", 2},
		{"data fetch iris", "iris is part of the program; there is nothing to fetch", 0},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(strings.Fields(c.args), &stdout, &stderr); code != c.code || !strings.Contains(stderr.String(), c.stderr) || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("credence %s: exit code %d, %q; want %d, %q", c.args, code, &stderr, c.code, c.stderr)
		}
	}
}

// roundTrip sends every request to one server.
type roundTrip struct{ server *httptest.Server }

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = "http", r.server.Listener.Addr().String()
	return r.server.Client().Transport.RoundTrip(req)
}

// TestDataFetchRefuses asks for all nine sets from a publisher who has none of them: all
// are tried, each failure has its line, nothing is kept.
func TestDataFetchRefuses(t *testing.T) {
	var asked []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		switch {
		case strings.Contains(r.URL.Path, "/yacht/"):
			io.WriteString(w, "1 2 3\n")
		case strings.Contains(r.URL.Path, "/energy/"):
			io.WriteString(w, "<!DOCTYPE html>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	before := http.DefaultTransport
	http.DefaultTransport = roundTrip{s}
	defer func() { http.DefaultTransport = before }()
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	var stdout, stderr bytes.Buffer
	code := run([]string{"data", "fetch", "uci"}, &stdout, &stderr)
	if code != 1 || len(asked) != 9 || !strings.HasSuffix(asked[4], "/UCI_Datasets/naval-propulsion-plant/data/data.txt") {
		t.Errorf("exit code %d, asked for %q", code, asked)
	}
	for _, want := range []string{"✗ uci/yacht: https://", "was thrown away", "✗ uci/energy: https://", "web page", "✗ uci/power: https://", "404 Not Found",
		"credence: files not fetched: 9 of 9"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("does not say %q:\n%s", want, &stderr)
		}
	}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			t.Errorf("%s is kept", path)
		}
		return nil
	})
}

// TestFetchSets fetches a set of one file: plain lines without a terminal, and nothing
// the second time.
func TestFetchSets(t *testing.T) {
	content := []byte("1 2\n3 4\n")
	requests := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests++; requests == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.Write(content)
	}))
	defer s.Close()
	sum := sha256.Sum256(content)
	path := filepath.Join(t.TempDir(), "small.txt")
	set := externalSet{name: "small", files: []externalFile{{
		fetch.File{URL: s.URL, Path: path, SHA256: hex.EncodeToString(sum[:])},
		func() (string, error) { _, err := os.Stat(path); return path, err },
	}}}
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetErr(&out)
	cmd.SetContext(t.Context())
	for _, want := range []string{
		fmt.Sprintf("small small.txt: the server answers 502 Bad Gateway; trying again in 1s\n✓ small: %s\n", path),
		fmt.Sprintf("✓ small is there: %s\n", path),
	} {
		out.Reset()
		if err := fetchSets(cmd, []externalSet{set}); err != nil || out.String() != want {
			t.Errorf("%v, prints %q, want %q", err, &out, want)
		}
	}
	os.Remove(path)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	cmd.SetContext(ctx)
	out.Reset()
	if err := fetchSets(cmd, []externalSet{set, set}); err == nil || strings.Count(out.String(), "✗") != 1 || !strings.Contains(out.String(), "goes on from here") {
		t.Errorf("%v, prints %q", err, &out)
	}
}
