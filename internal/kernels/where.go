package kernels

import "unsafe"

// wherePositive writes x where y > 0 and 0 elsewhere. It masks bits and does not branch:
// which units are active looks random to a processor, which would guess wrongly half the
// time.
func wherePositive[W uint32 | uint64, T Float](dst, x []W, y []T) {
	for i, v := range y {
		var one W
		if v > 0 {
			one = 1
		}
		dst[i] = x[i] & -one
	}
}

// bitsOf returns the bits of s as words of the same size.
func bitsOf[W uint32 | uint64, T Float](s []T) []W {
	return unsafe.Slice((*W)(unsafe.Pointer(unsafe.SliceData(s))), len(s))
}
