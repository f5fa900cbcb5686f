package main

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestBelief checks what the figure's title says, in the middle of the data and beyond.
func TestBelief(t *testing.T) {
	_, pred, err := believe(context.Background(), mat.NewDense(3, 1, []float64{-0.2, 0.25, 0.8}))
	if err != nil {
		t.Fatal(err)
	}
	sd := pred.EpistemicSD()
	t.Logf("epistemic sd: %.3f left of the data, %.3f among them, %.3f right of them", sd[0], sd[1], sd[2])
	if !(sd[0] >= 5*sd[1]) || !(sd[2] >= 5*sd[1]) {
		t.Errorf("epistemic sd %.3f among the data, %.3f and %.3f beyond: want at least 5 times as much", sd[1], sd[0], sd[2])
	}
}
