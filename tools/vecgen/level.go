package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Kernels are written once and printed for two levels. What the levels' instructions do
// not share is in this file.
const avx2, avx512 = "AVX2", "AVX512"

var (
	level string // avx2 or avx512
	width int    // bytes of a vector: 32, and 64 for most of what is AVX-512
)

// begin starts a level.
func begin(l string) {
	level, width = l, 32
	if evex() {
		width = 64
	}
}

// evex says whether instructions may use the 32 registers of AVX-512.
func evex() bool { return level == avx512 }

// lanesOf is how many elements a vector has.
func lanesOf() int { return width / 4 }

// halved runs f with vectors of half the width.
func halved(f func()) {
	width /= 2
	f()
	width *= 2
}

// asAVX2 runs f with the instructions of AVX2. There must be few registers in use.
func asAVX2(f func()) {
	was := level
	begin(avx2)
	f()
	begin(was)
}

func newVec() vec {
	if width == 64 {
		return ctx.ZMM()
	}
	return ctx.YMM()
}

func andInto(b, a, d operand.Op) {
	if evex() {
		ctx.VPANDD(b, a, d)
	} else {
		ctx.VPAND(b, a, d)
	}
}

func xorInto(b, a, d operand.Op) {
	if evex() {
		ctx.VPXORD(b, a, d)
	} else {
		ctx.VPXOR(b, a, d)
	}
}

func orInto(b, a, d operand.Op) {
	if evex() {
		ctx.VPORD(b, a, d)
	} else {
		ctx.VPOR(b, a, d)
	}
}

// xor3Into writes a ^ b ^ d over d, in AVX-512.
func xor3Into(a, b, d operand.Op) { ctx.VPTERNLOGQ(operand.U8(0x96), a, b, d) }

func zero() vec { return to(func(d vec) { xorInto(d, d, d) }) }

// round rounds to the nearest integer, half to even.
func round(a vec) vec {
	return to(func(d vec) {
		if evex() {
			ctx.VRNDSCALEPS(operand.U8(8), a, d)
		} else {
			ctx.VROUNDPS(operand.U8(8), a, d)
		}
	})
}

// rotl rotates 64-bit words.
func rotl(v vec, n int) vec {
	if evex() {
		return to(func(d vec) { ctx.VPROLQ(operand.U8(n), v, d) })
	}
	hi := to(func(d vec) { ctx.VPSRLQ(operand.U8(64-n), v, d) })
	lo := to(func(d vec) { ctx.VPSLLQ(operand.U8(n), v, d) })
	return or(lo, hi)
}

// A cond says for every lane whether something holds: in AVX2 by a vector of ones and
// zeros, of which sometimes only the sign counts, in AVX-512 by a bit.
type cond struct {
	v       vec
	k       reg.OpmaskVirtual
	doubles bool // in AVX-512: a bit for every float64, not float32
}

// The predicates of VCMPPS.
const (
	equal      = 0  // false for NaN
	less       = 17 // false for NaN
	notAtMost  = 22 // true for NaN
	notAtLeast = 25 // true for NaN
	greater    = 30 // false for NaN
)

// compare returns in which lanes "a predicate b" holds.
func compare(a vec, predicate uint8, b op) cond {
	if evex() {
		k := ctx.K()
		ctx.VCMPPS(operand.U8(predicate), b, a, k)
		return cond{k: k}
	}
	return cond{v: to(func(d vec) { ctx.VCMPPS(operand.U8(predicate), b, a, d) })}
}

// compareDoubles is compare for vectors of float64.
func compareDoubles(a vec, predicate uint8, b op) cond {
	if evex() {
		k := ctx.K()
		ctx.VCMPPD(operand.U8(predicate), b, a, k)
		return cond{k: k, doubles: true}
	}
	return cond{v: to(func(d vec) { ctx.VCMPPD(operand.U8(predicate), b, a, d) })}
}

// lessInt returns in which lanes a < b, as integers with a sign.
func lessInt(a, b vec) cond {
	if evex() {
		k := ctx.K()
		ctx.VPCMPGTD(a, b, k)
		return cond{k: k}
	}
	return cond{v: to(func(d vec) { ctx.VPCMPGTD(a, b, d) })}
}

// negative returns in which lanes the sign bit is set.
func negative(a vec) cond {
	if evex() {
		k := ctx.K()
		ctx.VPMOVD2M(a, k)
		return cond{k: k}
	}
	return cond{v: a}
}

// choose returns b in the lanes where c holds, and a elsewhere.
func choose(c cond, a vec, b op) vec { return to(func(d vec) { chooseInto(c, a, b, d) }) }

func chooseInto(c cond, a vec, b op, d vec) {
	if evex() {
		ctx.VBLENDMPS(b, a, c.k, d)
	} else {
		ctx.VBLENDVPS(c.v, b, a, d)
	}
}

// only returns x where c holds, and 0 elsewhere. In AVX2 the sign of c does not suffice.
func only(c cond, x op) vec {
	return to(func(d vec) {
		switch {
		case c.doubles:
			ctx.VMOVUPD_Z(x, c.k, d)
		case evex():
			ctx.VMOVUPS_Z(x, c.k, d)
		default:
			ctx.VPAND(x, c.v, d)
		}
	})
}

// unless returns 0 where c holds, and x elsewhere, with the same reservation.
func unless(c cond, x vec) vec {
	if evex() {
		return choose(c, x, zero())
	}
	return to(func(d vec) { ctx.VPANDN(x, c.v, d) })
}

// loadSome loads the lanes where c holds, and zeros.
func loadSome(m operand.Mem, c cond) vec {
	return to(func(d vec) {
		if evex() {
			ctx.VMOVUPS_Z(m, c.k, d)
		} else {
			ctx.VMASKMOVPS(m, c.v, d)
		}
	})
}

// storeSome stores the lanes where c holds.
func storeSome(v vec, c cond, m operand.Mem) {
	if evex() {
		ctx.VMOVUPS(v, c.k, m)
	} else {
		ctx.VMASKMOVPS(v, c.v, m)
	}
}

// first returns the first n lanes, n up to a vector's, and may forget n.
func first(n reg.GPVirtual) cond {
	if evex() {
		ones, k := ctx.GP32(), ctx.K()
		ctx.MOVL(operand.I32(-1), ones)
		ctx.BZHIL(n.As32(), ones, ones)
		ctx.KMOVW(ones, k)
		return cond{k: k}
	}
	table := ctx.GP64()
	ctx.LEAQ(masks(), table)
	ctx.NEGQ(n)
	return cond{v: load(operand.Mem{Base: table, Index: n, Scale: 4, Disp: 32})}
}

// masks is 8 words of ones and 8 of zeros. Read n words before the middle, it is the
// mask of n lanes.
func masks() operand.Mem {
	if m, ok := pool["vecMasks"]; ok {
		return m
	}
	m := ctx.StaticGlobal("vecMasks")
	ctx.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 16 {
		w := uint32(0xffffffff)
		if i >= 8 {
			w = 0
		}
		ctx.AddDatum(4*i, operand.U32(w))
	}
	pool["vecMasks"] = m
	return m
}

// upper returns the upper half of v, half as wide.
func upper(v vec) vec {
	if width == 64 {
		y := ctx.YMM()
		ctx.VEXTRACTF64X4(operand.U8(1), v, y)
		return y
	}
	x := ctx.XMM()
	ctx.VEXTRACTF128(operand.U8(1), v, x)
	return x
}

// lower returns the lower half.
func lower(v vec) reg.Register {
	if width == 64 {
		return v.AsY()
	}
	return v.AsX()
}

// asWide returns v, or its lower half where vectors are that wide now.
func asWide(v vec) vec {
	if width == 32 {
		return v.AsY().(vec)
	}
	return v
}
