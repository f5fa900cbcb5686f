package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactSum adds without rounding.
func exactSum(terms []float64) float64 {
	sum := new(big.Float).SetPrec(500)
	for _, v := range terms {
		sum.Add(sum, big.NewFloat(v))
	}
	f, _ := sum.Float64()
	return f
}

func checkReductions(t *testing.T, rng *rand.Rand, n int, alloc func(n int) []float32) [4]float64 {
	a, b := random(rng, alloc(n)), random(rng, alloc(n))
	var x, products, squares []float64
	size, most := 0.0, math.Inf(-1)
	for i, v := range a {
		x, products = append(x, float64(v)), append(products, float64(v)*float64(b[i]))
		size += math.Abs(float64(v)) + math.Abs(products[i])
		most = max(most, float64(v))
	}
	sum, dot, lse := Sum(a), Dot(a, b), LogSumExp(a)
	mean, variance := MeanVar(a)
	exp, centre := 0.0, exactSum(x)/float64(n)
	for _, v := range x {
		squares = append(squares, (v-centre)*(v-centre))
		exp += math.Exp(v - most)
	}
	if want := exactSum(x); !(math.Abs(sum-want) <= 1e-15*size) || n > 0 && !(math.Abs(mean-want/float64(n)) <= 1e-15*size) {
		t.Fatalf("sum and mean of %d: %v and %v, want %v", n, sum, mean, want)
	}
	if want := exactSum(products); !(math.Abs(dot-want) <= 1e-15*size) {
		t.Fatalf("dot product of %d: %v, want %v", n, dot, want)
	}
	if want := exactSum(squares) / float64(n); n > 0 && !(math.Abs(variance-want) <= 1e-14*want) {
		t.Fatalf("variance of %d: %v, want %v", n, variance, want)
	}
	if want := most + math.Log(exp); lse != want && !(math.Abs(lse-want) <= 1e-6*(1+math.Abs(want))) {
		t.Fatalf("log Σ exp of %d: %v, want %v", n, lse, want)
	}
	return [4]float64{sum, dot, mean, variance}
}

// TestReductions compares with exact sums, and the bits of the levels.
func TestReductions(t *testing.T) {
	var first [][4]float64
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for n := range 300 {
			got := checkReductions(t, rng, n, func(n int) []float32 { return make([]float32, n) })
			if active == Portable {
				first = append(first, got)
			} else if n > 0 && got != first[n] {
				t.Fatalf("sum, dot, mean, variance of %d: %v, portable %v", n, got, first[n])
			}
		}
	})
}

func TestLogSumExpEdges(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, c := range []struct {
		x    []float32
		want float64
	}{
		{nil, math.Inf(-1)}, {[]float32{-inf, -inf}, math.Inf(-1)}, {[]float32{1, inf}, math.Inf(1)},
		{[]float32{1000, 1000}, 1000 + math.Ln2}, {[]float32{-1000, -inf}, -1000}, {[]float32{1, float32(math.NaN())}, math.NaN()},
	} {
		if got := LogSumExp(c.x); got != c.want && !(math.IsNaN(c.want) && math.IsNaN(got)) && !(math.Abs(got-c.want) <= 1e-6*math.Abs(c.want)) {
			t.Errorf("log Σ exp %v = %v, want %v", c.x, got, c.want)
		}
	}
}

func TestReductionsDoNotAllocate(t *testing.T) {
	x, y := make([]float32, 1000), make([]float64, 1000)
	if got := testing.AllocsPerRun(10, func() {
		Sum(x)
		Dot(x, x)
		MeanVar(x)
		LogSumExp(x)
		Sum(y)
		LogSumExp(y)
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

func BenchmarkReduce(b *testing.B) {
	const n = 4096
	x := random(rand.New(rand.NewPCG(1, 2)), make([]float32, n))
	perElement(b, "Sum", n, func() { Sum(x) })
	perElement(b, "Dot", n, func() { Dot(x, x) })
	perElement(b, "MeanVar", n, func() { MeanVar(x) })
	perElement(b, "LogSumExp", n, func() { LogSumExp(x) })
}
