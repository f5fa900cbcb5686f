//go:build !amd64

package kernels

// Supported returns the best level of this machine.
func Supported() Level { return Portable }
