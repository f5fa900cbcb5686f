package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// content is 300 kB that do not repeat.
var content = func() []byte {
	var b []byte
	sum := sha256.Sum256(nil)
	for len(b) < 300_000 {
		sum = sha256.Sum256(sum[:])
		b = append(b, sum[:]...)
	}
	return b
}()

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// ranges serves content as a well-kept server does, resuming included.
func ranges(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// cut sends the first n bytes of the whole and breaks the connection.
func cut(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Length", "300000")
	w.Write(content[:n])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// serve runs a server whose handler knows which request it is, from 0.
func serve(t *testing.T, h func(i int, w http.ResponseWriter, r *http.Request)) (*httptest.Server, *atomic.Int32) {
	var n atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h(int(n.Add(1)-1), w, r) }))
	t.Cleanup(s.Close)
	return s, &n
}

func client() Client { return Client{Wait: time.Millisecond, Idle: 5 * time.Second} }

// target is a file of content, in a directory that is not there yet.
func target(t *testing.T, url string) File {
	return File{URL: url + "/set.txt", Path: filepath.Join(t.TempDir(), "sets", "set.txt"), SHA256: sum(content)}
}

// wantFile checks that the whole file is in place and nothing else.
func wantFile(t *testing.T, f File) {
	t.Helper()
	got, err := os.ReadFile(f.Path)
	if err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, error %v; want the %d of the server", len(got), err, len(content))
	}
	if _, err := os.Lstat(f.Path + ".part"); err == nil {
		t.Error("a part file stays behind")
	}
}

// wantNothing checks that nothing is kept and that the error names the cure, in one line.
func wantNothing(t *testing.T, f File, err error, words ...string) {
	t.Helper()
	for _, path := range []string{f.Path, f.Path + ".part"} {
		if _, e := os.Lstat(path); e == nil {
			t.Errorf("%s is kept", path)
		}
	}
	for _, word := range append(words, f.URL) {
		if err == nil || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %q, want one line with %q", err, word)
		}
	}
}

func TestGet(t *testing.T) {
	s, n := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { ranges(w, r) })
	f, c := target(t, s.URL), client()
	var done, total int64
	c.Progress = func(d, t int64) { done, total = d, t }
	if fresh, err := c.Get(t.Context(), f); err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	wantFile(t, f)
	if want := int64(len(content)); done != want || total != want {
		t.Errorf("progress ended at %d of %d, want %d", done, total, want)
	}
	if fresh, err := c.Get(t.Context(), f); err != nil || fresh || n.Load() != 1 {
		t.Errorf("a file that is there is fetched again (%v, %v, %d requests)", fresh, err, n.Load())
	}
	os.WriteFile(f.Path, []byte("damaged"), 0o666)
	if _, err := c.Get(t.Context(), f); err != nil {
		t.Error(err)
	}
	wantFile(t, f)
}

// TestCut breaks the connection twice; the rest is asked for, not the whole again.
func TestCut(t *testing.T) {
	s, n := serve(t, func(i int, w http.ResponseWriter, r *http.Request) {
		switch i {
		case 0:
			cut(w, 100_000)
		case 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			if got := r.Header.Get("Range"); got != "bytes=100000-" {
				t.Errorf("Range is %q, want the rest", got)
			}
			ranges(w, r)
		}
	})
	f := target(t, s.URL)
	if _, err := client().Get(t.Context(), f); err != nil || n.Load() != 3 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
	wantFile(t, f)
}

// TestCutNoRanges: a server that knows no Range sends all again, and that is no harm.
func TestCutNoRanges(t *testing.T) {
	s, _ := serve(t, func(i int, w http.ResponseWriter, _ *http.Request) {
		if i == 0 {
			cut(w, 200_000)
		}
		w.Write(content)
	})
	f := target(t, s.URL)
	if _, err := client().Get(t.Context(), f); err != nil {
		t.Error(err)
	}
	wantFile(t, f)
}

// TestOtherPiece: a server that answers a Range with something else is asked for all.
func TestOtherPiece(t *testing.T) {
	s, n := serve(t, func(i int, w http.ResponseWriter, r *http.Request) {
		switch i {
		case 0:
			cut(w, 100_000)
		case 1:
			w.Header().Set("Content-Range", "bytes 5-9/300000")
			w.WriteHeader(http.StatusPartialContent)
			w.Write(content[5:10])
		default:
			ranges(w, r)
		}
	})
	f := target(t, s.URL)
	if _, err := client().Get(t.Context(), f); err != nil || n.Load() != 3 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
	wantFile(t, f)
}

// TestStalled cuts a connection that brings nothing, and says so when tries run out.
func TestStalled(t *testing.T) {
	s, n := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	f, c := target(t, s.URL), client()
	c.Idle, c.Tries = 30*time.Millisecond, 2
	_, err := c.Get(t.Context(), f)
	if err == nil || !strings.Contains(err.Error(), "nothing came for 30ms") || !strings.Contains(err.Error(), "check the network") || n.Load() != 2 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
}

// TestCancel stops in the middle; the next call goes on from there.
func TestCancel(t *testing.T) {
	s, _ := serve(t, func(i int, w http.ResponseWriter, r *http.Request) {
		if i > 0 {
			if r.Header.Get("Range") == "" {
				t.Error("the second call starts over")
			}
			ranges(w, r)
			return
		}
		w.Header().Set("Content-Length", "300000")
		w.Write(content[:150_000])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	f, c := target(t, s.URL), client()
	ctx, cancel := context.WithCancel(t.Context())
	c.Progress = func(done, _ int64) {
		if done >= 150_000 {
			cancel()
		}
	}
	if _, err := c.Get(ctx, f); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "goes on from here") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(f.Path); err == nil {
		t.Error("half a file is in place")
	}
	c.Progress = nil
	if _, err := c.Get(t.Context(), f); err != nil {
		t.Error(err)
	}
	wantFile(t, f)
}

// TestForeignPart: what lies there from another time is thrown away once.
func TestForeignPart(t *testing.T) {
	for _, old := range [][]byte{[]byte("of another file"), bytes.Repeat([]byte("x"), len(content)), append(bytes.Clone(content), "more"...)} {
		s, _ := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { ranges(w, r) })
		f := target(t, s.URL)
		os.MkdirAll(filepath.Dir(f.Path), 0o777)
		os.WriteFile(f.Path+".part", old, 0o666)
		if _, err := client().Get(t.Context(), f); err != nil {
			t.Error(err)
		}
		wantFile(t, f)
	}
}

// TestRefused covers what a server may send that is not the file.
func TestRefused(t *testing.T) {
	changed := bytes.Clone(content)
	changed[123_456] ^= 1
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		words  []string
	}{
		"wrong checksum": {func(w http.ResponseWriter, _ *http.Request) { w.Write(changed) }, []string{sum(changed), sum(content), "thrown away"}},
		"empty":          {func(http.ResponseWriter, *http.Request) {}, []string{"thrown away"}},
		"HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			io.WriteString(w, "\n <!doctype html><title>Log in</title>")
		}, []string{"web page", "log in"}},
		"called HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, "Welcome to the airport")
		}, []string{"web page", "log in"}},
		"404":      {http.NotFound, []string{"404 Not Found", "update Credence", "by hand"}},
		"403":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, []string{"403", "login"}},
		"too long": {func(w http.ResponseWriter, _ *http.Request) { w.Write(append(bytes.Clone(content), content...)) }, []string{"more than any file of ours"}},
		"too long, told": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "999999999")
			w.Write(content)
		}, []string{"999999999"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, n := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { c.answer(w, r) })
			f, cl := target(t, s.URL), client()
			cl.MostSize = 500_000
			_, err := cl.Get(t.Context(), f)
			wantNothing(t, f, err, c.words...)
			if n.Load() != 1 {
				t.Errorf("%d requests; this does not get better by asking again", n.Load())
			}
		})
	}
}

// TestBadKeepsGood: a failed download does not touch the file that is there.
func TestBadKeepsGood(t *testing.T) {
	s, _ := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) })
	f := target(t, s.URL)
	os.MkdirAll(filepath.Dir(f.Path), 0o777)
	os.WriteFile(f.Path, []byte("an older version"), 0o666)
	if _, err := client().Get(t.Context(), f); err == nil {
		t.Error("no error")
	}
	if got, _ := os.ReadFile(f.Path); string(got) != "an older version" {
		t.Errorf("the file holds %q", got)
	}
}

func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /dev/full")
	}
	s, n := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { ranges(w, r) })
	f := target(t, s.URL)
	os.MkdirAll(filepath.Dir(f.Path), 0o777)
	if err := os.Symlink("/dev/full", f.Path+".part"); err != nil { // every write fails with ENOSPC
		t.Fatal(err)
	}
	_, err := client().Get(t.Context(), f)
	wantNothing(t, f, err, "the disk is full", filepath.Dir(f.Path), "CREDENCE_DATA")
	if n.Load() != 1 {
		t.Errorf("%d requests; asking again does not make room", n.Load())
	}
}

// TestNoDirectory: the data directory cannot be made.
func TestNoDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	os.WriteFile(file, nil, 0o666)
	_, err := client().Get(t.Context(), File{URL: "http://localhost/", Path: filepath.Join(file, "set.txt")})
	if err == nil || !strings.Contains(err.Error(), "CREDENCE_DATA") {
		t.Errorf("error %v", err)
	}
}

// TestTwice: two at once bring it once.
func TestTwice(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no lock on Windows")
	}
	s, n := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		time.Sleep(50 * time.Millisecond)
		ranges(w, r)
	})
	f := target(t, s.URL)
	errs := make(chan error)
	for range 2 {
		go func() {
			_, err := client().Get(t.Context(), f)
			errs <- err
		}()
	}
	if err := errors.Join(<-errs, <-errs); err != nil || n.Load() != 1 {
		t.Errorf("%v, %d requests", err, n.Load())
	}
	wantFile(t, f)
}

// TestVerify: a compressed file may be pinned by what it unpacks to.
func TestVerify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "set.gz")
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(content)
	w.Close()
	os.WriteFile(path, b.Bytes(), 0o666)
	for _, want := range []string{sum(content), sum(b.Bytes())} {
		if err := Verify(path, want); err != nil {
			t.Error(err)
		}
	}
	if err := Verify(path, sum(nil)); !errors.As(err, new(*SumError)) || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
}
