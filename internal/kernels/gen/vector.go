package main

import "fmt"

// head writes the comment and the first line of a function with n words of arguments.
func (w *writer) head(t number, name, args string, n int) {
	name += t.name + t.level
	fmt.Fprintf(w, "\n// func %s(%s)\nTEXT ·%[1]s(SB), NOSPLIT, $0-%[3]d\n", name, args, 8*n)
}

// tailMask fills the mask with the first n elements, n in reg, by way of AX. Of n = 0
// and of more than a register it takes what is left after whole registers.
func (w *writer) tailMask(t number, reg string) {
	w.op("ANDQ $%d, %s", t.lanes()-1, reg)
	w.op("SHLQ $%d, %s", map[int]int{4: 2, 8: 3}[t.size], reg)
	w.op("LEAQ tails<>+32(SB), AX")
	w.op("SUBQ %s, AX", reg)
	w.op("VMOVUPS (AX), %s", t.mask)
}

// lastMask fills the mask with the elements in the last of the registers that n elements
// take, n ≥ 1 in CX, by way of AX.
func (w *writer) lastMask(t number) {
	w.op("DECQ CX")
	w.op("ANDQ $%d, CX", t.lanes()-1)
	w.op("INCQ CX")
	if t.masked() {
		w.op("MOVL $-1, AX")
		w.op("SHLL CX, AX")
		w.op("NOTL AX")
		w.op("KMOVW AX, %s", t.mask)
		return
	}
	w.op("SHLQ $%d, CX", map[int]int{4: 2, 8: 3}[t.size])
	w.op("LEAQ tails<>+32(SB), AX")
	w.op("SUBQ CX, AX")
	w.op("VMOVUPS (AX), %s", t.mask)
}

// dots writes y_i += Σ_l a_il x_l, four rows of A at a time, then one.
func (w *writer) dots(t number) {
	w.head(t, "dots", fmt.Sprintf("m, k int, a *%[1]s, rowA uintptr, x, y *%[1]s, strideY uintptr", t.typ()), 7)
	w.op("MOVQ m+0(FP), DX")
	w.op("MOVQ a+16(FP), R11")
	w.op("MOVQ rowA+24(FP), R8")
	w.op("MOVQ y+40(FP), DI")
	w.op("MOVQ strideY+48(FP), R12")
	w.op("LEAQ (R8)(R8*2), R9")
	w.op("MOVQ k+8(FP), CX")
	w.op("MOVQ CX, R13")
	w.op("SHRQ $%d, CX", t.logLanes()) // whole registers
	w.op("ANDQ $%d, R13", t.lanes()-1)
	w.op("MOVQ R13, SI")
	w.tailMask(t, "SI")
	for _, rows := range []int{4, 1} {
		name := fmt.Sprintf("rows%d", rows)
		w.label("%s", name)
		w.op("CMPQ DX, $%d", rows)
		w.op("JLT %sDone", name)
		for i := range rows {
			w.op("VXORPS Y%d, Y%d, Y%d", i, i, i)
		}
		w.op("MOVQ R11, AX")
		w.op("MOVQ x+32(FP), BX")
		w.op("MOVQ CX, SI")
		w.op("TESTQ SI, SI")
		w.op("JZ %sTail", name)
		w.label("%sLoop", name)
		w.op("VMOVU%s (BX), Y8", t.ps)
		for i := range rows {
			w.op("VFMADD231%s %s, Y8, Y%d", t.ps, row("AX", i), i)
		}
		w.op("ADDQ $%d, AX", t.width)
		w.op("ADDQ $%d, BX", t.width)
		w.op("DECQ SI")
		w.op("JNZ %sLoop", name)
		w.label("%sTail", name)
		w.op("TESTQ R13, R13")
		w.op("JZ %sSum", name)
		w.loadLast(t, "(BX)", "Y8")
		for i := range rows {
			w.loadLast(t, row("AX", i), "Y9")
			w.op("VFMADD231%s Y9, Y8, Y%d", t.ps, i)
		}
		w.label("%sSum", name)
		if rows == 1 { // the same sums as those of four rows
			for i := 1; i < 4; i++ {
				w.op("VXORPS Y%d, Y%d, Y%d", i, i, i)
			}
		}
		w.op("VHADD%s Y1, Y0, Y0", t.ps)
		w.op("VHADD%s Y3, Y2, Y2", t.ps)
		if t.lanes() == 8 {
			w.op("VHADDPS Y2, Y0, Y0")
			w.op("VEXTRACTF128 $1, Y0, X1")
			w.op("VADDPS X1, X0, X0")
		} else {
			w.op("VPERM2F128 $0x20, Y2, Y0, Y1")
			w.op("VPERM2F128 $0x31, Y2, Y0, Y3")
			w.op("VADDPD Y3, Y1, Y0")
		}
		for range rows {
			if t.lanes() == 8 {
				w.op("VADDSS (DI), X0, X1")
				w.op("VMOVSS X1, (DI)")
				w.op("VPSRLDQ $4, X0, X0")
			} else {
				w.op("VADDSD (DI), X0, X1")
				w.op("VMOVSD X1, (DI)")
				w.op("VPERMPD $0x39, Y0, Y0")
			}
			w.op("ADDQ R12, DI")
		}
		if rows == 4 {
			w.op("LEAQ (R11)(R8*4), R11")
		} else {
			w.op("ADDQ R8, R11")
		}
		w.op("SUBQ $%d, DX", rows)
		w.op("JMP %s", name)
		w.label("%sDone", name)
	}
	w.op("VZEROUPPER")
	w.op("RET")
}

// rowRegs is how many registers of C a product with one row of A works on.
const rowRegs = 8

// oneRow writes c_j += Σ_l a_l b_lj for up to rowRegs registers of c.
func (w *writer) oneRow(t number) {
	w.head(t, "oneRow", fmt.Sprintf("k int, a *%[1]s, colA uintptr, b *%[1]s, rowB uintptr, c *%[1]s, n int", t.typ()), 7)
	w.op("MOVQ a+8(FP), R11")
	w.op("MOVQ colA+16(FP), R12")
	w.op("MOVQ b+24(FP), BX")
	w.op("MOVQ rowB+32(FP), R13")
	w.op("MOVQ c+40(FP), DI")
	w.op("MOVQ n+48(FP), CX")
	w.op("LEAQ -1(CX), DX")
	w.op("SHRQ $%d, DX", t.logLanes()) // registers but the last
	w.lastMask(t)
	w.op("MOVQ k+0(FP), CX")
	for regs := 1; regs < rowRegs; regs++ {
		w.op("CMPQ DX, $%d", regs-1)
		w.op("JEQ regs%d", regs)
	}
	a, b := t.reg(rowRegs), t.reg(rowRegs+1)
	for regs := rowRegs; regs >= 1; regs-- {
		last := regs - 1
		w.label("regs%d", regs)
		for j := range regs {
			w.zero(t, j)
		}
		w.label("regs%dLoop", regs)
		w.op("%s (R11), %s", t.broadcast, a)
		for j := range last {
			w.op("VFMADD231%s %s, %s, %s", t.ps, t.at(j, "(BX)"), a, t.reg(j))
		}
		w.loadLast(t, t.at(last, "(BX)"), b)
		w.op("VFMADD231%s %s, %s, %s", t.ps, b, a, t.reg(last))
		w.op("ADDQ R12, R11")
		w.op("ADDQ R13, BX")
		w.op("DECQ CX")
		w.op("JNZ regs%dLoop", regs)
		for j := range last {
			w.op("VADD%s %s, %s, %[3]s", t.ps, t.at(j, "(DI)"), t.reg(j))
			w.op("VMOVU%s %s, %s", t.ps, t.reg(j), t.at(j, "(DI)"))
		}
		w.loadLast(t, t.at(last, "(DI)"), b)
		w.op("VADD%s %s, %s, %[3]s", t.ps, b, t.reg(last))
		w.storeLast(t, t.reg(last), t.at(last, "(DI)"))
		w.op("VZEROUPPER")
		w.op("RET")
	}
}
