package bnn

import "github.com/credence-bnn/credence/internal/kernels"

// allRows returns Σ log p(y_i | f_i, φ) over a chunk of rows with the outputs f, and
// writes scale·∂/∂f over df, for the likelihoods that most models have: the same as
// row by row, at a fraction of the time. It reports false for any other likelihood,
// and for rows with weights.
func (s *shard[T]) allRows(df, f []T, lo, hi int) (sum float64, ok bool) {
	if s.p.weight != nil || s.p.k != 1 {
		return 0, false
	}
	n := hi - lo
	switch lik := s.lik.(type) {
	case GaussianNoise:
		y := s.yb[:n]
		for r := range y {
			y[r] = T(s.p.y[rowAt(s.rows, lo+r)])
		}
		logSigma, sigma := lik.noise(s.phi, 0)
		squares := kernels.Residuals(df, f, y, T(s.scale/(sigma*sigma))) / (sigma * sigma)
		if len(s.dphi) > 0 {
			s.dphi[0] += squares - float64(n)
		}
		return -squares/2 - float64(n)*(logSigma+halfLog2Pi), true
	case Categorical:
		class := s.class[:n]
		for r := range class {
			class[r] = int(s.p.y[rowAt(s.rows, lo+r)])
		}
		return kernels.Categorical(df, f, class, lik.Classes, T(s.scale)), true
	}
	return 0, false
}

// rowAt returns the i-th of rows; nil stands for all.
func rowAt(rows []int, i int) int {
	if rows == nil {
		return i
	}
	return rows[i]
}

// chunkOf returns how many rows of the network go through at a time: many enough for
// the matrix product, few enough that a layer's activations stay near the processor.
// It fixes the order of summation, so it must not depend on the machine.
func chunkOf(widest int) int { return max(64, min(256, chunkNumbers/widest)) }

const chunkNumbers = 1 << 18
