package kernels

import "unsafe"

// fewDots is up to how many columns of C = A Bᵀ are sums along the rows of A.
const fewDots = 3

// A thinness is a kind of product with a matrix of one or few rows or columns, where a
// tile would be mostly empty.
type thinness int

const (
	notThin    thinness = iota
	fewColumns          // dot products of the rows of A with those of B
	fewRows             // and the other way round
	oneColumn           // B is a vector
	oneRow              // A is a vector
	oneRowT             // so is op(B), and Cᵀ = op(B)ᵀ A
)

func thinnessOf(ta, tb bool, m, n, k, ldb, ldc int) thinness {
	switch {
	case !ta && tb && n <= fewDots && k > 1:
		return fewColumns
	case !ta && tb && m <= fewDots && k > 1:
		return fewRows
	case !ta && !tb && n == 1 && ldb == 1:
		return oneColumn
	case !tb && m == 1:
		return oneRow
	case ta && n == 1 && ldc == 1:
		return oneRowT
	}
	return notThin
}

// thin is gemm for such products. It reports false for all others.
func thin[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, s []T, lds int, c []T, ldc int) bool {
	kind := thinnessOf(ta, tb, m, n, k, ldb, ldc)
	if kind == notThin {
		return false
	}
	start(m, n, s, lds, c, ldc)
	switch kind {
	case fewColumns:
		for j := range n {
			dotsOf(m, k, a, lda, b[j*ldb:], c[j:], ldc)
		}
	case fewRows:
		for i := range m {
			dotsOf(n, k, b, ldb, a[i*lda:], c[i*ldc:], 1)
		}
	case oneColumn:
		dotsOf(m, k, a, lda, b, c, ldc)
	case oneRow:
		step := 1
		if ta {
			step = lda
		}
		oneRowOf(n, k, a, step, b, ldb, c)
	case oneRowT:
		step := ldb
		if tb {
			step = 1
		}
		oneRowOf(m, k, b, step, a, lda, c)
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
