package bnn

import "math"

// ReLUNetwork is the covariance of a network with one hidden layer of rectified
// units, x → u = Wx + b → f = v·max(u, 0) + c, in the limit of infinitely many of
// them. Under the prior
//
//	W_ij ~ N(0, Weight²/in),  b_i ~ N(0, Bias²),  v_i ~ N(0, OutWeight²/hidden),  c ~ N(0, OutBias²),
//
// which is Normal{SD: s, FanIn: true, Bias: t} with Weight = OutWeight = s and
// Bias = OutBias = t, f is a Gaussian process with
//
//	k(x, z) = OutBias² + OutWeight²/(2π) (√(ab − c²) + (π − θ) c),   θ = acos(c/√(ab)),
//
// where a, b and c are the variances and the covariance of u at x and z. With all
// weights at work it has no favourite place but the origin.
//
// References: Neal, Bayesian Learning for Neural Networks, 1996; Cho & Saul, Kernel
// Methods for Deep Learning, 2009 (the arc-cosine kernel of order 1).
type ReLUNetwork struct{ Weight, Bias, OutWeight, OutBias float64 }

// ErfNetwork is the same for hidden units erf(u), close to tanh(2u/√π):
//
//	k(x, z) = OutBias² + OutWeight² (2/π) asin(2c/√((1 + 2a)(1 + 2b))).
//
// Reference: Williams, Computing with Infinite Networks, 1997.
type ErfNetwork struct{ Weight, Bias, OutWeight, OutBias float64 }

var (
	_ Kernel = ReLUNetwork{}
	_ Kernel = ErfNetwork{}
)

// Cov implements [Kernel].
func (k ReLUNetwork) Cov(grad, x, z []float64) float64 {
	return hidden{or(k.Weight, 1), or(k.Bias, 1), or(k.OutWeight, 1), or(k.OutBias, 1)}.cov(grad, x, z,
		func(a, b, c float64) (v, da, db, dc float64) {
			s := math.Sqrt(math.Max(a*b-c*c, 0))
			theta := math.Atan2(s, c) // acos loses half the digits near x = z
			return (s + (math.Pi-theta)*c) / (2 * math.Pi), s / (4 * math.Pi * a), s / (4 * math.Pi * b), (math.Pi - theta) / (2 * math.Pi)
		})
}

// Log implements [Kernel]: the logs of the fields in order.
func (k ReLUNetwork) Log() []float64 { return logs(k.Weight, k.Bias, k.OutWeight, k.OutBias) }

// With implements [Kernel].
func (k ReLUNetwork) With(log []float64) Kernel {
	return ReLUNetwork{math.Exp(log[0]), math.Exp(log[1]), math.Exp(log[2]), math.Exp(log[3])}
}

// Cov implements [Kernel].
func (k ErfNetwork) Cov(grad, x, z []float64) float64 {
	return hidden{or(k.Weight, 1), or(k.Bias, 1), or(k.OutWeight, 1), or(k.OutBias, 1)}.cov(grad, x, z,
		func(a, b, c float64) (v, da, db, dc float64) {
			root := math.Sqrt((1 + 2*a) * (1 + 2*b))
			q := 2 * c / root
			d := 2 / math.Pi / math.Sqrt(1-q*q) // |q| < 1, as c² ≤ ab
			return 2 / math.Pi * math.Asin(q), -d * q / (1 + 2*a), -d * q / (1 + 2*b), 2 * d / root
		})
}

// Log implements [Kernel]: the logs of the fields in order.
func (k ErfNetwork) Log() []float64 { return logs(k.Weight, k.Bias, k.OutWeight, k.OutBias) }

// With implements [Kernel].
func (k ErfNetwork) With(log []float64) Kernel {
	return ErfNetwork{math.Exp(log[0]), math.Exp(log[1]), math.Exp(log[2]), math.Exp(log[3])}
}

// hidden holds the standard deviations of one hidden layer.
type hidden struct{ w, b, ow, ob float64 }

// cov returns ob² + ow² E[φ(u) φ(u′)], where unit gives the expectation and its
// derivatives with respect to a = Var u, b = Var u′ and c = Cov[u, u′].
func (h hidden) cov(grad, x, z []float64, unit func(a, b, c float64) (v, da, db, dc float64)) float64 {
	w2, b2 := h.w*h.w/float64(len(x)), h.b*h.b
	xx, zz, xz := w2*dot(x, x), w2*dot(z, z), w2*dot(x, z)
	v, da, db, dc := unit(xx+b2, zz+b2, xz+b2)
	o2 := h.ow * h.ow
	if grad != nil {
		grad[0] = 2 * o2 * (da*xx + db*zz + dc*xz)
		grad[1] = 2 * o2 * b2 * (da + db + dc)
		grad[2], grad[3] = 2*o2*v, 2*h.ob*h.ob
	}
	return h.ob*h.ob + o2*v
}
