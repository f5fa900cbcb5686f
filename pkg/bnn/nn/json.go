package nn

import (
	"encoding/json"
	"fmt"
)

// Limits on what a description may ask for, so that a corrupt file cannot.
const (
	maxWidth  = 1 << 20 // also of an image, H·W·C
	maxLayers = 1 << 12
)

// netJSON and layerJSON are the stored form of a Net.
type netJSON struct {
	In     int         `json:"in"`
	Image  *Shape      `json:"image,omitempty"` // unless the input is a vector
	Layers []layerJSON `json:"layers"`
}

type layerJSON struct {
	Kind   string  `json:"kind"` // "dense", "conv", "maxpool", "dropout" or the name of an activation
	Out    int     `json:"out,omitempty"`
	Size   int     `json:"size,omitempty"`   // of Conv and MaxPool
	Gain   float64 `json:"gain,omitempty"`   // of Scaled
	Weight float64 `json:"weight,omitempty"` // of Spread
	Range  float64 `json:"range,omitempty"`  // of Spread
	P      float64 `json:"p,omitempty"`      // of Dropout
}

// MarshalJSON writes the description of the network, without weights.
func (n Net) MarshalJSON() ([]byte, error) {
	d := netJSON{In: n.In()}
	if in := n.InShape(); in != vector(in.Len()) {
		d.Image = &in
	}
	for _, l := range n.layers {
		var j layerJSON
		switch l := l.(type) {
		case Dense:
			j = layerJSON{Kind: "dense", Out: l.Out}.with(l.Start)
		case Conv:
			j = layerJSON{Kind: "conv", Out: l.Out, Size: l.Size}.with(l.Start)
		case MaxPool:
			j = layerJSON{Kind: "maxpool", Size: l.Size}
		case Dropout:
			j = layerJSON{Kind: "dropout", P: l.P}
		case Activation:
			j.Kind = l.String()
		}
		d.Layers = append(d.Layers, j)
	}
	return json.Marshal(d)
}

// with adds the rule for starting weights.
func (j layerJSON) with(s Start) layerJSON {
	switch s := s.(type) {
	case Scaled:
		j.Gain = s.Gain
	case Spread:
		j.Weight, j.Range = s.Weight, s.Range
	}
	return j
}

// start returns that rule.
func (j layerJSON) start() Start {
	switch {
	case j.Weight != 0:
		return Spread{Weight: j.Weight, Range: j.Range}
	case j.Gain != 0:
		return Scaled{Gain: j.Gain}
	}
	return nil
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
	in := vector(d.In)
	if d.Image != nil {
		if in = *d.Image; max(in.H, in.W, in.C) > d.In || in.Len() != d.In {
			return fmt.Errorf("nn: an image %v with %d values", in, d.In)
		}
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
	*n = NewImage(in, layers...)
	return nil
}

func (j layerJSON) layer() (Layer, error) {
	switch j.Kind {
	case "dense", "conv":
		if j.Out < 1 || j.Out > maxWidth {
			return nil, fmt.Errorf("%s with %d units", j.Kind, j.Out)
		}
		if j.Kind == "dense" {
			return Dense{Out: j.Out, Start: j.start()}, nil
		}
		return Conv{Out: j.Out, Size: j.Size, Start: j.start()}, nil
	case "maxpool":
		return MaxPool{Size: j.Size}, nil
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
