package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// images are the kernels of convolutions and pools. Each does one row of places.
func images() {
	runs("patches", "func(patches, x *float32, places, size, run, line, step, room int)",
		"patches copies size runs, a line apart, for each place, within the room numbers of patches.", "patches",
		func(patch, pixel operand.Mem, get func(operand.Mem) vec, put func(vec, operand.Mem)) {
			put(get(pixel), patch)
		})
	runs("addPatches", "func(patches, x *float32, places, size, run, line, step, room int)",
		"addPatches adds them to x instead, within the room numbers of x.", "x",
		func(patch, pixel operand.Mem, get func(operand.Mem) vec, put func(vec, operand.Mem)) {
			v := get(patch)
			put(add(v, load(pixel)), pixel)
		})
	maxPool()
}

// runs is a kernel that moves runs of numbers between patches, which lie one after the
// other, and the image x. Up to 7 numbers are left of a run: move reads them with a mask
// and writes vectors of 8, which is fast and changes nothing for good: what it writes
// into a patch too much comes next anyway, and to x it adds zeros. Where a vector would
// reach beyond end, it writes with the mask, too.
func runs(name, signature, doc, written string, move func(patch, pixel operand.Mem, get func(operand.Mem) vec, put func(vec, operand.Mem))) {
	function(name, signature, doc)
	patch, x, places, size, run := param("patches"), param("x"), param("places"), param("size"), param("run")
	line, step, end := param("line"), param("step"), param("room")
	if written == "x" {
		ctx.LEAQ(operand.Mem{Base: x, Index: end, Scale: 4}, end)
	} else {
		ctx.LEAQ(operand.Mem{Base: patch, Index: end, Scale: 4}, end)
	}
	ctx.SHLQ(operand.U8(2), line)
	ctx.SHLQ(operand.U8(2), step)
	masked, left := ctx.GP64(), ctx.GP64()
	ctx.MOVQ(run, masked)
	ctx.ANDQ(operand.U8(7), masked)
	ctx.MOVQ(masked, left)
	var mask cond
	asAVX2(func() { mask = first(left) })
	pixel, i, o := ctx.GP64(), ctx.GP64(), ctx.GP64()
	place := func(p ptr) operand.Mem { return operand.Mem{Base: p, Index: o, Scale: 4} }

	whole := func() {
		loop(run, o, lanesOf(), func() {
			move(place(patch), place(pixel), func(m operand.Mem) vec { return load(m) }, func(v vec, m operand.Mem) { ctx.VMOVUPS(v, m) })
		})
	}
	rest := func() {
		next, near := label(), label()
		target := patch
		if written == "x" {
			target = pixel
		}
		last := ctx.GP64()
		ctx.LEAQ(operand.Mem{Base: target, Index: o, Scale: 4, Disp: 32}, last)
		ctx.CMPQ(last, end)
		ctx.JHI(operand.LabelRef(near))
		get := func(m operand.Mem) vec { return loadSome(m, mask) }
		move(place(patch), place(pixel), get, func(v vec, m operand.Mem) { ctx.VMOVUPS(v, m) })
		ctx.JMP(operand.LabelRef(next))
		ctx.Label(near)
		if written == "x" {
			v := get(place(patch))
			storeSome(add(v, get(place(pixel))), mask, place(pixel))
		} else {
			storeSome(get(place(pixel)), mask, place(patch))
		}
		ctx.Label(next)
	}
	allRuns := func(move func()) {
		count(places, func() {
			ctx.MOVQ(x, pixel)
			ctx.MOVQ(size, i)
			count(i, func() {
				move()
				ctx.LEAQ(operand.Mem{Base: patch, Index: run, Scale: 4}, patch)
				ctx.ADDQ(line, pixel)
			})
			ctx.ADDQ(step, x)
		})
		ret()
	}

	long := label()
	ctx.CMPQ(run, operand.U8(8))
	ctx.JGE(operand.LabelRef(long))
	ctx.XORQ(o, o)
	allRuns(func() { asAVX2(rest) })
	ctx.Label(long)
	allRuns(func() {
		ctx.XORQ(o, o)
		whole()
		if evex() {
			halved(whole)
		}
		none := label()
		ctx.TESTQ(masked, masked)
		ctx.JZ(operand.LabelRef(none))
		asAVX2(rest)
		ctx.Label(none)
	})
}

// count runs b n times, and forgets n.
func count(n ptr, b func()) {
	begin, done := label(), label()
	ctx.TESTQ(n, n)
	ctx.JZ(operand.LabelRef(done))
	ctx.Label(begin)
	b()
	ctx.DECQ(n.(reg.GPVirtual))
	ctx.JNZ(operand.LabelRef(begin))
	ctx.Label(done)
}

// maxPool takes the largest of every size × size square, channel by channel, and notes
// which element of x it was.
func maxPool() {
	function("maxPool", "func(y *float32, top *int32, x *float32, corner *[16]int32, places, size, line, channels int)",
		"corner are the numbers of the first 16 elements of the first square.")
	y, top, x, places, size := param("y"), param("top"), param("x"), param("places"), param("size")
	corner := load(operand.Mem{Base: param("corner")})
	down, c := param("line"), param("channels")
	// From the end of a row of the square to the start of the next one: line − size·c.
	across := ctx.GP64()
	ctx.MOVQ(c, across)
	ctx.IMULQ(size, across)
	ctx.SUBQ(across, down)
	cs, downs, sides := spreadInt(c), spreadInt(down), spreadInt(across)
	ctx.SHLQ(operand.U8(2), c)
	ctx.SHLQ(operand.U8(2), down)
	p, i, j := ctx.GP64(), ctx.GP64(), ctx.GP64()

	count(places, func() {
		n := param("channels")
		index := load(corner)
		each(n, func(at lanes) {
			ctx.LEAQ(at.of(x), p)
			read := func() vec {
				if at.all() {
					return load(operand.Mem{Base: p})
				}
				return loadSome(operand.Mem{Base: p}, at.mask)
			}
			best, which := read(), load(index)
			k := load(index)
			ctx.MOVQ(size, i)
			count(i, func() {
				ctx.MOVQ(size, j)
				count(j, func() {
					v := read()
					larger := compare(v, greater, best)
					chooseInto(larger, best, v, best)
					chooseInto(larger, which, k, which)
					ctx.ADDQ(c, p)
					ctx.VPADDD(cs, k, k)
				})
				ctx.ADDQ(down, p)
				ctx.VPADDD(downs, k, k)
			})
			at.put(y, best)
			at.put(top, which)
			ctx.VPADDD(u32(uint32(lanesOf())), index, index)
		})
		ctx.ADDQ(c, y)
		ctx.ADDQ(c, top)
		ctx.LEAQ(operand.Mem{Base: x, Index: across, Scale: 4}, x)
		ctx.VPADDD(sides, corner, corner)
	})
	ret()
}

// spreadInt returns a vector full of the lower half of r.
func spreadInt(r ptr) vec {
	x := ctx.XMM()
	ctx.VMOVD(r.(reg.GPVirtual).As32(), x)
	return to(func(d vec) { ctx.VPBROADCASTD(x, d) })
}
