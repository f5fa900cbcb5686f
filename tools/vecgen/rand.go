package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// stream is the state of 4 generators xoshiro256++ side by side, in registers.
type stream struct {
	at ptr
	s  [4]vec
}

func loadStream() *stream {
	r := &stream{at: param("s")}
	for i := range r.s {
		r.s[i] = load(operand.Mem{Base: r.at, Disp: 32 * i})
	}
	return r
}

func (r *stream) store() {
	for i, v := range r.s {
		ctx.VMOVUPS(v, operand.Mem{Base: r.at, Disp: 32 * i})
	}
}

// next returns the next 256 bits. The comments are Blackman and Vigna's code.
func (r *stream) next() vec {
	s := &r.s
	sum := to(func(d vec) { ctx.VPADDQ(s[3], s[0], d) })
	out := rotl(sum, 23)
	ctx.VPADDQ(s[0], out, out) // result = rotl(s[0] + s[3], 23) + s[0]
	t := to(func(d vec) { ctx.VPSLLQ(operand.U8(17), s[1], d) })
	if evex() { // the lines below, in fewer steps
		both := xor(s[3], s[1])
		xor3Into(s[2], s[0], s[1])
		xor3Into(s[0], t, s[2])
		xorInto(both, s[0], s[0])
		ctx.VPROLQ(operand.U8(45), both, s[3])
		return out
	}
	xorInto(s[0], s[2], s[2]) // s[2] ^= s[0]
	xorInto(s[1], s[3], s[3]) // s[3] ^= s[1]
	xorInto(s[2], s[1], s[1]) // s[1] ^= s[2]
	xorInto(s[3], s[0], s[0]) // s[0] ^= s[3]
	xorInto(t, s[2], s[2])    // s[2] ^= s[1] << 17
	rot := rotl(s[3], 45)
	ctx.VMOVAPS(rot, s[3]) // s[3] = rotl(s[3], 45)
	return out
}

// generator writes a kernel that fills dst with n blocks. A block is what f makes of the
// given number of times 256 bits: vectors that lie one after the other. params are more
// parameters, which set loads.
func generator(name, elem, params string, bits int, numbers string, set func(), f func(w []vec) []vec) {
	function(name, "func(s *[4][4]uint64, dst *"+elem+", n int"+params+")",
		"s is the state of the stream; dst has room for n blocks of "+numbers+".")
	var r *stream
	draw := func() (w []vec) {
		for range bits {
			w = append(w, r.next())
		}
		return w
	}
	block := func(dst ptr) int {
		out := f(draw())
		for i, v := range out {
			ctx.VMOVUPS(v, operand.Mem{Base: dst, Disp: 32 * i})
		}
		return 32 * len(out)
	}
	if !evex() {
		r = loadStream()
		dst, n := param("dst"), param("n")
		set()
		count(n, func() { advance(dst, block(dst)) })
	} else { // two blocks side by side, then one
		halved(func() { r = loadStream() })
		dst, n := param("dst"), param("n")
		set()
		pairs := ctx.GP64()
		ctx.MOVQ(n, pairs)
		ctx.SHRQ(operand.U8(1), pairs)
		count(pairs, func() {
			var a, b []vec
			halved(func() { a, b = draw(), draw() })
			for i := range a {
				a[i] = to(func(d vec) { ctx.VINSERTI64X4(operand.U8(1), b[i], a[i].AsZ(), d) })
			}
			out := f(a)
			for i, v := range out {
				if len(out) == 1 {
					ctx.VMOVUPS(v, operand.Mem{Base: dst})
					continue
				}
				ctx.VMOVUPS(v.AsY(), operand.Mem{Base: dst, Disp: 32 * i})
				ctx.VEXTRACTF64X4(operand.U8(1), v, operand.Mem{Base: dst, Disp: 32 * (i + len(out))})
			}
			advance(dst, 64*len(out))
		})
		ctx.ANDQ(operand.U8(1), n)
		halved(func() { count(n, func() { block(dst) }) })
	}
	r.store()
	ret()
}

// advance moves p on.
func advance(p ptr, bytes int) { ctx.ADDQ(operand.U32(bytes), p) }

func random() {
	none := func() {}
	generator("words", "uint32", "", 1, "8", none, func(w []vec) []vec { return w })

	generator("uniforms", "float32", "", 1, "8", none, func(w []vec) []vec {
		oneToTwo := or(shr(w[0], 9), f32(1))
		return []vec{sub(oneToTwo, f32(1-0x1p-24))}
	})

	var threshold, scale vec
	set := func() { threshold, scale = fparam("threshold"), fparam("scale") }
	generator("masks", "float32", ", threshold int32, scale float32", 1, "8", set, func(w []vec) []vec {
		return []vec{unless(lessInt(w[0], asWide(threshold)), asWide(scale))}
	})

	generator("normals", "float32", "", 2, "16", none, func(w []vec) []vec {
		// Box and Muller: u in (0, 1] with 31 bits, an angle of v in [−½, ½] turns.
		u := fma(toFloat(shr(w[0], 1)), load(f32(0x1p-31)), f32(0x1p-32))
		radius := sqrt(mul(logNormal(u), f32(-2)))
		sin, cos := sinCosTurns(mul(toFloat(w[1]), f32(0x1p-32)))
		return []vec{mul(sin, radius), mul(cos, radius)}
	})
}

// logNormal returns log x for x that is positive, finite and not denormal.
func logNormal(x vec) vec {
	f, e := mantissa(x)
	return logOf(f, e)
}

// mantissa splits x = 2^e (1 + f) with 1 + f in [√½, √2).
func mantissa(x vec) (f, e vec) {
	const root = 0x3f3504f3 // √½
	d := subi(x, u32(root))
	m := addi(and(d, u32(0x007fffff)), u32(root))
	return sub(m, f32(1)), toFloat(sar(d, 23))
}

// logOf returns log 2^e (1 + f). The polynomial is that of Moshier's Cephes, logf.
func logOf(f, e vec) vec {
	z := mul(f, f)
	p := poly(f, 3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1,
		-1.2420140846e-1, 1.1676998740e-1, -1.1514610310e-1, 7.0376836292e-2)
	p = mul(mul(p, f), z)
	p = fmadd(p, e, f32(-2.12194440e-4)) // ln 2 is 0.693359375 and this
	p = fnmadd(p, z, f32(0.5))
	return fmadd(add(f, p), e, f32(0.693359375))
}

// sinCosTurns returns sin and cos of 2π v for v in [−½, ½].
func sinCosTurns(v vec) (sin, cos vec) {
	quarters := mul(v, f32(4))
	q := round(quarters)
	x := mul(sub(quarters, q), f32(math.Pi/2)) // within ±π/4
	z := mul(x, x)
	s := poly(z, -1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4)
	s = fma(mul(s, z), x, x)
	c := poly(z, 1, -0.5, 4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5)
	n := toInt(q)
	odd := negative(shl(n, 31)) // in odd quarters sine and cosine change places
	sin, cos = choose(odd, s, c), choose(odd, c, s)
	sin = xor(sin, shl(and(n, u32(2)), 30))
	cos = xor(cos, shl(and(addi(n, u32(1)), u32(2)), 30))
	return sin, cos
}
