package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func normals[T nn.Float](n int, rng *rand.Rand) []T {
	v := make([]T, n)
	for i := range v {
		v[i] = T(rng.NormFloat64())
	}
	return v
}

// loss returns L = Σ c ⊙ f and its gradients, at noise drawn from seed.
func loss[T nn.Float](tape *nn.Tape[T], net nn.Net, theta, x, c []T, n int, z nn.Noise[T], grad, gradVar []T) float64 {
	if z.Var != nil || z.Drop > 0 || z.Logits != nil {
		z.Rand = newRand(99)
	}
	f := tape.ForwardNoisy(theta, x, n, z)
	sum := 0.0
	for i, v := range f {
		sum += float64(c[i]) * float64(v)
	}
	if grad != nil {
		clear(grad)
		clear(gradVar)
		copy(tape.OutGrad(), c)
		tape.Backward(grad, gradVar, theta)
	}
	return sum
}

// Central differences with h = 1e-5 err by about h² ≈ 1e-10 and, by rounding, 1e-11.
func checkGradient(t *testing.T, name string, at, want []float64, f func() float64) {
	t.Helper()
	const h = 1e-5
	scale := 0.0
	for _, g := range want {
		scale = math.Max(scale, math.Abs(g))
	}
	for j, old := range at {
		at[j] = old + h
		up := f()
		at[j] = old - h
		down := f()
		at[j] = old
		if fd := (up - down) / (2 * h); !(math.Abs(fd-want[j]) <= 1e-6*scale) {
			t.Errorf("%s: gradient %d is %.9g, finite difference %.9g", name, j, want[j], fd)
			return
		}
	}
}

func TestGradients(t *testing.T) {
	for _, act := range []nn.Activation{nn.Identity, nn.ReLU, nn.Tanh, nn.Sigmoid, nn.Softplus} {
		net := nn.MLP([]int{3, 7, 5, 2}, act)
		rng := newRand(5)
		const n = 6
		tape := nn.NewTape[float64](net, n+2) // larger than the batch: tails must not leak
		theta, x, c := make([]float64, net.Dim()), normals[float64](3*n, rng), normals[float64](2*n, rng)
		net.Init(theta, rng)
		for i := range theta {
			theta[i] += 0.3 * rng.NormFloat64() // biases off zero
		}
		variance := make([]float64, len(theta))
		for i := range variance {
			variance[i] = 0.05 + 0.1*rng.Float64()
		}
		grad, gradVar := make([]float64, len(theta)), make([]float64, len(theta))
		for name, z := range map[string]nn.Noise[float64]{"plain": {}, "local": {Var: variance}, "dropout": {Drop: 0.4}} {
			loss(tape, net, theta, x, c, n, z, grad, gradVar)
			value := func() float64 { return loss(tape, net, theta, x, c, n, z, nil, nil) }
			checkGradient(t, fmt.Sprintf("%v %s ∂θ", act, name), theta, grad, value)
			if z.Var != nil {
				checkGradient(t, fmt.Sprintf("%v %s ∂v", act, name), variance, gradVar, value)
			}
		}
	}
}

func TestFloat32AgreesWithFloat64(t *testing.T) {
	net := nn.MLP([]int{2, 40, 30, 1}, nn.Tanh)
	rng := newRand(6)
	const n = 33
	theta, x, c := make([]float64, net.Dim()), normals[float64](2*n, rng), normals[float64](n, rng)
	net.Init(theta, rng)
	narrow := func(v []float64) []float32 {
		w := make([]float32, len(v))
		for i := range v {
			w[i] = float32(v[i])
		}
		return w
	}
	g64, g32 := make([]float64, len(theta)), make([]float32, len(theta))
	for _, drop := range []float64{0, 0.2} {
		want := loss(nn.NewTape[float64](net, n), net, theta, x, c, n, nn.Noise[float64]{Drop: drop}, g64, nil)
		got := loss(nn.NewTape[float32](net, n), net, narrow(theta), narrow(x), narrow(c), n, nn.Noise[float32]{Drop: drop}, g32, nil)
		if !(math.Abs(got-want) <= 1e-4) {
			t.Errorf("drop %v: loss %v in float32, %v in float64", drop, got, want)
		}
		for j := range g64 {
			if !(math.Abs(float64(g32[j])-g64[j]) <= 2e-5*math.Max(1, math.Abs(g64[j]))) {
				t.Fatalf("drop %v: gradient %d is %v in float32, %v in float64", drop, j, g32[j], g64[j])
			}
		}
	}
}

// A local pass draws activations with the moments that weights θ ~ N(μ, v) give.
func TestLocalReparameterisationMoments(t *testing.T) {
	net := nn.New(2, nn.Dense{Out: 1})
	mu, v, x := []float64{0.5, -1, 0.2}, []float64{0.3, 0.1, 0.05}, []float64{1.5, -0.7}
	wantMean, wantVar := 0.5*1.5+0.7+0.2, 0.3*1.5*1.5+0.1*0.7*0.7+0.05
	tape, rng := nn.NewTape[float64](net, 1), newRand(7)
	const draws = 40000
	var s, ss float64
	for range draws {
		f := tape.ForwardNoisy(mu, x, 1, nn.Noise[float64]{Var: v, Rand: rng})[0]
		s += f / draws
		ss += f * f / draws
	}
	if !(math.Abs(s-wantMean) <= 4*math.Sqrt(wantVar/draws)) {
		t.Errorf("mean %v, want %v", s, wantMean)
	}
	if !(math.Abs((ss-s*s)/wantVar-1) <= 4*math.Sqrt(2./draws)) {
		t.Errorf("variance %v, want %v", ss-s*s, wantVar)
	}
}

// One mask on θ and a mask inside the pass have the same mean and variance at one x.
func TestMaskAgreesWithDropoutInThePass(t *testing.T) {
	net := nn.MLP([]int{1, 8, 8, 1}, nn.ReLU)
	rng := newRand(8)
	theta, masked := make([]float64, net.Dim()), make([]float64, net.Dim())
	net.Init(theta, rng)
	for i := range theta {
		theta[i] += 0.2 * rng.NormFloat64()
	}
	tape, x := nn.NewTape[float64](net, 1), []float64{0.8}
	const draws, p = 60000, 0.3
	var a, aa, b, bb float64
	for range draws {
		f := tape.ForwardNoisy(theta, x, 1, nn.Noise[float64]{Drop: p, Rand: rng})[0]
		a, aa = a+f/draws, aa+f*f/draws
		copy(masked, theta)
		net.Mask(masked, p, rng)
		f = tape.Forward(masked, x, 1)[0]
		b, bb = b+f/draws, bb+f*f/draws
	}
	va, vb := aa-a*a, bb-b*b
	if !(math.Abs(a-b) <= 5*math.Sqrt(2*va/draws)) || !(math.Abs(va/vb-1) <= 0.05) {
		t.Errorf("in the pass: mean %v, variance %v; by masks: %v, %v", a, va, b, vb)
	}
	for i, m := range net.MaskMoment(p) { // first layer and biases are never masked
		want := 1 / (1 - p)
		if i < 16 || i >= 16+64 && i < 16+72 || i == net.Dim()-1 {
			want = 1
		}
		if m != want {
			t.Errorf("MaskMoment[%d] = %v, want %v", i, m, want)
		}
	}
}

func TestPassesDoNotAllocate(t *testing.T) {
	net := nn.MLP([]int{1, 50, 50, 1}, nn.ReLU)
	rng := newRand(9)
	theta, grad, gradVar := make([]float64, net.Dim()), make([]float64, net.Dim()), make([]float64, net.Dim())
	net.Init(theta, rng)
	x := normals[float64](128, rng)
	for name, z := range map[string]nn.Noise[float64]{"plain": {}, "local": {Var: make([]float64, net.Dim()), Rand: rng}, "dropout": {Drop: .1, Rand: rng}} {
		tape := nn.NewTape[float64](net, 128)
		step := func() {
			tape.ForwardNoisy(theta, x, 128, z)
			copy(tape.OutGrad(), x)
			tape.Backward(grad, gradVar, theta)
		}
		step()
		if n := testing.AllocsPerRun(5, step); n != 0 {
			t.Errorf("%s: %v allocations a pass", name, n)
		}
	}
}

func TestStarts(t *testing.T) {
	net := nn.New(1, nn.Dense{Out: 20000, Start: nn.Spread{Weight: 25, Range: 1.9}}, nn.Tanh, nn.Dense{Out: 1})
	theta := make([]float64, net.Dim())
	net.Init(theta, newRand(1))
	ss := 0.0
	for i := range 20000 {
		if kink := -theta[20000+i] / theta[i]; !(math.Abs(kink) <= 1.9) {
			t.Fatalf("kink %d at %v, outside ±1.9", i, kink)
		}
	}
	for _, w := range theta[40000:60000] {
		ss += w * w
	}
	if !(math.Abs(ss-1) <= 0.05) { // Σ of 20000 draws of N(0, 1/20000)
		t.Errorf("Σw² = %v, want 1", ss)
	}
}

func TestMistakesPanic(t *testing.T) {
	net := nn.MLP([]int{2, 3, 1}, nn.Tanh)
	tape := nn.NewTape[float64](net, 4)
	theta := make([]float64, net.Dim())
	frozen := nn.NewTape[float64](net, 4)
	frozen.Freeze(theta)
	panics(t, map[string]func(){
		"zero width":       func() { nn.New(0) },
		"zero units":       func() { nn.New(1, nn.Dense{}) },
		"loose dropout":    func() { nn.New(1, nn.Dense{Out: 2}, nn.Dropout{}, nn.Tanh) },
		"trailing dropout": func() { nn.New(1, nn.Dense{Out: 2}, nn.Dropout{}) },
		"short sizes":      func() { nn.MLP([]int{1}, nn.Tanh) },
		"short theta":      func() { tape.Forward(theta[1:], make([]float64, 2), 1) },
		"too many rows":    func() { tape.Forward(theta, make([]float64, 10), 5) },
		"wrong x":          func() { tape.Forward(theta, make([]float64, 3), 2) },
		"other theta":      func() { frozen.Forward(slices.Clone(theta), make([]float64, 2), 1) },
		"p = 1":            func() { net.Mask(theta, 1, newRand(1)) },
		"p NaN":            func() { net.Mask(theta, math.NaN(), newRand(1)) },
	})
}

// panics checks that each of the calls does.
func panics(t *testing.T, calls map[string]func()) {
	t.Helper()
	for name, f := range calls {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
