package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// A SumError says that a file is not the pinned one.
type SumError struct {
	Path, Got, Want string // Got and Want in hexadecimal
}

func (e *SumError) Error() string { return fmt.Sprintf("has sha256 %s, not %s", e.Got, e.Want) }

// Verify compares the file with a pinned checksum: of the file itself or, if it is
// compressed by gzip, of what it unpacks to (mirrors recompress). It returns nil, a
// [*SumError] with the path in front, or what kept it from reading.
func Verify(path, sum string) error {
	err := verify(path, sum)
	if errors.As(err, new(*SumError)) {
		return fmt.Errorf("%s %w", path, err)
	}
	return err
}

func verify(path, want string) error {
	got, err := sumOf(path, false)
	if err != nil {
		return err
	}
	if got == want {
		return nil
	}
	if unpacked, err := sumOf(path, true); err == nil && unpacked == want && filepath.Ext(trimPart(path)) == ".gz" {
		return nil
	}
	return &SumError{path, got, want}
}

// trimPart removes the ending of a file that is still coming.
func trimPart(path string) string {
	if filepath.Ext(path) == ".part" {
		return path[:len(path)-len(".part")]
	}
	return path
}

// SumOf returns the sha256 of a file, or of what it unpacks to.
func sumOf(path string, unpack bool) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	h := sha256.New()
	if !unpack {
		_, err = io.Copy(h, in)
		return hex.EncodeToString(h.Sum(nil)), err
	}
	if magic, _ := in.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return "", gzip.ErrHeader
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(h, io.LimitReader(z, 1<<30))
	return hex.EncodeToString(h.Sum(nil)), err
}

// Trouble says what to do about a failed write.
func trouble(err error) error {
	where := "the data directory"
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		where = filepath.Dir(path.Path)
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the disk is full (%s): free some room, or set CREDENCE_DATA to a directory on another disk", where)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fmt.Errorf("cannot write to %s: make it writable, or set CREDENCE_DATA to a directory of yours", where)
	}
	return fmt.Errorf("cannot write to %s (%w): set CREDENCE_DATA to another directory", where, err)
}
