package viz

import (
	"math"
	"slices"
)

const kdeCells = 512

// kde estimates the density of a sorted sample with a Gaussian kernel, on a grid that
// reaches three bandwidths past the data, but not past the ends of the support, where
// the kernel is reflected: no mass is lost there. Values are first shared between
// their two neighbouring cells, so that a million cost as little as a thousand.
func kde(s []float64, support [2]float64) (x, y []float64) {
	h := bandwidth(s)
	lo, hi := s[0]-3*h, s[len(s)-1]+3*h
	bounded := support[0] != support[1]
	if bounded {
		lo, hi = math.Max(lo, support[0]), math.Min(hi, support[1])
	}
	dx := (hi - lo) / (kdeCells - 1)
	h = math.Max(h, 0.75*dx)
	count := make([]float64, kdeCells)
	for _, v := range s {
		k := (v - lo) / dx
		i := max(0, min(int(k), kdeCells-2))
		count[i+1] += k - float64(i)
		count[i] += 1 - (k - float64(i))
	}
	reach := int(math.Ceil(4 * h / dx))
	kernel := make([]float64, reach+1)
	total := 0.0
	for i := range kernel {
		kernel[i] = math.Exp(-0.5 * math.Pow(float64(i)*dx/h, 2))
		total += kernel[i]
		if i > 0 {
			total += kernel[i]
		}
	}
	x, y = make([]float64, kdeCells), make([]float64, kdeCells)
	reflectLo := bounded && lo == support[0]
	reflectHi := bounded && hi == support[1]
	scale := 1 / (total * dx * float64(len(s)))
	for i, c := range count {
		x[i] = lo + float64(i)*dx
		if c == 0 {
			continue
		}
		for k := -reach; k <= reach; k++ {
			j := i + k
			if j < 0 && reflectLo {
				j = -j
			}
			if j >= kdeCells && reflectHi {
				j = 2*(kdeCells-1) - j
			}
			if j >= 0 && j < kdeCells {
				y[j] += c * kernel[max(k, -k)] * scale
			}
		}
	}
	// The grid's end lies on the mirror: what falls on it comes from both sides.
	if reflectLo {
		y[0] *= 2
	}
	if reflectHi {
		y[kdeCells-1] *= 2
	}
	return x, y
}

// bandwidth is the geometric mean of Silverman's rule (1986, p. 47) and of the diffusion
// estimator of Botev, Grotowski and Kroese (2010): the first alone washes out a second
// mode, the second alone finds modes in noise.
func bandwidth(s []float64) float64 {
	_, sd := meanSD(s)
	spread := sd
	if iqr := (quantile(s, 0.75) - quantile(s, 0.25)) / 1.349; iqr > 0 {
		spread = math.Min(sd, iqr)
	}
	if !(spread > 1e-12*math.Max(math.Abs(s[0]), math.Abs(s[len(s)-1]))) {
		return math.Max(1e-3, 1e-3*math.Abs(s[0])) // all the same: a spike
	}
	h := 0.9 * spread * math.Pow(float64(len(s)), -0.2)
	if d := diffusion(s); d > 0 {
		h = math.Sqrt(h * d)
	}
	return h
}

// diffusion returns the bandwidth of Botev et al. (2010), their algorithm 1, or 0
// where its equation has no root.
func diffusion(s []float64) float64 {
	const n = kdeCells
	lo, hi := s[0], s[len(s)-1]
	lo, hi = lo-0.1*(hi-lo), hi+0.1*(hi-lo)
	p := histogram(s, lo, hi, n)
	N := float64(len(slices.Compact(slices.Clone(s))))
	var cos [4 * n]float64
	for i := range cos {
		cos[i] = math.Cos(math.Pi * float64(i) / (2 * n))
	}
	var a2 [n]float64 // squared half coefficients of the cosine transform
	for k := 1; k < n; k++ {
		sum := 0.0
		for j, c := range p {
			if c != 0 {
				sum += c * cos[(2*j+1)*k%(4*n)]
			}
		}
		a2[k] = math.Pow(sum/float64(len(s)), 2)
	}
	norm := func(l int, t float64) float64 { // ‖f^(l)‖²
		sum := 0.0
		for k := 1; k < n; k++ {
			e := float64(k*k) * math.Pi * math.Pi * t
			if e > 200 {
				break
			}
			term := a2[k] * math.Exp(-e)
			for range l {
				term *= float64(k * k)
			}
			sum += term
		}
		return 2 * math.Pow(math.Pi, float64(2*l)) * sum
	}
	gap := func(t float64) float64 {
		f := norm(7, t)
		for l := 6; l >= 2; l-- {
			odd := 1.0
			for i := 3; i <= 2*l-1; i += 2 {
				odd *= float64(i)
			}
			k0 := odd / math.Sqrt(2*math.Pi)
			c := (1 + math.Pow(0.5, float64(l)+0.5)) / 3
			f = norm(l, math.Pow(2*c*k0/(N*f), 2/float64(3+2*l)))
		}
		return t - math.Pow(2*N*math.Sqrt(math.Pi)*f, -0.4)
	}
	a, b := 1e-10, 0.1
	if ga, gb := gap(a), gap(b); !(ga < 0 && gb > 0) {
		return 0
	}
	for range 40 {
		if m := math.Sqrt(a * b); gap(m) < 0 {
			a = m
		} else {
			b = m
		}
	}
	return math.Sqrt(b) * (hi - lo)
}
