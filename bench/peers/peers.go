// Package peers holds the programs that `credence bench speed` compares with: the same
// work in PyTorch and JAX, one process a side, in Python.
package peers

import "embed"

// Files are the scripts, and requirements.txt with the versions to install.
//
//go:embed *.py requirements.txt
var Files embed.FS
