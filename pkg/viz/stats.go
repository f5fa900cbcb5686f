package viz

import (
	"math"
	"slices"
)

// What figures compute from samples.

func sorted(v []float64) []float64 {
	s := slices.Clone(v)
	slices.Sort(s)
	return s
}

// meanSD returns the mean and the sample standard deviation (0 for one value).
func meanSD(v []float64) (mean, sd float64) {
	for i, x := range v {
		mean += (x - mean) / float64(i+1)
	}
	for _, x := range v {
		sd += (x - mean) * (x - mean)
	}
	if len(v) > 1 {
		sd = math.Sqrt(sd / float64(len(v)-1))
	}
	return mean, sd
}

// quantile of a sorted sample, linear between its points.
func quantile(s []float64, p float64) float64 {
	k := p * float64(len(s)-1)
	i := min(int(k), len(s)-1)
	if i+1 >= len(s) {
		return s[i]
	}
	return s[i] + (k-float64(i))*(s[i+1]-s[i])
}

// hdi returns the shortest interval between points of a sorted sample that has
// at least a share p of the sample within (Hyndman, 1996; for one mode).
func hdi(s []float64, p float64) (lo, hi float64) {
	k := min(int(p*float64(len(s))), len(s)-1)
	best := 0
	for i := 1; i+k < len(s); i++ {
		if s[i+k]-s[i] < s[best+k]-s[best] {
			best = i
		}
	}
	return s[best], s[best+k]
}

// histogram counts v in bins of equal width over [lo, hi]; the last one is closed.
func histogram(v []float64, lo, hi float64, bins int) []float64 {
	n := make([]float64, bins)
	for _, x := range v {
		if x >= lo && x <= hi {
			n[min(bins-1, int(float64(bins)*(x-lo)/(hi-lo)))]++
		}
	}
	return n
}

// niceBins returns a range and a number of bins for a histogram: the rule of
// Freedman and Diaconis (1981), rounded to a nice width, at most 80 of them.
func niceBins(s []float64) (lo, hi float64, bins int) {
	lo, hi = s[0], s[len(s)-1]
	if lo == hi {
		d := math.Max(1e-3, 0.05*math.Abs(lo))
		return lo - d, hi + d, 1
	}
	w := 2 * (quantile(s, 0.75) - quantile(s, 0.25)) / math.Cbrt(float64(len(s)))
	w = math.Max(w, (hi-lo)/80)
	if k := (hi - lo) / w; k < 5 {
		w = (hi - lo) / 5
	}
	w = niceStep(0.8*w, false)
	lo, hi = w*math.Floor(lo/w), w*math.Ceil(hi/w)
	return lo, hi, max(1, int(math.Round((hi-lo)/w)))
}

// wholeNumbers reports whether a sorted sample counts something: few different
// values, all whole.
func wholeNumbers(s []float64) bool {
	if s[len(s)-1]-s[0] > 60 {
		return false
	}
	for _, x := range s {
		if x != math.Round(x) {
			return false
		}
	}
	return true
}

// pooled puts chains into one sample.
func pooled(chains [][]float64) []float64 { return slices.Concat(chains...) }

// autocorrelation of v at lags 0 … most.
func autocorrelation(v []float64, most int) []float64 {
	mean, _ := meanSD(v)
	r := make([]float64, most+1)
	for k := range r {
		for i := 0; i+k < len(v); i++ {
			r[k] += (v[i] - mean) * (v[i+k] - mean)
		}
	}
	for k := most; k >= 0; k-- {
		if r[0] > 0 {
			r[k] /= r[0]
		} else {
			r[k] = 1 // a chain that does not move is like itself at every lag
		}
	}
	return r
}
