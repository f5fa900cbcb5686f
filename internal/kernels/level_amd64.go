package kernels

// cpuid and xgetbv are the instructions of these names.
func cpuid(eax, ecx uint32) (a, b, c, d uint32)
func xgetbv() (eax, edx uint32)

// What the bits of CPUID's leaves 1 and 7 and of the register XCR0 stand for.
const (
	hasOSXSAVE, hasAVX, hasFMA = 1 << 27, 1 << 28, 1 << 12            // leaf 1, ECX
	hasAVX2                    = 1 << 5                               // leaf 7, EBX
	hasAVX512                  = 1<<8 | 1<<16 | 1<<17 | 1<<30 | 1<<31 // leaf 7, EBX: BMI2, AVX-512 F, DQ, BW, VL
	savesYMM                   = 1<<1 | 1<<2
	savesZMM                   = savesYMM | 1<<5 | 1<<6 | 1<<7
)

// Supported returns the best level of this machine: the processor must have the
// instructions, and the operating system must save the registers.
func Supported() Level {
	top, _, _, _ := cpuid(0, 0)
	if top < 7 {
		return Portable
	}
	_, _, c, _ := cpuid(1, 0)
	if c&hasOSXSAVE == 0 || c&hasAVX == 0 || c&hasFMA == 0 {
		return Portable
	}
	saved, _ := xgetbv()
	_, b, _, _ := cpuid(7, 0)
	switch {
	case saved&savesYMM != savesYMM || b&hasAVX2 == 0:
		return Portable
	case saved&savesZMM != savesZMM || b&hasAVX512 != hasAVX512:
		return AVX2
	}
	return AVX512
}
