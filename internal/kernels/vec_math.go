package kernels

import (
	"math"
	"unsafe"
)

// The functions of this file work element by element: dst[i] = f(x[i]). dst may be x
// itself, but must not overlap it otherwise. They panic if lengths differ.
//
// On the portable level, and in float64, they round what package math computes in
// float64. In float32 the vector kernels come within the stated number of units in the
// last place (ulps) of the correctly rounded value, for every x, including denormal
// ones; they agree on NaN, infinities and zeros.

// vectors says whether the vector kernels, which are for float32, work on T.
func vectors[T Float]() bool {
	var t T
	return unsafe.Sizeof(t) == 4 && active >= AVX2
}

// doubles says whether the vector kernels for float64, of which there are few, work on T.
func doubles[T Float]() bool {
	var t T
	return unsafe.Sizeof(t) == 8 && active >= AVX2
}

// at returns the address of the first element of s, taken as float32.
func at[T Float](s []T) *float32 { return (*float32)(unsafe.Pointer(unsafe.SliceData(s))) }

// Exp writes e^x: within 2 ulps.
func Exp[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		expVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(math.Exp(float64(v)))
	}
}

// Log writes log x, −Inf for 0 and NaN below it: within 2 ulps.
func Log[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		logVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(math.Log(float64(v)))
	}
}

// Sqrt writes √x, NaN below 0: correctly rounded.
func Sqrt[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		sqrtVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(math.Sqrt(float64(v)))
	}
}

// Square writes x²: correctly rounded.
func Square[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		squareVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = v * v
	}
}

// ReLU writes max(x, 0).
func ReLU[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		reluVec(at(dst), at(x), len(x))
		return
	}
	if doubles[T]() {
		relu64Vec(at(dst), at(x), 2*len(x))
		return
	}
	for i, v := range x {
		dst[i] = max(v, 0)
	}
}

// Tanh writes tanh x: within 3 ulps.
func Tanh[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		tanhVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(math.Tanh(float64(v)))
	}
}

// Sigmoid writes 1/(1 + e^−x), the derivative of softplus: within 3 ulps.
func Sigmoid[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		sigmoidVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(1 / (1 + math.Exp(-float64(v))))
	}
}

// Softplus writes log(1 + e^x): within 3 ulps.
func Softplus[T Float](dst, x []T) {
	sameLength(len(dst) == len(x))
	if vectors[T]() {
		softplusVec(at(dst), at(x), len(x))
		return
	}
	for i, v := range x {
		dst[i] = T(softplus(float64(v)))
	}
}

func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

func sameLength(ok bool) {
	if !ok {
		panic(badLength)
	}
}
