package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// reductions add in float64, in the lanes of sums.
func reductions() {
	function("sum", "func(x *float32, n int) float64")
	x := param("x")
	sum := newSums()
	each(param("n"), func(at lanes) { sum.add(at.get(x)) })
	sum.ret()

	function("dot", "func(a, b *float32, n int) float64")
	a, b := param("a"), param("b")
	sum = newSums()
	each(param("n"), func(at lanes) { sum.addProduct(at.get(a), at.get(b)) })
	sum.ret()

	function("squaresAround", "func(x *float32, n int, mean float64) float64")
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
		if !at.all() { // lanes that do not exist hold 0, not the mean
			lo, hi = onlyWide(at.mask, lo, hi)
		}
		sum.addProducts(lo, lo, hi, hi)
	})
	sum.ret()
}

// sums adds in float64, in 8 lanes: those of two vectors in AVX2, of one in AVX-512.
type sums struct{ lo, hi vec }

func newSums() sums {
	s := sums{lo: zero()}
	if s.hi = s.lo; !evex() {
		s.hi = zero()
	}
	return s
}

// widen returns the lower and the upper half of x in float64.
func widen(x vec) (lo, hi vec) {
	return to(func(d vec) { ctx.VCVTPS2PD(lower(x), d) }), to(func(d vec) { ctx.VCVTPS2PD(upper(x), d) })
}

// onlyWide returns lo and hi, halves of a vector in float64, with 0 in the lanes where c
// does not hold.
func onlyWide(c cond, lo, hi vec) (vec, vec) {
	if evex() {
		k := ctx.K()
		ctx.KSHIFTRW(operand.U8(8), c.k, k)
		ctx.VMOVUPD_Z(lo, c.k, lo)
		ctx.VMOVUPD_Z(hi, k, hi)
		return lo, hi
	}
	return and(lo, to(func(d vec) { ctx.VPMOVSXDQ(lower(c.v), d) })), and(hi, to(func(d vec) { ctx.VPMOVSXDQ(upper(c.v), d) }))
}

// add adds x, the lower half first.
func (s sums) add(x vec) {
	lo, hi := widen(x)
	ctx.VADDPD(lo, s.lo, s.lo)
	ctx.VADDPD(hi, s.hi, s.hi)
}

// addProduct adds a·b; the products are exact.
func (s sums) addProduct(a, b vec) {
	alo, ahi := widen(a)
	blo, bhi := alo, ahi
	if a != b {
		blo, bhi = widen(b)
	}
	s.addProducts(alo, blo, ahi, bhi)
}

func (s sums) addProducts(alo, blo, ahi, bhi vec) {
	ctx.VFMADD231PD(alo, blo, s.lo)
	ctx.VFMADD231PD(ahi, bhi, s.hi)
}

// total adds the lanes: i to i + 4, then to i + 2, then to i + 1.
func (s sums) total() reg.VecVirtual {
	four := s.lo
	if evex() {
		four = ctx.YMM()
		ctx.VADDPD(upper(s.lo), s.lo.AsY(), four)
	} else {
		ctx.VADDPD(s.hi, s.lo, four)
	}
	x := ctx.XMM()
	ctx.VEXTRACTF128(operand.U8(1), four, x)
	ctx.VADDPD(four.AsX(), x, x)
	top := ctx.XMM()
	ctx.VPERMILPD(operand.U8(1), x, top)
	ctx.VADDSD(top, x, x)
	return x
}

// ret ends a function that returns the total.
func (s sums) ret() {
	ctx.Store(s.total(), ctx.ReturnIndex(0))
	ret()
}
