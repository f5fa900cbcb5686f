package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// layers are the kernels of forward and backward passes.
func layers() {
	// dx[i] = f(dy[i], y[i])
	for _, k := range []struct {
		name string
		f    func(dy, y vec) vec
	}{
		{"mul", func(dy, y vec) vec { return mul(dy, y) }},
		{"reluBack", func(dy, y vec) vec { return and(compare(y, greater, f32(0)), dy) }},
		{"tanhBack", func(dy, y vec) vec { return mul(dy, fnmadd(load(f32(1)), y, y)) }},
		{"sigmoidBack", func(dy, y vec) vec { return mul(dy, mul(y, sub(load(f32(1)), y))) }},
		{"softplusBack", func(dy, y vec) vec { return mul(dy, negate(expm1Neg(negate(y)))) }},
	} {
		function(k.name+"AVX2", "func(dx, dy, y *float32, n int)")
		dx, dy, y := param("dx"), param("dy"), param("y")
		each(param("n"), func(at lanes) { at.put(dx, k.f(at.get(dy), at.get(y))) })
		ret()
	}

	function("localAVX2", "func(out, s, eps *float32, n int)")
	out, s, eps := param("out"), param("s"), param("eps")
	each(param("n"), func(at lanes) {
		sd := sqrt(at.get(s))
		at.put(s, sd)
		at.put(out, fmadd(at.get(out), sd, at.get(eps)))
	})
	ret()

	function("localBackAVX2", "func(ds, dout, eps, sd *float32, n int)")
	g, dout, eps, sd := param("ds"), param("dout"), param("eps"), param("sd")
	each(param("n"), func(at lanes) {
		v := at.get(sd)
		q := div(mul(at.get(dout), at.get(eps)), add(v, v))
		at.put(g, and(compare(v, greater, f32(0)), q))
	})
	ret()

	function("addTwiceAVX2", "func(dst, a, b *float32, n int)")
	dst, a, b := param("dst"), param("a"), param("b")
	each(param("n"), func(at lanes) {
		t := at.get(b)
		at.put(dst, fmadd(at.get(dst), at.get(a), add(t, t)))
	})
	ret()

	function("addAVX2", "func(dst, a *float32, n int)")
	dst, a = param("dst"), param("a")
	each(param("n"), func(at lanes) { at.put(dst, add(at.get(dst), at.get(a))) })
	ret()

	// Rows of a matrix, 8 columns at a time.
	function("addToRowsAVX2", "func(m, row *float32, rows, width int)")
	m, row := param("m"), param("row")
	rows, width, stride := rowParams()
	each(width, func(at lanes) {
		v := at.get(row)
		eachRow(m, rows, stride, func(m ptr) { at.put(m, add(at.get(m), v)) })
	})
	ret()

	function("sumRowsAVX2", "func(dst, m *float32, rows, width int)")
	dst, m = param("dst"), param("m")
	rows, width, stride = rowParams()
	each(width, func(at lanes) {
		v := at.get(dst)
		eachRow(m, rows, stride, func(m ptr) { ctx.VADDPS(at.get(m), v, v) })
		at.put(dst, v)
	})
	ret()

	function("scaleAVX2", "func(dst, a *float32, n int, c float32)")
	dst, a = param("dst"), param("a")
	c := fparam("c")
	each(param("n"), func(at lanes) { at.put(dst, mul(at.get(a), c)) })
	ret()

	function("residualsAVX2", "func(df, f, y *float32, n int, c float32) float64")
	df, f, y := param("df"), param("f"), param("y")
	c = fparam("c")
	sum := newSums()
	each(param("n"), func(at lanes) {
		d := sub(at.get(y), at.get(f))
		at.put(df, mul(d, c))
		sum.addProduct(d, d)
	})
	sum.ret()
}

// rowParams loads the shape of a matrix; stride is the width in bytes.
func rowParams() (rows, width, stride ptr) {
	rows, width = param("rows"), param("width")
	s := ctx.GP64()
	ctx.MOVQ(width, s)
	ctx.SHLQ(operand.U8(2), s)
	return rows, width, s
}

// eachRow runs b for each row of m.
func eachRow(m, rows, stride ptr, b func(m ptr)) {
	row, n := ctx.GP64(), ctx.GP64()
	ctx.MOVQ(m, row)
	ctx.MOVQ(rows, n)
	ctx.TESTQ(n, n)
	loop, done := label(), label()
	ctx.JZ(operand.LabelRef(done))
	ctx.Label(loop)
	b(row)
	ctx.ADDQ(stride, row)
	ctx.DECQ(n)
	ctx.JNZ(operand.LabelRef(loop))
	ctx.Label(done)
}

// sums adds in float64, in 8 lanes.
type sums struct{ lo, hi vec }

func newSums() sums {
	zero := func(d vec) { ctx.VXORPD(d, d, d) }
	return sums{to(zero), to(zero)}
}

// widen returns the lower and the upper half of x in float64.
func widen(x vec) (lo, hi vec) {
	top := ctx.XMM()
	ctx.VEXTRACTF128(operand.U8(1), x, top)
	return to(func(d vec) { ctx.VCVTPS2PD(x.AsX(), d) }), to(func(d vec) { ctx.VCVTPS2PD(top, d) })
}

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
	ctx.VFMADD231PD(alo, blo, s.lo)
	ctx.VFMADD231PD(ahi, bhi, s.hi)
}

// total adds the lanes: i to i + 4, then to i + 2, then to i + 1.
func (s sums) total() reg.VecVirtual {
	ctx.VADDPD(s.hi, s.lo, s.lo)
	x := ctx.XMM()
	ctx.VEXTRACTF128(operand.U8(1), s.lo, x)
	ctx.VADDPD(s.lo.AsX(), x, x)
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
