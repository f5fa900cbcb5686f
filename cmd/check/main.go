// Check is `credence check` alone, for those who need nothing else: it links
// neither notebooks nor figures, and so it is compiled in a fraction of the time.
//
//	go run ./cmd/check 01-coin-flips
package main

import (
	"os"

	"github.com/credence-bnn/credence/internal/checkcmd"
	"github.com/credence-bnn/credence/internal/cli"
)

func main() { os.Exit(cli.Run(checkcmd.New(), os.Args[1:], os.Stdout, os.Stderr)) }
