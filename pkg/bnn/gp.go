package bnn

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// GP is the exact model of an unknown function with Gaussian noise: the Gaussian
// process
//
//	f ~ GP(0, k),   y_i = f(x_i) + ε_i,   ε_i ~ N(0, Noise²).
//
// It has a single target column. The prior mean is 0: give it a Scale, or add a
// [ConstantKernel]. Time grows with N³, memory with N²: it is for up to a few
// thousand rows. A GP is a plain value and safe for concurrent use.
//
// Reference: Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006,
// algorithm 2.1.
type GP struct {
	Kernel Kernel      // nil means SquaredExponential{}
	Noise  float64     // sd of y around f; 0 means 0.1
	Scale  *data.Scale // nil means none; else data are standardised by it and predictions are in raw units
}

// GPFit is a [GP] given data. It is safe for concurrent use.
type GPFit struct {
	GP          GP
	LogEvidence float64 // log p(y | x), in nats per unit of y as the kernel sees it
	// Jitter is what had to be added to the diagonal of the covariance matrix for
	// it to be positive definite in floating point: a variance, nearly always 0.
	Jitter float64
	x      [][]float64 // rows, standardised
	alpha  []float64   // (K + Noise² I)⁻¹ y
	chol   mat.Cholesky
}

func (g GP) kernel() Kernel {
	if g.Kernel == nil {
		return SquaredExponential{}
	}
	return g.Kernel
}

func (g GP) noise() float64 { return or(g.Noise, 0.1) }

// On conditions the process on data. It returns an error for bad data, more than
// one target column, or a covariance matrix that is not positive definite.
func (g GP) On(set *data.Set) (*GPFit, error) {
	x, y, err := g.prepare(set)
	if err != nil {
		return nil, err
	}
	f := &GPFit{GP: g, x: x}
	if f.Jitter, err = factorize(&f.chol, g.covariance(x)); err != nil {
		return nil, fmt.Errorf("bnn: GP on set %q: %w", set.Name, err)
	}
	f.alpha = make([]float64, len(y))
	_ = f.chol.SolveVecTo(mat.NewVecDense(len(y), f.alpha), mat.NewVecDense(len(y), y)) // its error is a warning
	f.LogEvidence = -dot(y, f.alpha)/2 - f.chol.LogDet()/2 - float64(len(y))*halfLog2Pi
	return f, nil
}

// LogEvidence returns the log marginal likelihood of the data, in nats,
//
//	log p(y | x) = −½ yᵀ C⁻¹ y − ½ log |C| − (N/2) log 2π,   C = K + Noise² I,
//
// and writes over grad, unless it is nil, the derivatives
// ½ tr((C⁻¹yyᵀC⁻¹ − C⁻¹) ∂C/∂log h_j) with respect to the kernel's log
// hyperparameters and then log Noise.
func (g GP) LogEvidence(grad []float64, set *data.Set) (float64, error) {
	f, err := g.On(set)
	if err != nil {
		return 0, err
	}
	if grad != nil {
		f.gradient(grad)
	}
	return f.LogEvidence, nil
}

const badHypers = "bnn: a gradient needs an entry for every hyperparameter of the kernel and the noise"

func (f *GPFit) gradient(grad []float64) {
	k, noise := f.GP.kernel(), f.GP.noise()
	h := hypers(k)
	if len(grad) != h+1 {
		panic(badHypers)
	}
	clear(grad)
	var inv mat.SymDense
	_ = f.chol.InverseTo(&inv) // its error is a warning
	dk := make([]float64, h)
	for i, xi := range f.x {
		for j, xj := range f.x[:i+1] {
			w := f.alpha[i]*f.alpha[j] - inv.At(i, j)
			if i == j {
				w /= 2 // once; the others count for both triangles
				grad[h] += w * 2 * noise * noise
			}
			k.Cov(dk, xi, xj)
			for p, d := range dk {
				grad[p] += w * d
			}
		}
	}
}

// covariance returns C = K + Noise² I.
func (g GP) covariance(x [][]float64) *mat.SymDense {
	c, k := mat.NewSymDense(len(x), nil), g.kernel()
	for i := range x {
		for j := range x[:i+1] {
			c.SetSym(i, j, k.Cov(nil, x[i], x[j]))
		}
		c.SetSym(i, i, c.At(i, i)+g.noise()*g.noise())
	}
	return c
}

// prepare checks and standardises the data.
func (g GP) prepare(set *data.Set) (x [][]float64, y []float64, err error) {
	if set == nil {
		return nil, nil, errors.New("bnn: the GP was put on no data (nil)")
	}
	if err := set.Err(); err != nil {
		return nil, nil, fmt.Errorf("bnn: %w", err)
	}
	if _, k := set.Y.Dims(); k != 1 {
		return nil, nil, fmt.Errorf("bnn: GP on set %q with %d target columns; it has one: fit one GP a column", set.Name, k)
	}
	if set.W != nil {
		return nil, nil, fmt.Errorf("bnn: GP on set %q with row weights, which it does not know", set.Name)
	}
	if !(g.noise() > 0) || math.IsInf(g.noise(), 1) {
		return nil, nil, fmt.Errorf("bnn: GP with Noise %v; it must be positive and finite (0 means the default)", g.Noise)
	}
	for _, v := range g.kernel().Log() {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil, fmt.Errorf("bnn: GP with kernel %+v; its fields must be positive and finite (0 means 1)", g.kernel())
		}
	}
	if g.Scale != nil {
		set = g.Scale.Set(set)
	}
	for i := range set.Len() {
		x = append(x, set.X.RawRowView(i))
	}
	return x, rows(set.Y), nil
}

// factorize writes the Cholesky factor of c + jitter·I over chol, with the least
// jitter of 0 and 10⁻¹², 10⁻¹¹, …, 10⁻⁶ times the mean of the diagonal.
func factorize(chol *mat.Cholesky, c *mat.SymDense) (jitter float64, err error) {
	n := c.SymmetricDim()
	mean := mat.Trace(c) / float64(n)
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return 0, errors.New("the covariance is not finite; standardise the data (GP.Scale)")
	}
	for step := 0.0; ; step = max(10*step, 1e-12) {
		for i := range n {
			c.SetSym(i, i, c.At(i, i)+step*mean-jitter)
		}
		jitter = step * mean
		if chol.Factorize(c) {
			return jitter, nil
		}
		if step >= 1e-6 {
			return 0, errors.New("the covariance is not positive definite; raise Noise, or shorten the length scales")
		}
	}
}
