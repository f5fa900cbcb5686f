package kernels

import "unsafe"

// fewDots is up to how many columns of C = A Bᵀ are sums along the rows of A.
const fewDots = 3

// thin multiplies with a matrix of one or few rows or columns, where a tile would be
// mostly empty, and reports whether it did.
func thin[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) bool {
	switch {
	case !ta && tb && n <= fewDots && k > 1:
		for j := range n {
			dotsOf(m, k, a, lda, b[j*ldb:], c[j:], ldc)
		}
	case !ta && tb && m <= fewDots && k > 1:
		for i := range m {
			dotsOf(n, k, b, ldb, a[i*lda:], c[i*ldc:], 1)
		}
	case !ta && !tb && n == 1 && ldb == 1:
		dotsOf(m, k, a, lda, b, c, ldc)
	case !tb && m == 1:
		step := 1
		if ta {
			step = lda
		}
		oneRowOf(n, k, a, step, b, ldb, c)
	case ta && n == 1 && ldc == 1: // Cᵀ = op(B)ᵀ A
		step := ldb
		if tb {
			step = 1
		}
		oneRowOf(m, k, b, step, a, lda, c)
	default:
		return false
	}
	return true
}

// dotsOf calls the assembly for T. Strides are in elements.
func dotsOf[T Float](m, k int, a []T, rowA int, x, y []T, strideY int) {
	switch a := any(&a[0]).(type) {
	case *float32:
		dotsF32(m, k, a, uintptr(rowA)*4, any(&x[0]).(*float32), any(&y[0]).(*float32), uintptr(strideY)*4)
	case *float64:
		dotsF64(m, k, a, uintptr(rowA)*8, any(&x[0]).(*float64), any(&y[0]).(*float64), uintptr(strideY)*8)
	}
}

// oneRowOf calls the assembly for T, as many columns at a time as fit. Strides are in
// elements.
func oneRowOf[T Float](n, k int, a []T, colA int, b []T, rowB int, c []T) {
	size := unsafe.Sizeof(T(0))
	columns := 8 * 32 / int(size)
	if active == AVX512 {
		columns *= 2
	}
	for j := 0; j < n; j += columns {
		w := min(columns, n-j)
		switch a := any(&a[0]).(type) {
		case *float32:
			if active == AVX512 {
				oneRowF32AVX512(k, a, uintptr(colA)*size, any(&b[j]).(*float32), uintptr(rowB)*size, any(&c[j]).(*float32), w)
				continue
			}
			oneRowF32(k, a, uintptr(colA)*size, any(&b[j]).(*float32), uintptr(rowB)*size, any(&c[j]).(*float32), w)
		case *float64:
			if active == AVX512 {
				oneRowF64AVX512(k, a, uintptr(colA)*size, any(&b[j]).(*float64), uintptr(rowB)*size, any(&c[j]).(*float64), w)
				continue
			}
			oneRowF64(k, a, uintptr(colA)*size, any(&b[j]).(*float64), uintptr(rowB)*size, any(&c[j]).(*float64), w)
		}
	}
}
