// Package fetch downloads files whose checksums are known beforehand. What is put in
// place is exactly the pinned file or nothing: a cut download goes on where it stopped,
// a wrong one is thrown away, and every failure names the cure.
//
// It links net/http, so nothing below pkg/ imports it.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// A File is what to download and where to put it.
type File struct {
	URL    string
	Path   string // while it comes, Path + ".part" holds what is there so far
	SHA256 string // of the content, in hexadecimal; for a .gz, of the file or of what it unpacks to
}

// A Client downloads files. The zero value is ready to use.
type Client struct {
	HTTP     *http.Client                            // nil: http.DefaultClient, which knows the proxy of the environment
	Tries    int                                     // without getting one byte further; default 5
	Wait     time.Duration                           // before the second try, then doubling; default 1 s
	Idle     time.Duration                           // a connection that brings nothing for so long is cut; default 60 s
	MostSize int64                                   // no file is larger; default 1 GB
	Progress func(done, total int64)                 // bytes so far and in all, −1 if unknown; called for every piece
	Retry    func(wait time.Duration, because error) // before each further try
}

// Get downloads f, unless it is there already and right, and reports whether it had to.
//
// A connection that breaks, brings nothing, or answers 429 or 5xx is tried again, with
// the bytes so far kept and the rest asked for with a Range header. Other answers are
// final. When ctx is cancelled, or tries run out, Path.part stays, and the next call goes
// on from it; after any other error nothing stays. A file at Path is replaced only by
// one with the right checksum, in one step.
func (c Client) Get(ctx context.Context, f File) (downloaded bool, err error) {
	if Verify(f.Path, f.SHA256) == nil {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o777); err != nil {
		return false, trouble(err)
	}
	c = c.withDefaults()
	dir := filepath.Dir(f.Path)
	unlock, err := lock(ctx, dir, func() { c.Retry(0, fmt.Errorf("another program is downloading into %s; waiting for it", dir)) })
	if err != nil {
		return false, err
	}
	defer unlock()
	if Verify(f.Path, f.SHA256) == nil { // the other one brought it
		return false, nil
	}
	d := &download{client: c, file: f, part: f.Path + ".part"}
	if err := d.whole(ctx); err != nil {
		return false, fmt.Errorf("%s: %w", f.URL, err)
	}
	return true, nil
}

func (c Client) withDefaults() Client {
	if c.HTTP == nil {
		c.HTTP = http.DefaultClient
	}
	if c.Tries == 0 {
		c.Tries = 5
	}
	if c.Wait == 0 {
		c.Wait = time.Second
	}
	if c.Idle == 0 {
		c.Idle = time.Minute
	}
	if c.MostSize == 0 {
		c.MostSize = 1 << 30
	}
	if c.Progress == nil {
		c.Progress = func(int64, int64) {}
	}
	if c.Retry == nil {
		c.Retry = func(time.Duration, error) {}
	}
	return c
}

// A download is one file on its way.
type download struct {
	client Client
	file   File
	part   string
}

// Whole brings the file, checks it and puts it in place.
func (d *download) whole(ctx context.Context) error {
	resumed := d.size() > 0
	for {
		if err := d.bring(ctx); err != nil {
			return err
		}
		err := verify(d.part, d.file.SHA256)
		if err == nil {
			break
		}
		os.Remove(d.part)
		if !errors.As(err, new(*SumError)) {
			return trouble(err)
		}
		if resumed { // perhaps what lay there was the beginning of something else
			resumed = false
			d.client.Retry(0, errors.New("what was there from an earlier try does not belong to this file; starting over"))
			continue
		}
		return fmt.Errorf("what came %w, so it was thrown away: the publisher may have changed the file; try another network, or update Credence", err)
	}
	if err := os.Rename(d.part, d.file.Path); err != nil {
		os.Remove(d.part)
		return trouble(err)
	}
	return nil
}

// Bring tries until the part file is complete, or there is no hope.
func (d *download) bring(ctx context.Context) error {
	c := d.client
	wait, failed := c.Wait, 0
	for {
		before := d.size()
		err := d.try(ctx, before)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped (%w); the same command goes on from here", context.Cause(ctx))
		}
		if !errors.As(err, new(*passing)) {
			os.Remove(d.part)
			return err
		}
		if d.size() > before {
			wait, failed = c.Wait, 0
		}
		if failed++; failed == c.Tries {
			return fmt.Errorf("%w: check the network (and HTTPS_PROXY, if you need one); the same command goes on from here", err)
		}
		c.Retry(wait, err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// Size returns how many bytes are there.
func (d *download) size() int64 {
	info, err := os.Stat(d.part)
	if err != nil {
		return 0
	}
	return info.Size()
}
