package bnn

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// ScaleMixture is the prior of Blundell et al. (Weight Uncertainty in Neural
// Networks, 2015), a mixture of a wide and a narrow zero-mean Gaussian for every
// weight,
//
//	p(w) = Π_j Pi N(w_j; 0, Wide²) + (1 − Pi) N(w_j; 0, Narrow²),
//
// which says that most weights are next to nothing and some are large. Its log is
// taken through log-sum-exp, so no weight is too far out. It has no closed-form KL:
// [VI] takes it at a draw.
type ScaleMixture struct {
	Pi     float64 // weight of the wide component, in (0, 1); 0 means 0.5
	Wide   float64 // standard deviation; 0 means 1
	Narrow float64 // standard deviation; 0 means e⁻⁶ ≈ 0.0025
}

// LogProb implements [Prior].
func (p ScaleMixture) LogProb(grad, w []float64, _ []nn.Block) float64 {
	pi, s1, s2 := or(p.Pi, 0.5), or(p.Wide, 1), or(p.Narrow, math.Exp(-6))
	c1, c2 := math.Log(pi)-math.Log(s1)-halfLog2Pi, math.Log1p(-pi)-math.Log(s2)-halfLog2Pi
	lp := 0.0
	for j, v := range w {
		a, b := c1-v*v/(2*s1*s1), c2-v*v/(2*s2*s2)
		l := max(a, b) + math.Log1p(math.Exp(-math.Abs(a-b)))
		lp += l
		if grad != nil {
			r := math.Exp(a - l) // responsibility of the wide component
			grad[j] -= v * (r/(s1*s1) + (1-r)/(s2*s2))
		}
	}
	return lp
}

func (p ScaleMixture) check() error {
	if !(p.Pi >= 0 && p.Pi < 1) {
		return fmt.Errorf("bnn: ScaleMixture prior with Pi = %v; it must be in (0, 1), and 0 means 0.5", p.Pi)
	}
	return checkSDs("ScaleMixture prior", p.Wide, p.Narrow)
}
