package main

const (
	minNormal = 0x1p-126
	absMask   = 0x7fffffff
	signMask  = 0x80000000
	infinity  = 0x7f800000
)

func abs(x vec) vec    { return and(x, u32(absMask)) }
func negate(x vec) vec { return xor(x, u32(signMask)) }

// atLeast returns max(x, c), and atMost min(x, c); both pass NaN on.
func atLeast(x vec, c float64) vec {
	k := load(f32(c))
	return to(func(d vec) { ctx.VMAXPS(x, k, d) })
}

func atMost(x vec, c float64) vec {
	k := load(f32(c))
	return to(func(d vec) { ctx.VMINPS(x, k, d) })
}

// reduce splits x = n ln 2 + r with whole n and |r| ≤ ½ ln 2.
func reduce(x vec) (n, r vec) {
	n = round(mul(x, f32(1.44269504088896)))
	r = fmadd(load(x), n, f32(-0.693359375)) // n·0.693359375 is exact
	return n, fmadd(r, n, f32(2.12194440e-4))
}

// expTail returns q in e^r = 1 + r + r² q, a minimax polynomial.
func expTail(r vec) vec {
	return poly(r, 0.499999934517, 0.166665206903, 0.0416683873879, 0.00836870979483, 0.00138146110915)
}

// powerOfTwo returns 2^n for a vector of integers n in [−126, 127].
func powerOfTwo(n vec) vec { return shl(addi(n, u32(127)), 23) }

// exp returns e^x for all x.
func exp(x vec) vec {
	n, r := reduce(atMost(atLeast(x, -104), 89))
	p := expOf(r)
	// 2^n can be too large or too small for one number, so it is two.
	i := toInt(n)
	half := sar(i, 1)
	return mul(mul(p, powerOfTwo(half)), powerOfTwo(subi(i, half)))
}

// expNear is exp for −87 ≤ x ≤ 88, and at the nearer end of that for other x.
func expNear(x vec) vec {
	n, r := reduce(atMost(atLeast(x, -87), 88))
	return mul(expOf(r), powerOfTwo(toInt(n)))
}

// expOf returns e^r.
func expOf(r vec) vec {
	q := expTail(r)
	return add(fma(mul(q, r), r, r), f32(1))
}

// expm1Neg returns e^x − 1 for x ≤ 0 without cancellation.
func expm1Neg(x vec) vec {
	n, r := reduce(atLeast(x, -30))
	p := expTail(r)
	p = fma(mul(p, r), r, r) // e^r − 1
	scale := powerOfTwo(toInt(n))
	return fma(p, scale, sub(scale, f32(1)))
}

// log returns log x for all x.
func log(x vec) vec {
	tiny := compare(x, less, f32(minNormal))
	f, e := mantissa(choose(tiny, x, mul(x, f32(0x1p25))))
	e = sub(e, only(tiny, f32(25)))
	y := logOf(f, e)
	y = choose(compare(x, equal, u32(infinity)), y, x)
	y = choose(compare(x, equal, f32(0)), y, u32(infinity|signMask))
	return choose(compare(x, notAtLeast, f32(0)), y, u32(0xffffffff)) // a NaN
}

// log1p returns log(1 + t) for 0 ≤ t ≤ 1, by a minimax polynomial.
func log1p(t vec) vec {
	p := horner(t, 1, -0.49999932754, 0.333305110939, -0.249585854105, 0.196953914083, -0.153553725683,
		0.106805187153, -0.0576641076386, 0.020204417267, -0.00331843746723)
	return mul(p, t)
}

func positivePart(x vec) vec {
	none := zero()
	return to(func(d vec) { ctx.VMAXPS(x, none, d) })
}

// softplus returns log(1 + e^x) given e^−|x|.
func softplus(x, e vec) vec {
	l := log1p(e)
	return add(positivePart(x), l)
}

// sigmoid returns 1/(1 + e^−x) given e^−|x|.
func sigmoid(x, e vec) vec {
	inverse := div(load(f32(1)), add(e, f32(1)))
	return choose(negative(x), inverse, mul(e, inverse))
}

// expNegAbs returns e^−|x|.
func expNegAbs(x vec) vec { return exp(or(x, u32(signMask))) }

// tanh by an odd polynomial (Moshier's Cephes, tanhf) near 0, by e^2|x| elsewhere.
func tanh(x vec) vec {
	a := abs(x)
	z := mul(x, x)
	near := poly(z, -3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3)
	near = fma(mul(near, z), x, x)
	e := expNear(atMost(add(a, a), 20))
	far := sub(load(f32(1)), div(load(f32(2)), add(e, f32(1))))
	far = or(far, and(x, u32(signMask)))
	return choose(compare(a, less, f32(0.625)), far, near)
}

// mathematics are the kernels dst[i] = f(x[i]).
func mathematics() {
	for _, k := range []struct {
		name  string
		order func(n ptr, b body)
		f     func(x vec) vec
	}{
		{"exp", inPairs, exp},
		{"log", each, log}, // a pair would need too many registers
		{"tanh", inPairs, tanh},
		{"sqrt", inPairs, func(x vec) vec { return sqrt(x) }},
		{"square", inPairs, func(x vec) vec { return mul(x, x) }},
		{"relu", inPairs, positivePart},
		{"softplus", inPairs, func(x vec) vec { return softplus(x, expNegAbs(x)) }},
		{"sigmoid", inPairs, func(x vec) vec { return sigmoid(x, expNegAbs(x)) }},
	} {
		function(k.name, "func(dst, x *float32, n int)")
		dst, x := param("dst"), param("x")
		k.order(param("n"), func(at lanes) { at.put(dst, k.f(at.get(x))) })
		ret()
	}
}
