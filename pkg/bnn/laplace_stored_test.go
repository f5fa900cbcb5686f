package bnn_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func TestLaplaceSaveLoad(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 5, 4, 1}, nn.Tanh)}
	set := wave(30, 1, 1)
	for _, kind := range []bnn.LaplaceKind{bnn.LaplaceFull, bnn.LaplaceDiagonal, bnn.LaplaceLastLayer} {
		q := laplace(t, bnn.Laplace{Kind: kind, Steps: 50}, m.On(set))
		file := save(t, bnn.Trained{Model: m, Posterior: q})
		back, err := bnn.Load(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("kind %d: %v", kind, err)
		}
		var bits [2]string
		for i, p := range []bnn.Posterior{q, back.Posterior} {
			pred, err := bnn.Predict(t.Context(), m, p, set.X, bnn.PredictOptions{Keep: 3, Y: set.Y, Rand: newRand(3)})
			if err != nil {
				t.Fatal(err)
			}
			lp := p.(*bnn.LaplacePosterior)
			bits[i] = fmt.Sprintf("%b %v %v %v", *pred, lp.LogEvidence, lp.Slope, lp.Lo)
		}
		if bits[0] != bits[1] {
			t.Errorf("kind %d: predictions differ after reload", kind)
		}
		if !bytes.Equal(save(t, back), file) {
			t.Errorf("kind %d: saving again gives another file", kind)
		}
		for _, name := range []string{"theta", "lo", "facts"} { // no part may be missing
			h, numbers := header(t, file)
			delete(h, name)
			if _, err := bnn.Load(bytes.NewReader(rebuild(t, h, numbers))); !errors.Is(err, bnn.ErrCorrupt) {
				t.Errorf("kind %d without %s: error %v", kind, name, err)
			}
		}
	}
	// What Load would refuse is not written.
	q := laplace(t, bnn.Laplace{Steps: 50}, m.On(set))
	for name, change := range map[string]func(q *bnn.LaplacePosterior){
		"negative pivot": func(q *bnn.LaplacePosterior) { q.Root.SetTri(3, 3, -1) },
		"odd layer":      func(q *bnn.LaplacePosterior) { q.Lo = 3 },
		"short mode":     func(q *bnn.LaplacePosterior) { q.Mode = q.Mode[1:] },
	} {
		bad := *laplace(t, bnn.Laplace{Steps: 50}, m.On(set))
		change(&bad)
		if err := bnn.Save(&bytes.Buffer{}, bnn.Trained{Model: m, Posterior: &bad}); err == nil {
			t.Errorf("%s is saved", name)
		}
	}
	if err := bnn.Save(&bytes.Buffer{}, bnn.Trained{Model: m, Posterior: q.Weights()}); err == nil {
		t.Error("Save takes a posterior without its linearisation, which Load cannot know")
	}
}
