package bnn

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A Prior is p(w) over the network's weights.
type Prior interface {
	// LogProb returns log p(w) in nats and adds its gradient to grad unless that is
	// nil. blocks says which weights belong to which layer.
	LogProb(grad, w []float64, blocks []nn.Block) float64
}

// Normal is the prior of independent zero-mean Gaussians
//
//	p(w) = Π_j N(w_j; 0, s_j²),
//
// with s_j = SD everywhere or, under FanIn, s_j = SD/√(fan-in) for the weights of
// a layer, so that wide layers do not make wild functions (Neal, Bayesian Learning
// for Neural Networks, 1996). Standard deviations are in the units of w.
type Normal struct {
	SD    float64 // 0 means 1
	FanIn bool    // divide the weights' SD by √(number of inputs of the layer)
	Bias  float64 // standard deviation of the biases; 0 means SD
	// Layers, if given, replaces SD layer by layer, first dense layer first. Layers
	// beyond its end, and entries of 0, take SD.
	Layers []float64
}

// SDs writes s_j over dst, one for each of the weights that blocks describe.
func (p Normal) SDs(dst []float64, blocks []nn.Block) {
	sd := or(p.SD, 1)
	for _, b := range blocks {
		s := sd
		if b.Layer < len(p.Layers) {
			s = or(p.Layers[b.Layer], sd)
		}
		switch {
		case b.Bias:
			s = or(p.Bias, s)
		case p.FanIn:
			s = s / math.Sqrt(float64(b.FanIn))
		}
		for j := b.Lo; j < b.Hi; j++ {
			dst[j] = s
		}
	}
}

// LogProb implements [Prior].
func (p Normal) LogProb(grad, w []float64, blocks []nn.Block) float64 {
	sd := make([]float64, len(w))
	p.SDs(sd, blocks)
	lp := 0.0
	for j, v := range w {
		z := v / sd[j]
		lp -= z*z/2 + math.Log(sd[j]) + halfLog2Pi
		if grad != nil {
			grad[j] -= z / sd[j]
		}
	}
	return lp
}

func (p Normal) check() error {
	return checkSDs("Normal prior", append([]float64{p.SD, p.Bias}, p.Layers...)...)
}

// checkSDs reports the first standard deviation that is negative or not finite.
func checkSDs(what string, sds ...float64) error {
	for _, s := range sds {
		if !(s >= 0) || math.IsInf(s, 1) {
			return fmt.Errorf("bnn: %s with scale %v; it must be positive and finite (0 means the default)", what, s)
		}
	}
	return nil
}

// halfLog2Pi is ½ log 2π, the constant of a Gaussian log density.
const halfLog2Pi = 0.91893853320467274178032973640562

// or returns v, or def if v is the zero value.
func or[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}
