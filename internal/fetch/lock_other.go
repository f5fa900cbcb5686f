//go:build !unix

package fetch

import "context"

// Lock does nothing: elsewhere, two downloads of the same file at once may spoil each
// other, which the checksum tells.
func lock(context.Context, string, func()) (func(), error) { return func() {}, nil }
