package bnn

import "math"

// Curved is a Likelihood whose curvature is known, which [Laplace] needs.
type Curved interface {
	// Curvature writes, for one row, the (O × O) matrix
	//
	//	C = −∂² log p(y | f, φ)/∂f²
	//
	// over c, row by row, and adds −∂² log p/∂φ_k² to cphi. C is positive
	// semi-definite: where the second derivative is not, its mean over y | f, the
	// Fisher information, stands in for it. Mixed derivatives, between f and φ and
	// between two φ, are left out; for the noise of a Gaussian their mean is 0.
	Curvature(c, cphi, f, phi, y []float64)
}

var (
	_ Curved = GaussianNoise{}
	_ Curved = Heteroscedastic{}
	_ Curved = Bernoulli{}
	_ Curved = Categorical{}
	_ Curved = Poisson{}
)

// Curvature implements [Curved]: C = diag(1/σ_k²), exactly, and 2 (y_k − f_k)²/σ_k²
// for a learned φ_k = log σ_k.
func (g GaussianNoise) Curvature(c, cphi, f, phi, y []float64) {
	clear(c)
	for k, yk := range y {
		_, sigma := g.noise(phi, k)
		c[k*len(f)+k] = 1 / (sigma * sigma)
		if len(phi) > 0 {
			z := (yk - f[k]) / sigma
			cphi[k] += 2 * z * z
		}
	}
}

// Curvature implements [Curved] by the Fisher information, diag(e^{−s}, ½) for the
// outputs (mean, s) of a target: the second derivative itself is not positive where
// the network has just claimed too much noise. It is 0 for an s that is held.
func (Heteroscedastic) Curvature(c, _, f, _, y []float64) {
	clear(c)
	k, o := len(y), len(f)
	for j := range y {
		s := min(max(f[k+j], -maxLogVar), maxLogVar)
		c[j*o+j] = math.Exp(-s)
		if s == f[k+j] {
			c[(k+j)*o+k+j] = 0.5
		}
	}
}

// Curvature implements [Curved]: C = diag(π_k (1 − π_k)).
func (Bernoulli) Curvature(c, _, f, _, _ []float64) {
	clear(c)
	for k, v := range f {
		c[k*len(f)+k] = sigmoid(v) * sigmoid(-v)
	}
}

// Curvature implements [Curved]: C = diag(π) − π πᵀ.
func (c Categorical) Curvature(dst, _, f, _, _ []float64) {
	n := len(f)
	p, diag := dst[:n], dst[n:2*n] // C ≥ 2, so there is room for two rows
	c.Moments(p, diag, f, nil)
	for i := n - 1; i >= 0; i-- { // from the end: row 0 holds π
		pi := p[i]
		for j := n - 1; j >= 0; j-- {
			v := -pi * p[j]
			if i == j {
				v = pi * (1 - pi)
			}
			dst[i*n+j] = v
		}
	}
}

// Curvature implements [Curved]: C = diag(λ_k), 0 for a log rate that is held.
func (Poisson) Curvature(c, _, f, _, _ []float64) {
	clear(c)
	for k, v := range f {
		if v < maxLogRate {
			c[k*len(f)+k] = math.Exp(v)
		}
	}
}
