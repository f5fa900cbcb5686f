package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// features are the rows (x, 1) of a set.
func features(set *data.Set) (*mat.Dense, []float64) {
	phi, y := mat.NewDense(set.Len(), 2, nil), make([]float64, set.Len())
	for i := range y {
		phi.Set(i, 0, set.X.At(i, 0))
		phi.Set(i, 1, 1)
		y[i] = set.Y.At(i, 0)
	}
	return phi, y
}

// With the noise all but known it is the line of bnntest, whose answers are exact.
func TestLinearRegressionWithKnownNoise(t *testing.T) {
	l := bnntest.NewLinear(1)
	phi, y := features(l.Set)
	const a = 1e9
	f, err := bnn.LinearRegression{SD: l.Prior / l.Noise, A: a, B: a * l.Noise * l.Noise}.Fit(phi, y)
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range l.Mean {
		bnntest.Near(t, "mean", f.Mean[j], want, 1e-9)
		bnntest.Near(t, "sd", f.Coef(j).StdDev(), l.SD()[j], 1e-6)
	}
	bnntest.Near(t, "log evidence", f.LogEvidence, l.LogEvidence, 2e-6)
	for _, x := range []float64{-2, 0, 2} {
		mean, sd := l.Function(x)
		bnntest.Near(t, "line", f.Line([]float64{x, 1}).Mu, mean, 1e-9)
		bnntest.Near(t, "sd of the line", f.Line([]float64{x, 1}).StdDev(), sd, 1e-6)
		bnntest.Near(t, "sd of y", f.Predict([]float64{x, 1}).StdDev(), math.Hypot(sd, l.Noise), 1e-6)
	}
}

// Integrating the noise out of the known-noise evidence by quadrature gives the
// closed form: over τ = log σ², p(D) = ∫ p(D | σ²) InvGamma(σ²) σ² dτ.
func TestLinearRegressionEvidence(t *testing.T) {
	l := bnntest.NewLinear(1)
	phi, y := features(l.Set)
	m := bnn.LinearRegression{SD: 2.3, A: 1.7, B: 0.4}
	f, err := m.Fit(phi, y)
	if err != nil {
		t.Fatal(err)
	}
	prior := distuv.InverseGamma{Alpha: m.A, Beta: m.B}
	sum := quad.Fixed(func(tau float64) float64 {
		v := math.Exp(tau)
		return math.Exp(evidence(l.Set, m.SD*math.Sqrt(v), math.Sqrt(v)) + prior.LogProb(v) + tau - f.LogEvidence)
	}, math.Log(1e-3), math.Log(10), 400, quad.Legendre{}, 0)
	bnntest.Near(t, "∫ over the closed form", sum, 1, 1e-9)

	// Chain rule: log p(y_n | y_<n) is the predictive of the fit without the last row.
	n := len(y) - 1
	g, err := m.Fit(phi.Slice(0, n, 0, 2).(*mat.Dense), y[:n])
	if err != nil {
		t.Fatal(err)
	}
	bnntest.Near(t, "chain rule", g.LogEvidence+g.Predict(phi.RawRowView(n)).LogProb(y[n]), f.LogEvidence, 1e-9)
	bnntest.Near(t, "noise variance", f.NoiseVariance().Mean(), f.B/(f.A-1), 1e-12)
}

func TestLinearRegressionErrors(t *testing.T) {
	phi := mat.NewDense(3, 1, []float64{1, 2, 3})
	_, err := bnn.LinearRegression{}.Fit(phi, []float64{1, 2})
	wantError(t, "lengths", err, "3 rows of features and 2 targets")
	_, err = bnn.LinearRegression{}.Fit(phi, []float64{1, 2, math.NaN()})
	wantError(t, "NaN", err, "NaN or too large")
	_, err = bnn.LinearRegression{SD: -1}.Fit(phi, []float64{1, 2, 3})
	wantError(t, "SD", err, "must be positive")
	same := mat.NewDense(3, 2, []float64{1, 1, 2, 2, 3, 3})
	_, err = bnn.LinearRegression{SD: 1e9}.Fit(same, []float64{1, 2, 3})
	wantError(t, "repeated features", err, "leave out repeated ones")
}

func ExampleLinearRegression_Fit() {
	phi := mat.NewDense(4, 2, []float64{0, 1, 1, 1, 2, 1, 3, 1}) // (x, 1)
	fit, err := bnn.LinearRegression{}.Fit(phi, []float64{1.1, 2.9, 5.2, 6.8})
	if err != nil {
		fmt.Println(err)
		return
	}
	y := fit.Predict([]float64{10, 1})
	fmt.Printf("y = %.1f x + %.1f\n", fit.Mean[0], fit.Mean[1])
	fmt.Printf("at x = 10: %.0f, 90%% of y in %.0f to %.0f\n", y.Mu, y.Quantile(0.05), y.Quantile(0.95))
	// Output:
	// y = 1.9 x + 1.1
	// at x = 10: 20, 90% of y in 16 to 25
}
