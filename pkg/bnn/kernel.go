package bnn

import (
	"math"
	"slices"
)

// A Kernel is the prior covariance k(x, z) = Cov[f(x), f(z)] of a Gaussian process
// with mean 0. Its hyperparameters are positive and handled as logarithms. Kernels
// are plain values, safe for concurrent use; every field that is 0 counts as 1.
type Kernel interface {
	// Cov returns k(x, z) and, unless grad is nil, writes ∂k/∂log h_j over it.
	Cov(grad, x, z []float64) float64
	// Log returns the log h_j, in the order of the fields.
	Log() []float64
	// With returns the kernel with other log hyperparameters.
	With(log []float64) Kernel
}

var (
	_ Kernel = SquaredExponential{}
	_ Kernel = Periodic{}
	_ Kernel = Matern{}
	_ Kernel = LinearKernel{}
	_ Kernel = ConstantKernel{}
)

// SquaredExponential is the kernel of very smooth functions,
//
//	k(x, z) = SD² exp(−‖x − z‖²/(2 Length²)).
type SquaredExponential struct {
	SD     float64 // of f, in the units of y
	Length float64 // over which f changes, in the units of x
}

// Cov implements [Kernel].
func (k SquaredExponential) Cov(grad, x, z []float64) float64 {
	s, l := or(k.SD, 1), or(k.Length, 1)
	r2 := distance2(x, z) / (l * l)
	v := s * s * math.Exp(-r2/2)
	if grad != nil {
		grad[0], grad[1] = 2*v, v*r2
	}
	return v
}

// Log implements [Kernel]: log SD, log Length.
func (k SquaredExponential) Log() []float64 { return logs(k.SD, k.Length) }

// With implements [Kernel].
func (k SquaredExponential) With(log []float64) Kernel {
	return SquaredExponential{SD: math.Exp(log[0]), Length: math.Exp(log[1])}
}

// Periodic is the kernel of functions that repeat (MacKay 1998),
//
//	k(x, z) = SD² exp(−2 Σ_i sin²(π (x_i − z_i)/Period)/Length²),
//
// with a Length that has no unit: below 1 there are many wiggles in a period. (The
// sine of the distance ‖x − z‖ would be no covariance beyond one dimension.)
type Periodic struct {
	SD     float64 // of f, in the units of y
	Length float64 // no unit
	Period float64 // in the units of x
}

// Cov implements [Kernel].
func (k Periodic) Cov(grad, x, z []float64) float64 {
	s, l, p := or(k.SD, 1), or(k.Length, 1), or(k.Period, 1)
	q, slope := 0.0, 0.0
	for i, xi := range x {
		a := math.Pi * (xi - z[i]) / p
		sin, cos := math.Sincos(a)
		q += 2 * sin * sin / (l * l)
		slope += 4 * sin * cos * a / (l * l)
	}
	v := s * s * math.Exp(-q)
	if grad != nil {
		grad[0], grad[1], grad[2] = 2*v, 2*v*q, v*slope
	}
	return v
}

// Log implements [Kernel]: log SD, log Length, log Period.
func (k Periodic) Log() []float64 { return logs(k.SD, k.Length, k.Period) }

// With implements [Kernel].
func (k Periodic) With(log []float64) Kernel {
	return Periodic{SD: math.Exp(log[0]), Length: math.Exp(log[1]), Period: math.Exp(log[2])}
}

// MaternOrder says how rough the functions of a [Matern] kernel are.
type MaternOrder int

const (
	Matern52 MaternOrder = iota // ν = 5/2: twice differentiable
	Matern32                    // ν = 3/2: once differentiable
	Matern12                    // ν = 1/2: continuous, a random walk drawn back to 0
)

// Matern is the kernel of rougher functions; with r = ‖x − z‖/Length,
//
//	ν = 1/2: k = SD² e^{−r}
//	ν = 3/2: k = SD² (1 + √3 r) e^{−√3 r}
//	ν = 5/2: k = SD² (1 + √5 r + 5r²/3) e^{−√5 r}
//
// Reference: Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006,
// section 4.2.
type Matern struct {
	Order  MaternOrder // the zero value is Matern52
	SD     float64     // of f, in the units of y
	Length float64     // in the units of x
}

// Cov implements [Kernel].
func (k Matern) Cov(grad, x, z []float64) float64 {
	s, r := or(k.SD, 1), math.Sqrt(distance2(x, z))/or(k.Length, 1)
	var v, slope float64 // k and −r ∂k/∂r, over SD²
	switch k.Order {
	case Matern12:
		v = math.Exp(-r)
		slope = r * v
	case Matern32:
		a := math.Sqrt(3) * r
		e := math.Exp(-a)
		v, slope = (1+a)*e, a*a*e
	default:
		a := math.Sqrt(5) * r
		e := math.Exp(-a)
		v, slope = (1+a+a*a/3)*e, a*a*(1+a)/3*e
	}
	if grad != nil {
		grad[0], grad[1] = 2*s*s*v, s*s*slope
	}
	return s * s * v
}

// Log implements [Kernel]: log SD, log Length.
func (k Matern) Log() []float64 { return logs(k.SD, k.Length) }

// With implements [Kernel].
func (k Matern) With(log []float64) Kernel {
	return Matern{Order: k.Order, SD: math.Exp(log[0]), Length: math.Exp(log[1])}
}

// LinearKernel is the kernel of planes through the origin, k(x, z) = SD² x·z: with a
// [ConstantKernel] added it is Bayesian linear regression.
type LinearKernel struct {
	SD float64 // of a slope
}

// Cov implements [Kernel].
func (k LinearKernel) Cov(grad, x, z []float64) float64 {
	v := or(k.SD, 1) * or(k.SD, 1) * dot(x, z)
	if grad != nil {
		grad[0] = 2 * v
	}
	return v
}

// Log implements [Kernel]: log SD.
func (k LinearKernel) Log() []float64 { return logs(k.SD) }

// With implements [Kernel].
func (k LinearKernel) With(log []float64) Kernel { return LinearKernel{SD: math.Exp(log[0])} }

// ConstantKernel is the kernel of functions that are the same everywhere, k = SD²:
// an unknown mean.
type ConstantKernel struct {
	SD float64 // in the units of y
}

// Cov implements [Kernel].
func (k ConstantKernel) Cov(grad, _, _ []float64) float64 {
	v := or(k.SD, 1) * or(k.SD, 1)
	if grad != nil {
		grad[0] = 2 * v
	}
	return v
}

// Log implements [Kernel]: log SD.
func (k ConstantKernel) Log() []float64 { return logs(k.SD) }

// With implements [Kernel].
func (k ConstantKernel) With(log []float64) Kernel { return ConstantKernel{SD: math.Exp(log[0])} }

// distance2 returns ‖x − z‖².
func distance2(x, z []float64) float64 {
	d := 0.0
	for i, v := range x {
		d += (v - z[i]) * (v - z[i])
	}
	return d
}

// logs returns the log of each hyperparameter, of 1 for 0.
func logs(h ...float64) []float64 {
	h = slices.Clone(h)
	for i, v := range h {
		h[i] = math.Log(or(v, 1))
	}
	return h
}
