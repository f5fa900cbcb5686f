package bnn

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// modelJSON is the stored form of a Model, beside the tensors of its Scale.
type modelJSON struct {
	Net        json.RawMessage `json:"net"`
	Prior      partJSON        `json:"prior"`
	Likelihood partJSON        `json:"likelihood"`
	XNames     []string        `json:"x_names,omitempty"`
	YNames     []string        `json:"y_names,omitempty"`
}

type partJSON struct {
	Kind  string          `json:"kind"`
	Value json.RawMessage `json:"value"`
}

// assemble makes the model and the posterior from their stored parts and checks
// that they fit each other.
func assemble(meta map[string]string, ts map[string]tensor) (t Trained, err error) {
	var mj modelJSON
	if err := json.Unmarshal([]byte(meta["model"]), &mj); err != nil {
		return t, fmt.Errorf("model: %w", err)
	}
	m := &Model{}
	if err := json.Unmarshal(mj.Net, &m.Net); err != nil {
		return t, err
	}
	if m.Prior, err = revive[Prior](mj.Prior, Normal{}, ScaleMixture{}, Laplacian{}, LearnedScale{}); err != nil {
		return t, err
	}
	if m.Likelihood, err = revive[Likelihood](mj.Likelihood, GaussianNoise{}, Heteroscedastic{}, Bernoulli{}, Categorical{}, Poisson{}); err != nil {
		return t, err
	}
	k := m.targets()
	if k == 0 {
		return t, fmt.Errorf("%T fits no network with %d outputs", m.Likelihood, m.Net.Out())
	}
	get := func(name string, n int) []float64 {
		v, ok := ts[name]
		if err == nil && (!ok || len(v.data) != n) {
			err = fmt.Errorf("tensor %q has %d entries, want %d", name, len(v.data), n)
		}
		for _, x := range v.data {
			if err == nil && (math.IsNaN(x) || math.IsInf(x, 0)) {
				err = fmt.Errorf("tensor %q holds %v", name, x)
			}
		}
		return v.data
	}
	positive := func(name string, v []float64) {
		for _, x := range v {
			if err == nil && !(x > 0) {
				err = fmt.Errorf("tensor %q holds %v, which must be positive", name, x)
			}
		}
	}
	notNegative := func(sigma []float64) {
		for _, x := range sigma {
			if err == nil && !(x >= 0) {
				err = fmt.Errorf("σ = %v is negative", x)
			}
		}
	}
	if _, ok := ts["scale.x_mean"]; ok {
		in := m.Net.In()
		m.Scale = &data.Scale{XMean: get("scale.x_mean", in), XSD: get("scale.x_sd", in),
			YMean: get("scale.y_mean", k), YSD: get("scale.y_sd", k), XNames: mj.XNames, YNames: mj.YNames}
		positive("scale.x_sd", m.Scale.XSD)
		positive("scale.y_sd", m.Scale.YSD)
	}
	dim := m.Dim(k)
	if dim == 0 {
		return t, errors.New("a network without weights")
	}
	switch meta["posterior"] {
	case "gaussian":
		q := &Gaussian{Mu: get("mu", dim), Sigma: get("sigma", dim)}
		notNegative(q.Sigma) // 0 after pruning
		t.Posterior = q
	case "dropped":
		q := &Dropped{Net: m.Net, Theta: get("theta", dim)}
		if p := get("p", 1); err == nil && p[0] >= 0 && p[0] < 1 {
			q.P = p[0]
		} else if err == nil {
			err = fmt.Errorf("dropout probability %v", p[0])
		}
		if _, ok := ts["rates"]; ok {
			rates := get("rates", len(m.Net.Sites()))
			if slices.ContainsFunc(rates, func(p float64) bool { return !(p >= 0 && p < 1) }) {
				return t, fmt.Errorf("dropout probabilities %v", rates)
			}
			if err == nil {
				q.Net = m.Net.WithRates(rates)
			}
		}
		t.Posterior = q
	case "samples", "weighted":
		n := len(ts["theta"].data) / dim
		flat, s := get("theta", n*dim), make(Samples, n)
		for i := range s {
			if err == nil {
				s[i] = flat[i*dim : (i+1)*dim]
			}
		}
		t.Posterior = s
		if meta["posterior"] == "weighted" {
			q, bad := storedWeighted(s, get)
			if err == nil {
				err = bad
			}
			t.Posterior = q
		}
	case "laplace":
		q, bad := storedLaplace(m.Net, dim, ts, get)
		if err == nil {
			err = bad
		}
		t.Posterior = q
	default:
		err = fmt.Errorf("unknown posterior %q", meta["posterior"])
	}
	t.Model = m
	return t, err
}

// describe returns the stored form of a prior or likelihood of this package.
func describe(part any) (partJSON, error) {
	switch part.(type) {
	case Normal, ScaleMixture, Laplacian, LearnedScale, GaussianNoise, Heteroscedastic, Bernoulli, Categorical, Poisson:
		v, err := json.Marshal(part)
		return partJSON{Kind: fmt.Sprintf("%T", part), Value: v}, err
	}
	return partJSON{}, fmt.Errorf("bnn: Save does not know %T", part)
}

// revive makes the stored prior or likelihood again: one of the known kinds.
func revive[P any](j partJSON, known ...P) (p P, err error) {
	for _, k := range known {
		if fmt.Sprintf("%T", k) != j.Kind {
			continue
		}
		v := reflect.New(reflect.TypeOf(k))
		if err := json.Unmarshal(j.Value, v.Interface()); err != nil {
			return p, fmt.Errorf("%s: %w", j.Kind, err)
		}
		p = v.Elem().Interface().(P)
		if c, ok := any(p).(interface{ check() error }); ok {
			err = c.check()
		}
		return p, err
	}
	return p, fmt.Errorf("unknown part %q", j.Kind)
}
