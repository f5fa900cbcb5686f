package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
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
		ctx.VMOVDQU(v, operand.Mem{Base: r.at, Disp: 32 * i})
	}
}

// next returns the next 256 bits. The comments are Blackman and Vigna's code.
func (r *stream) next() vec {
	s := &r.s
	sum := to(func(d vec) { ctx.VPADDQ(s[3], s[0], d) })
	out := rotl(sum, 23)
	ctx.VPADDQ(s[0], out, out) // result = rotl(s[0] + s[3], 23) + s[0]
	t := to(func(d vec) { ctx.VPSLLQ(operand.U8(17), s[1], d) })
	ctx.VPXOR(s[0], s[2], s[2]) // s[2] ^= s[0]
	ctx.VPXOR(s[1], s[3], s[3]) // s[3] ^= s[1]
	ctx.VPXOR(s[2], s[1], s[1]) // s[1] ^= s[2]
	ctx.VPXOR(s[3], s[0], s[0]) // s[0] ^= s[3]
	ctx.VPXOR(t, s[2], s[2])    // s[2] ^= s[1] << 17
	rot := rotl(s[3], 45)
	ctx.VMOVDQA(rot, s[3]) // s[3] = rotl(s[3], 45)
	return out
}

func rotl(v vec, n int) vec {
	hi := to(func(d vec) { ctx.VPSRLQ(operand.U8(64-n), v, d) })
	lo := to(func(d vec) { ctx.VPSLLQ(operand.U8(n), v, d) })
	return or(lo, hi)
}

// blocks runs b n times; dst moves on by the given number of bytes.
func blocks(n ptr, dst ptr, bytes int, b func()) {
	begin, done := label(), label()
	ctx.TESTQ(n, n)
	ctx.JZ(operand.LabelRef(done))
	ctx.Label(begin)
	b()
	ctx.ADDQ(operand.U32(bytes), dst)
	ctx.DECQ(n.(reg.GPVirtual))
	ctx.JNZ(operand.LabelRef(begin))
	ctx.Label(done)
}

func random() {
	const doc = "s is the state of the stream; dst has room for n blocks of "
	begin := func(name, elem, params string, doc string) (*stream, ptr, ptr) {
		function(name, "func(s *[4][4]uint64, dst *"+elem+", n int"+params+")", doc)
		return loadStream(), param("dst"), param("n")
	}
	end := func(r *stream) {
		r.store()
		ret()
	}

	r, dst, n := begin("wordsAVX2", "uint32", "", doc+"8.")
	blocks(n, dst, 32, func() { ctx.VMOVDQU(r.next(), operand.Mem{Base: dst}) })
	end(r)

	r, dst, n = begin("uniformsAVX2", "float32", "", doc+"8.")
	blocks(n, dst, 32, func() {
		oneToTwo := or(shr(r.next(), 9), f32(1))
		ctx.VMOVUPS(sub(oneToTwo, f32(1-0x1p-24)), operand.Mem{Base: dst})
	})
	end(r)

	r, dst, n = begin("masksAVX2", "float32", ", threshold int32, scale float32", doc+"8.")
	threshold, scale := fparam("threshold"), fparam("scale")
	blocks(n, dst, 32, func() {
		w := r.next()
		drop := to(func(d vec) { ctx.VPCMPGTD(w, threshold, d) })
		ctx.VMOVUPS(andnot(drop, scale), operand.Mem{Base: dst})
	})
	end(r)

	r, dst, n = begin("normalsAVX2", "float32", "", doc+"16.")
	blocks(n, dst, 64, func() {
		// Box and Muller: u in (0, 1] with 31 bits, an angle of v in [−½, ½] turns.
		u := fma(toFloat(shr(r.next(), 1)), load(f32(0x1p-31)), f32(0x1p-32))
		radius := sqrt(mul(logNormal(u), f32(-2)))
		sin, cos := sinCosTurns(mul(toFloat(r.next()), f32(0x1p-32)))
		ctx.VMOVUPS(mul(sin, radius), operand.Mem{Base: dst})
		ctx.VMOVUPS(mul(cos, radius), operand.Mem{Base: dst, Disp: 32})
	})
	end(r)
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
	odd := shl(n, 31) // in odd quarters sine and cosine change places
	sin, cos = choose(odd, s, c), choose(odd, c, s)
	sin = xor(sin, shl(and(n, u32(2)), 30))
	cos = xor(cos, shl(and(addi(n, u32(1)), u32(2)), 30))
	return sin, cos
}
