package nn

import (
	"encoding/json"
	"fmt"
)

// Limits on what a description may ask for, so that a corrupt file cannot.
const (
	maxWidth  = 1 << 20
	maxLayers = 1 << 12
)

// netJSON and layerJSON are the stored form of a Net.
type netJSON struct {
	In     int         `json:"in"`
	Layers []layerJSON `json:"layers"`
}

type layerJSON struct {
	Kind   string  `json:"kind"` // "dense", "dropout" or the name of an activation
	Out    int     `json:"out,omitempty"`
	Gain   float64 `json:"gain,omitempty"`   // of Scaled
	Weight float64 `json:"weight,omitempty"` // of Spread
	Range  float64 `json:"range,omitempty"`  // of Spread
	P      float64 `json:"p,omitempty"`      // of Dropout
}

// MarshalJSON writes the description of the network, without weights.
func (n Net) MarshalJSON() ([]byte, error) {
	d := netJSON{In: n.in}
	for _, l := range n.layers {
		j := layerJSON{Kind: "dropout"}
		switch l := l.(type) {
		case Dense:
			j = layerJSON{Kind: "dense", Out: l.Out}
			switch s := l.Start.(type) {
			case Scaled:
				j.Gain = s.Gain
			case Spread:
				j.Weight, j.Range = s.Weight, s.Range
			}
		case Dropout:
			j.P = l.P
		case Activation:
			j.Kind = l.String()
		}
		d.Layers = append(d.Layers, j)
	}
	return json.Marshal(d)
}

// UnmarshalJSON reads what [Net.MarshalJSON] wrote. It returns an error for an
// unknown layer, an impossible order of layers, or widths beyond a million.
func (n *Net) UnmarshalJSON(b []byte) (err error) {
	var d netJSON
	if err := json.Unmarshal(b, &d); err != nil {
		return err
	}
	if d.In < 1 || d.In > maxWidth || len(d.Layers) > maxLayers {
		return fmt.Errorf("nn: a network with input width %d and %d layers", d.In, len(d.Layers))
	}
	var layers []Layer
	for i, j := range d.Layers {
		l, err := j.layer()
		if err != nil {
			return fmt.Errorf("nn: layer %d: %w", i, err)
		}
		layers = append(layers, l)
	}
	defer func() { // New panics on an order of layers that no program could have saved
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	*n = New(d.In, layers...)
	return nil
}

func (j layerJSON) layer() (Layer, error) {
	switch j.Kind {
	case "dense":
		if j.Out < 1 || j.Out > maxWidth {
			return nil, fmt.Errorf("dense with %d units", j.Out)
		}
		d := Dense{Out: j.Out}
		switch {
		case j.Weight != 0:
			d.Start = Spread{Weight: j.Weight, Range: j.Range}
		case j.Gain != 0:
			d.Start = Scaled{Gain: j.Gain}
		}
		return d, nil
	case "dropout":
		return Dropout{P: j.P}, nil
	}
	for a, name := range activationNames {
		if name == j.Kind {
			return Activation(a), nil
		}
	}
	return nil, fmt.Errorf("unknown kind %q", j.Kind)
}
