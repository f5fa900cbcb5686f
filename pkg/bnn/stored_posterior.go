package bnn

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// store returns the kind of a posterior, under "posterior", and its tensors. The
// parts of a mixture have both under "0.", "1.", ….
func store(p Posterior, m *Model) (map[string]string, map[string]tensor, error) {
	kind, ts := map[string]string{}, map[string]tensor{}
	switch q := p.(type) {
	case *Gaussian:
		kind["posterior"], ts["mu"], ts["sigma"] = "gaussian", vector(q.Mu), vector(q.Sigma)
	case *Dropped:
		kind["posterior"], ts["theta"], ts["p"] = "dropped", vector(q.Theta), vector([]float64{q.P})
		if rates := siteRates(q.Net); !slices.Equal(rates, siteRates(m.Net)) { // learned ones
			ts["rates"] = vector(rates)
		}
	case *LaplacePosterior:
		kind["posterior"] = "laplace"
		q.store(ts)
	case *Weighted:
		kind["posterior"] = "weighted"
		q.store(ts)
	case Mixture:
		kind["posterior"] = "mixture"
		for i, part := range q {
			k, parts, err := store(part, m)
			if err != nil {
				return nil, nil, err
			}
			under := fmt.Sprintf("%d.", i)
			for name, v := range k {
				kind[under+name] = v
			}
			for name, t := range parts {
				ts[under+name] = t
			}
		}
	case Finite: // Samples, *Chains
		flat := tensor{shape: []int{q.Len(), m.Dim(m.targets())}}
		for i := range q.Len() {
			flat.data = append(flat.data, q.At(i)...)
		}
		kind["posterior"], ts["theta"] = "samples", flat
	default:
		return nil, nil, fmt.Errorf("bnn: Save does not know the posterior %T", q)
	}
	return kind, ts, nil
}

// maxParts bounds the parts of a mixture that a file may announce.
const maxParts = 1 << 12

// restore makes the posterior again from what store returned.
func restore(kind map[string]string, ts map[string]tensor, m *Model) (Posterior, error) {
	r, dim := &reader{ts: ts}, m.Dim(m.targets())
	switch kind["posterior"] {
	case "gaussian":
		q := &Gaussian{Mu: r.get("mu", dim), Sigma: r.get("sigma", dim)}
		r.atLeast("sigma", 0) // 0 after pruning
		return q, r.err
	case "dropped":
		q := &Dropped{Net: m.Net, Theta: r.get("theta", dim)}
		r.get("p", 1)
		r.probability("p")
		if r.has("rates") {
			r.get("rates", len(m.Net.Sites()))
			r.probability("rates")
		}
		if r.err != nil {
			return nil, r.err
		}
		q.P = ts["p"].data[0]
		if r.has("rates") {
			q.Net = m.Net.WithRates(ts["rates"].data)
		}
		return q, nil
	case "samples":
		return r.samples(dim), r.err
	case "weighted":
		s := r.samples(dim)
		if r.err != nil {
			return nil, r.err
		}
		q, err := storedWeighted(s, r.get)
		return q, firstOf([]error{r.err, err})
	case "laplace":
		q, err := storedLaplace(m.Net, dim, ts, r.get)
		return q, firstOf([]error{r.err, err})
	case "mixture":
		return restoreMixture(kind, ts, m)
	}
	return nil, fmt.Errorf("unknown posterior %q", kind["posterior"])
}

func restoreMixture(kind map[string]string, ts map[string]tensor, m *Model) (Posterior, error) {
	var q Mixture
	for i := range maxParts {
		under := fmt.Sprintf("%d.", i)
		k := below(kind, under)
		if len(k) == 0 {
			break
		}
		part, err := restore(k, below(ts, under), m)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", i, err)
		}
		q = append(q, part)
	}
	if len(q) == 0 {
		return nil, fmt.Errorf("a mixture without parts")
	}
	return q, nil
}

// below returns the entries whose names begin with under, without it.
func below[V any](all map[string]V, under string) map[string]V {
	some := map[string]V{}
	for name, v := range all {
		if rest, ok := strings.CutPrefix(name, under); ok {
			some[rest] = v
		}
	}
	return some
}

// reader takes tensors of known size out of a file and remembers the first thing
// that is wrong.
type reader struct {
	ts  map[string]tensor
	err error
}

func (r *reader) has(name string) bool {
	_, ok := r.ts[name]
	return ok
}

// get returns the named tensor, which must have n entries, all finite.
func (r *reader) get(name string, n int) []float64 {
	v, ok := r.ts[name]
	if !ok || len(v.data) != n {
		r.fail("tensor %q has %d entries, want %d", name, len(v.data), n)
	}
	for _, x := range v.data {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			r.fail("tensor %q holds %v", name, x)
		}
	}
	return v.data
}

// samples returns the tensor "theta" as draws of dim parameters.
func (r *reader) samples(dim int) Samples {
	n := len(r.ts["theta"].data) / dim
	flat := r.get("theta", n*dim)
	if r.err != nil {
		return nil
	}
	s := make(Samples, n)
	for i := range s {
		s[i] = flat[i*dim : (i+1)*dim]
	}
	return s
}

func (r *reader) atLeast(name string, low float64) {
	for _, x := range r.ts[name].data {
		if !(x >= low) {
			r.fail("tensor %q holds %v, which is too small", name, x)
		}
	}
}

func (r *reader) probability(name string) {
	for _, x := range r.ts[name].data {
		if !(x >= 0 && x < 1) {
			r.fail("tensor %q holds %v, which is no probability below 1", name, x)
		}
	}
}

func (r *reader) fail(format string, a ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, a...)
	}
}
