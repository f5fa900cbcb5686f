package kernels

import (
	"math/rand/v2"
	"testing"
)

// checkImages compares the kernels with the definitions on images of random shape.
func checkImages(t *testing.T, rng *rand.Rand, alloc func(n int) []float32) {
	t.Helper()
	size := 1 + rng.IntN(4)
	m, n := Image{H: size + rng.IntN(6), W: size + rng.IntN(6), C: 1 + rng.IntN(20)}, rng.IntN(3)
	h, w := m.H-size+1, m.W-size+1
	x, dx := random(rng, alloc(n*m.Len())), random(rng, alloc(n*m.Len()))
	patches, dp := alloc(n*h*w*size*size*m.C), random(rng, alloc(n*h*w*size*size*m.C))
	want := append([]float32(nil), dx...)
	Patches(patches, x, m, size)
	AddPatches(dx, dp, m, size)
	at := 0
	for image := range n {
		for r := range h {
			for c := range w {
				for i := range size {
					for j := range size {
						for k := range m.C {
							pixel := image*m.Len() + ((r+i)*m.W+c+j)*m.C + k
							if patches[at] != x[pixel] {
								t.Fatalf("%v, size %d: patch element %d is %v, want %v", m, size, at, patches[at], x[pixel])
							}
							want[pixel] += dp[at]
							at++
						}
					}
				}
			}
		}
	}
	for i, v := range want {
		if dx[i] != v {
			t.Fatalf("%v, size %d: sum %d is %v, want %v", m, size, i, dx[i], v)
		}
	}

	h, w = m.H/size, m.W/size
	y, top := alloc(n*h*w*m.C), make([]int32, n*h*w*m.C)
	MaxPool(y, top, x, m, size)
	for i, v := range y {
		image, r, c, k := i/(h*w*m.C), i/(w*m.C)%h, i/m.C%w, i%m.C
		best := image*m.Len() + (r*size*m.W+c*size)*m.C + k
		for p := range size * size {
			if at := image*m.Len() + ((r*size+p/size)*m.W+c*size+p%size)*m.C + k; x[at] > x[best] {
				best = at
			}
		}
		if v != x[best] || int(top[i]) != best {
			t.Fatalf("%v, size %d: the largest of square %d is %v at %d, want %v at %d", m, size, i, v, top[i], x[best], best)
		}
	}
}

func TestImages(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range 1000 {
			checkImages(t, rng, func(n int) []float32 { return make([]float32, n) })
		}
	})
}

func TestImagesRefuseOtherLengths(t *testing.T) {
	m, x := Image{4, 4, 2}, make([]float32, 64)
	for name, f := range map[string]func(){
		"Patches":    func() { Patches(make([]float32, 17), x, m, 3) },
		"AddPatches": func() { AddPatches(x[:33], x, m, 3) },
		"MaxPool":    func() { MaxPool(make([]float32, 16), make([]int32, 15), x, m, 2) },
	} {
		func() {
			defer func() {
				if p := recover(); p != badLength {
					t.Errorf("%s: panic %v, want %q", name, p, badLength)
				}
			}()
			f()
		}()
	}
}

func BenchmarkImages(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, m := range map[string]Image{"28×28×1": {28, 28, 1}, "12×12×16": {12, 12, 16}} {
		x := random(rng, make([]float32, 8*m.Len()))
		patches := make([]float32, 8*(m.H-4)*(m.W-4)*25*m.C)
		y, top := make([]float32, len(x)/4), make([]int32, len(x)/4)
		perElement(b, name+"/Patches", len(patches), func() { Patches(patches, x, m, 5) })
		perElement(b, name+"/AddPatches", len(patches), func() { AddPatches(x, patches, m, 5) })
		perElement(b, name+"/MaxPool", len(x), func() { MaxPool(y, top, x, m, 2) })
	}
}
