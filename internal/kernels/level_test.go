package kernels

import (
	"strings"
	"testing"
)

func TestLevelFromEnv(t *testing.T) {
	t.Logf("this machine: %v, in use: %v", Supported(), Active())
	for _, c := range []struct {
		value      string
		best, want Level
	}{{"", Portable, Portable}, {"gonum", AVX2, AVX2}, {"", AVX512, AVX512}, {"portable", AVX2, Portable}, {"avx2", AVX512, AVX2}, {"avx512", AVX512, AVX512}} {
		if got := fromEnv(c.value, c.best); got != c.want {
			t.Errorf("CREDENCE_KERNELS=%q where %v is best: %v, want %v", c.value, c.best, got, c.want)
		}
	}
	for value, want := range map[string]string{"AVX2": "must be portable, avx2, avx512 or gonum", "avx512": "nothing above avx2"} {
		func() {
			defer func() {
				if p, _ := recover().(string); !strings.Contains(p, want) {
					t.Errorf("CREDENCE_KERNELS=%q: panic %q, want %q", value, p, want)
				}
			}()
			fromEnv(value, AVX2)
		}()
	}
}
