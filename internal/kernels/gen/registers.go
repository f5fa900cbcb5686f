package main

import (
	"fmt"
	"math/bits"
	"strings"
)

// A number is an element type, in the registers of a level, and what instructions call it.
type number struct {
	name, ps, broadcast string
	size                int // bytes an element
	registers
}

// registers are the vector registers of a level.
type registers struct {
	level  string // at the end of the functions' names
	letter string // at the beginning of the registers' names
	width  int    // bytes
	panel  int    // registers that hold a row of B
	least  int    // registers of the narrowest row
	mask   string // the register that selects the columns of the last one of them
	unroll int    // steps of a sum before a jump
}

var levels = []registers{
	{"", "Y", 32, 2, 1, "Y15", 4},
	{"AVX512", "Z", 64, 4, 2, "K1", 2},
}

var numbers = []number{
	{name: "F32", ps: "PS", broadcast: "VBROADCASTSS", size: 4},
	{name: "F64", ps: "PD", broadcast: "VBROADCASTSD", size: 8},
}

// typ returns the name of the Go type.
func (t number) typ() string { return strings.Replace(t.name, "F", "float", 1) }

// lanes is how many elements a register has, and logLanes its logarithm to base 2.
func (t number) lanes() int    { return t.width / t.size }
func (t number) logLanes() int { return bits.Len(uint(t.lanes())) - 1 }

// reg names a register.
func (t number) reg(i int) string { return fmt.Sprint(t.letter, i) }

// A tile of C, mr rows by up to t.panel registers, stays in the first registers while A
// and B stream by.
const mr = 6

// b names the registers that hold a row of B, and a the one that holds an element of A
// everywhere.
func (t number) b(j int) string { return t.reg(mr*t.panel + j) }
func (t number) a() string      { return t.reg(mr*t.panel + t.panel) }

// masked says whether masked loads and stores are as fast as others, so that the last
// register of a row is always under the mask.
func (t number) masked() bool { return t.letter == "Z" }

// loadLast loads what the mask selects, and zeros; storeLast stores it.
func (w *writer) loadLast(t number, from, to string) {
	if t.masked() {
		w.op("VMOVU%s.Z %s, %s, %s", t.ps, from, t.mask, to)
	} else {
		w.op("VMASKMOV%s %s, %s, %s", t.ps, from, t.mask, to)
	}
}

func (w *writer) storeLast(t number, from, to string) {
	if t.masked() {
		w.op("VMOVU%s %s, %s, %s", t.ps, from, t.mask, to)
	} else {
		w.op("VMASKMOV%s %s, %s, %s", t.ps, from, t.mask, to)
	}
}

// zero writes zeros.
func (w *writer) zero(t number, i int) {
	xor := "VXORPS"
	if t.masked() {
		xor = "VPXORD"
	}
	w.op("%s %s, %[2]s, %[2]s", xor, t.reg(i))
}
