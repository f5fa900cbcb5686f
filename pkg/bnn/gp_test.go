package bnn_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// dozen are twelve points without any chance in them.
func dozen() *data.Set {
	return data.New("dozen", []float64{-2.1, -1.7, -1.2, -0.8, -0.3, 0.1, 0.4, 0.9, 1.3, 1.6, 2.2, 2.9},
		[]float64{0.31, -0.42, -1.05, -1.21, -0.55, 0.12, 0.71, 1.18, 1.09, 0.84, -0.35, -0.9})
}

// What GaussianProcessRegressor of scikit-learn 1.9.1 printed (alpha = 0.09, no
// optimiser, kernels ConstantKernel(sd²) * RBF, Matern, ExpSineSquared, DotProduct):
// log marginal likelihood; mean and sd of f at −3, 0.2 and 4.
func TestGPAgainstScikitLearn(t *testing.T) {
	se, per := bnn.SquaredExponential{SD: 1.7, Length: 0.6}, bnn.Periodic{SD: 0.8, Length: 1.3, Period: 2.1}
	unit := bnn.Periodic{Length: 1.3, Period: 2.1}
	for name, c := range map[string]struct {
		k        bnn.Kernel
		log      float64
		mean, sd [3]float64
	}{
		"squared exponential": {se, -12.4396028914, [3]float64{0.3044328093, 0.3422246294, -0.1239520507}, [3]float64{1.53834988, 0.2222705347, 1.660578011}},
		"periodic":            {per, -44.3573120253, [3]float64{-0.01070008317, 0.07408978904, -0.06272291755}, [3]float64{0.1993289698, 0.1654552652, 0.2104103341}},
		"Matérn 5/2":          {bnn.Matern{SD: 1.7, Length: 0.6}, -14.5992439105, [3]float64{0.179285336, 0.3250244037, -0.1432878115}, [3]float64{1.616894518, 0.2710574742, 1.671409367}},
		"Matérn 3/2":          {bnn.Matern{Order: bnn.Matern32, SD: 1.7, Length: 0.6}, -15.4564978017, [3]float64{0.141699491, 0.322608883, -0.1463523959}, [3]float64{1.63335983, 0.3499279289, 1.673591457}},
		"Matérn 1/2":          {bnn.Matern{Order: bnn.Matern12, SD: 1.7, Length: 0.6}, -17.0958268539, [3]float64{0.06445540594, 0.3021796509, -0.1396514047}, [3]float64{1.658437897, 0.8224949871, 1.678794584}},
		"linear":              {bnn.SumKernel{bnn.LinearKernel{SD: 0.7}, bnn.ConstantKernel{SD: 0.3}}, -41.9564123789, [3]float64{-0.4055154438, -0.02411018465, 0.4288085606}, [3]float64{0.2045289975, 0.08326245744, 0.230639828}},
		"sum":                 {bnn.SumKernel{se, per}, -13.9892216381, [3]float64{0.2013178967, 0.3274741391, -0.05940834048}, [3]float64{1.65631797, 0.2401492495, 1.777239381}},
		"product":             {bnn.ProductKernel{se, unit}, -16.6302483282, [3]float64{0.04535346727, 0.323272052, -0.05041550285}, [3]float64{1.690153785, 0.2973437458, 1.69727304}},
	} {
		f, err := bnn.GP{Kernel: c.k, Noise: 0.3}.On(dozen())
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Predict(mat.NewDense(3, 1, []float64{-3, 0.2, 4}), bnn.PredictOptions{})
		if err != nil {
			t.Fatal(err)
		}
		bnntest.Near(t, name+": log evidence", f.LogEvidence, c.log, 1e-9)
		for i := range 3 {
			bnntest.Near(t, name+": mean", p.Mean[i], c.mean[i], 1e-8)
			bnntest.Near(t, name+": sd", p.EpistemicSD()[i], c.sd[i], 1e-8)
			bnntest.Near(t, name+": noise", p.AleatoricSD()[i], 0.3, 1e-12)
		}
		if f.Jitter != 0 {
			t.Errorf("%s: jitter %v", name, f.Jitter)
		}
	}
}

// Its optimiser, with 10 restarts, ended at 1.04985683² RBF(1.04289402) and noise
// 0.05950488, log marginal likelihood −1.86275540661; ours must not end lower.
func TestGPTune(t *testing.T) {
	g, err := bnn.GP{}.Tune(t.Context(), dozen(), 0, newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	v, err := g.LogEvidence(nil, dozen())
	if err != nil {
		t.Fatal(err)
	}
	k := g.Kernel.(bnn.SquaredExponential)
	bnntest.Near(t, "log evidence", v, -1.86275540661, 1e-7)
	bnntest.Near(t, "SD", k.SD, 1.04985683, 1e-3)
	bnntest.Near(t, "Length", k.Length, 1.04289402, 1e-3)
	bnntest.Near(t, "Noise", g.Noise, 0.05950488, 1e-3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (bnn.GP{}).Tune(ctx, dozen(), 0, newRand(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestGPEvidenceGradient(t *testing.T) {
	set := &data.Set{Name: "plane", X: normal(15, 2, newRand(1)), Y: normal(15, 1, newRand(2))}
	for name, k := range kernels() {
		log := k.Log()
		at := func(noise float64) bnn.GP { return bnn.GP{Kernel: k.With(log), Noise: noise} }
		grad := make([]float64, len(log)+1)
		value := func(g bnn.GP, grad []float64) float64 {
			v, err := g.LogEvidence(grad, set)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		value(at(0.3), grad)
		const h = 1e-5
		for j, old := range log {
			log[j] = old + h
			up := value(at(0.3), nil)
			log[j] = old - h
			down := value(at(0.3), nil)
			log[j] = old
			bnntest.Near(t, fmt.Sprintf("%s: ∂/∂log h[%d]", name, j), grad[j], (up-down)/(2*h), 1e-6)
		}
		fd := (value(at(0.3*math.Exp(h)), nil) - value(at(0.3*math.Exp(-h)), nil)) / (2 * h)
		bnntest.Near(t, name+": ∂/∂log noise", grad[len(log)], fd, 1e-6)
	}
}

// Bayesian linear regression, once more: a linear kernel and a constant are its
// prior, and everything agrees with the exact answer. So do draws of functions, in
// raw units.
func TestGPIsLinearRegression(t *testing.T) {
	l := bnntest.NewLinear(1)
	g := bnn.GP{Kernel: bnn.SumKernel{bnn.LinearKernel{SD: l.Prior}, bnn.ConstantKernel{SD: l.Prior}}, Noise: l.Noise}
	f, err := g.On(l.Set)
	if err != nil {
		t.Fatal(err)
	}
	bnntest.Near(t, "log evidence", f.LogEvidence, l.LogEvidence, 1e-9)
	const draws = 4000
	p, err := f.Predict(bnntest.Grid(), bnn.PredictOptions{Keep: draws, Y: mat.NewDense(3, 1, []float64{1, 2, 3}), Rand: newRand(1)})
	if err != nil {
		t.Fatal(err)
	}
	var cov, mean [3]float64 // covariance of each with the last
	for _, d := range p.Functions {
		for i := range d {
			mean[i] += d[i] / draws
			cov[i] += (d[i] - p.Mean[i]) * (d[2] - p.Mean[2]) / draws
		}
	}
	for i, x := range []float64{-2, 0, 2} {
		m, sd := l.Function(x)
		_, sd2 := l.Function(2)
		bnntest.Near(t, "mean", p.Mean[i], m, 1e-9)
		bnntest.Near(t, "sd", p.EpistemicSD()[i], sd, 1e-9)
		total := math.Hypot(sd, l.Noise)
		z := (float64(i) + 1 - m) / total
		bnntest.Near(t, "log p(y)", p.LogProb[i], -z*z/2-math.Log(total*math.Sqrt(2*math.Pi)), 1e-9)
		bnntest.Near(t, "mean of draws", mean[i], m, 4*sd/math.Sqrt(draws))
		// Cov[f(x), f(2)] of a line: (a − b(x + 2) + 2cx)/det with Λ = ((a, b), (b, c)).
		a, b, c := l.Precision[0][0], l.Precision[0][1], l.Precision[1][1]
		want := (2*c*x - b*(x+2) + a) / (a*c - b*b)
		bnntest.Near(t, "covariance of draws", cov[i], want, 4*math.Sqrt((sd*sd*sd2*sd2+want*want)/draws)+1e-9)
	}
}

// A Scale changes the units and nothing else.
func TestGPScale(t *testing.T) {
	set := dozen()
	scale, err := data.NewScale(set)
	if err != nil {
		t.Fatal(err)
	}
	x := mat.NewDense(3, 1, []float64{-3, 0.2, 4})
	y := mat.NewDense(3, 1, []float64{0, 1, 2})
	opts := bnn.PredictOptions{Keep: 2, Y: y, Rand: newRand(1)}
	f, err := bnn.GP{Scale: scale}.On(set)
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Predict(x, opts)
	if err != nil {
		t.Fatal(err)
	}
	byHand, err := bnn.GP{}.On(scale.Set(set))
	if err != nil {
		t.Fatal(err)
	}
	opts.Y, opts.Rand = nil, newRand(1)
	q, err := byHand.Predict(scale.X(x), opts)
	if err != nil {
		t.Fatal(err)
	}
	s := scale.YSD[0]
	for i := range 3 {
		bnntest.Near(t, "mean", p.Mean[i], q.Mean[i]*s+scale.YMean[0], 1e-12)
		bnntest.Near(t, "sd", p.SD()[i], q.SD()[i]*s, 1e-12)
		bnntest.Near(t, "draw", p.Functions[1][i], q.Functions[1][i]*s+scale.YMean[0], 1e-12)
		z := (y.At(i, 0) - p.Mean[i]) / p.SD()[i]
		bnntest.Near(t, "log p(y)", p.LogProb[i], -z*z/2-math.Log(p.SD()[i]*math.Sqrt(2*math.Pi)), 1e-12)
	}
}

func TestGPErrors(t *testing.T) {
	_, err := bnn.GP{}.On(wave(10, 2, 1))
	wantError(t, "two targets", err, "fit one GP a column")
	_, err = bnn.GP{Noise: -1}.On(dozen())
	wantError(t, "noise", err, "must be positive and finite")
	_, err = bnn.GP{Kernel: bnn.Matern{Length: -1}}.On(dozen())
	wantError(t, "length", err, "must be positive and finite")
	_, err = bnn.GP{}.On(data.New("d", []float64{math.NaN()}, []float64{1}))
	wantError(t, "NaN", err, "X row 0")
	f, err := bnn.GP{Noise: 1e-9}.On(data.New("twice", []float64{1, 1, 2}, []float64{1, 1, 2}))
	if err != nil || !(f.Jitter > 0 && f.Jitter < 1e-9) {
		t.Errorf("a point twice without noise: jitter %v, error %v", f, err)
	}
	_, err = f.Predict(mat.NewDense(1, 2, nil), bnn.PredictOptions{})
	wantError(t, "columns", err, "x with 2 columns, the data had 1")
	_, err = f.Predict(mat.NewDense(1, 1, nil), bnn.PredictOptions{Y: mat.NewDense(2, 1, nil)})
	wantError(t, "rows of Y", err, "Y of Predict")
}

func ExampleGP() {
	set := data.New("four", []float64{0, 1, 2, 3}, []float64{0, 0.84, 0.91, 0.14}) // sin x
	fit, err := bnn.GP{Kernel: bnn.SquaredExponential{Length: 1.5}, Noise: 0.05}.On(set)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := fit.Predict(mat.NewDense(2, 1, []float64{1.5, 9}), bnn.PredictOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("between the data %.2f ± %.2f, far away %.2f ± %.2f\n", p.Mean[0], p.EpistemicSD()[0], math.Abs(p.Mean[1]), p.EpistemicSD()[1])
	// Output: between the data 1.01 ± 0.05, far away 0.00 ± 1.00
}
