package kernels

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// elementary are the functions dst[i] = f(x[i]), the exact f and the ulps that their
// comments promise.
var elementary = []struct {
	name   string
	kernel func(dst, x []float32)
	exact  func(x float64) float64
	ulps   int64
}{
	{"Exp", Exp[float32], math.Exp, 2},
	{"Log", Log[float32], math.Log, 2},
	{"Sqrt", Sqrt[float32], math.Sqrt, 0},
	{"Square", Square[float32], func(x float64) float64 { return x * x }, 0},
	{"ReLU", ReLU[float32], func(x float64) float64 { return max(x, 0) }, 0},
	{"Tanh", Tanh[float32], math.Tanh, 3},
	{"Sigmoid", Sigmoid[float32], func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, 3},
	{"Softplus", Softplus[float32], softplus, 3},
}

// everyFloat calls f with slices that hold every float32, or every 997th of them and
// those around the edges, and with a slice for results.
func everyFloat(f func(x, dst []float32)) {
	x := make([]float32, 0, 1<<12)
	dst := make([]float32, cap(x))
	put := func(v float32) {
		if x = append(x, v); len(x) == cap(x) {
			f(x, dst)
			x = x[:0]
		}
	}
	step := uint64(997)
	if long {
		step = 1
	}
	for b := uint64(0); b < 1<<32; b += step {
		put(math.Float32frombits(uint32(b)))
	}
	for _, edge := range []float64{0, 0x1p-126, 1, 2, 0.625, 9, 10, 16, 17, 20, 25, 30, 87, 87.33654, 88, 88.72284, 89, 103.27893, 103.97208, 104, math.MaxFloat32, math.Inf(1)} {
		for _, sign := range []float32{1, -1} {
			for d := -50; d <= 50; d++ {
				put(sign * math.Float32frombits(math.Float32bits(float32(edge))+uint32(d)))
			}
		}
	}
	f(x, dst[:len(x)])
}

// TestElementaryUlps looks at all float32 numbers if CREDENCE_LONG is set, and compares
// the table in docs/kernels.md otherwise.
func TestElementaryUlps(t *testing.T) {
	var table strings.Builder
	eachLevel(t, func(t *testing.T) {
		table.Reset()
		fmt.Fprintln(&table, "| function | promised, ulps | found, ulps | not correctly rounded |\n|---|---|---|---|")
		for _, e := range elementary {
			t.Run(e.name, func(t *testing.T) {
				worst, where, different, n := int64(0), float32(0), 0, 0
				everyFloat(func(x, dst []float32) {
					e.kernel(dst, x)
					for i, v := range x {
						d := ulps(dst[i], float32(e.exact(float64(v))))
						if n++; d > 0 {
							different++
						}
						if d > worst {
							worst, where = d, v
						}
					}
				})
				t.Logf("%d numbers: at most %d ulps, at %v", n, worst, where)
				fmt.Fprintf(&table, "| `%s` | %d | %d | %.2f %% |\n", e.name, e.ulps, worst, 100*float64(different)/float64(n))
				if !(worst <= e.ulps) {
					t.Errorf("%d ulps at %v, want at most %d", worst, where, e.ulps)
				}
			})
		}
	})
	if t.Logf("%v:\n%s", Supported(), &table); long || Supported() < AVX2 || strings.Count(table.String(), "\n") < 2+len(elementary) {
		return
	}
	page, err := os.ReadFile("../../docs/kernels.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "\n"+table.String()+"\n") {
		t.Error("docs/kernels.md has another table than the one above")
	}
}
