package kernels

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// adamExact is a step by the paper, in float64; it returns the size of the step too.
func adamExact(x, m, v, g float64, t int, rate float64) (x1, m1, v1, size float64) {
	m1, v1 = 0.9*m+0.1*g, 0.999*v+0.001*g*g
	b := math.Sqrt(1 - math.Pow(0.999, float64(t)))
	step := rate / (1 - math.Pow(0.9, float64(t))) * m1 / (math.Sqrt(v1)/b + 1e-8)
	return x + step, m1, v1, math.Abs(rate / (1 - math.Pow(0.9, float64(t))) / (math.Sqrt(v1)/b + 1e-8))
}

// A state is the arguments of a step: x, g, m, v, all of one length.
type state[T Float] struct{ x, g, m, v []T }

func randomState[T Float](rng *rand.Rand, n int, alloc func(n int) []T) state[T] {
	s := state[T]{alloc(n), alloc(n), alloc(n), alloc(n)}
	for i := range n {
		s.x[i], s.g[i], s.m[i] = T(rng.NormFloat64()), T(10*rng.NormFloat64()), T(rng.NormFloat64())
		s.v[i] = T(rng.ExpFloat64())
	}
	return s
}

func (s state[T]) clone() state[T] {
	c := func(x []T) []T { return append([]T(nil), x...) }
	return state[T]{c(s.x), c(s.g), c(s.m), c(s.v)}
}

// near compares one coordinate after a step; size is that of the gradient's terms, and
// eps the precision of T.
func near[T Float](t *testing.T, what string, i int, x, m, v T, was state[T], g, size float64, step int, rate, eps float64) {
	t.Helper()
	wx, wm, wv, dx := adamExact(float64(was.x[i]), float64(was.m[i]), float64(was.v[i]), g, step, rate)
	tolM := 8 * eps * (math.Abs(float64(was.m[i])) + size)
	tolV := 8 * eps * (float64(was.v[i]) + size*size)
	tolX := 4*eps*math.Abs(wx) + dx*(tolM+math.Abs(wm)*(4*eps+tolV/wv))
	if !(math.Abs(float64(x)-wx) <= tolX && math.Abs(float64(m)-wm) <= tolM && math.Abs(float64(v)-wv) <= tolV) {
		t.Fatalf("%s, element %d: x, m, v = %v, %v, %v, want %v, %v, %v (within %.1g, %.1g, %.1g)", what, i, x, m, v, wx, wm, wv, tolX, tolM, tolV)
	}
}

func checkAdam[T Float](t *testing.T, rng *rand.Rand, n int, eps float64, alloc func(n int) []T) {
	s := randomState(rng, n, alloc)
	was, step, rate := s.clone(), 1+rng.IntN(2000), 0.01
	Adam(s.x, s.g, s.m, s.v, AdamAt(step, rate))
	for i := range n {
		near(t, "Adam", i, s.x[i], s.m[i], s.v[i], was, float64(was.g[i]), math.Abs(float64(was.g[i])), step, rate, eps)
	}

	was, step = s.clone(), 1+rng.IntN(2000)
	p, z2 := Normal{0.3, 0.7}, 1/(1-0.2)
	got := AdamDecay(s.x, s.g, s.m, s.v, p, z2, AdamAt(step, rate))
	want, terms := 0.0, 0.0
	for i := range n {
		x := float64(was.x[i])
		pull := (z2*x - p.Mean) / (p.SD * p.SD)
		near(t, "AdamDecay", i, s.x[i], s.m[i], s.v[i], was, float64(was.g[i])-pull, math.Abs(float64(was.g[i]))+math.Abs(pull)+1, step, rate, eps)
		want -= (z2*x*x - 2*x*p.Mean + p.Mean*p.Mean) / (2 * p.SD * p.SD)
		terms += (z2*x*x + 2*math.Abs(x*p.Mean) + p.Mean*p.Mean) / (p.SD * p.SD)
	}
	if !(math.Abs(got-want) <= 4*eps*terms) {
		t.Fatalf("AdamDecay of %d: %v, want %v", n, got, want)
	}
}

// checkVI makes one step of either kind, and compares with the formulae of pkg/bnn.
func checkVI[T Float](t *testing.T, rng *rand.Rand, n int, eps float64, alloc func(n int) []T) {
	mu, rho, step, rate := randomState(rng, n, alloc), randomState(rng, n, alloc), 1+rng.IntN(2000), 0.01
	p, beta, draw := Normal{0.3, 0.7}, 0.6, rng.IntN(2) == 0
	for i := range rho.x {
		rho.x[i] = T(4*rng.NormFloat64() - 3)
		if rng.IntN(20) == 0 {
			rho.x[i] = T(10*rng.NormFloat64() - 40)
		}
	}
	q, second := Factors[T]{mu.x, rho.x, mu.m, mu.v, rho.m, rho.v}, rho.g
	wasMu, wasRho := mu.clone(), rho.clone()
	var got float64
	if draw {
		got = q.StepDraw(mu.g, second, p, beta, AdamAt(step, rate))
	} else {
		got = q.StepVar(mu.g, second, p, beta, AdamAt(step, rate))
	}
	want, terms := 0.0, 0.0
	for i := range n {
		m, r, g, h := float64(wasMu.x[i]), float64(wasRho.x[i]), float64(wasMu.g[i]), float64(wasRho.g[i])
		sigma, slope := softplus(r), 1/(1+math.Exp(-r))
		z, ratio := (m-p.Mean)/p.SD, sigma/p.SD
		gSigma := h * 2 * sigma
		if draw {
			gSigma = g * h
		}
		near(t, "μ", i, mu.x[i], mu.m[i], mu.v[i], wasMu, g-beta*z/p.SD, math.Abs(g)+math.Abs(beta*z/p.SD)+1, step, rate, eps)
		near(t, "ρ", i, rho.x[i], rho.m[i], rho.v[i], wasRho, (gSigma-beta*(ratio/p.SD-1/sigma))*slope,
			2*(math.Abs(gSigma)+beta*(ratio/p.SD+1/sigma))*slope, step, rate, eps)
		want += (ratio*ratio+z*z-1)/2 - math.Log(ratio)
		terms += (ratio*ratio+z*z+1)/2 + math.Abs(math.Log(ratio))
	}
	if !(math.Abs(got-want) <= 8*eps*terms) {
		t.Fatalf("KL of %d: %v, want %v, which differs by %.1e of the terms", n, got, want, math.Abs(got-want)/terms)
	}
}

func TestAdamAndVI(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for n := range 101 {
			for range 4 {
				checkAdam(t, rng, n, 0x1p-23, func(n int) []float32 { return make([]float32, n) })
				checkAdam(t, rng, n, 0x1p-52, func(n int) []float64 { return make([]float64, n) })
				checkVI(t, rng, n, 0x1p-23, func(n int) []float32 { return make([]float32, n) })
				checkVI(t, rng, n, 0x1p-52, func(n int) []float64 { return make([]float64, n) })
			}
		}
	})
}

// TestFactors checks Spread and Draw, and a KL of many factors.
func TestFactors(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 4))
		for n := range 101 {
			n += n / 100 * 3000 // several blocks
			q, sigma, v, theta, eps := NewFactors[float32](n), make([]float32, n), make([]float32, n), make([]float32, n), random(rng, make([]float32, n))
			for i := range n {
				q.Mu[i], q.Rho[i] = float32(rng.NormFloat64()), float32(10*rng.NormFloat64())
			}
			q.Spread(sigma, v)
			q.Draw(theta, eps, stream(5, uint64(n)))
			all := make([]float32, n)
			if Noise(stream(5, uint64(n)), all); !slices.Equal(eps, all) {
				t.Fatalf("ε of %d factors: not the noise of the stream", n)
			}
			for i := range n {
				s := float32(softplus(float64(q.Rho[i])))
				if !(ulps(sigma[i], s) <= 3) || v[i] != sigma[i]*sigma[i] {
					t.Fatalf("ρ = %v: σ = %v, σ² = %v, want σ = %v", q.Rho[i], sigma[i], v[i], s)
				}
				want := float64(q.Mu[i]) + float64(s)*float64(eps[i])
				if !(math.Abs(float64(theta[i])-want) <= 0x1p-22*(math.Abs(float64(q.Mu[i]))+math.Abs(float64(s*eps[i])))) {
					t.Fatalf("θ = %v, want %v", theta[i], want)
				}
			}
		}
		n := 1 << 18 // a KL that is a difference of large sums: σ = s, μ = m but for little
		q, g := NewFactors[float32](n), make([]float32, n)
		want := 0.0
		for i := range n {
			q.Mu[i], q.Rho[i] = float32(1e-2*rng.NormFloat64()), float32(math.Log(math.Expm1(0.7*math.Exp(1e-2*rng.NormFloat64()))))
			r, z := softplus(float64(q.Rho[i]))/0.7, float64(q.Mu[i])/0.7
			want += (r*r+z*z-1)/2 - math.Log(r)
		}
		if got := q.StepVar(g, g, Normal{0, 0.7}, 1, AdamAt(1, 0)); !(math.Abs(got-want) <= 1e-3*want) {
			t.Errorf("KL of %d factors: %v, want %v", n, got, want)
		}
	})
}

// TestStepEdges: σ far below and above everything, and NaN, which must show in the KL.
func TestStepEdges(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for _, c := range []struct{ mu, rho, kl float64 }{
			{0, -1000, 87 - 0.5 + math.Log(0.7)},
			{0, math.Inf(-1), 87 - 0.5 + math.Log(0.7)},
			{0, -80, 80 - 0.5 + math.Log(0.7)},
			{0, 50, 2500/0.98 - 0.5 - math.Log(50/0.7)},
			{1e10, 0, 1e20 / 0.98},
			{math.NaN(), 0, math.NaN()},
			{0, math.NaN(), math.NaN()},
			{math.Inf(1), 0, math.Inf(1)},
			{0, math.Inf(1), math.NaN()}, // or +Inf
		} {
			q, g := NewFactors[float32](1), make([]float32, 1)
			q.Mu[0], q.Rho[0] = float32(c.mu), float32(c.rho)
			got := q.StepVar(g, g, Normal{0, 0.7}, 1, AdamAt(1, 0.1))
			if same := got == c.kl || c.kl != c.kl && !(got < math.Inf(1)); !same && !(math.Abs(got-c.kl) <= 1e-5*math.Abs(c.kl)) {
				t.Errorf("μ = %v, ρ = %v: KL %v, want %v", c.mu, c.rho, got, c.kl)
			}
			if c.rho > -2000 && c.rho < 100 && c.mu < 1e5 && !(math.Abs(float64(q.Rho[0])-c.rho) <= 0.1001) {
				t.Errorf("μ = %v, ρ = %v: ρ moves to %v", c.mu, c.rho, q.Rho[0])
			}
		}
	})
}

func TestStepsRefuseOtherLengths(t *testing.T) {
	a, b, q := make([]float32, 3), make([]float32, 4), NewFactors[float32](3)
	for name, f := range map[string]func(){
		"Adam": func() { Adam(a, a, a, b, AdamStep{}) }, "AdamDecay": func() { AdamDecay(a, b, a, a, Normal{0, 1}, 1, AdamStep{}) },
		"Spread": func() { q.Spread(a, b) }, "Draw": func() { q.Draw(b, a, stream(1, 2)) },
		"StepVar": func() { q.StepVar(a, b, Normal{0, 1}, 1, AdamStep{}) }, "StepDraw": func() { q.StepDraw(b, a, Normal{0, 1}, 1, AdamStep{}) },
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

func TestStepsDoNotAllocate(t *testing.T) {
	s, q, r := randomState(rand.New(rand.NewPCG(1, 2)), 50, func(n int) []float32 { return make([]float32, n) }), NewFactors[float32](50), NewFactors[float64](50)
	g, z := make([]float64, 50), stream(1, 2)
	if got := testing.AllocsPerRun(10, func() {
		Adam(s.x, s.g, s.m, s.v, AdamAt(3, 0.1))
		AdamDecay(s.x, s.g, s.m, s.v, Normal{0, 1}, 1, AdamAt(3, 0.1))
		q.Spread(s.x, s.g)
		q.Draw(s.x, s.g, z)
		q.Slice(5, 50).StepVar(s.x[5:], s.g[5:], Normal{0, 1}, 1, AdamAt(3, 0.1))
		q.StepDraw(s.x, s.g, Normal{0, 1}, 1, AdamAt(3, 0.1))
		r.StepDraw(g, g, Normal{0, 1}, 1, AdamAt(3, 0.1))
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

func BenchmarkStep(b *testing.B) {
	for name, n := range map[string]int{"4k": 4096, "478k": 478410} {
		rng := rand.New(rand.NewPCG(1, 2))
		s, q, r := randomState(rng, n, func(n int) []float32 { return make([]float32, n) }), NewFactors[float32](n), new(Rand)
		r.Seed(1, 2)
		random(rng, q.Mu)
		for i := range q.Rho {
			q.Rho[i] = -3
		}
		perElement(b, name+"/Adam", n, func() { Adam(s.x, s.g, s.m, s.v, AdamAt(3, 1e-5)) })
		perElement(b, name+"/AdamDecay", n, func() { AdamDecay(s.x, s.g, s.m, s.v, Normal{0, 1}, 1, AdamAt(3, 1e-5)) })
		perElement(b, name+"/Spread", n, func() { q.Spread(s.x, s.v) })
		perElement(b, name+"/Normals", n, func() { Normals(r, s.g) })
		perElement(b, name+"/Draw", n, func() { q.Draw(s.x, s.g, r) })
		perElement(b, name+"/StepVar", n, func() { q.StepVar(s.g, s.m, Normal{0, 1}, 1, AdamAt(3, 1e-5)) })
		perElement(b, name+"/StepDraw", n, func() { q.StepDraw(s.g, s.m, Normal{0, 1}, 1, AdamAt(3, 1e-5)) })
	}
}
