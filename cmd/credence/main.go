// Credence runs the course: it opens the notebooks in JupyterLab, executes them
// headless, checks exercises, and says what is missing.
//
//	go run ./cmd/credence lab
package main

import (
	"os"

	"github.com/credence-bnn/credence/internal/cli"
)

func main() { os.Exit(cli.Run(newRootCmd(), os.Args[1:], os.Stdout, os.Stderr)) }
