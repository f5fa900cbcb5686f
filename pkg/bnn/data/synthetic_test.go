package data_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// TestBlundell checks range and noise: near x, the spread of y about the curve is
// 0.02 |1 + slope of the sines|, to first order in ε.
func TestBlundell(t *testing.T) {
	s := data.Blundell(20000, newRand(3))
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	var z []float64
	for i := range s.Len() {
		x, y := s.X.At(i, 0), s.Y.At(i, 0)
		if !(x >= 0 && x < 0.5) {
			t.Fatalf("row %d: x = %v outside [0, 0.5)", i, x)
		}
		slope := 0.6*math.Pi*math.Cos(2*math.Pi*x) + 1.2*math.Pi*math.Cos(4*math.Pi*x)
		if math.Abs(1+slope) < 2 {
			continue // where the curve is flat, the second order in ε counts
		}
		curve := x + 0.3*math.Sin(2*math.Pi*x) + 0.3*math.Sin(4*math.Pi*x)
		z = append(z, (y-curve)/(0.02*(1+slope)))
	}
	mean, sd := stat.MeanStdDev(z, nil)
	if !(math.Abs(mean) <= 0.1) || !(math.Abs(sd-1) <= 0.05) {
		t.Errorf("standardised noise has mean %.3f and sd %.3f over %d rows, want 0 and 1", mean, sd, len(z))
	}
}

// TestGapSine checks the two stretches, their halves and the noise.
func TestGapSine(t *testing.T) {
	s := data.GapSine(5001, newRand(4))
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	left := 0
	var eps []float64
	for i := range s.Len() {
		x := s.X.At(i, 0)
		switch {
		case x >= -1 && x < -0.7:
			left++
		case x >= 0.5 && x < 1:
		default:
			t.Fatalf("row %d: x = %v lies in the gap or outside", i, x)
		}
		eps = append(eps, (s.Y.At(i, 0)-math.Cos(4*x+0.8))/0.1)
	}
	if left != 2500 {
		t.Errorf("%d points on the left, want 2500", left)
	}
	if mean, sd := stat.MeanStdDev(eps, nil); !(math.Abs(mean) <= 0.05) || !(math.Abs(sd-1) <= 0.04) {
		t.Errorf("noise has mean %.3f and sd %.3f, want 0 and 1", mean, sd)
	}
}

// TestSyntheticPanics checks the documented panics.
func TestSyntheticPanics(t *testing.T) {
	mustPanic(t, "Blundell", func() { data.Blundell(0, newRand(1)) })
	mustPanic(t, "GapSine", func() { data.GapSine(-1, newRand(1)) })
}

// Without noise the moons lie on their half circles, half the points on each.
func TestTwoMoons(t *testing.T) {
	s := data.TwoMoons(101, 0, newRand(1))
	count := 0
	for i := range 101 {
		u, v := s.X.At(i, 0), s.X.At(i, 1)
		if s.Y.At(i, 0) == 1 {
			count++
			u, v = 1-u, 0.5-v
		}
		if !(math.Abs(u*u+v*v-1) <= 1e-12) || v < 0 {
			t.Errorf("point %d at (%v, %v) is not on its half circle", i, s.X.At(i, 0), s.X.At(i, 1))
		}
	}
	if count != 51 {
		t.Errorf("%d of 101 points in class 1, want 51", count)
	}
}
