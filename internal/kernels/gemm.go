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

// Affine writes a dense layer over Y:
//
//	Y (n × out) = X (n × in) · W (out × in)ᵀ + b,   b (out) added to every row.
func Affine[T Float](y, x, w, b []T, n, out, in int) {
	gemm(false, true, n, out, in, x, in, w, in, b, 0, y, out)
}

// SetAB writes A B over C:
//
//	C (m × n) = A (m × k) · B (k × n)
func SetAB[T Float](c, a, b []T, m, n, k int) {
	gemm(false, false, m, n, k, a, k, b, n, nil, 0, c, n)
}

// SetAtB writes Aᵀ B over C:
//
//	C (m × n) = A (k × m)ᵀ · B (k × n)
func SetAtB[T Float](c, a, b []T, m, n, k int) {
	gemm(true, false, m, n, k, a, m, b, n, nil, 0, c, n)
}

// Gemm adds op(A) op(B) to C (m × n), where op(A) is m × k and op(B) k × n. Matrices
// are row-major; the rows of A, B and C as they are stored start lda, ldb and ldc
// elements apart. op transposes A if ta and B if tb. It panics if a slice is too short.
func Gemm[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	gemm(ta, tb, m, n, k, a, lda, b, ldb, c, ldc, c, ldc)
}

// GemmOurs is [Gemm] by the kernels of this package, also where products go to the BLAS
// that is registered with gonum: what is registered may be made of it.
func GemmOurs[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	if check(ta, tb, m, n, k, a, lda, b, ldb, c, ldc, c, ldc) {
		ours(ta, tb, m, n, k, a, lda, b, ldb, c, ldc, c, ldc)
	}
}

// gemm writes S + op(A) op(B) over C. S may be C itself, has lds = 0 if all its rows are
// the same one, and is nil for zeros.
func gemm[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, s []T, lds int, c []T, ldc int) {
	switch {
	case !check(ta, tb, m, n, k, a, lda, b, ldb, s, lds, c, ldc):
	case registered:
		start(m, n, s, lds, c, ldc)
		gemmRegistered(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
	default:
		ours(ta, tb, m, n, k, a, lda, b, ldb, s, lds, c, ldc)
	}
}

// check says whether there is anything to do, and panics if a slice is too short.
func check[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, s []T, lds int, c []T, ldc int) bool {
	if m <= 0 || n <= 0 || k <= 0 {
		return false
	}
	if !holds(a, m, k, ta, lda) || !holds(b, k, n, tb, ldb) || !holds(c, m, n, false, ldc) || s != nil && len(s) < (m-1)*lds+n {
		panic("kernels: a matrix is shorter than its shape says")
	}
	return true
}

// ours is gemm by this package.
func ours[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, s []T, lds int, c []T, ldc int) {
	if active >= AVX2 {
		gemmFast(ta, tb, m, n, k, a, lda, b, ldb, nil, s, lds, c, ldc)
		return
	}
	start(m, n, s, lds, c, ldc)
	gemmPortable(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
}

// start writes S over C, unless it is C.
func start[T Float](m, n int, s []T, lds int, c []T, ldc int) {
	if s != nil && lds == 0 && ldc == n {
		Repeat(c[:m*n], s[:n])
		return
	}
	for i := range m {
		switch row := c[i*ldc : i*ldc+n]; {
		case s == nil:
			clear(row)
		case &s[0] == &c[0]:
			return
		default:
			copy(row, s[i*lds:])
		}
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
