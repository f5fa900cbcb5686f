package main

import "github.com/mmcloughlin/avo/operand"

// layers are the kernels of forward and backward passes.
func layers() {
	// dx[i] = f(dy[i], y[i])
	for _, k := range []struct {
		name string
		f    func(dy, y vec) vec
	}{
		{"mul", func(dy, y vec) vec { return mul(dy, y) }},
		{"reluBack", func(dy, y vec) vec { return only(compare(y, greater, f32(0)), dy) }},
		{"tanhBack", func(dy, y vec) vec { return mul(dy, fnmadd(load(f32(1)), y, y)) }},
		{"sigmoidBack", func(dy, y vec) vec { return mul(dy, mul(y, sub(load(f32(1)), y))) }},
		{"softplusBack", func(dy, y vec) vec { return mul(dy, negate(expm1Neg(negate(y)))) }},
	} {
		function(k.name, "func(dx, dy, y *float32, n int)")
		dx, dy, y := param("dx"), param("dy"), param("y")
		each(param("n"), func(at lanes) { at.put(dx, k.f(at.get(dy), at.get(y))) })
		ret()
	}

	function("local", "func(out, s, eps *float32, n int)")
	out, s, eps := param("out"), param("s"), param("eps")
	each(param("n"), func(at lanes) {
		sd := sqrt(at.get(s))
		at.put(s, sd)
		at.put(out, fmadd(at.get(out), sd, at.get(eps)))
	})
	ret()

	function("localBack", "func(ds, dout, eps, sd *float32, n int)")
	g, dout, eps, sd := param("ds"), param("dout"), param("eps"), param("sd")
	each(param("n"), func(at lanes) {
		v := at.get(sd)
		q := div(mul(at.get(dout), at.get(eps)), add(v, v))
		at.put(g, only(compare(v, greater, f32(0)), q))
	})
	ret()

	function("addTwice", "func(dst, a, b *float32, n int)")
	dst, a, b := param("dst"), param("a"), param("b")
	each(param("n"), func(at lanes) {
		t := at.get(b)
		at.put(dst, fmadd(at.get(dst), at.get(a), add(t, t)))
	})
	ret()

	function("add", "func(dst, a *float32, n int)")
	dst, a = param("dst"), param("a")
	each(param("n"), func(at lanes) { at.put(dst, add(at.get(dst), at.get(a))) })
	ret()

	addToRows("addToRows", ctx.VADDPS)
	sumRows("sumRows", ctx.VADDPS)

	function("scale", "func(dst, a *float32, n int, c float32)")
	dst, a = param("dst"), param("a")
	c := fparam("c")
	each(param("n"), func(at lanes) { at.put(dst, mul(at.get(a), c)) })
	ret()

	function("residuals", "func(df, f, y *float32, n int, c float32) float64")
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

// addToRows adds a row to the rows of a matrix, a vector of columns at a time.
func addToRows(name string, add func(ops ...operand.Op)) {
	function(name, "func(m, row *float32, rows, width int)")
	m, row := param("m"), param("row")
	rows, width, stride := rowParams()
	each(width, func(at lanes) {
		v := at.get(row)
		eachRow(m, rows, stride, func(m ptr) { at.put(m, to(func(d vec) { add(v, at.get(m), d) })) })
	})
	ret()
}

// sumRows adds the rows of a matrix to a row, in order.
func sumRows(name string, add func(ops ...operand.Op)) {
	function(name, "func(dst, m *float32, rows, width int)")
	dst, m := param("dst"), param("m")
	rows, width, stride := rowParams()
	each(width, func(at lanes) {
		v := at.get(dst)
		eachRow(m, rows, stride, func(m ptr) { add(at.get(m), v, v) })
		at.put(dst, v)
	})
	ret()
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
