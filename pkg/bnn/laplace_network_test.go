package bnn_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// On a network, Predict uses the linearised functions, with one function for all x:
// their moments are those of the closed form, and those of draws of θ put through
// the network are not.
func TestPredictIsLinearised(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 10, 2}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.3}}
	q := laplace(t, bnn.Laplace{}, m.On(wave(20, 2, 1)))
	x := mat.NewDense(70, 1, nil) // more rows than go through the network at a time
	for i := range 70 {
		x.Set(i, 0, -2+4*float64(i)/69)
	}
	const draws = 4000
	opts := bnn.PredictOptions{Draws: draws, Keep: 3, Rand: newRand(1)}
	glm, err := bnn.Predict(t.Context(), m, q, x, opts)
	if err != nil {
		t.Fatal(err)
	}
	sampled, err := bnn.Predict(t.Context(), m, q.Weights(), x, opts)
	if err != nil {
		t.Fatal(err)
	}
	far := 0.0
	for i := range 70 {
		mean, sd := q.Function(x.RawRowView(i))
		for o := range 2 {
			j := 2*i + o
			bnntest.Near(t, fmt.Sprintf("mean of output %d, row %d", o, i), glm.Mean[j], mean[o], 5*sd[o]/math.Sqrt(draws))
			bnntest.Near(t, fmt.Sprintf("sd of output %d, row %d", o, i), glm.EpistemicSD()[j]/sd[o], 1, 5/math.Sqrt(2*draws))
			far = math.Max(far, math.Abs(sampled.EpistemicSD()[j]/sd[o]-1))
		}
	}
	if !(far > 0.2) {
		t.Errorf("draws of θ spread within %v of the linearised functions: this network cannot tell them apart", far)
	}
	for _, f := range glm.Functions { // smooth: no row has a function of its own
		for i := 2; i < 68; i++ {
			if d := f[2*i-2] - 2*f[2*i] + f[2*i+2]; !(math.Abs(d) < 0.1) {
				t.Fatalf("a function draw jumps at row %d: second difference %v", i, d)
			}
		}
	}
}

// A learned log σ is in doubt by its own second derivative, 2 Σz² + 1/2² under its
// prior N(−1, 2²), where the mode says Σ(z² − 1) = (φ + 1)/2².
func TestLaplaceOfLearnedNoise(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 6, 1}, nn.Tanh)}
	const n = 50
	for _, kind := range []bnn.LaplaceKind{bnn.LaplaceFull, bnn.LaplaceDiagonal, bnn.LaplaceLastLayer} {
		q := laplace(t, bnn.Laplace{Kind: kind}, m.On(wave(n, 1, 1)))
		phi := q.Mode[len(q.Mode)-1]
		want := 1 / math.Sqrt(2*(n+(phi+1)/4)+0.25)
		got := 0.0
		if q.SD != nil {
			got = q.SD[len(q.SD)-1]
		} else {
			k, _ := q.Root.Dims()
			got = 1 / q.Root.At(k-1, k-1) // uncorrelated with the weights
		}
		bnntest.Near(t, fmt.Sprintf("kind %d: sd of log σ", kind), got, want, 1e-5)
	}
}

// The evidence of the last layer is that of a linear model on the features that the
// other layers make: exact, by the Gaussian process with the kernel of that model.
func TestLastLayerEvidence(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 4, 1}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.GaussianNoise{SD: 0.3}}
	set := wave(30, 1, 1)
	q := laplace(t, bnn.Laplace{Kind: bnn.LaplaceLastLayer}, m.On(set))
	h := nn.New(1, m.Net.Layers()[:2]...)
	tape := nn.NewTape[float64](h, 30)
	features := *set
	features.X = mat.NewDense(30, 4, tape.Forward(q.Mode[:8], set.X.RawMatrix().Data, 30))
	gp := bnn.GP{Kernel: bnn.SumKernel{bnn.LinearKernel{SD: 0.7}, bnn.ConstantKernel{SD: 0.7}}, Noise: 0.3}
	f, err := gp.On(&features)
	if err != nil {
		t.Fatal(err)
	}
	bnntest.Near(t, "log evidence", q.LogEvidence, f.LogEvidence, 1e-6)
	p, err := f.Predict(mat.NewDense(1, 4, nn.NewTape[float64](h, 1).Forward(q.Mode[:8], []float64{1.4}, 1)), bnn.PredictOptions{})
	if err != nil {
		t.Fatal(err)
	}
	mean, sd := q.Function([]float64{1.4})
	bnntest.Near(t, "mean", mean[0], p.Mean[0], 1e-6)
	bnntest.Near(t, "sd", sd[0], p.EpistemicSD()[0], 1e-6)
}

// An ensemble of Laplace posteriors predicts by their linearised functions, too: the
// mixture of Gaussians, with every member counted equally.
func TestEnsembleOfLaplace(t *testing.T) {
	m := &bnn.Model{Net: nn.MLP([]int{1, 10, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.3}}
	post, err := bnn.Ensemble{Base: bnn.Laplace{Steps: 500}, Members: 3}.Fit(t.Context(), m.On(wave(20, 1, 1)), newRand(1))
	if err != nil {
		t.Fatal(err)
	}
	const draws = 6000
	p, err := bnn.Predict(t.Context(), m, post, bnntest.Grid(), bnn.PredictOptions{Draws: draws, Rand: newRand(2)})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range []float64{-2, 0, 2} {
		mean, second := 0.0, 0.0
		for _, c := range post.(bnn.Mixture) {
			f, sd := c.(*bnn.LaplacePosterior).Function([]float64{x})
			mean, second = mean+f[0]/3, second+(f[0]*f[0]+sd[0]*sd[0])/3
		}
		sd := math.Sqrt(second - mean*mean)
		bnntest.Near(t, "mean", p.Mean[i], mean, 5*sd/math.Sqrt(draws))
		bnntest.Near(t, "sd", p.EpistemicSD()[i]/sd, 1, 5/math.Sqrt(2*draws))
	}
	few, err := bnn.Predict(t.Context(), m, post, bnntest.Grid(), bnn.PredictOptions{Draws: 2, Keep: 2, Rand: newRand(2)})
	if err != nil || few.S != 2 {
		t.Errorf("fewer draws than members: %v, %v", few, err)
	}
}
