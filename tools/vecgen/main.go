// Vecgen writes the AVX2 and AVX-512 kernels of internal/kernels that work element by element:
// random numbers, elementary functions, optimiser steps, reductions. Run it with
//
//	go generate ./internal/kernels
//
// A kernel is written once, over one vector of float32, or of as many pairs that are a
// float64 each; vecgen unrolls it into a loop over whole vectors and one masked pass over
// what is left.
package main

import (
	"flag"
	"fmt"
	stdlog "log"
	"os"
	"regexp"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// beyondAVX2 matches the vector registers from the seventeenth on, which avo gives out
// when the others are taken.
var beyondAVX2 = regexp.MustCompile(`TEXT ·(\w+AVX2)\(SB\)[^·]*\b([XY](1[6-9]|2[0-9]|3[01]))\b`)

func main() {
	flags := flag.NewFlagSet("vecgen", flag.ExitOnError) // avo has flags of its own in the common set
	asm := flags.String("asm", "", "assembly file to write")
	stubs := flags.String("stubs", "", "Go file to write with the declarations")
	choice := flags.String("choice", "", "Go file to write with functions that choose the level")
	others := flags.String("others", "", "Go file to write with what other processors get")
	flags.Parse(os.Args[1:])

	for _, l := range []string{avx2, avx512} {
		begin(l)
		random()
		mathematics()
		layers()
		optimiser()
		reductions()
		images()
		doubles()
	}

	file, err := ctx.Result()
	if err != nil {
		build.LogError(stdlog.Default(), err, 0)
		os.Exit(1)
	}
	if err := pass.Compile.Execute(file); err != nil {
		panic(fmt.Sprintf("%v, in one of%s", err, tooLarge(file)))
	}
	cfg := printer.Config{Name: "vecgen", Pkg: "kernels"}
	for path, p := range map[string]printer.Printer{*asm: printer.NewGoAsm(cfg), *stubs: printer.NewStubs(cfg)} {
		text, err := p.Print(file)
		if bad := beyondAVX2.FindSubmatch(text); bad != nil {
			panic(fmt.Sprintf("%s needs the register %s, which AVX2 lacks: let it hold fewer values at a time", bad[1], bad[2]))
		}
		if err == nil {
			err = os.WriteFile(path, text, 0o666)
		}
		if err != nil {
			panic(err)
		}
	}
	for path, text := range map[string][]byte{*choice: dispatchers(file), *others: otherProcessors(file)} {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			panic(err)
		}
	}
}

// tooLarge returns the names of the functions that do not compile alone.
func tooLarge(f *ir.File) (names string) {
	for _, fn := range f.Functions() {
		one := ir.NewFile()
		one.AddSection(fn)
		if pass.Compile.Execute(one) != nil {
			names += " " + fn.Name
		}
	}
	return names
}
