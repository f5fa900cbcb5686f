//go:build !amd64

package kernels

func gemmFast[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, panels []T, s []T, lds int, c []T, ldc int) {
	panic("kernels: no assembly for this machine")
}

func packAll[T Float](room, b []T, n, k int) []T { return nil }
