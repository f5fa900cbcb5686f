package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// A passing error may go away by itself.
type passing struct{ err error }

func (e *passing) Error() string { return e.err.Error() }
func (e *passing) Unwrap() error { return e.err }

// Try asks once for what is missing after the first have bytes and appends it to the
// part file.
func (d *download) try(ctx context.Context, have int64) error {
	ctx, cut := context.WithCancelCause(ctx)
	defer cut(nil)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.file.URL, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Encoding", "identity") // the bytes as published, so that a Range means them
	if have > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	idle := time.AfterFunc(d.client.Idle, func() { cut(fmt.Errorf("nothing came for %v", d.client.Idle)) })
	defer idle.Stop()
	resp, err := d.client.HTTP.Do(req)
	if err != nil {
		return &passing{why(ctx, err)}
	}
	defer resp.Body.Close()

	flags := os.O_CREATE | os.O_WRONLY
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		have, flags = 0, flags|os.O_TRUNC // it sends everything, asked or not
	case code == http.StatusPartialContent && strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", have)):
		flags |= os.O_APPEND
	case code == http.StatusPartialContent:
		os.Remove(d.part) // from the beginning, then
		return &passing{fmt.Errorf("the server sends another piece (%q) than the one asked for", resp.Header.Get("Content-Range"))}
	case code == http.StatusRequestedRangeNotSatisfiable && have > 0:
		return nil // there is nothing after what we have; the checksum decides
	case code == http.StatusTooManyRequests || code >= 500:
		return &passing{fmt.Errorf("the server answers %s", resp.Status)}
	case code == http.StatusNotFound || code == http.StatusGone:
		return fmt.Errorf("the server answers %s: the publisher moved the file; update Credence, or put the file in place by hand at %s", resp.Status, d.file.Path)
	default:
		return fmt.Errorf("the server answers %s: a network that asks for a login or blocks downloads may be why; try another, or put the file in place by hand at %s",
			resp.Status, d.file.Path)
	}
	total := int64(-1)
	if resp.ContentLength >= 0 {
		total = have + resp.ContentLength
	}
	if total > d.client.MostSize {
		return fmt.Errorf("the server wants to send %d bytes, more than any file of ours: not downloaded; update Credence", total)
	}
	body := io.Reader(resp.Body)
	if have == 0 {
		first := make([]byte, 512)
		n, _ := io.ReadFull(resp.Body, first) // a failure shows again below
		if isPage(resp.Header.Get("Content-Type"), first[:n]) {
			return fmt.Errorf("the server sent a web page instead of data: a network that asks for a login may be why; open a browser and log in, or try another network")
		}
		body = io.MultiReader(bytes.NewReader(first[:n]), resp.Body)
	}
	out, err := os.OpenFile(d.part, flags, 0o666)
	if err != nil {
		return trouble(err)
	}
	err = d.copy(out, body, have, total, idle)
	if e := out.Close(); err == nil && e != nil {
		err = trouble(e)
	}
	if p := (*passing)(nil); errors.As(err, &p) {
		return &passing{why(ctx, p.err)}
	}
	return err
}

// Copy moves the body into the file. Trouble with reading passes, trouble with writing
// does not.
func (d *download) copy(out *os.File, body io.Reader, have, total int64, idle *time.Timer) error {
	piece := make([]byte, 64<<10)
	for {
		n, err := body.Read(piece)
		idle.Reset(d.client.Idle)
		if n > 0 {
			if _, err := out.Write(piece[:n]); err != nil {
				return trouble(err)
			}
			have += int64(n)
			d.client.Progress(have, total)
		}
		switch {
		case have > d.client.MostSize:
			return fmt.Errorf("the server sends more than %d bytes, more than any file of ours: thrown away; update Credence", d.client.MostSize)
		case err == io.EOF && total >= 0 && have < total:
			return &passing{fmt.Errorf("the connection broke after %d of %d bytes", have, total)}
		case err == io.EOF:
			if err := out.Sync(); err != nil {
				return trouble(err)
			}
			return nil
		case err != nil:
			return &passing{fmt.Errorf("the connection broke after %d bytes (%w)", have, err)}
		}
	}
}

// Why prefers our own reason for cutting a connection, and leaves out the address,
// which the last line names.
func why(ctx context.Context, err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// IsPage tells a web page from data. None of our files is HTML, whatever the server
// calls it.
func isPage(contentType string, first []byte) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	start := strings.ToLower(string(bytes.TrimSpace(first)))
	return kind == "text/html" || strings.HasPrefix(start, "<!doctype") || strings.HasPrefix(start, "<html")
}
