package kernels

import (
	"math"
	"math/bits"
)

// A Rand is a stream of random numbers for kernels: four generators xoshiro256++
// (Blackman & Vigna, Scrambled Linear Pseudorandom Number Generators, 2021) side by
// side, read in blocks of 256 bits. Its bits are the same on every level and machine.
// Each worker has a stream of its own; the zero value must be seeded first.
//
// A call of a function below starts at a fresh block and throws away what is left of
// its last one. So calls for 3 and for 5 numbers do not give the 8 numbers of one
// call, but the same numbers on all levels.
type Rand struct {
	s [4][4]uint64 // word i of the state of generator j is s[i][j]
}

// Seed starts the stream that a and b name. Draw both from a generator, or make one a
// counter: streams whose seeds differ in a single bit are unrelated.
func (r *Rand) Seed(a, b uint64) {
	a = mix(a) // or the words of seed a + 0x9e… would be those of a, one place on
	for i := range r.s {
		for j := range r.s[i] {
			// mix is one to one, so the 16 words differ, and no generator can be all zeros.
			a += 0x9e3779b97f4a7c15
			r.s[i][j] = mix(mix(a) ^ b)
		}
	}
}

// mix is the output function of SplitMix64 (Steele, Lea & Flood, 2014).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// next returns the next block.
func (r *Rand) next() (out [4]uint64) {
	s0, s1, s2, s3 := &r.s[0], &r.s[1], &r.s[2], &r.s[3]
	for j := range out {
		out[j] = bits.RotateLeft64(s0[j]+s3[j], 23) + s0[j]
		t := s1[j] << 17
		s2[j] ^= s0[j]
		s3[j] ^= s1[j]
		s1[j] ^= s2[j]
		s0[j] ^= s3[j]
		s2[j] ^= t
		s3[j] = bits.RotateLeft64(s3[j], 45)
	}
	return out
}

// word returns the i-th 32 bits of a block.
func word(block *[4]uint64, i int) uint32 { return uint32(block[i/2] >> (i % 2 * 32)) }

// Words fills dst with random bits, 8 words a block.
func Words(r *Rand, dst []uint32) {
	if n := len(dst) / 8; active >= AVX2 && n > 0 {
		wordsVec(&r.s, &dst[0], n)
		dst = dst[n*8:]
	}
	for len(dst) > 0 {
		b := r.next()
		for i := range dst[:min(8, len(dst))] {
			dst[i] = word(&b, i)
		}
		dst = dst[min(8, len(dst)):]
	}
}

// Uniforms fills dst with numbers from the open interval (0, 1): (k + ½)/2²³ with 23
// random bits k in float32, (k + ½)/2⁵² in float64. All levels give the same numbers.
func Uniforms[T Float](r *Rand, dst []T) {
	switch dst := any(dst).(type) {
	case []float32:
		if n := len(dst) / 8; active >= AVX2 && n > 0 {
			uniformsVec(&r.s, &dst[0], n)
			dst = dst[n*8:]
		}
		for len(dst) > 0 {
			b := r.next()
			for i := range dst[:min(8, len(dst))] {
				dst[i] = (float32(word(&b, i)>>9) + 0.5) * 0x1p-23
			}
			dst = dst[min(8, len(dst)):]
		}
	case []float64:
		for len(dst) > 0 {
			b := r.next()
			for i := range dst[:min(4, len(dst))] {
				dst[i] = (float64(b[i]>>12) + 0.5) * 0x1p-52
			}
			dst = dst[min(4, len(dst)):]
		}
	}
}

// Masks fills dst with 0, with probability p in [0, 1), and scale otherwise; p counts
// in steps of 2⁻³². All levels and both precisions give the same mask.
func Masks[T Float](r *Rand, dst []T, p, scale float64) {
	if !(p >= 0 && p < 1) {
		panic(badProbability)
	}
	threshold := int32(min(math.Round(p*0x1p32)-0x1p31, math.MaxInt32)) // words are taken as signed
	if d, ok := any(dst).([]float32); ok {
		if n := len(d) / 8; active >= AVX2 && n > 0 {
			masksVec(&r.s, &d[0], n, threshold, float32(scale))
			dst = dst[n*8:]
		}
	}
	for len(dst) > 0 {
		b := r.next()
		for i := range dst[:min(8, len(dst))] {
			dst[i] = T(scale)
			if int32(word(&b, i)) < threshold {
				dst[i] = 0
			}
		}
		dst = dst[min(8, len(dst)):]
	}
}

// Normals fills dst with standard normal numbers, by the method of Box & Muller
// (1958): the sine and cosine of one random angle times √(−2 log u).
//
// In float32 a block of 16 numbers takes 31 bits for each u and 32 for each angle; the
// largest is √(64 log 2) = 6.66, which normal numbers exceed once in 4·10¹⁰. The vector kernels are
// within 4 units in the last place of the portable one. In float64 a block of 8
// numbers takes 53 bits for each, and all levels run the same code.
func Normals[T Float](r *Rand, dst []T) {
	switch dst := any(dst).(type) {
	case []float32:
		if n := len(dst) / 16; active >= AVX2 && n > 0 {
			normalsVec(&r.s, &dst[0], n)
			dst = dst[n*16:]
		}
		if len(dst) > 0 && active >= AVX2 { // the last block by the same arithmetic as the others
			var last [16]float32
			normalsVec(&r.s, &last[0], 1)
			copy(dst, last[:])
			return
		}
		for len(dst) > 0 {
			var block [16]float32
			a, b := r.next(), r.next()
			for i := range 8 {
				u := float64(float32(word(&a, i)>>1))*0x1p-31 + 0x1p-32
				s, c := boxMuller(float64(float32(u)), float64(float32(int32(word(&b, i))))*0x1p-32)
				block[i], block[i+8] = float32(s), float32(c)
			}
			dst = dst[copy(dst, block[:]):]
		}
	case []float64:
		for len(dst) > 0 {
			var block [8]float64
			a, b := r.next(), r.next()
			for i := range 4 {
				block[i], block[i+4] = boxMuller((float64(a[i]>>11)+0.5)*0x1p-53, float64(int64(b[i])>>11)*0x1p-53)
			}
			dst = dst[copy(dst, block[:]):]
		}
	}
}

// boxMuller turns u in (0, 1] and an angle of v turns into two normal numbers.
func boxMuller(u, v float64) (float64, float64) {
	radius := math.Sqrt(-2 * math.Log(u))
	// Sincos of a quarter turn or less keeps the relative accuracy at the zeros.
	q := math.RoundToEven(4 * v)
	s, c := math.Sincos((4*v - q) * (math.Pi / 2))
	switch int(q) & 3 {
	case 1:
		s, c = c, -s
	case 2:
		s, c = -s, -c
	case 3:
		s, c = -c, s
	}
	return radius * s, radius * c
}
