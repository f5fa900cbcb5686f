package main

import "github.com/mmcloughlin/avo/operand"

// reductions add in float64, in the lanes of sums.
func reductions() {
	function("sumAVX2", "func(x *float32, n int) float64")
	x := param("x")
	sum := newSums()
	each(param("n"), func(at lanes) { sum.add(at.get(x)) })
	sum.ret()

	function("dotAVX2", "func(a, b *float32, n int) float64")
	a, b := param("a"), param("b")
	sum = newSums()
	each(param("n"), func(at lanes) { sum.addProduct(at.get(a), at.get(b)) })
	sum.ret()

	function("squaresAroundAVX2", "func(x *float32, n int, mean float64) float64")
	x = param("x")
	m, err := ctx.Param("mean").Resolve()
	if err != nil {
		panic(err)
	}
	mean := to(func(d vec) { ctx.VBROADCASTSD(m.Addr, d) })
	sum = newSums()
	each(param("n"), func(at lanes) {
		lo, hi := widen(at.get(x))
		ctx.VSUBPD(mean, lo, lo)
		ctx.VSUBPD(mean, hi, hi)
		if at.mask != nil { // lanes that do not exist hold 0, not the mean
			top := ctx.XMM()
			ctx.VEXTRACTF128(operand.U8(1), at.mask, top)
			lo = and(lo, to(func(d vec) { ctx.VPMOVSXDQ(at.mask.AsX(), d) }))
			hi = and(hi, to(func(d vec) { ctx.VPMOVSXDQ(top, d) }))
		}
		ctx.VFMADD231PD(lo, lo, sum.lo)
		ctx.VFMADD231PD(hi, hi, sum.hi)
	})
	sum.ret()
}
