package kernels

import (
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// fenced hands out slices that end where a page begins that must not be touched, or
// begin where one ends: reading or writing past them kills the test.
type fenced struct {
	t     *testing.T
	rng   *rand.Rand
	areas [][]byte
}

// fence returns n zeros beside such a page.
func fence[T Float](f *fenced, n int) []T {
	page, size := os.Getpagesize(), n*int(unsafe.Sizeof(T(0)))
	body := (size + page - 1) / page * page
	area, err := syscall.Mmap(-1, 0, body+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		f.t.Fatal(err)
	}
	f.areas = append(f.areas, area)
	for _, edge := range [][]byte{area[:page], area[page+body:]} {
		if err := syscall.Mprotect(edge, syscall.PROT_NONE); err != nil {
			f.t.Fatal(err)
		}
	}
	start := page
	if f.rng.IntN(2) == 0 {
		start += body - size
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&area[start])), n)
}

// free gives the pages back.
func (f *fenced) free() {
	for _, a := range f.areas {
		if err := syscall.Munmap(a); err != nil {
			f.t.Fatal(err)
		}
	}
	f.areas = nil
}

func TestProductsStayInsideTheirSlices(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		f := &fenced{t: t, rng: rand.New(rand.NewPCG(11, 12))}
		for range 60 {
			p32 := randomProduct(f.rng, func(n int) []float32 { return fence[float32](f, n) })
			p32.check(t, eps32)
			p64 := randomProduct(f.rng, func(n int) []float64 { return fence[float64](f, n) })
			p64.check(t, eps64)
			m, n, k := 1+f.rng.IntN(20), 1+f.rng.IntN(140), 1+f.rng.IntN(40)
			x, w := fence[float32](f, m*k), fence[float32](f, n*k)
			Affine(fence[float32](f, m*n), x, w, fence[float32](f, n), m, n, k)
			SetAB(fence[float32](f, m*n), x, w, m, n, k)
			f.free()
		}
	})
}
