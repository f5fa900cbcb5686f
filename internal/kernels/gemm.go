// Package kernels holds the vector and matrix kernels that networks are made of:
// single-threaded, without allocation, and summing in an order that depends on the
// shapes alone. Each is written in portable Go, and again in generated assembly for
// machines that have its instructions (see [Level]).
package kernels

//go:generate go run ./gen gemm_amd64.s

// Float is the set of number types a network can be evaluated in.
type Float interface{ float32 | float64 }

// MulABt adds A Bᵀ to C:
//
//	C (m × n) += A (m × k) · B (n × k)ᵀ
//
// All matrices are dense and row-major. It panics if a slice is too short.
func MulABt[T Float](c, a, b []T, m, n, k int) {
	Gemm(false, true, m, n, k, a, k, b, k, c, n)
}

// MulAB adds A B to C:
//
//	C (m × n) += A (m × k) · B (k × n)
func MulAB[T Float](c, a, b []T, m, n, k int) {
	Gemm(false, false, m, n, k, a, k, b, n, c, n)
}

// MulAtB adds Aᵀ B to C:
//
//	C (m × n) += A (k × m)ᵀ · B (k × n)
func MulAtB[T Float](c, a, b []T, m, n, k int) {
	Gemm(true, false, m, n, k, a, m, b, n, c, n)
}

// Gemm adds op(A) op(B) to C (m × n), where op(A) is m × k and op(B) k × n. Matrices
// are row-major; the rows of A, B and C as they are stored start lda, ldb and ldc
// elements apart. op transposes A if ta and B if tb. It panics if a slice is too short.
func Gemm[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	if m <= 0 || n <= 0 || k <= 0 {
		return
	}
	if !holds(a, m, k, ta, lda) || !holds(b, k, n, tb, ldb) || !holds(c, m, n, false, ldc) {
		panic("kernels: a matrix is shorter than its shape says")
	}
	switch {
	case registered:
		gemmRegistered(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
	case active >= AVX2:
		gemmFast(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
	default:
		gemmPortable(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
	}
}

// holds says whether v has room for a matrix of the given shape, stored transposed or
// not with rows ld apart.
func holds[T Float](v []T, rows, cols int, transposed bool, ld int) bool {
	if transposed {
		rows, cols = cols, rows
	}
	return ld >= cols && len(v) >= (rows-1)*ld+cols
}
