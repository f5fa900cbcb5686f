package bnn

import (
	"math"
	"slices"
)

// Predictive summarises p(y | x, D) ≈ (1/S) Σ_s p(y | x, θ_s) at N inputs, in the
// units of the data. Slices of length N·K hold K columns a row, row by row: a
// target each or, for classes, the probability of a class each.
//
// By the law of total variance, Var[y | x, D] = Epistemic + Aleatoric:
// doubt about the function, which more data would remove, and noise in y, which
// they would not. For discrete targets the same split holds in nats,
//
//	Entropy = ExpectedEntropy + MutualInformation.
type Predictive struct {
	N, K, S   int         // inputs, predicted columns, draws of θ
	Mean      []float64   // E[y | x, D]                      (N × K)
	Epistemic []float64   // Var_θ[E[y | x, θ]], a variance   (N × K)
	Aleatoric []float64   // E_θ[Var[y | x, θ]], a variance   (N × K)
	Functions [][]float64 // the first Keep draws of E[y | x, θ_s], each (N × K), each with one θ for all x; [Chains] come one after the other, so a picture of some of their draws takes every so many
	Samples   [][]float64 // the first PredictOptions.Samples draws of y ~ p(y | x, θ_s), each (N × target columns)
	LogProb   []float64   // log p(y_i | x_i, D) of the given Y, in nats per raw unit of y (N); nil without Y

	Entropy           []float64 // H[p(y | x, D)], of the averaged probabilities (N); nil unless targets are discrete
	ExpectedEntropy   []float64 // E_θ H[p(y | x, θ)], the aleatoric part         (N)
	MutualInformation []float64 // I[y; θ | x, D], the epistemic part, ≥ 0         (N)
}

// SD returns the standard deviation of y, √(Epistemic + Aleatoric).
func (p *Predictive) SD() []float64 {
	sd := make([]float64, len(p.Mean))
	for i := range sd {
		sd[i] = math.Sqrt(p.Epistemic[i] + p.Aleatoric[i])
	}
	return sd
}

// EpistemicSD returns √Epistemic: how far the functions lie apart.
func (p *Predictive) EpistemicSD() []float64 { return roots(p.Epistemic) }

// AleatoricSD returns √Aleatoric: the noise around a function.
func (p *Predictive) AleatoricSD() []float64 { return roots(p.Aleatoric) }

func roots(v []float64) []float64 {
	r := slices.Clone(v)
	for i, x := range r {
		r[i] = math.Sqrt(x)
	}
	return r
}

// moments accumulates the predictive of a run of draws: Welford's recurrence for
// the spread of the means, a running log-sum-exp for the density.
type moments struct {
	s                int
	share            float64   // 1/s
	mean, m2, within []float64 // (N × K): mean, Σ(μ_s − mean)², mean of the variances
	top, sum         []float64 // (N): log Σ_s exp l_s = top + log sum
	entropy          []float64 // (N): mean of H[p(y | x, θ_s)]
}

func newMoments(nk, n int) *moments {
	m := &moments{mean: make([]float64, nk), m2: make([]float64, nk), within: make([]float64, nk),
		top: make([]float64, n), sum: make([]float64, n), entropy: make([]float64, n)}
	for i := range m.top {
		m.top[i] = math.Inf(-1)
	}
	return m
}

// begin starts the next draw.
func (m *moments) begin() {
	m.s++
	m.share = 1 / float64(m.s)
}

// add takes in E[y_i | θ] and Var[y_i | θ] of one entry, for the m.s-th draw.
func (m *moments) add(i int, mean, variance float64) {
	d := mean - m.mean[i]
	m.mean[i] += d * m.share
	m.m2[i] += d * (mean - m.mean[i])
	m.within[i] += (variance - m.within[i]) * m.share
}

// addLog takes in one log density of row i.
func (m *moments) addLog(i int, l float64) {
	m.top[i], m.sum[i] = logSumExp(m.top[i], m.sum[i], l, 1)
}

// addEntropy takes in H[p(y_i | x_i, θ)], for the m.s-th draw.
func (m *moments) addEntropy(i int, h float64) { m.entropy[i] += (h - m.entropy[i]) * m.share }

// merge takes in the draws of o (Chan, Golub & LeVeque 1979).
func (m *moments) merge(o *moments) {
	a, b := float64(m.s), float64(o.s)
	if b == 0 {
		return
	}
	m.s += o.s
	for i, d := range o.mean {
		d -= m.mean[i]
		m.mean[i] += d * b / (a + b)
		m.m2[i] += o.m2[i] + d*d*a*b/(a+b)
		m.within[i] += (o.within[i] - m.within[i]) * b / (a + b)
	}
	for i := range m.top {
		m.top[i], m.sum[i] = logSumExp(m.top[i], m.sum[i], o.top[i], o.sum[i])
		m.entropy[i] += (o.entropy[i] - m.entropy[i]) * b / (a + b)
	}
}

// logSumExp returns e^{top} sum for the sum of two such numbers, without overflow.
func logSumExp(ta, sa, tb, sb float64) (top, sum float64) {
	if tb > ta {
		ta, sa, tb, sb = tb, sb, ta, sa
	}
	if math.IsInf(tb, -1) {
		return ta, sa
	}
	return ta, sa + sb*math.Exp(tb-ta)
}
