package bnn

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// Predict returns the exact posterior predictive at the rows of x (N* × D, raw
// units), in the form of [Predict] for networks:
//
//	Mean = k*ᵀ C⁻¹ y,   Epistemic = k** − k*ᵀ C⁻¹ k*,   Aleatoric = Noise².
//
// Keep function draws come along if asked for, which takes N*³ time and Rand; Y is
// scored in LogProb; Draws and Workers have no effect, and S is 0: nothing is drawn.
// It returns an error for x or Y with NaN or of the wrong shape.
func (f *GPFit) Predict(x *mat.Dense, o PredictOptions) (*Predictive, error) {
	at, err := f.inputs(x)
	if err != nil {
		return nil, err
	}
	n := len(at)
	mean, cross := f.cross(at)
	p := &Predictive{N: n, K: 1, Mean: mean, Epistemic: make([]float64, n), Aleatoric: make([]float64, n)}
	k, noise := f.GP.kernel(), f.GP.noise()
	for i, xi := range at {
		v := cross.RawRowView(i)
		p.Epistemic[i] = math.Max(k.Cov(nil, xi, xi)-dot(v, v), 0) // below 0 only by rounding
		p.Aleatoric[i] = noise * noise
	}
	if o.Keep > 0 {
		if o.Rand == nil {
			panic(needRand)
		}
		draws, err := f.FuncDraws(x, o.Keep, o.Rand)
		if err != nil {
			return nil, err
		}
		for d := range draws {
			p.Functions = append(p.Functions, append([]float64(nil), d...))
		}
	}
	if s := f.GP.Scale; s != nil {
		v := s.YSD[0] * s.YSD[0]
		p.Mean = s.UnY(p.Mean)
		for i := range p.Mean {
			p.Epistemic[i] *= v
			p.Aleatoric[i] *= v
		}
	}
	if o.Y != nil {
		if err := (&data.Set{Name: "Y of Predict", X: x, Y: o.Y}).Err(); err != nil {
			return nil, fmt.Errorf("bnn: %w", err)
		}
		if _, k := o.Y.Dims(); k != 1 {
			return nil, fmt.Errorf("bnn: GP: Predict with Y of %d columns, want 1", k)
		}
		p.LogProb = make([]float64, n)
		for i, sd := range p.SD() {
			z := (o.Y.At(i, 0) - p.Mean[i]) / sd
			p.LogProb[i] = -z*z/2 - math.Log(sd) - halfLog2Pi
		}
	}
	return p, nil
}

// FuncDraws yields n draws of f at the rows of x (N* × D, raw units), each (N*) in
// raw units and valid until the next iteration. It takes N*³ time.
func (f *GPFit) FuncDraws(x *mat.Dense, n int, rng *rand.Rand) (iter.Seq[[]float64], error) {
	at, err := f.inputs(x)
	if err != nil {
		return nil, err
	}
	mean, cross := f.cross(at)
	// Posterior covariance K** − VVᵀ, with rows v_i = L⁻¹k*_i of V.
	c, k := mat.NewSymDense(len(at), nil), f.GP.kernel()
	for i := range at {
		for j := range at[:i+1] {
			c.SetSym(i, j, k.Cov(nil, at[i], at[j])-dot(cross.RawRowView(i), cross.RawRowView(j)))
		}
		c.SetSym(i, i, math.Max(c.At(i, i), 0)+1e-10*k.Cov(nil, at[i], at[i])) // where the data leave no doubt
	}
	var chol mat.Cholesky
	if _, err := factorize(&chol, c); err != nil {
		return nil, fmt.Errorf("bnn: draws of a GP: %w", err)
	}
	var lower mat.TriDense
	chol.LTo(&lower)
	return func(yield func([]float64) bool) {
		for range n {
			d := make([]float64, len(at))
			for i := range d {
				d[i] = rng.NormFloat64()
			}
			blas64.Trmv(blas.NoTrans, lower.RawTriangular(), blas64.Vector{N: len(d), Inc: 1, Data: d})
			for i, m := range mean {
				d[i] += m
			}
			if s := f.GP.Scale; s != nil {
				d = s.UnY(d)
			}
			if !yield(d) {
				return
			}
		}
	}, nil
}

// cross returns the posterior mean at some inputs, standardised, and the (N* × N)
// matrix with rows L⁻¹ k*.
func (f *GPFit) cross(at [][]float64) (mean []float64, v *mat.Dense) {
	var lower mat.TriDense
	f.chol.LTo(&lower)
	mean, v = make([]float64, len(at)), mat.NewDense(len(at), len(f.x), nil)
	k := f.GP.kernel()
	for i, xi := range at {
		row := v.RawRowView(i)
		for j, xj := range f.x {
			row[j] = k.Cov(nil, xi, xj)
		}
		mean[i] = dot(row, f.alpha)
		blas64.Trsv(blas.NoTrans, lower.RawTriangular(), blas64.Vector{N: len(row), Inc: 1, Data: row})
	}
	return mean, v
}

// inputs checks and standardises x.
func (f *GPFit) inputs(x *mat.Dense) ([][]float64, error) {
	if x == nil || x.IsEmpty() {
		return nil, errors.New("bnn: GP: Predict with no rows of x")
	}
	n, d := x.Dims()
	if d != len(f.x[0]) {
		return nil, fmt.Errorf("bnn: GP: Predict at x with %d columns, the data had %d", d, len(f.x[0]))
	}
	if err := (&data.Set{Name: "x of Predict", X: x, Y: mat.NewDense(n, 1, nil)}).Err(); err != nil {
		return nil, fmt.Errorf("bnn: %w", err)
	}
	if f.GP.Scale != nil {
		x = f.GP.Scale.X(x)
	}
	at := make([][]float64, n)
	for i := range at {
		at[i] = x.RawRowView(i)
	}
	return at, nil
}
