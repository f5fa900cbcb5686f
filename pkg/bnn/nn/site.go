package nn

// A Site is a [Dropout] of the network and the block of weights that it masks.
type Site struct {
	Units  int     // units that may be dropped
	Lo, Hi int     // θ[Lo:Hi] are the weights that leave them: unit k has entries k, k + Units, …
	P      float64 // the site's own probability; 0 means the method's
}

// Sites returns the dropout sites of the network in order.
func (n Net) Sites() []Site {
	var sites []Site
	for l := range n.layers {
		if s, ok := n.site(l); ok {
			sites = append(sites, s)
		}
	}
	return sites
}

// site returns the site at place l of the layers, if there is one.
func (n Net) site(l int) (Site, bool) {
	d, ok := n.layers[l].(Dropout)
	if !ok {
		return Site{}, false
	}
	units, fanIn := n.layers[l+1].(weighted).size(n.shapes[l+1])
	lo := n.starts[l+1]
	return Site{Units: n.units(l), Lo: lo, Hi: lo + units*fanIn, P: d.P}, true
}

// WithRates returns the network with the given probabilities at its sites. It
// panics unless there is one in [0, 1) for each site.
func (n Net) WithRates(p []float64) Net {
	layers, k := n.Layers(), 0
	for l, layer := range layers {
		if _, ok := layer.(Dropout); ok {
			if k == len(p) || !(p[k] >= 0 && p[k] < 1) {
				panic(badRates)
			}
			layers[l] = Dropout{P: p[k]}
			k++
		}
	}
	if k != len(p) {
		panic(badRates)
	}
	return NewImage(n.InShape(), layers...)
}
