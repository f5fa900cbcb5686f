package kernels

import (
	"math"
)

// Adam's constants (Kingma & Ba, 2015).
const adamB1, adamB2, adamEps = 0.9, 0.999, 1e-8

// An AdamStep is what all coordinates share in the t-th step of Adam, which climbs a
// gradient g with running means m of g and v of g²:
//
//	m ← 0.9 m + 0.1 g,   v ← 0.999 v + 0.001 g²,   x ← x + Rate m / (Root √v + 10⁻⁸).
type AdamStep struct {
	Rate float64 // η/(1 − 0.9^t), with the learning rate η
	Root float64 // 1/√(1 − 0.999^t)
}

// AdamAt returns the step number t = 1, 2, … with learning rate rate.
func AdamAt(t int, rate float64) AdamStep {
	return AdamStep{Rate: rate / (1 - math.Pow(adamB1, float64(t))), Root: 1 / math.Sqrt(1-math.Pow(adamB2, float64(t)))}
}

// adamOne is the step of one coordinate.
func adamOne[T Float](x, m, v *T, g, rate, root T) {
	*m = adamB1**m + (1-adamB1)*g
	*v = adamB2**v + (1-adamB2)*g*g
	*x += rate * *m / (T(math.Sqrt(float64(*v)))*root + adamEps)
}

// Adam moves x uphill along g by one step, and m and v with it.
func Adam[T Float](x, g, m, v []T, step AdamStep) {
	sameLength(len(g) == len(x) && len(m) == len(x) && len(v) == len(x))
	rate, root := T(step.Rate), T(step.Root)
	if vectors[T]() {
		adamVec(at(x), at(g), at(m), at(v), len(x), float32(rate), float32(root))
		return
	}
	for i := range x {
		adamOne(&x[i], &m[i], &v[i], g[i], rate, root)
	}
}

// A Normal is N(Mean, SD²), the prior of a run of parameters.
type Normal struct{ Mean, SD float64 }

// AdamDecay is [Adam] on log p(D | x) + E[log p(z x)], with the gradient g of the first
// term, the prior p and random factors z of mean 1 and second moment z2: 1 without
// dropout, 1/(1−p) with it. It returns the second term without its constant,
//
//	−Σ (z2 x² − 2 x Mean + Mean²)/(2 SD²),
//
// at x before the step, summed in float64.
func AdamDecay[T Float](x, g, m, v []T, p Normal, z2 float64, step AdamStep) float64 {
	sameLength(len(g) == len(x) && len(m) == len(x) && len(v) == len(x))
	rate, root := T(step.Rate), T(step.Root)
	a, b := T(z2/(p.SD*p.SD)), T(p.Mean/(p.SD*p.SD))
	sum := 0.0
	if vectors[T]() {
		sum = adamGaussVec(at(x), at(g), at(m), at(v), len(x), float32(rate), float32(root), float32(a), float32(b))
	} else {
		for i := range x {
			t := a*x[i] - b
			sum += float64(x[i]) * float64(t-b)
			adamOne(&x[i], &m[i], &v[i], g[i]-t, rate, root)
		}
	}
	return -(sum + float64(len(x))*p.Mean*p.Mean/(p.SD*p.SD)) / 2
}

// Factors are the parameters of q(θ) = Π N(μ_j, σ_j²), σ = softplus ρ, and Adam's
// running means of their gradients and of the squares. All slices have one length.
// A ρ below −87, where σ would leave the range of float32, counts as −87.
type Factors[T Float] struct {
	Mu, Rho              []T
	MMu, VMu, MRho, VRho []T
}

// NewFactors returns n factors with all fields zero.
func NewFactors[T Float](n int) Factors[T] {
	all := make([]T, 6*n)
	part := func(i int) []T { return all[i*n : (i+1)*n : (i+1)*n] }
	return Factors[T]{Mu: part(0), Rho: part(1), MMu: part(2), VMu: part(3), MRho: part(4), VRho: part(5)}
}

// Slice returns factors lo … hi−1, a view.
func (q Factors[T]) Slice(lo, hi int) Factors[T] {
	return Factors[T]{q.Mu[lo:hi], q.Rho[lo:hi], q.MMu[lo:hi], q.VMu[lo:hi], q.MRho[lo:hi], q.VRho[lo:hi]}
}

// Spread writes σ = softplus ρ over sigma and σ² over v.
func (q Factors[T]) Spread(sigma, v []T) {
	sameLength(len(sigma) == len(q.Rho) && len(v) == len(q.Rho))
	if vectors[T]() {
		softplusSquareVec(at(sigma), at(v), at(q.Rho), len(v))
		return
	}
	for i, r := range q.Rho {
		s := T(sigmaOf(float64(r)))
		sigma[i], v[i] = s, s*s
	}
}

// Draw fills eps with standard normal ε from r ([Noise]), and theta with θ = μ + σ⊙ε.
func (q Factors[T]) Draw(theta, eps []T, r *Rand) {
	sameLength(len(theta) == len(q.Rho) && len(eps) == len(q.Rho) && len(q.Mu) == len(q.Rho))
	for lo := 0; lo < len(eps); lo += drawBlock {
		hi := min(lo+drawBlock, len(eps))
		Noise(r, eps[lo:hi])
		q.Slice(lo, hi).reparameterise(theta[lo:hi], eps[lo:hi])
	}
}

// drawBlock is how many factors Draw takes at a time, so that their ε are still near: a
// multiple of what Noise takes, so that it fills eps as in one go.
const drawBlock = 1024

// reparameterise writes μ + σ⊙ε over theta.
func (q Factors[T]) reparameterise(theta, eps []T) {
	if vectors[T]() {
		drawVec(at(theta), at(q.Mu), at(q.Rho), at(eps), len(theta))
		return
	}
	for i, r := range q.Rho {
		theta[i] = q.Mu[i] + T(sigmaOf(float64(r)))*eps[i]
	}
}

func sigmaOf(rho float64) float64 { return softplus(max(rho, -87)) }

// StepVar is one step of [Adam] on (μ, ρ), uphill on E_q[log p(D | θ)] − β KL(q ‖ p),
// given the gradients of the first term with respect to μ and to σ² (local
// reparameterisation). It returns
//
//	KL(q ‖ p) = Σ_j log(s/σ_j) + (σ_j² + (μ_j − m)²)/(2 s²) − ½,   p = Π N(m, s²),
//
// at (μ, ρ) before the step, summed in float64. The slices are read and written once.
func (q Factors[T]) StepVar(gMu, gVar []T, p Normal, beta float64, step AdamStep) float64 {
	return q.step(gMu, gVar, false, p, beta, step)
}

// StepDraw is [Factors.StepVar] for a gradient gMu at one draw θ = μ + σ⊙ε, where
// ∂/∂σ = ∂/∂μ ⊙ ε.
func (q Factors[T]) StepDraw(gMu, eps []T, p Normal, beta float64, step AdamStep) float64 {
	return q.step(gMu, eps, true, p, beta, step)
}

// spreadBlock is how many factors the vector kernels of step exchange at a time.
const spreadBlock = 256

func (q Factors[T]) step(gMu, second []T, isEps bool, p Normal, beta float64, step AdamStep) (kl float64) {
	n := len(q.Mu)
	sameLength(len(q.Rho) == n && len(q.MMu) == n && len(q.VMu) == n && len(q.MRho) == n && len(q.VRho) == n && len(gMu) == n && len(second) == n)
	squares, logs := 0.0, 0.0 // Σ σ² + (μ − m)² and Σ log σ
	if vectors[T]() {
		squares, logs = q.stepVec(gMu, second, isEps, p, beta, step)
	} else {
		rate, root, mean, pull, b := T(step.Rate), T(step.Root), T(p.Mean), T(beta/(p.SD*p.SD)), T(beta)
		for i, r := range q.Rho {
			wide := sigmaOf(float64(r))
			s, d := T(wide), q.Mu[i]-mean
			squares += float64(s)*float64(s) + float64(d)*float64(d)
			logs += math.Log(wide)
			gSigma := second[i] * 2 * s
			if isEps {
				gSigma = second[i] * gMu[i]
			}
			slope := T(-math.Expm1(-wide)) // of softplus
			adamOne(&q.Mu[i], &q.MMu[i], &q.VMu[i], gMu[i]-pull*d, rate, root)
			adamOne(&q.Rho[i], &q.MRho[i], &q.VRho[i], (gSigma-pull*s+b/s)*slope, rate, root)
		}
	}
	return float64(n)*(math.Log(p.SD)-0.5) - logs + squares/(2*p.SD*p.SD)
}

func (q Factors[T]) stepVec(gMu, second []T, isEps bool, p Normal, beta float64, step AdamStep) (squares, logs float64) {
	c := [5]float32{float32(step.Rate), float32(step.Root), float32(p.Mean), float32(beta / (p.SD * p.SD)), float32(beta)}
	var block [3][spreadBlock]float32
	// Lane i has seen factors whose σ multiply to product[i] · 2^(all its exponents).
	product := [8]float32{1, 1, 1, 1, 1, 1, 1, 1}
	var total int
	for lo := 0; lo < len(q.Mu); lo += spreadBlock {
		n := min(spreadBlock, len(q.Mu)-lo)
		var exponents [8]int32
		spreadVec(&block, at(q.Rho[lo:]), n, &product, &exponents)
		args := [8]*float32{at(q.Mu[lo:]), at(q.Rho[lo:]), at(gMu[lo:]), at(second[lo:]), at(q.MMu[lo:]), at(q.VMu[lo:]), at(q.MRho[lo:]), at(q.VRho[lo:])}
		if isEps {
			squares += adamVIDrawVec(&block, &args, n, &c)
		} else {
			squares += adamVIVarVec(&block, &args, n, &c)
		}
		for _, e := range exponents {
			total += int(e)
		}
	}
	for _, v := range product {
		logs += math.Log(float64(v))
	}
	return squares, logs + float64(total)*math.Ln2
}
