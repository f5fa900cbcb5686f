package main

import "fmt"

// transpose writes the transposition of blocks of lanes × lanes.
func (w *writer) transpose(t number) {
	w.head(t, "transpose", fmt.Sprintf("dst *%[1]s, rowDst uintptr, src *%[1]s, rowSrc uintptr, blocks int", t.typ()), 5)
	w.op("MOVQ dst+0(FP), DI")
	w.op("MOVQ rowDst+8(FP), R12")
	w.op("MOVQ src+16(FP), AX")
	w.op("MOVQ rowSrc+24(FP), R8")
	w.op("MOVQ blocks+32(FP), CX")
	w.strides()
	w.op("LEAQ (R9)(R8*4), R11")
	w.label("block")
	for i := range t.lanes() {
		w.op("PREFETCHT0 128%s", row("AX", i))
		w.op("VMOVU%s %s, Y%d", t.ps, row("AX", i), i)
	}
	var out []int
	if t.lanes() == 4 {
		for i := 0; i < 4; i += 2 {
			w.op("VUNPCKLPD Y%d, Y%d, Y%d", i+1, i, 4+i)
			w.op("VUNPCKHPD Y%d, Y%d, Y%d", i+1, i, 5+i)
		}
		for i := range 2 {
			w.op("VPERM2F128 $0x20, Y%d, Y%d, Y%d", 6+i, 4+i, i)
			w.op("VPERM2F128 $0x31, Y%d, Y%d, Y%d", 6+i, 4+i, 2+i)
		}
		out = []int{0, 1, 2, 3}
	} else {
		for i := 0; i < 8; i += 2 {
			w.op("VUNPCKLPS Y%d, Y%d, Y%d", i+1, i, 8+i)
			w.op("VUNPCKHPS Y%d, Y%d, Y%d", i+1, i, 9+i)
		}
		for i := 0; i < 8; i += 4 {
			for h := range 2 {
				w.op("VUNPCKLPD Y%d, Y%d, Y%d", 8+i+2+h, 8+i+h, i+2*h)
				w.op("VUNPCKHPD Y%d, Y%d, Y%d", 8+i+2+h, 8+i+h, i+2*h+1)
			}
		}
		for i := range 4 {
			w.op("VPERM2F128 $0x20, Y%d, Y%d, Y%d", 4+i, i, 8+i)
			w.op("VPERM2F128 $0x31, Y%d, Y%d, Y%d", 4+i, i, 12+i)
		}
		out = []int{8, 9, 10, 11, 12, 13, 14, 15}
	}
	for _, r := range out {
		w.op("VMOVU%s Y%d, (DI)", t.ps, r)
		w.op("ADDQ R12, DI")
	}
	w.op("ADDQ $%d, AX", t.width)
	w.op("DECQ CX")
	w.op("JNZ block")
	w.op("VZEROUPPER")
	w.op("RET")
}
