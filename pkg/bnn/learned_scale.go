package bnn

import (
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// LearnedScale is the prior N(0, s_b²) whose scales s_b, one for the weights and one
// for the biases of each layer, [VI] learns from the data (empirical Bayes). For a
// given q = Π N(μ_j, σ_j²) the ELBO is largest at
//
//	s_b² = (1/|b|) Σ_{j∈b} μ_j² + σ_j²,
//
// which VI sets before every step. It frees wide layers from a scale chosen in
// advance. It can also let a layer that explains nothing yet collapse to its prior:
// use it with VI.Warmup, and check the fit. Methods other than VI keep SD.
type LearnedScale struct {
	SD float64 // every s_b at the start; 0 means 1
}

// SDs writes the starting s over dst.
func (p LearnedScale) SDs(dst []float64, blocks []nn.Block) { Normal{SD: p.SD}.SDs(dst, blocks) }

// LogProb implements [Prior], at the starting scale.
func (p LearnedScale) LogProb(grad, w []float64, blocks []nn.Block) float64 {
	return Normal{SD: p.SD}.LogProb(grad, w, blocks)
}

// learn writes the best s for q over sd.
func (p LearnedScale) learn(sd, mu, sigma []float64, blocks []nn.Block) {
	for _, b := range blocks {
		sum := 0.0
		for j := b.Lo; j < b.Hi; j++ {
			sum += mu[j]*mu[j] + sigma[j]*sigma[j]
		}
		s := math.Sqrt(sum / float64(b.Hi-b.Lo))
		for j := b.Lo; j < b.Hi; j++ {
			sd[j] = s
		}
	}
}

func (p LearnedScale) check() error { return Normal{SD: p.SD}.check() }
