package bnntest

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Linear is a network without hidden layers, sizes {1, 1}, which is Bayesian
// linear regression and so has an exact posterior: y = w x + b + noise with
// θ = (w, b), prior θ ~ N(0, Prior² I) and known noise N(0, Noise²). Then
//
//	p(θ | D) = N(Mean, Λ⁻¹),   Λ = ΦᵀΦ/Noise² + I/Prior²,   Mean = Λ⁻¹ Φᵀy/Noise²,
//
// with the rows of Φ being (x_i, 1). Its constants are awkward on purpose: a
// standard deviation of 1 hides wrong powers.
type Linear struct {
	Set         *data.Set
	Prior       float64 // standard deviation of w and b
	Noise       float64 // standard deviation of y around the line
	Mean        [2]float64
	Precision   [2][2]float64 // Λ
	LogEvidence float64       // log p(D), in nats
}

// NewLinear returns the target on 40 points with x ~ U(−1, 1) around 0.5 + 1.5 x,
// prior sd 0.7 and noise sd 0.3. The random seed chooses the points.
func NewLinear(seed uint64) *Linear {
	rng := rand.New(rand.NewPCG(seed, 0))
	x, y := make([]float64, 40), make([]float64, 40)
	for i := range x {
		x[i] = 2*rng.Float64() - 1
		y[i] = 0.5 + 1.5*x[i] + 0.3*rng.NormFloat64()
	}
	l := &Linear{Set: data.New("line", x, y), Prior: 0.7, Noise: 0.3}
	l.solve(x, y)
	return l
}

// solve fills in the exact posterior and the evidence.
func (l *Linear) solve(x, y []float64) {
	s2, p2, n := l.Noise*l.Noise, l.Prior*l.Prior, float64(len(x))
	var xx, sx, xy, sy, yy float64
	for i := range x {
		xx, sx, xy, sy, yy = xx+x[i]*x[i], sx+x[i], xy+x[i]*y[i], sy+y[i], yy+y[i]*y[i]
	}
	a, b, c := xx/s2+1/p2, sx/s2, n/s2+1/p2
	det := a*c - b*b
	l.Precision = [2][2]float64{{a, b}, {b, c}}
	l.Mean = [2]float64{(c*xy - b*sy) / s2 / det, (a*sy - b*xy) / s2 / det}
	// log p(D) = ½ (Meanᵀ Λ Mean − yᵀy/s² − log|Λ| − 2 log Prior² … ), completing the square.
	quad := (l.Mean[0]*xy + l.Mean[1]*sy) / s2
	l.LogEvidence = (quad-yy/s2-math.Log(det)-2*math.Log(p2))/2 - n/2*math.Log(2*math.Pi*s2)
}

// Model returns the model whose exact posterior this is.
func (l *Linear) Model() *bnn.Model {
	return &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Prior: bnn.Normal{SD: l.Prior}, Likelihood: bnn.GaussianNoise{SD: l.Noise}}
}

// SD returns the exact posterior standard deviations of w and b.
func (l *Linear) SD() [2]float64 {
	a, b, c := l.Precision[0][0], l.Precision[0][1], l.Precision[1][1]
	det := a*c - b*b
	return [2]float64{math.Sqrt(c / det), math.Sqrt(a / det)}
}

// BestFactorised returns the standard deviations of the factorised Gaussian
// nearest to the posterior in KL(q ‖ p): σ_j = 1/√Λ_jj, which is what variational
// inference can reach. Its mean is the exact one.
func (l *Linear) BestFactorised() [2]float64 {
	return [2]float64{1 / math.Sqrt(l.Precision[0][0]), 1 / math.Sqrt(l.Precision[1][1])}
}

// BestELBO returns the largest ELBO of a factorised Gaussian,
//
//	log p(D) − KL(q* ‖ p) = log p(D) − ½ log(Λ_11 Λ_22 / |Λ|).
func (l *Linear) BestELBO() float64 {
	a, b, c := l.Precision[0][0], l.Precision[0][1], l.Precision[1][1]
	return l.LogEvidence - math.Log(a*c/(a*c-b*b))/2
}

// Function returns the exact posterior mean and standard deviation of w x + b.
func (l *Linear) Function(x float64) (mean, sd float64) {
	a, b, c := l.Precision[0][0], l.Precision[0][1], l.Precision[1][1]
	return l.Mean[0]*x + l.Mean[1], math.Sqrt((c*x*x - 2*b*x + a) / (a*c - b*b))
}

// Grid returns the three inputs x = −2, 0, 2 as a matrix.
func Grid() *mat.Dense { return mat.NewDense(3, 1, []float64{-2, 0, 2}) }
