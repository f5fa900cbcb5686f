package bayesrule

import (
	"math"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "prob-above", Name: "Simpson's rule, normalised by its own sum", Func: func(a, b, x float64) float64 {
		const n = 6_000 // strips over (0, 1)
		log := func(theta float64) float64 { return (a-1)*math.Log(theta) + (b-1)*math.Log1p(-theta) }
		top := math.Inf(-1)
		for i := 1; i < n; i++ {
			top = max(top, log(float64(i)/n))
		}
		area := func(from float64) float64 {
			h := (1 - from) / n
			sum := 0.0
			for i := range n + 1 {
				w := 2.0 + 2*float64(i%2)
				if i == 0 || i == n {
					w = 1
				}
				theta := min(max(from+float64(i)*h, 1e-15), 1-1e-15)
				sum += w * math.Exp(log(theta)-top)
			}
			return sum * h / 3
		}
		return area(x) / area(0)
	}},
	{Task: "prob-above", Name: "one minus the area to the left, by trapezoids", Func: func(a, b, x float64) float64 {
		const n = 10_000
		density := func(theta float64) float64 {
			return math.Exp((a-1)*math.Log(theta) + (b-1)*math.Log(1-theta) - logBeta(a, b))
		}
		left, h := 0.0, x/n
		for i := 1; i < n; i++ {
			left += density(float64(i)*h) * h
		}
		ends := density(x)
		if a == 1 {
			ends += density(1e-15)
		}
		return 1 - left - ends*h/2
	}},

	{Task: "predict", Name: "flip after flip: k heads, then m−k tails, in any order", Func: func(a, b float64, m, k int) float64 {
		log := 0.0
		for i := range k {
			log += math.Log((a + float64(i)) / (a + b + float64(i)) * float64(m-i) / float64(k-i))
		}
		for i := range m - k {
			log += math.Log((b + float64(i)) / (a + b + float64(k+i)))
		}
		return math.Exp(log)
	}},
	{Task: "predict", Name: "averages binomials over strips of θ", Func: func(a, b float64, m, k int) float64 {
		const n = 4_000 // strips in φ, θ = sin²φ: no peak at the ends even for a < 1
		heads, tails := float64(k), float64(m-k)
		ways, _ := math.Lgamma(float64(m) + 1)
		for _, x := range []float64{heads, tails} {
			l, _ := math.Lgamma(x + 1)
			ways -= l
		}
		sum := 0.0
		for i := range n {
			s, c := math.Sincos((float64(i) + 0.5) / n * math.Pi / 2)
			sum += math.Exp(ways + (2*(a+heads)-1)*math.Log(s) + (2*(b+tails)-1)*math.Log(c) - logBeta(a, b))
		}
		return 2 * sum * math.Pi / 2 / n
	}},

	{Task: "grid", Name: "flip after flip, normalised each time", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		k := float64(len(prior))
		p := append([]float64(nil), prior...)
		log := 0.0
		norm := func() { // to an average of 1
			sum := 0.0
			for _, x := range p {
				sum += x / k
			}
			for j := range p {
				p[j] /= sum
			}
			log += math.Log(sum)
		}
		norm()
		for _, heads := range flips {
			for j := range p {
				theta := (float64(j) + 0.5) / k
				if !heads {
					theta = 1 - theta
				}
				p[j] *= theta
			}
			norm()
		}
		return p, log
	}},
	{Task: "grid", Name: "log-sum-exp, cell after cell", Func: func(prior []float64, flips []bool) ([]float64, float64) {
		k := float64(len(prior))
		evidence := math.Inf(-1)
		logs := make([]float64, len(prior))
		for j, p := range prior {
			theta := (float64(j) + 0.5) / k
			logs[j] = math.Log(p)
			for _, heads := range flips {
				if heads {
					logs[j] += math.Log(theta)
				} else {
					logs[j] += math.Log(1 - theta)
				}
			}
			if l := logs[j] - math.Log(k); l > math.Inf(-1) {
				hi, lo := max(evidence, l), min(evidence, l)
				evidence = hi + math.Log1p(math.Exp(lo-hi))
			}
		}
		post := make([]float64, len(prior))
		for j := range post {
			post[j] = math.Exp(logs[j] - evidence)
		}
		return post, evidence
	}},

	{Task: "hdi", Name: "running sums, all pairs of edges", Func: func(density []float64, share float64) (float64, float64) {
		k := len(density)
		up := make([]float64, k+1) // probability below each edge
		for j, d := range density {
			up[j+1] = up[j] + d/float64(k)
		}
		from, to := 0, k
		for i := range k {
			for j := i + 1; j <= k; j++ {
				short, same := j-i < to-from, j-i == to-from
				if held := up[j] - up[i]; held >= share && (short || same && held > up[to]-up[from]) {
					from, to = i, j
				}
			}
		}
		return float64(from) / float64(k), float64(to) / float64(k)
	}},
	{Task: "hdi", Name: "a window that slides: two ends, one pass", Func: func(density []float64, share float64) (float64, float64) {
		k := float64(len(density))
		best, width, most := 0, len(density), 1.0
		held, first := 0.0, 0
		for last, d := range density {
			held += d / k
			for held-density[first]/k >= share {
				held -= density[first] / k
				first++
			}
			if n := last - first + 1; held >= share && (n < width || n == width && held > most) {
				best, width, most = first, n, held
			}
		}
		return float64(best) / k, float64(best+width) / k
	}},
}
