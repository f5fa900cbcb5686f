package bnn

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// LinearRegression is the exact model of a line with unknown noise, with the
// Normal–Inverse-Gamma prior
//
//	y = Φβ + ε,   ε ~ N(0, σ² I),   β | σ² ~ N(0, σ² SD² I),   σ² ~ InvGamma(A, B).
//
// The rows of Φ are the features of a point, one of which is usually 1 (the
// intercept). SD is in units of the noise; A and B count as 2A points seen before
// with squared errors 2B in all.
//
// References: O'Hagan & Forster, Kendall's Advanced Theory of Statistics 2B, 2004,
// chapter 11; Bishop, Pattern Recognition and Machine Learning, 2006, chapter 3.
type LinearRegression struct {
	SD   float64 // prior sd of every β_j over σ; 0 means 10
	A, B float64 // of the prior of σ²; 0 means 1
}

// LinearFit is the exact posterior of [LinearRegression],
//
//	β | σ², D ~ N(Mean, σ² P⁻¹),   P = ΦᵀΦ + I/SD²,   Mean = P⁻¹ Φᵀy,
//	σ² | D ~ InvGamma(A + N/2, B + (yᵀy − Meanᵀ P Mean)/2),
//
// and its evidence. It is safe for concurrent use; the fields must not be changed.
type LinearFit struct {
	Mean        []float64 // E[β | D]
	A, B        float64   // of the posterior of σ²
	LogEvidence float64   // log p(y | Φ), in nats
	chol        mat.Cholesky
}

// Fit conditions the model on the rows of phi (N × d) and y (N). It returns an error
// for data that are not finite, lengths that do not match, or features so nearly
// dependent that P cannot be factorised.
func (l LinearRegression) Fit(phi *mat.Dense, y []float64) (*LinearFit, error) {
	sd, a, b := or(l.SD, 10), or(l.A, 1), or(l.B, 1)
	if !(sd > 0 && a > 0 && b > 0) || math.IsInf(sd+a+b, 1) {
		return nil, fmt.Errorf("bnn: LinearRegression with SD %v, A %v, B %v; they must be positive and finite (0 means the default)", l.SD, l.A, l.B)
	}
	n, d := phi.Dims()
	if n != len(y) || n == 0 {
		return nil, fmt.Errorf("bnn: LinearRegression on %d rows of features and %d targets", n, len(y))
	}
	p, r, yy := mat.NewSymDense(d, nil), mat.NewVecDense(d, nil), 0.0
	p.SymOuterK(1, phi.T())
	r.MulVec(phi.T(), mat.NewVecDense(n, y))
	for _, v := range y {
		yy += v * v
	}
	if check := mat.Sum(p) + yy; math.IsNaN(check) || math.IsInf(check, 0) {
		return nil, errors.New("bnn: LinearRegression on data that are NaN or too large; clean or standardise them")
	}
	for j := range d {
		p.SetSym(j, j, p.At(j, j)+1/(sd*sd))
	}
	f := &LinearFit{Mean: make([]float64, d), A: a + float64(n)/2}
	mean := mat.NewVecDense(d, f.Mean)
	if !f.chol.Factorize(p) {
		return nil, errors.New("bnn: LinearRegression: the precision is not positive definite; standardise the features, leave out repeated ones, or take a smaller SD")
	}
	if err := f.chol.SolveVecTo(mean, r); err != nil {
		return nil, fmt.Errorf("bnn: LinearRegression: %w; standardise the features, leave out repeated ones, or take a smaller SD", err)
	}
	// The sum of squares is taken of the residuals: yᵀy − Meanᵀ P Mean would cancel.
	ss := dot(f.Mean, f.Mean) / (sd * sd)
	for i, v := range y {
		e := v - dot(f.Mean, phi.RawRowView(i))
		ss += e * e
	}
	f.B = b + ss/2
	ga, _ := math.Lgamma(a)
	gn, _ := math.Lgamma(f.A)
	f.LogEvidence = -float64(n)*halfLog2Pi - float64(d)*math.Log(sd) - f.chol.LogDet()/2 + a*math.Log(b) - f.A*math.Log(f.B) + gn - ga
	return f, nil
}

// NoiseVariance returns the posterior of σ².
func (f *LinearFit) NoiseVariance() distuv.InverseGamma {
	return distuv.InverseGamma{Alpha: f.A, Beta: f.B}
}

// Coef returns the posterior of β_j, a Student t.
func (f *LinearFit) Coef(j int) distuv.StudentsT {
	e := make([]float64, len(f.Mean))
	e[j] = 1
	return f.Line(e)
}

// Line returns the posterior of the line phi·β at one point's features (d), a
// Student t: the epistemic part of a prediction. It panics unless len(phi) is d.
func (f *LinearFit) Line(phi []float64) distuv.StudentsT { return f.student(phi, 0) }

// Predict returns the posterior predictive of y at one point's features (d), a
// Student t with 2A degrees of freedom: the line with the noise around it. It
// panics unless len(phi) is d.
func (f *LinearFit) Predict(phi []float64) distuv.StudentsT { return f.student(phi, 1) }

// student returns the t of phi·β plus noise times σ² for each unit of noise.
func (f *LinearFit) student(phi []float64, noise float64) distuv.StudentsT {
	if len(phi) != len(f.Mean) {
		panic(badFeatures)
	}
	var s mat.VecDense
	v := mat.NewVecDense(len(phi), phi)
	_ = f.chol.SolveVecTo(&s, v) // its error is a warning that Fit has heeded
	return distuv.StudentsT{Mu: dot(phi, f.Mean), Sigma: math.Sqrt(f.B / f.A * (noise + mat.Dot(v, &s))), Nu: 2 * f.A}
}

const badFeatures = "bnn: as many features as the regression was fitted with"
