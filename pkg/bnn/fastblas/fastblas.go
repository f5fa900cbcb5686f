// Package fastblas gives Credence's matrix products to gonum: gonum/mat and everything
// on top of it then run on them,
//
//	blas64.Use(fastblas.Implementation{})
//	blas32.Use(fastblas.Implementation{})
//
// for the whole process, which is why a program has to say so itself. Products run on
// the calling goroutine alone; all other routines are gonum's own.
//
// The other way round, the environment variable CREDENCE_KERNELS=gonum lets Credence
// multiply with the BLAS that is registered with gonum, such as
// gonum.org/v1/netlib's.
package fastblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/credence-bnn/credence/internal/kernels"
)

// Implementation is gonum's implementation of BLAS with other matrix products. It
// implements blas.Float32, blas.Float64, blas.Complex64 and blas.Complex128.
type Implementation struct{ gonum.Implementation }

// Sgemm computes C = alpha op(A) op(B) + beta C in float32. It panics as gonum's does.
func (i Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if odd(tA, tB, m, n, k, alpha, len(a), lda, len(b), ldb, len(c), ldc) {
		i.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	gemm(tA != blas.NoTrans, tB != blas.NoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// Dgemm computes C = alpha op(A) op(B) + beta C in float64. It panics as gonum's does.
func (i Implementation) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if odd(tA, tB, m, n, k, alpha, len(a), lda, len(b), ldb, len(c), ldc) {
		i.Implementation.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	gemm(tA != blas.NoTrans, tB != blas.NoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// odd reports products that are for gonum: of nothing, times zero, or wrong.
func odd[T kernels.Float](tA, tB blas.Transpose, m, n, k int, alpha T, la, lda, lb, ldb, lc, ldc int) bool {
	known := func(t blas.Transpose) bool { return t == blas.NoTrans || t == blas.Trans || t == blas.ConjTrans }
	if !known(tA) || !known(tB) || m <= 0 || n <= 0 || k <= 0 || alpha == 0 {
		return true
	}
	short := func(length, rows, cols, ld int) bool { return ld < cols || length < (rows-1)*ld+cols }
	ra, ca, rb, cb := m, k, k, n
	if tA != blas.NoTrans {
		ra, ca = ca, ra
	}
	if tB != blas.NoTrans {
		rb, cb = cb, rb
	}
	return short(la, ra, ca, lda) || short(lb, rb, cb, ldb) || short(lc, m, n, ldc)
}

// gemm computes C = alpha op(A) op(B) + beta C, by way of a matrix of its own unless
// alpha is 1.
func gemm[T kernels.Float](ta, tb bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) {
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		switch beta {
		case 0:
			clear(row)
		case 1:
		default:
			for j := range row {
				row[j] *= beta
			}
		}
	}
	if alpha == 1 {
		kernels.GemmOurs(ta, tb, m, n, k, a, lda, b, ldb, c, ldc)
		return
	}
	product := make([]T, m*n)
	kernels.GemmOurs(ta, tb, m, n, k, a, lda, b, ldb, product, n)
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		for j, v := range product[i*n : (i+1)*n] {
			row[j] += alpha * v
		}
	}
}
