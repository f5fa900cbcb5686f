package main

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// What follows is a small language over vectors: a function takes vectors and returns
// a new one. The names of instructions are Intel's, the order of operands is Go's:
// sources from the last to the first, then the destination.

var ctx = build.NewContext()

type (
	vec = reg.VecVirtual // float32, or as many integers: lanesOf of them
	op  = operand.Op     // a vec or a constant in memory
	ptr = reg.Register   // the address of an array
)

// pool holds the constants, each of them once.
var pool = map[string]operand.Mem{}

// constant returns a vector of the words w, repeated up to 64 bytes.
func constant(name string, w ...operand.Constant) operand.Mem {
	if m, ok := pool[name]; ok {
		return m
	}
	m := ctx.StaticGlobal(name)
	ctx.DataAttributes(attr.RODATA | attr.NOPTR)
	for at, i := 0, 0; at < 64; i++ {
		ctx.AddDatum(at, w[i%len(w)])
		at += w[0].Bytes()
	}
	pool[name] = m
	return m
}

func u32(u uint32) operand.Mem {
	return constant(fmt.Sprintf("vecU32x%08x", u), operand.U32(u))
}

func f32(x float64) operand.Mem { return u32(math.Float32bits(float32(x))) }

func to(f func(dst vec)) vec { v := newVec(); f(v); return v }

func add(a vec, b op) vec  { return to(func(d vec) { ctx.VADDPS(b, a, d) }) }
func sub(a vec, b op) vec  { return to(func(d vec) { ctx.VSUBPS(b, a, d) }) }
func mul(a vec, b op) vec  { return to(func(d vec) { ctx.VMULPS(b, a, d) }) }
func div(a vec, b op) vec  { return to(func(d vec) { ctx.VDIVPS(b, a, d) }) }
func sqrt(a op) vec        { return to(func(d vec) { ctx.VSQRTPS(a, d) }) }
func and(a vec, b op) vec  { return to(func(d vec) { andInto(b, a, d) }) }
func xor(a vec, b op) vec  { return to(func(d vec) { xorInto(b, a, d) }) }
func or(a vec, b op) vec   { return to(func(d vec) { orInto(b, a, d) }) }
func addi(a vec, b op) vec { return to(func(d vec) { ctx.VPADDD(b, a, d) }) }
func subi(a vec, b op) vec { return to(func(d vec) { ctx.VPSUBD(b, a, d) }) }

// fma returns a·b + c and forgets a.
func fma(a, b vec, c op) vec { ctx.VFMADD213PS(c, b, a); return a }

// fmadd returns a + b·c and forgets a.
func fmadd(a, b vec, c op) vec { ctx.VFMADD231PS(c, b, a); return a }

// fnmadd returns a − b·c and forgets a.
func fnmadd(a, b vec, c op) vec { ctx.VFNMADD231PS(c, b, a); return a }

// horner returns c[0] + c[1] x + c[2] x² + … with few registers, one step after the other.
func horner(x vec, c ...float64) vec {
	p := load(f32(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		p = fma(p, x, f32(c[i]))
	}
	return p
}

// poly returns c[0] + x (c[1] + c[2] x + …), the sum in brackets by Estrin's scheme: its
// chain of dependent operations is shorter than Horner's, and the last step, alone,
// keeps Horner's accuracy.
func poly(x vec, c ...float64) vec {
	powers := []vec{x} // x, x², x⁴, …
	return fma(estrin(&powers, c[1:]), x, f32(c[0]))
}

// estrin returns c[0] + c[1] x + c[2] x² + … as one half plus a power of x times the other.
func estrin(powers *[]vec, c []float64) vec {
	if len(c) == 1 {
		return load(f32(c[0]))
	}
	k := bits.Len(uint(len(c)-1)) - 1 // 2^k is the largest power of two below len(c)
	for len(*powers) <= k {
		x := (*powers)[len(*powers)-1]
		*powers = append(*powers, mul(x, x))
	}
	high := estrin(powers, c[1<<k:])
	if k == 0 {
		return fma(high, (*powers)[0], f32(c[0]))
	}
	return fma(high, (*powers)[k], estrin(powers, c[:1<<k]))
}

func load(m op) vec { return to(func(d vec) { ctx.VMOVUPS(m, d) }) }

func toFloat(a vec) vec    { return to(func(d vec) { ctx.VCVTDQ2PS(a, d) }) }
func toInt(a vec) vec      { return to(func(d vec) { ctx.VCVTPS2DQ(a, d) }) }
func shl(a vec, n int) vec { return to(func(d vec) { ctx.VPSLLD(operand.U8(n), a, d) }) }
func shr(a vec, n int) vec { return to(func(d vec) { ctx.VPSRLD(operand.U8(n), a, d) }) }
func sar(a vec, n int) vec { return to(func(d vec) { ctx.VPSRAD(operand.U8(n), a, d) }) }

// A body is the code of one vector of a loop.
type body func(at lanes)

// lanes says which elements of the arrays a body works on.
type lanes struct {
	i    reg.GPVirtual // index of the first
	mask cond          // those that exist, where not all do
	odd  int           // 1 for the second vector of a pair
}

func (l lanes) of(p ptr) operand.Mem {
	return operand.Mem{Base: p, Index: l.i, Scale: 4, Disp: width * l.odd}
}

// all says whether all elements exist.
func (l lanes) all() bool { return l.mask == cond{} }

// get loads from p; lanes that do not exist are 0.
func (l lanes) get(p ptr) vec {
	if l.all() {
		return load(l.of(p))
	}
	return loadSome(l.of(p), l.mask)
}

// put stores v at p.
func (l lanes) put(p ptr, v vec) {
	if l.all() {
		ctx.VMOVUPS(v, l.of(p))
	} else {
		storeSome(v, l.mask, l.of(p))
	}
}

// fetchAhead asks for what a loop will read from p some vectors on. With many arrays at
// once the processor does not see by itself what comes next.
func (l lanes) fetchAhead(p ptr) {
	m := l.of(p)
	m.Disp += 1024 // the next block of spreadBlock elements
	ctx.PREFETCHT0(m)
}

// existing returns v with 0 in the lanes that do not exist.
func (l lanes) existing(v vec) vec {
	if l.all() {
		return v
	}
	return only(l.mask, v)
}

// param loads the parameter of that name.
func param(name string) reg.Register { return ctx.Load(ctx.Param(name), ctx.GP64()) }

// fparam returns a vector full of the float32 parameter of that name.
func fparam(name string) vec {
	a, err := ctx.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return to(func(d vec) { ctx.VBROADCASTSS(a.Addr, d) })
}

// function begins a function, whose name ends with that of the level.
func function(name, signature string, doc ...string) {
	ctx.Function(name + level)
	ctx.Attributes(attr.NOSPLIT)
	ctx.SignatureExpr(signature)
	ctx.Pragma("noescape")
	ctx.Doc(doc...)
}

// ret ends a function. Without VZEROUPPER all SSE code after it would be slow.
func ret() {
	ctx.VZEROUPPER()
	ctx.RET()
}

// each runs b over the n elements of the arrays, a vector at a time.
func each(n ptr, b body) {
	i := ctx.GP64()
	ctx.XORQ(i, i)
	loop(n, i, lanesOf(), func() { b(lanes{i: i}) })
	rest(n, i, b)
}

// inPairs is each, but takes vectors in pairs where it can. The instructions of a pair
// alternate, so that each has time while the other's is at work. b must not use one
// register for both, except to add to it.
func inPairs(n ptr, b body) {
	inPairsThen(n, func(at lanes) vec { b(at); return nil }, func(lanes, vec) {})
}

// inPairsThen also runs then after b, with its result, for one vector after the other.
func inPairsThen(n ptr, b func(at lanes) vec, then func(at lanes, v vec)) {
	one := func(at lanes) { then(at, b(at)) }
	i := ctx.GP64()
	ctx.XORQ(i, i)
	loop(n, i, 2*lanesOf(), func() {
		var v [2]vec
		pair := [2]lanes{{i: i}, {i: i, odd: 1}}
		alternate(func() { v[0] = b(pair[0]) }, func() { v[1] = b(pair[1]) })
		then(pair[0], v[0])
		then(pair[1], v[1])
	})
	loop(n, i, lanesOf(), func() { one(lanes{i: i}) })
	rest(n, i, one)
}

// loop runs b while i is not above n − step, with i = 0, step, …
func loop(n ptr, i reg.GPVirtual, step int, b func()) {
	end, begin, done := ctx.GP64(), label(), label()
	ctx.MOVQ(n, end)
	ctx.SUBQ(operand.U8(step), end)
	ctx.CMPQ(i, end)
	ctx.JG(operand.LabelRef(done))
	ctx.Label(begin)
	b()
	ctx.ADDQ(operand.U8(step), i)
	ctx.CMPQ(i, end)
	ctx.JLE(operand.LabelRef(begin))
	ctx.Label(done)
}

// rest runs b over the elements from i on, fewer than a vector, and forgets n.
func rest(n ptr, i reg.GPVirtual, b body) {
	done := label()
	ctx.SUBQ(i, n)
	ctx.JZ(operand.LabelRef(done))
	b(lanes{i: i, mask: first(n.(reg.GPVirtual))})
	ctx.Label(done)
}

// label makes up a label.
func label() string {
	labels++
	return fmt.Sprint("l", labels)
}

var labels int

// alternate emits the instructions of a and of b in turn.
func alternate(a, b func()) {
	file, err := ctx.Result()
	if err != nil {
		panic(err)
	}
	functions := file.Functions()
	f := functions[len(functions)-1]
	start := len(f.Nodes)
	a()
	middle := len(f.Nodes)
	b()
	as, bs := slices.Clone(f.Nodes[start:middle]), slices.Clone(f.Nodes[middle:])
	f.Nodes = f.Nodes[:start]
	for i := range max(len(as), len(bs)) {
		if i < len(as) {
			f.Nodes = append(f.Nodes, as[i])
		}
		if i < len(bs) {
			f.Nodes = append(f.Nodes, bs[i])
		}
	}
}
