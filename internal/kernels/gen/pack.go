package main

import "fmt"

// ahead is how many rows copyRows asks for before it copies them.
const ahead = 8

// copyRows writes the copying of rows of some bytes, a multiple of 4, from a matrix whose
// rows lie far apart, where the processor does not look ahead by itself.
func (w *writer) copyRows() {
	fmt.Fprint(w, "\n// func copyRows(dst unsafe.Pointer, rowDst uintptr, src unsafe.Pointer, rowSrc uintptr, bytes, rows int)\nTEXT ·copyRows(SB), NOSPLIT, $0-48\n")
	w.op("MOVQ dst+0(FP), DI")
	w.op("MOVQ rowDst+8(FP), R12")
	w.op("MOVQ src+16(FP), SI")
	w.op("MOVQ rowSrc+24(FP), R8")
	w.op("MOVQ bytes+32(FP), DX")
	w.op("MOVQ rows+40(FP), CX")
	w.op("MOVQ R8, R9")
	w.op("IMULQ $%d, R9", ahead)
	w.label("row")
	w.op("MOVQ SI, AX")
	w.op("MOVQ DI, BX")
	w.op("MOVQ DX, R10")
	w.op("SUBQ $64, R10")
	w.op("JLT rest")
	w.label("line")
	w.op("PREFETCHT0 (AX)(R9*1)")
	w.op("VMOVUPS (AX), Y0")
	w.op("VMOVUPS 32(AX), Y1")
	w.op("VMOVUPS Y0, (BX)")
	w.op("VMOVUPS Y1, 32(BX)")
	w.op("ADDQ $64, AX")
	w.op("ADDQ $64, BX")
	w.op("SUBQ $64, R10")
	w.op("JGE line")
	w.label("rest")
	w.op("PREFETCHT0 (AX)(R9*1)")
	for _, piece := range []struct {
		bytes     int
		move, reg string
	}{{32, "VMOVUPS", "Y0"}, {16, "VMOVUPS", "X0"}, {8, "MOVQ", "R11"}, {4, "MOVL", "R11"}} {
		w.op("TESTQ $%d, R10", piece.bytes) // R10 is negative, but its lower bits are those of what is left
		w.op("JZ no%d", piece.bytes)
		w.op("%s (AX), %s", piece.move, piece.reg)
		w.op("%s %s, (BX)", piece.move, piece.reg)
		w.op("ADDQ $%d, AX", piece.bytes)
		w.op("ADDQ $%d, BX", piece.bytes)
		w.label("no%d", piece.bytes)
	}
	w.op("ADDQ R8, SI")
	w.op("ADDQ R12, DI")
	w.op("DECQ CX")
	w.op("JNZ row")
	w.op("VZEROUPPER")
	w.op("RET")
}
