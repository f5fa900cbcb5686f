package kernels

import (
	"os"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
)

// gonum's product starts goroutines, and allocates for them, from four blocks of
// 64 × 64 results on. Tiles of 64 × 192 stay below that.
const (
	tileM = 64
	tileN = 192
)

// registered says whether products go to the BLAS that is registered with gonum. It
// changes only in tests.
var registered = os.Getenv("CREDENCE_KERNELS") == onGonum

// gemmRegistered is Gemm by that BLAS, which may start goroutines and allocate.
func gemmRegistered[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	opA, opB := transposes(ta, tb)
	switch a := any(a).(type) {
	case []float64:
		blas64.Implementation().Dgemm(opA, opB, m, n, k, 1, a, lda, any(b).([]float64), ldb, 1, any(c).([]float64), ldc)
	case []float32:
		blas32.Implementation().Sgemm(opA, opB, m, n, k, 1, a, lda, any(b).([]float32), ldb, 1, any(c).([]float32), ldc)
	}
}

// transposes returns what BLAS calls the transposes.
func transposes(ta, tb bool) (opA, opB blas.Transpose) {
	opA, opB = blas.NoTrans, blas.NoTrans
	if ta {
		opA = blas.Trans
	}
	if tb {
		opB = blas.Trans
	}
	return opA, opB
}

// gemmPortable is Gemm by gonum's BLAS, tile by tile.
func gemmPortable[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, c []T, ldc int) {
	opA, opB := transposes(ta, tb)
	for i := 0; i < m; i += tileM {
		for j := 0; j < n; j += tileN {
			ai, bj := i*lda, j
			if ta {
				ai = i
			}
			if tb {
				bj = j * ldb
			}
			mul(opA, opB, min(tileM, m-i), min(tileN, n-j), k, a[ai:], lda, b[bj:], ldb, c[i*ldc+j:], ldc)
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
