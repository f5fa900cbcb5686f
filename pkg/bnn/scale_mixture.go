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
func (p ScaleMixture) LogProb(grad, theta []float64, _ []nn.Block) float64 {
	pi, wide, narrow := or(p.Pi, 0.5), or(p.Wide, 1), or(p.Narrow, math.Exp(-6))
	aw, an := 1/(wide*wide), 1/(narrow*narrow)
	cw, cn := math.Log(pi)+math.Log(aw)/2-halfLog2Pi, math.Log1p(-pi)+math.Log(an)/2-halfLog2Pi
	lp := 0.0
	// log(e^a + e^b) is the larger one plus log(1 + e), e = exp −|a − b|. The factors 1 + e,
	// at most 2, are gathered so that some hundred weights share a logarithm.
	factor := 1.0
	for j, v := range theta {
		a, b := cw-v*v/2*aw, cn-v*v/2*an
		e := math.Exp(-math.Abs(a - b))
		if factor *= 1 + e; factor > 1e30 {
			lp += math.Log(factor)
			factor = 1
		}
		lp += max(a, b)
		if grad != nil {
			more := 1 / (1 + e) // responsibility of the larger component
			w, n := more, e*more
			if a < b {
				w, n = n, w
			}
			grad[j] -= v * (w*aw + n*an)
		}
	}
	return lp + math.Log(factor)
}

func (p ScaleMixture) check() error {
	if !(p.Pi >= 0 && p.Pi < 1) {
		return fmt.Errorf("bnn: ScaleMixture prior with Pi = %v; it must be in (0, 1), and 0 means 0.5", p.Pi)
	}
	return checkSDs("ScaleMixture prior", p.Wide, p.Narrow)
}
