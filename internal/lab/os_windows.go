package lab

import (
	"context"
	"errors"
)

var errQuota = errors.New("disk quota exceeded") // never seen on Windows

// Lock does nothing: nothing is installed on Windows.
func lock(context.Context, string, func()) (func(), error) { return func() {}, nil }

func freeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }
