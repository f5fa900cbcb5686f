package kernels

import "math"

// Residuals writes c (y − f) over df and returns Σ (y − f)², summed in float64. It is
// all of a Gaussian likelihood that costs: with sd σ,
//
//	Σ log N(y; f, σ²) = −Σ (y − f)²/(2σ²) − n log σ − ½ n log 2π
//
// has the gradient (y − f)/σ² with respect to f.
func Residuals[T Float](df, f, y []T, c T) float64 {
	sameLength(len(df) == len(f) && len(df) == len(y))
	if vectors[T]() {
		return residualsVec(at(df), at(f), at(y), len(df), float32(c))
	}
	sum := 0.0
	for i, v := range y {
		d := v - f[i]
		df[i] = c * d
		sum += float64(d) * float64(d)
	}
	return sum
}

// Softmax writes the probabilities e^f / Σ e^f of each row of f (n × k) over p.
func Softmax[T Float](p, f []T, k int) {
	sameLength(len(p) == len(f))
	shifted(p, f, k)
	for ; len(p) > 0; p = p[k:] {
		c := T(1 / sumOf(p[:k]))
		for j := range k {
			p[j] *= c
		}
	}
}

// Categorical returns Σ_r log softmax(f_r)[class_r] over the rows of f (n × k), summed
// in float64, and writes c times its gradient, c (1[j = class_r] − softmax(f_r)_j),
// over df.
func Categorical[T Float](df, f []T, class []int, k int, c T) float64 {
	sameLength(len(df) == len(f) && len(f) == len(class)*k)
	shifted(df, f, k)
	sum := 0.0
	for r, y := range class {
		g, z := df[r*k:(r+1)*k], f[r*k:(r+1)*k]
		total := sumOf(g)
		sum += float64(z[y]) - float64(largest(z)) - math.Log(total)
		scale := T(-float64(c) / total)
		for j := range g {
			g[j] *= scale
		}
		g[y] += c
	}
	return sum
}

// shifted writes e^(f − largest f of the row) over e.
func shifted[T Float](e, f []T, k int) {
	rowsOf(len(f), k)
	for lo := 0; lo < len(f); lo += k {
		row := f[lo : lo+k]
		top := largest(row)
		for j, v := range row {
			e[lo+j] = v - top
		}
	}
	Exp(e, e)
}

// largest returns the largest element.
func largest[T Float](x []T) T {
	top := x[0]
	for _, v := range x[1:] {
		if v > top {
			top = v
		}
	}
	return top
}

// sumOf adds in float64, from the first to the last.
func sumOf[T Float](x []T) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v)
	}
	return sum
}
