package kernels

import (
	"fmt"
	"os"
)

// A Level is a set of instructions that kernels are written in.
type Level int

// The levels, from the one that runs everywhere to the fastest. A machine that has
// one has those before it.
const (
	Portable Level = iota // Go, on any machine
	AVX2                  // amd64 with AVX2 and FMA
	AVX512                // amd64 with AVX-512 F, BW, DQ and VL
)

var levelNames = [...]string{"portable", "avx2", "avx512"}

// String returns the name that CREDENCE_KERNELS takes, such as "avx2".
func (l Level) String() string { return levelNames[l] }

// active is the level in use. It changes only while the package starts and in tests.
var active = fromEnv(os.Getenv("CREDENCE_KERNELS"), Supported())

// Active returns the level in use: the best that the machine and the operating system
// have, unless the environment variable CREDENCE_KERNELS names another one.
func Active() Level { return active }

// onGonum is the value of CREDENCE_KERNELS that leaves matrix products to the BLAS that
// is registered with gonum, and everything else as it is without.
const onGonum = "gonum"

// fromEnv returns the level that value names, or best for "". It panics for an unknown
// name and for a level that this machine lacks: a comparison of kernels that silently
// ran others would mislead.
func fromEnv(value string, best Level) Level {
	if value == "" || value == onGonum {
		return best
	}
	for l, name := range levelNames {
		if name == value {
			if Level(l) > best {
				panic(fmt.Sprintf("kernels: CREDENCE_KERNELS=%s, but this machine has nothing above %s", value, best))
			}
			return Level(l)
		}
	}
	panic(fmt.Sprintf("kernels: CREDENCE_KERNELS=%q; it must be portable, avx2, avx512 or gonum", value))
}
