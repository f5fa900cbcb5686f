//go:build !amd64

package kernels

func gemmFast[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, s []T, lds int, c []T, ldc int) {
	panic("kernels: no assembly for this machine")
}
