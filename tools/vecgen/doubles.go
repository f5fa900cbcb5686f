package main

// doubles are the kernels that also exist for float64, where Go's compiler makes a slow
// loop of what a processor does in one instruction. Their n, and the width of their rows,
// count words of 32 bits, two for every number. They give the bits of the portable loop.
func doubles() {
	function("relu64", "func(dst, x *float32, n int)")
	dst, x := param("dst"), param("x")
	each(param("n"), func(at lanes) {
		v := at.get(x)
		at.put(dst, only(compareDoubles(v, notAtMost, zero()), v)) // passes NaN on, and makes −0 a 0
	})
	ret()

	function("reluBack64", "func(dx, dy, y *float32, n int)")
	dx, dy, y := param("dx"), param("dy"), param("y")
	each(param("n"), func(at lanes) {
		at.put(dx, only(compareDoubles(at.get(y), greater, zero()), at.get(dy)))
	})
	ret()

	addToRows("addToRows64", ctx.VADDPD)
	sumRows("sumRows64", ctx.VADDPD)
}
