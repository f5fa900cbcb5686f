// Package kernels holds the vector and matrix kernels that networks are made of.
// Everything here is portable Go over gonum's BLAS, single-threaded, without
// allocation, and sums in an order that depends on the shapes alone.
package kernels

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Float is the set of number types a network can be evaluated in.
type Float interface{ float32 | float64 }

// gonum's product starts goroutines, and allocates for them, from four blocks of
// 64 × 64 results on. Tiles of 64 × 192 stay below that.
const (
	tileM = 64
	tileN = 192
)

// MulABt adds A Bᵀ to C:
//
//	C (m × n) += A (m × k) · B (n × k)ᵀ
//
// All matrices are dense and row-major. It panics if a slice is too short.
func MulABt[T Float](c, a, b []T, m, n, k int) {
	gemm(blas.NoTrans, blas.Trans, c, a, b, m, n, k)
}

// MulAB adds A B to C:
//
//	C (m × n) += A (m × k) · B (k × n)
func MulAB[T Float](c, a, b []T, m, n, k int) {
	gemm(blas.NoTrans, blas.NoTrans, c, a, b, m, n, k)
}

// MulAtB adds Aᵀ B to C:
//
//	C (m × n) += A (k × m)ᵀ · B (k × n)
func MulAtB[T Float](c, a, b []T, m, n, k int) {
	gemm(blas.Trans, blas.NoTrans, c, a, b, m, n, k)
}

// gemm adds op(A) op(B) to C tile by tile.
func gemm[T Float](ta, tb blas.Transpose, c, a, b []T, m, n, k int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	lda, ldb := k, n
	if ta == blas.Trans {
		lda = m
	}
	if tb == blas.Trans {
		ldb = k
	}
	for i := 0; i < m; i += tileM {
		for j := 0; j < n; j += tileN {
			ai, bj := i*lda, j
			if ta == blas.Trans {
				ai = i
			}
			if tb == blas.Trans {
				bj = j * ldb
			}
			mul(ta, tb, min(tileM, m-i), min(tileN, n-j), k, a[ai:], lda, b[bj:], ldb, c[i*n+j:], n)
		}
	}
}

// mul hands one tile to the routine of its precision.
func mul[T Float](ta, tb blas.Transpose, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	switch a := any(a).(type) {
	case []float64:
		gonum.Implementation{}.Dgemm(ta, tb, m, n, k, 1, a, lda, any(b).([]float64), ldb, 1, any(c).([]float64), ldc)
	case []float32:
		gonum.Implementation{}.Sgemm(ta, tb, m, n, k, 1, a, lda, any(b).([]float32), ldb, 1, any(c).([]float32), ldc)
	}
}
