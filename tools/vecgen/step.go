package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// Adam's constants, as in pkg/bnn/adam.go.
const adamB1, adamB2, adamEps = 0.9, 0.999, 1e-8

// spread returns σ = softplus ρ, its derivative, and 1/σ; ρ below −87 counts as −87.
func spread(rho vec) (sigma, slope, inverse vec) {
	e := expNear(or(rho, u32(signMask)))
	sigma = softplus(rho, e)
	onePlus := add(e, f32(1))
	q := div(load(f32(1)), mul(sigma, onePlus)) // one division for both reciprocals
	inverse = mul(q, onePlus)
	q = mul(q, sigma)
	return sigma, choose(negative(rho), q, mul(q, e)), inverse
}

// moments updates Adam's running means at m and v with the gradient g, and returns
// the first and the denominator of the step.
func moments(at lanes, m, v ptr, g vec, root op) (mean, denominator vec) {
	square := mul(mul(g, g), f32(1-adamB2))
	square = fmadd(square, at.get(v), f32(adamB2))
	at.put(v, square)
	denominator = fma(sqrt(square), load(root), f32(adamEps))
	mean = mul(g, f32(1-adamB1))
	mean = fmadd(mean, at.get(m), f32(adamB1))
	at.put(m, mean)
	return mean, denominator
}

// optimiser are the fused steps over vectors of parameters.
func optimiser() {
	function("softplusSquare", "func(sigma, v, rho *float32, n int)")
	sigma, v, rho := param("sigma"), param("v"), param("rho")
	inPairs(param("n"), func(at lanes) {
		x := at.get(rho)
		s := softplus(x, expNear(or(x, u32(signMask))))
		at.put(sigma, s)
		at.put(v, mul(s, s))
	})
	ret()

	function("draw", "func(theta, mu, rho, eps *float32, n int)")
	theta, mu, rho, eps := param("theta"), param("mu"), param("rho"), param("eps")
	inPairs(param("n"), func(at lanes) {
		x := at.get(rho)
		s := softplus(x, expNear(or(x, u32(signMask))))
		at.put(theta, fmadd(at.get(mu), s, at.get(eps)))
	})
	ret()

	function("mulAdd", "func(dst, a, b, c *float32, n int)")
	dst, a, b, c := param("dst"), param("a"), param("b"), param("c")
	each(param("n"), func(at lanes) { at.put(dst, fmadd(at.get(a), at.get(b), at.get(c))) })
	ret()

	function("adam", "func(x, grad, m, v *float32, n int, rate, root float32)")
	x, grad, m, v := param("x"), param("grad"), param("m"), param("v")
	rate, root := fparam("rate"), fparam("root")
	inPairs(param("n"), func(at lanes) {
		mean, denominator := moments(at, m, v, at.get(grad), root)
		at.put(x, add(at.get(x), div(mul(mean, rate), denominator)))
	})
	ret()

	function("adamGauss", "func(x, grad, m, v *float32, n int, rate, root, a, b float32) float64",
		"adamGauss climbs grad − (a x − b) and returns Σ x (a x − 2b).")
	x, grad, m, v = param("x"), param("grad"), param("m"), param("v")
	rate, root = fparam("rate"), fparam("root")
	pull, offset := fparam("a"), fparam("b")
	sum := newSums()
	inPairs(param("n"), func(at lanes) {
		w := at.get(x)
		t := sub(mul(w, pull), offset)
		sum.add(at.existing(mul(w, sub(t, offset))))
		mean, denominator := moments(at, m, v, sub(at.get(grad), t), root)
		at.put(x, add(w, div(mul(mean, rate), denominator)))
	})
	sum.ret()

	spreads()
	vi("adamVIVar", "second is ∂/∂σ².", func(second, gMu, sigma vec) vec { return mul(second, add(sigma, sigma)) })
	vi("adamVIDraw", "second is ε, and ∂/∂σ is ∂/∂μ · ε.", func(second, gMu, sigma vec) vec { return mul(second, gMu) })
}

// spreadBlock is how many elements the two kernels of a step of Bayes by Backprop
// exchange at most: a block of σ, one of 1/σ and one of ∂σ/∂ρ. In one kernel the chain
// of dependent operations would be too long for the processor to look past it.
const spreadBlock = 256

// spreads computes what a step needs of ρ.
//
// Σ log σ takes no logarithm: each lane keeps the mantissa of the product of its σ and
// the sum of the exponents.
func spreads() {
	function("spread", fmt.Sprintf("func(block *[3][%d]float32, rho *float32, n int, product *[8]float32, exponents *[8]int32)", spreadBlock),
		"spread writes σ, 1/σ and ∂σ/∂ρ. It multiplies product by σ, a power of two taken out,",
		"and writes its exponent.")
	block, rho, n, productAt, exponentsAt := param("block"), param("rho"), param("n"), param("product"), param("exponents")
	products := newProducts(productAt)
	exponents := zero()
	inPairsThen(n, func(at lanes) vec {
		s, slope, inverse := spread(at.get(rho))
		for i, v := range []vec{s, inverse, slope} {
			ctx.VMOVUPS(v, at.inBlock(block, i))
		}
		return s
	}, func(at lanes, s vec) { products.take(at, s, exponents) })
	products.store(productAt)
	if evex() {
		ctx.VPADDD(upper(exponents), exponents.AsY(), exponents.AsY())
	}
	ctx.VMOVUPS(exponents.AsY(), operand.Mem{Base: exponentsAt})
	ret()
}

// products are the mantissas of products: lane by lane those of the first 8 elements of
// every 16, and of the others.
type products struct{ even, odd vec }

func newProducts(at ptr) products {
	if evex() {
		first := to(func(d vec) { ctx.VMOVUPS(operand.Mem{Base: at}, d.AsY()) })
		return products{even: choose(lowerLanes(), load(f32(1)), first)}
	}
	return products{load(operand.Mem{Base: at}), load(f32(1))}
}

// take multiplies by s and adds the exponents. What is left at the end, fewer than 16
// elements, all counts as even.
func (p products) take(at lanes, s, exponents vec) {
	switch {
	case !evex():
		into := p.even
		if at.odd == 1 {
			into = p.odd
		}
		if !at.all() {
			s = choose(at.mask, load(f32(1)), s)
		}
		normalise(into, s, exponents)
	case at.all():
		normalise(p.even, s, exponents)
	default:
		low, one := lowerLanes(), load(f32(1))
		s = choose(at.mask, one, s)
		normalise(p.even, choose(low, one, s), exponents)
		high := to(func(d vec) { ctx.VEXTRACTF64X4(operand.U8(1), s, d.AsY()) })
		normalise(p.even, choose(low, one, high), exponents)
	}
}

// normalise multiplies p by s, and moves the exponent to exponents.
func normalise(p, s, exponents vec) {
	ctx.VMULPS(s, p, p)
	ctx.VPADDD(subi(shr(p, 23), u32(127)), exponents, exponents)
	andInto(u32(0x007fffff), p, p)
	orInto(f32(1), p, p)
}

// store joins the products: below 4, and below 8 after the next call's, so it cannot
// overflow.
func (p products) store(at ptr) {
	y := ctx.YMM()
	if evex() {
		ctx.VMULPS(upper(p.even), p.even.AsY(), y)
	} else {
		ctx.VMULPS(p.odd, p.even, y)
	}
	ctx.VMOVUPS(y, operand.Mem{Base: at})
}

// lowerLanes returns the first 8 of 16 lanes.
func lowerLanes() cond {
	k, bits := ctx.K(), ctx.GP32()
	ctx.MOVL(operand.U32(0xff), bits)
	ctx.KMOVW(bits, k)
	return cond{k: k}
}

// inBlock is the place in part i of a block, which has room for whole vectors.
func (l lanes) inBlock(block ptr, i int) operand.Mem {
	m := l.of(block)
	m.Disp += 4 * spreadBlock * i
	return m
}

// vi is one step of Bayes by Backprop. gSigma returns the gradient of the log
// likelihood with respect to σ.
func vi(name, doc string, gSigma func(second, gMu, sigma vec) vec) {
	function(name, fmt.Sprintf("func(block *[3][%d]float32, p *[8]*float32, n int, c *[5]float32) (squares float64)", spreadBlock),
		"block is what spread wrote; p are μ, ρ, ∂/∂μ, second, and the running means of g",
		"and g² for μ and for ρ; c are rate, root, prior mean, β/s² and β; "+doc)
	block, list, n, consts := param("block"), param("p"), param("n"), param("c")
	var p [8]ptr
	for i := range p {
		r := ctx.GP64()
		ctx.MOVQ(operand.Mem{Base: list, Disp: 8 * i}, r)
		p[i] = r
	}
	mu, rho, gMu, extra := p[0], p[1], p[2], p[3]
	// Where registers are few, a constant is in one only while it is needed.
	spread := func(i int) vec {
		return to(func(d vec) { ctx.VBROADCASTSS(operand.Mem{Base: consts, Disp: 4 * i}, d) })
	}
	constant, order := spread, each
	if evex() {
		kept := [5]vec{spread(0), spread(1), spread(2), spread(3), spread(4)}
		constant, order = func(i int) vec { return kept[i] }, inPairs
	}
	rate, root, mean, pull, beta := spread(0), 1, 2, spread(3), 4 // places in c

	squares := newSums()
	order(n, func(at lanes) {
		for _, q := range p {
			at.fetchAhead(q)
		}
		s := load(at.inBlock(block, 0))
		g := at.get(gMu)

		// The gradient with respect to ρ.
		gr := gSigma(at.get(extra), g, s)
		gr = fnmadd(gr, s, pull)
		gr = fmadd(gr, constant(beta), at.inBlock(block, 1))
		gr = mul(gr, at.inBlock(block, 2))
		rMean, rDen := moments(at, p[6], p[7], gr, constant(root))

		// The gradient with respect to μ.
		m := at.get(mu)
		d := sub(m, constant(mean))
		squares.add(at.existing(fmadd(mul(d, d), s, s)))
		mMean, mDen := moments(at, p[4], p[5], fnmadd(g, d, pull), constant(root))

		// One division for both steps.
		q := div(rate, mul(rDen, mDen))
		at.put(mu, fmadd(m, mul(mMean, rDen), q))
		at.put(rho, fmadd(at.get(rho), mul(rMean, mDen), q))
	})
	squares.ret()
}
