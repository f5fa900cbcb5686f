// Command gen writes the assembly of package kernels:
//
//	go generate ./internal/kernels
//
// It prints to the file named by its argument. A test of package kernels runs it too
// and compares, so a file edited by hand does not survive.
package main

import (
	"bytes"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], gemmFile(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// A writer collects lines of assembly.
type writer struct{ bytes.Buffer }

// op writes one instruction.
func (w *writer) op(format string, args ...any) { fmt.Fprintf(w, "\t"+format+"\n", args...) }

// label writes a label.
func (w *writer) label(format string, args ...any) { fmt.Fprintf(w, format+":\n", args...) }
