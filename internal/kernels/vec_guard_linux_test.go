package kernels

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestVecKernelsStayInsideTheirSlices runs them beside pages that must not be touched.
func TestVecKernelsStayInsideTheirSlices(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		f := &fenced{t: t, rng: rand.New(rand.NewPCG(13, 14))}
		alloc := func(n int) []float32 { return fence[float32](f, n) }
		var r Rand
		r.Seed(1, 2)
		for n := range 101 {
			for _, e := range elementary {
				e.kernel(alloc(n), alloc(n))
			}
			Normals(&r, alloc(n))
			Masks(&r, alloc(n), 0.1, 1)
			Uniforms(&r, alloc(n))
			Words(&r, words(alloc(n)))
			f.free()
			for _, c := range layerCases {
				c.check(t, f.rng, n, alloc)
				f.free()
			}
			checkReductions(t, f.rng, n, alloc)
			checkImages(t, f.rng, alloc)
			checkAdam(t, f.rng, n, 0x1p-23, alloc)
			checkVI(t, f.rng, n, 0x1p-23, alloc)
			checkDoubles(t, f.rng, n, func(n int) []float64 { return fence[float64](f, n) })
			f.free()
		}
	})
}

// words is x, taken as words.
func words(x []float32) []uint32 {
	return unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(x))), len(x))
}
