package data_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// TestScale checks the numbers by hand: x = 1, 3 has mean 2 and population sd 1.
func TestScale(t *testing.T) {
	s := &data.Set{Name: "two", X: mat.NewDense(2, 2, []float64{1, 5, 3, 5}), Y: mat.NewDense(2, 1, []float64{-4, 8})}
	c, err := data.NewScale(s)
	if err != nil {
		t.Fatal(err)
	}
	z := c.Set(s)
	if want := mat.NewDense(2, 2, []float64{-1, 0, 1, 0}); !mat.Equal(z.X, want) {
		t.Errorf("X: got %v, want %v (a constant input becomes 0)", mat.Formatted(z.X), mat.Formatted(want))
	}
	if want := mat.NewDense(2, 1, []float64{-1, 1}); !mat.Equal(z.Y, want) {
		t.Errorf("Y: got %v, want %v", mat.Formatted(z.Y), mat.Formatted(want))
	}
	if c.XSD[1] != 1 || c.XMean[1] != 5 || c.YSD[0] != 6 || c.YMean[0] != 2 {
		t.Errorf("got %+v", *c)
	}
	if s.X.At(0, 0) != 1 {
		t.Error("Set changed its argument")
	}
}

// TestScaleUndone checks UnY against Y, with two target columns.
func TestScaleUndone(t *testing.T) {
	s := &data.Set{X: mat.NewDense(3, 1, []float64{1, 2, 4}), Y: mat.NewDense(3, 2, []float64{1e-3, 300, 2e-3, 500, 7e-3, -100})}
	c, err := data.NewScale(s)
	if err != nil {
		t.Fatal(err)
	}
	got := c.UnY(c.Y(s.Y).RawMatrix().Data)
	for i, want := range s.Y.RawMatrix().Data {
		if d := math.Abs(got[i] - want); !(d <= 1e-13*math.Abs(want)) {
			t.Errorf("entry %d: got %v, want %v", i, got[i], want)
		}
	}
}

// TestScaleExtremes checks that tiny and huge units survive the square in the sd.
func TestScaleExtremes(t *testing.T) {
	for _, u := range []float64{1e-300, 1e-19, 1, 1e150, 1e300} {
		c, err := data.NewScale(data.New("unit", []float64{1 * u, 3 * u}, []float64{-4 * u, 8 * u}))
		if err != nil {
			t.Errorf("unit %g: %v", u, err)
			continue
		}
		if d := math.Abs(c.YSD[0]/u - 6); !(d <= 1e-12) {
			t.Errorf("unit %g: sd %g, want 6 units", u, c.YSD[0])
		}
	}
}

// TestScaleConstant checks constant columns whose mean rounds: 1000 × 0.1 is not exactly 100.
func TestScaleConstant(t *testing.T) {
	x := make([]float64, 1000)
	y := make([]float64, 1000)
	for i := range x {
		x[i], y[i] = 0.1, float64(i)
	}
	c, err := data.NewScale(data.New("constant input", x, y))
	if err != nil {
		t.Fatal(err)
	}
	if got := mat.Max(c.X(mat.NewDense(1000, 1, x))); got != 0 {
		t.Errorf("constant input: got %v after scaling, want 0", got)
	}
}

// TestScaleErrors checks that each bad set gives an error that names what and where.
func TestScaleErrors(t *testing.T) {
	named := data.New("lab", []float64{1, 2}, []float64{7, 7})
	named.YNames = []string{"mass (kg)"}
	for _, c := range []struct {
		set  *data.Set
		want []string
	}{
		{data.New("lab", nil, nil), []string{`"lab"`, "no rows"}},
		{&data.Set{Name: "lab"}, []string{`"lab"`, "no rows"}},
		{&data.Set{Name: "lab", X: mat.NewDense(2, 1, nil)}, []string{"2 rows", "no targets"}},
		{&data.Set{Name: "lab", X: mat.NewDense(2, 1, nil), Y: mat.NewDense(3, 1, nil)}, []string{"2 rows of X", "3 of Y"}},
		{data.New("lab", []float64{1, math.NaN()}, []float64{1, 2}), []string{"X row 1", "column 0", "NaN"}},
		{data.New("lab", []float64{1, 2}, []float64{math.Inf(-1), 2}), []string{"Y row 0", "-Inf"}},
		{named, []string{`"lab"`, "target column 0 (mass (kg))", "constant", "7"}},
		{data.New("lab", []float64{1}, []float64{7}), []string{"constant", "rows: 1"}},
		{data.New("lab", []float64{-math.MaxFloat64, math.MaxFloat64, math.MaxFloat64}, []float64{1, 2, 3}), []string{"input column 0", "too large"}},
	} {
		got, err := data.NewScale(c.set)
		if err == nil {
			t.Errorf("want an error with %q, got %+v", c.want, got)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("error %q does not say %q", err, w)
			}
		}
	}
}

// TestPanics checks the documented panics of wrong shapes.
func TestPanics(t *testing.T) {
	c, err := data.NewScale(&data.Set{X: mat.NewDense(2, 1, []float64{1, 2}), Y: mat.NewDense(2, 2, []float64{1, 2, 3, 4})})
	if err != nil {
		t.Fatal(err)
	}
	mustPanic(t, "X columns", func() { c.X(mat.NewDense(2, 2, nil)) })
	mustPanic(t, "Y columns", func() { c.Y(mat.NewDense(2, 1, nil)) })
	mustPanic(t, "UnY length", func() { c.UnY(make([]float64, 3)) })
	mustPanic(t, "lengths of New", func() { data.New("", make([]float64, 2), nil) })
}

// TestScaleEmpty checks that no rows stay no rows.
func TestScaleEmpty(t *testing.T) {
	c := &data.Scale{XMean: []float64{0}, XSD: []float64{1}, YMean: []float64{0}, YSD: []float64{1}}
	if !c.X(&mat.Dense{}).IsEmpty() || !c.Y(nil).IsEmpty() {
		t.Error("an empty matrix did not stay empty")
	}
}

func ExampleNewScaleX() {
	s := data.New("classes", []float64{10, 20, 30}, []float64{0, 1, 2})
	c, err := data.NewScaleX(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.XMean, c.YMean, c.YSD)
	// Output: [20] [0] [1]
}
