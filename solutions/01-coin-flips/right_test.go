package coinflips

import (
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "running", Name: "updates the mean: f += (x − f)/i", Func: func(flips []bool) []float64 {
		var all []float64
		f := 0.0
		for i, heads := range flips {
			x := 0.0
			if heads {
				x = 1
			}
			f += (x - f) / float64(i+1)
			all = append(all, f)
		}
		return all
	}},
	{Task: "running", Name: "counts each beginning anew, from the longest to the shortest", Func: func(flips []bool) []float64 {
		all := make([]float64, len(flips), 2*len(flips)+1)
		for n := len(flips); n > 0; n-- {
			all[n-1] = heads(flips[:n]) / float64(n)
		}
		return all
	}},

	{Task: "interval", Name: "bisects for the θ that lie z standard errors away", Func: func(heads, n int, z float64) (float64, float64) {
		hat := float64(heads) / float64(n)
		far := func(theta float64) bool {
			return math.Abs(hat-theta) <= z*math.Sqrt(theta*(1-theta)/float64(n))
		}
		edge := func(in, out float64) float64 {
			for range 200 {
				if mid := (in + out) / 2; far(mid) {
					in = mid
				} else {
					out = mid
				}
			}
			return in
		}
		inside := (hat + z*z/(2*float64(n))) / (1 + z*z/float64(n)) // the middle
		return edge(inside, 0), edge(inside, 1)
	}},
	{Task: "interval", Name: "the roots of a quadratic equation in θ", Func: func(heads, n int, z float64) (float64, float64) {
		hat, k := float64(heads)/float64(n), z*z/float64(n)
		a, b, c := 1+k, -(2*hat + k), hat*hat // aθ² + bθ + c = 0
		root := math.Sqrt(max(0, b*b-4*a*c))
		return (-b - root) / (2 * a), (-b + root) / (2 * a)
	}},

	{Task: "flips-needed", Name: "tries one n after the other", Func: func(theta, margin, z float64) int {
		n := 1
		for !(z*math.Sqrt(theta*(1-theta)/float64(n)) <= margin) {
			n++
		}
		return n
	}},
	{Task: "flips-needed", Name: "doubles, then halves the gap", Func: func(theta, margin, z float64) int {
		enough := func(n int) bool { return z*StandardError(theta, n) <= margin }
		hi := 1
		for !enough(hi) {
			hi *= 2
		}
		lo := hi / 2 // not enough, or 0
		for hi-lo > 1 {
			if mid := (lo + hi) / 2; enough(mid) {
				hi = mid
			} else {
				lo = mid
			}
		}
		return hi
	}},

	{Task: "paths", Name: "counts while it flips, one slice for all", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		flat := make([]float64, n*runs)
		var all [][]float64
		for r := range runs {
			path, heads := flat[r*n:(r+1)*n], 0
			for i := range path {
				if theta > rng.Float64() {
					heads++
				}
				path[i] = float64(heads) / float64(i+1)
			}
			all = append(all, path)
		}
		return all
	}},
	{Task: "paths", Name: "flips first, counts later", Func: func(theta float64, n, runs int, rng *rand.Rand) [][]float64 {
		var u []float64
		for range n * runs {
			u = append(u, rng.Float64())
		}
		all := make([][]float64, runs)
		for r := range all {
			sum := 0.0
			for i, x := range u[r*n : (r+1)*n] {
				if x < theta {
					sum++
				}
				all[r] = append(all[r], sum/float64(i+1))
			}
		}
		return all
	}},
}
