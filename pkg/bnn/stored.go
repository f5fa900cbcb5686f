package bnn

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"

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
	r := &reader{ts: ts}
	if r.has("scale.x_mean") {
		in := m.Net.In()
		m.Scale = &data.Scale{XMean: r.get("scale.x_mean", in), XSD: r.get("scale.x_sd", in),
			YMean: r.get("scale.y_mean", k), YSD: r.get("scale.y_sd", k), XNames: mj.XNames, YNames: mj.YNames}
		r.atLeast("scale.x_sd", math.SmallestNonzeroFloat64)
		r.atLeast("scale.y_sd", math.SmallestNonzeroFloat64)
		if r.err != nil {
			return t, r.err
		}
	}
	if m.Dim(k) == 0 {
		return t, errors.New("a network without weights")
	}
	t.Model = m
	t.Posterior, err = restore(meta, ts, m)
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
