package bnn

import "math"

// A drawnPrior is for [viSingle] what drawnKL is for the loop in float64: a prior that is
// not Gaussian. E_q[log p(θ)] is taken at a draw, and the entropy of q is what the kernels
// call −KL to a Gaussian, of which only the constant is left when it is flat.
type drawnPrior struct {
	logProb    func(grad, theta []float32) float64
	theta, eps []float32 // the draw
	grad       []float32
}

// flat is the standard deviation of a Gaussian whose pull on θ is 0 in float32.
const flat = 1e30

// flatRun is that Gaussian for all parameters.
func flatRun(dim int) []gaussRun {
	sd := make([]float64, dim)
	for j := range sd {
		sd[j] = flat
	}
	return gaussRuns(make([]float64, dim), sd, nil)
}

// add adds β ∂/∂μ log p(θ) to gMu and, unless it is nil, β ∂/∂σ² log p(θ) to gVar, with
// θ = μ + σ⊙ε, and returns β log p(θ) and β times the constant of the flat Gaussian.
func (d *drawnPrior) add(beta float64, gMu, gVar, sigma []float32) float64 {
	clear(d.grad)
	logProb := d.logProb(d.grad, d.theta)
	b := float32(beta)
	for j, g := range d.grad {
		gMu[j] += b * g
	}
	if gVar != nil {
		for j, g := range d.grad {
			gVar[j] += b * g * d.eps[j] / (2 * sigma[j])
		}
	}
	return beta * (logProb + float64(len(d.grad))*(math.Log(flat)+halfLog2Pi))
}
