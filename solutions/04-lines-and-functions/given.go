package linesandfunctions

import "math"

// invert is given, not a task. It returns the inverse of a symmetric positive
// definite matrix a (n × n) and log|a|, the logarithm of its determinant. Every
// matrix to invert in this exercise is of that kind. For a = {{2, 1}, {1, 2}} the
// inverse is {{2/3, −1/3}, {−1/3, 2/3}} and log|a| is log 3. It leaves a as it is.
func invert(a [][]float64) (inv [][]float64, logDet float64) {
	n := len(a)
	left := make([][]float64, n) // becomes I while inv becomes a⁻¹
	inv = make([][]float64, n)
	for i := range a {
		left[i] = append([]float64(nil), a[i]...)
		inv[i] = make([]float64, n)
		inv[i][i] = 1
	}
	for k := range n {
		pivot := left[k][k]
		logDet += math.Log(pivot)
		for j := range n {
			left[k][j] /= pivot
			inv[k][j] /= pivot
		}
		for i := range n {
			factor := left[i][k]
			if i == k || factor == 0 {
				continue
			}
			for j := range n {
				left[i][j] -= factor * left[k][j]
				inv[i][j] -= factor * inv[k][j]
			}
		}
	}
	return inv, logDet
}
