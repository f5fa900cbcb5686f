package metrics

import "math"

// Temperature returns the T > 0 that makes the negative log likelihood of
// softmax(logits/T) smallest: above 1 it makes sure answers milder, and the most
// probable class of no row changes. logits holds N × classes numbers row by row, of
// rows that were not trained on; logs of probabilities serve as well, such as those of
// the predictive mean of a Bayesian network, which softmax gives back as they are.
//
// The loss is convex in 1/T, so the search by halving ends at its minimum, if that lies
// between 1/1000 and 1000; otherwise (all rows right, or worse than guessing) at that end.
// It panics as [Accuracy]; NaN or an impossible label (logit −Inf) give NaN.
//
// Reference: Guo, Pleiss, Sun & Weinberger, On Calibration of Modern Neural Networks, 2017.
func Temperature(logits []float64, classes int, labels []float64) float64 {
	checkProbs(logits, classes, labels)
	p := make([]float64, classes)
	// slope is d NLL/dβ at β = 1/T: Σ_i Σ_c p_c (z_c − z_y).
	slope := func(beta float64) (sum float64) {
		for i, y := range labels {
			z := logits[i*classes : (i+1)*classes]
			temper(p, z, beta)
			for c, v := range z {
				if p[c] != 0 { // 0 · −Inf
					sum += p[c] * (v - z[int(y)])
				}
			}
		}
		return sum
	}
	switch s := slope(1); {
	case math.IsNaN(s) || math.IsInf(s, 0):
		return math.NaN()
	case s == 0:
		return 1 // at the minimum, or any T does as well
	}
	lo, hi := math.Log(1e-3), math.Log(1e3) // of β
	for range 60 {
		if mid := (lo + hi) / 2; slope(math.Exp(mid)) <= 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp(-(lo + hi) / 2)
}

// Temper returns softmax(logits/T), row by row: the probabilities at a temperature
// found by [Temperature] on other rows. It panics if T is not positive or logits are
// not rows of classes; a row with NaN or +Inf is NaN throughout, as is one of
// only −Inf.
func Temper(logits []float64, classes int, t float64) []float64 {
	if classes < 1 || len(logits)%classes != 0 {
		panic(badLogits)
	}
	if t <= 0 {
		panic(badTemperature)
	}
	probs := make([]float64, len(logits))
	for i := 0; i < len(logits); i += classes {
		temper(probs[i:i+classes], logits[i:i+classes], 1/t)
	}
	return probs
}

// temper writes softmax(β z) to p.
func temper(p, z []float64, beta float64) {
	most, _ := top(z)
	sum := 0.0
	for c, v := range z {
		p[c] = math.Exp(beta * (v - most))
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
}

const (
	badLogits      = "metrics: logits must be rows × classes"
	badTemperature = "metrics: temperature is not positive"
)
