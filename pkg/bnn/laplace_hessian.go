package bnn

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// maxFullLaplace is the most parameters a full or last-layer [Laplace] takes: their
// covariance fills 200 MB, and its factorisation takes about a minute.
const maxFullLaplace = 5000

// precision returns H = Σ_i J_iᵀ C_i J_i + diag(1/s_j²) over θ[lo:], with the
// likelihood's own second derivatives in place of the sum for φ.
func precision(t GaussNewton, theta, sd []float64, lo int) (*mat.SymDense, error) {
	m, w := len(theta)-lo, t.Network().Dim()-lo
	if m > maxFullLaplace {
		return nil, fmt.Errorf("bnn: Laplace over %d parameters at once; beyond %d use Kind: LaplaceDiagonal or LaplaceLastLayer", m, maxFullLaplace)
	}
	h := mat.NewSymDense(m, nil)
	// Rows of many C½J are gathered and added in one product: H += AᵀA.
	const most = 128
	a, rows := blas64.General{Cols: w, Stride: w, Data: make([]float64, most*w)}, 0
	flush := func() {
		a.Rows = rows
		u := h.RawSymmetric()
		u.N = w
		blas64.Syrk(blas.Trans, 1, a, 1, u)
		rows = 0
	}
	cphi := make([]float64, m-w)
	err := t.GaussNewton(cphi, theta, lo, splitCurvature(func(r []float64) {
		if rows == most {
			flush()
		}
		copy(a.Data[rows*w:(rows+1)*w], r)
		rows++
	}))
	if err != nil {
		return nil, err
	}
	if rows > 0 {
		flush()
	}
	for j := range m {
		v := h.At(j, j) + 1/(sd[lo+j]*sd[lo+j])
		if j >= w {
			v += cphi[j-w]
		}
		h.SetSym(j, j, v)
	}
	return h, nil
}

// diagonal returns the diagonal of the same H.
func diagonal(t GaussNewton, theta, sd []float64, lo int) ([]float64, error) {
	h, w := make([]float64, len(theta)-lo), t.Network().Dim()-lo
	err := t.GaussNewton(h[w:], theta, lo, splitCurvature(func(r []float64) {
		for j, v := range r {
			h[j] += v * v
		}
	}))
	for j := range h {
		h[j] += 1 / (sd[lo+j] * sd[lo+j])
	}
	return h, err
}

// splitCurvature splits JᵀCJ into Σ_r a_r a_rᵀ, a_r = Σ_o L_or J_o with C = L Lᵀ, and calls
// take with every a_r that is not 0.
func splitCurvature(take func(a []float64)) func(j, c []float64) {
	var a []float64
	return func(j, c []float64) {
		o := int(math.Sqrt(float64(len(c))))
		w := len(j) / o
		if a == nil {
			a = make([]float64, w)
		}
		factor(c, o)
		for r := range o {
			if c[r*o+r] == 0 {
				continue
			}
			clear(a)
			for k := r; k < o; k++ {
				if l := c[k*o+r]; l != 0 {
					blas64.Axpy(l, blas64.Vector{N: w, Inc: 1, Data: j[k*w:]}, blas64.Vector{N: w, Inc: 1, Data: a})
				}
			}
			take(a)
		}
	}
}

// factor writes L with C = L Lᵀ over the lower triangle of a positive semi-definite
// C (o × o). A pivot that is 0 but for rounding makes its column 0.
func factor(c []float64, o int) {
	for r := range o {
		old := c[r*o+r]
		for k := range r {
			c[r*o+r] -= c[r*o+k] * c[r*o+k]
		}
		d := c[r*o+r]
		if d <= 1e-14*old && !math.IsInf(old, 1) { // NaN and Inf go on, to be noticed
			for i := r; i < o; i++ {
				c[i*o+r] = 0
			}
			continue
		}
		d = math.Sqrt(d)
		c[r*o+r] = d
		for i := r + 1; i < o; i++ {
			for k := range r {
				c[i*o+r] -= c[i*o+k] * c[r*o+k]
			}
			c[i*o+r] /= d
		}
	}
}

// errNotDefinite is what a Cholesky factorisation of the curvature ends in when
// numbers are not finite or differ by more than 16 digits.
var errNotDefinite = errors.New("bnn: Laplace: the curvature is not positive definite; standardise the data (Model.Scale), use a narrower prior, or Kind: LaplaceDiagonal")
