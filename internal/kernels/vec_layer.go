package kernels

import (
	"math"
	"unsafe"
)

// The functions of this file are what layers do besides products. Slices have the same
// length or the function panics, and a result may be the same slice as an argument.
// Products, quotients and sums are rounded to T one by one on the portable level; the
// vector kernels may join a product and a sum in one rounding.

// Mul writes a⊙b over dst: a mask of [Masks] times what it masks.
func Mul[T Float](dst, a, b []T) {
	sameLength(len(dst) == len(a) && len(dst) == len(b))
	if vectors[T]() {
		mulVec(at(dst), at(a), at(b), len(dst))
		return
	}
	for i, v := range a {
		dst[i] = v * b[i]
	}
}

// Scale writes c a over dst.
func Scale[T Float](dst, a []T, c T) {
	sameLength(len(dst) == len(a))
	if vectors[T]() {
		scaleVec(at(dst), at(a), len(dst), float32(c))
		return
	}
	for i, v := range a {
		dst[i] = c * v
	}
}

// Add adds a to dst.
func Add[T Float](dst, a []T) {
	sameLength(len(dst) == len(a))
	if vectors[T]() {
		addVec(at(dst), at(a), len(dst))
		return
	}
	for i, v := range a {
		dst[i] += v
	}
}

// AddTwice adds 2 a⊙b to dst: the gradient of b·(a⊙a).
func AddTwice[T Float](dst, a, b []T) {
	sameLength(len(dst) == len(a) && len(dst) == len(b))
	if vectors[T]() {
		addTwiceVec(at(dst), at(a), at(b), len(dst))
		return
	}
	for i, v := range a {
		dst[i] += 2 * v * b[i]
	}
}

// AddToRows adds row to every row of m (n × len(row)): a bias.
func AddToRows[T Float](m, row []T) {
	rows := rowsOf(len(m), len(row))
	if vectors[T]() {
		addToRowsVec(at(m), at(row), rows, len(row))
		return
	}
	if doubles[T]() {
		addToRows64Vec(at(m), at(row), rows, 2*len(row))
		return
	}
	for ; len(m) > 0; m = m[len(row):] {
		for j, v := range row {
			m[j] += v
		}
	}
}

// MulRows writes row⊙m_i over row i of dst, for every row of m (n × len(row)): one mask
// for all examples.
func MulRows[T Float](dst, m, row []T) {
	sameLength(len(dst) == len(m))
	rowsOf(len(m), len(row))
	var room [1024]T // short rows are laid out several times, so that vectors are full
	if several := len(room) / max(1, len(row)) * len(row); several > len(row) && len(m) > several {
		Repeat(room[:several], row)
		row = room[:several]
	}
	for len(m) > 0 {
		n := min(len(m), len(row))
		Mul(dst[:n], m[:n], row[:n])
		dst, m = dst[n:], m[n:]
	}
}

// Repeat writes row over every row of m, twice as many with every copy.
func Repeat[T Float](m, row []T) {
	for filled := copy(m, row); filled < len(m); filled *= 2 {
		copy(m[filled:], m[:filled])
	}
}

// SumRows adds the rows of m (n × len(dst)), from the first to the last, to dst: the
// gradient of a bias. All levels round alike.
func SumRows[T Float](dst, m []T) {
	rows := rowsOf(len(m), len(dst))
	if vectors[T]() {
		sumRowsVec(at(dst), at(m), rows, len(dst))
		return
	}
	if doubles[T]() {
		sumRows64Vec(at(dst), at(m), rows, 2*len(dst))
		return
	}
	for ; len(m) > 0; m = m[len(dst):] {
		for j := range dst {
			dst[j] += m[j]
		}
	}
}

// rowsOf returns how many rows of the given width make up n elements.
func rowsOf(n, width int) int {
	if n == 0 {
		return 0
	}
	sameLength(width > 0 && n%width == 0)
	return n / width
}

// ReLUBack writes dy over dx where the output y of the layer is positive, and 0
// elsewhere.
func ReLUBack[T Float](dx, dy, y []T) {
	sameLength(len(dx) == len(dy) && len(dx) == len(y))
	if vectors[T]() {
		reluBackVec(at(dx), at(dy), at(y), len(dx))
		return
	}
	if doubles[T]() {
		reluBack64Vec(at(dx), at(dy), at(y), 2*len(dx))
		return
	}
	var t T
	if unsafe.Sizeof(t) == 8 {
		wherePositive(bitsOf[uint64](dx), bitsOf[uint64](dy), y)
	} else {
		wherePositive(bitsOf[uint32](dx), bitsOf[uint32](dy), y)
	}
}

// TanhBack writes dy (1 − y²) over dx, with the output y of the layer.
func TanhBack[T Float](dx, dy, y []T) {
	sameLength(len(dx) == len(dy) && len(dx) == len(y))
	if vectors[T]() {
		tanhBackVec(at(dx), at(dy), at(y), len(dx))
		return
	}
	for i, v := range y {
		dx[i] = dy[i] * (1 - v*v)
	}
}

// SigmoidBack writes dy y (1 − y) over dx, with the output y of the layer.
func SigmoidBack[T Float](dx, dy, y []T) {
	sameLength(len(dx) == len(dy) && len(dx) == len(y))
	if vectors[T]() {
		sigmoidBackVec(at(dx), at(dy), at(y), len(dx))
		return
	}
	for i, v := range y {
		dx[i] = dy[i] * (v * (1 - v))
	}
}

// SoftplusBack writes dy (1 − e^−y) over dx, with the output y ≥ 0 of the layer: within
// 3 ulps.
func SoftplusBack[T Float](dx, dy, y []T) {
	sameLength(len(dx) == len(dy) && len(dx) == len(y))
	if vectors[T]() {
		softplusBackVec(at(dx), at(dy), at(y), len(dx))
		return
	}
	for i, v := range y {
		dx[i] = dy[i] * T(-math.Expm1(-float64(v)))
	}
}

// Local adds √s⊙ε to out and writes √s over s: the noise of local reparameterisation,
// for pre-activations with variances s ≥ 0 and standard normal ε ([Normals]).
func Local[T Float](out, s, eps []T) {
	sameLength(len(out) == len(s) && len(out) == len(eps))
	if vectors[T]() {
		localVec(at(out), at(s), at(eps), len(out))
		return
	}
	for i, v := range s {
		sd := T(math.Sqrt(float64(v)))
		s[i] = sd
		out[i] += sd * eps[i]
	}
}

// LocalBack writes ∂L/∂s = ∂L/∂out · ε/(2 √s) over ds, given √s as [Local] leaves it,
// and 0 where √s = 0.
func LocalBack[T Float](ds, dout, eps, sd []T) {
	sameLength(len(ds) == len(dout) && len(ds) == len(eps) && len(ds) == len(sd))
	if vectors[T]() {
		localBackVec(at(ds), at(dout), at(eps), at(sd), len(ds))
		return
	}
	for i, v := range sd {
		if v > 0 {
			ds[i] = dout[i] * eps[i] / (2 * v)
		} else {
			ds[i] = 0
		}
	}
}
