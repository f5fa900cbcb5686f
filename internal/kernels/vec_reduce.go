package kernels

import "math"

// The reductions of this file add in float64, in an order that the length alone fixes:
// element i goes to lane i mod 8, and the lanes are joined at the end. Sum, Dot and
// MeanVar give the same bits on all levels.

// A lanes8 is eight sums side by side.
type lanes8 [8]float64

func (l *lanes8) total() float64 {
	for half := 4; half > 0; half /= 2 {
		for i := range half {
			l[i] += l[i+half]
		}
	}
	return l[0]
}

// Sum returns Σ x_i.
func Sum[T Float](x []T) float64 {
	if vectors[T]() {
		return sumVec(at(x), len(x))
	}
	var l lanes8
	for i, v := range x {
		l[i%8] += float64(v)
	}
	return l.total()
}

// Dot returns Σ a_i b_i. The products of float32 numbers are exact.
func Dot[T Float](a, b []T) float64 {
	sameLength(len(a) == len(b))
	if vectors[T]() {
		return dotVec(at(a), at(b), len(a))
	}
	var l lanes8
	for i, v := range a {
		l[i%8] += float64(v) * float64(b[i])
	}
	return l.total()
}

// MeanVar returns the mean of x and the mean of (x_i − mean)², NaN for no elements.
func MeanVar[T Float](x []T) (mean, variance float64) {
	n := float64(len(x))
	mean = Sum(x) / n
	if vectors[T]() {
		return mean, squaresAroundVec(at(x), len(x), mean) / n
	}
	var l lanes8
	for i, v := range x {
		d := float64(v) - mean
		l[i%8] = math.FMA(d, d, l[i%8])
	}
	return mean, l.total() / n
}

// LogSumExp returns log Σ e^x_i without overflow, −Inf for no elements.
func LogSumExp[T Float](x []T) float64 {
	if len(x) == 0 {
		return math.Inf(-1)
	}
	top := largest(x)
	if math.IsInf(float64(top), 0) {
		return float64(top)
	}
	sum := 0.0
	var block [256]T
	for len(x) > 0 {
		e := block[:min(len(x), len(block))]
		for i := range e {
			e[i] = x[i] - top
		}
		Exp(e, e)
		sum += Sum(e)
		x = x[len(e):]
	}
	return float64(top) + math.Log(sum)
}
