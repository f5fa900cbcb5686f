package bnn

// SumKernel adds kernels: functions that are sums of independent parts, such as a
// trend and a season.
type SumKernel []Kernel

// ProductKernel multiplies kernels: a season that changes slowly is a [Periodic]
// times a [SquaredExponential]. Their SDs multiply too, so only one of them should
// be left free.
type ProductKernel []Kernel

var (
	_ Kernel = SumKernel(nil)
	_ Kernel = ProductKernel(nil)
)

// Cov implements [Kernel].
func (s SumKernel) Cov(grad, x, z []float64) float64 {
	sum := 0.0
	for _, k := range s {
		own, rest := split(grad, k)
		sum += k.Cov(own, x, z)
		grad = rest
	}
	return sum
}

// Log implements [Kernel]: those of the parts in order.
func (s SumKernel) Log() []float64 { return logParts(s) }

// With implements [Kernel].
func (s SumKernel) With(log []float64) Kernel { return SumKernel(withParts(s, log)) }

// Cov implements [Kernel].
func (p ProductKernel) Cov(grad, x, z []float64) float64 {
	product, done := 1.0, 0
	for _, k := range p {
		var own []float64
		if grad != nil {
			own = grad[done : done+hypers(k)]
		}
		v := k.Cov(own, x, z)
		for i := range grad[:done] {
			grad[i] *= v
		}
		for i := range own {
			own[i] *= product
		}
		product *= v
		done += len(own)
	}
	return product
}

// Log implements [Kernel]: those of the factors in order.
func (p ProductKernel) Log() []float64 { return logParts(p) }

// With implements [Kernel].
func (p ProductKernel) With(log []float64) Kernel { return ProductKernel(withParts(p, log)) }

// split cuts off the part of a gradient that belongs to k.
func split(grad []float64, k Kernel) (own, rest []float64) {
	if grad == nil {
		return nil, nil
	}
	n := hypers(k)
	return grad[:n], grad[n:]
}

func logParts(ks []Kernel) (log []float64) {
	for _, k := range ks {
		log = append(log, k.Log()...)
	}
	return log
}

func withParts(ks []Kernel, log []float64) []Kernel {
	with := make([]Kernel, len(ks))
	for i, k := range ks {
		own, rest := split(log, k)
		with[i], log = k.With(own), rest
	}
	return with
}

// hypers returns len(k.Log()), without making it for the kernels of this package.
func hypers(k Kernel) int {
	switch k.(type) {
	case LinearKernel, ConstantKernel:
		return 1
	case SquaredExponential, Matern:
		return 2
	case Periodic:
		return 3
	case ReLUNetwork, ErfNetwork:
		return 4
	}
	return len(k.Log())
}
