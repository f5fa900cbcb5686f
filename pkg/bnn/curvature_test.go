package bnn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// Every curvature is −∂²/∂f² of the log likelihood by central differences of its
// gradient, and that of φ likewise. Heteroscedastic noise has its mean over y: over
// the two y one sd from the mean, for which the quadratics come out exactly.
func TestCurvature(t *testing.T) {
	for name, c := range map[string]struct {
		lik    bnn.Likelihood
		f, phi []float64
		ys     [][]float64
	}{
		"fixed noise":     {bnn.GaussianNoise{SD: 0.3}, []float64{0.2, -1}, nil, [][]float64{{0.4, 1.3}}},
		"learned noise":   {bnn.GaussianNoise{}, []float64{0.2, -1}, []float64{-0.7, 0.4}, [][]float64{{0.4, 1.3}}},
		"heteroscedastic": {bnn.Heteroscedastic{}, []float64{0.2, -0.8}, nil, [][]float64{{0.2 + math.Exp(-0.4)}, {0.2 - math.Exp(-0.4)}}},
		"noise held":      {bnn.Heteroscedastic{}, []float64{0.2, 21}, nil, [][]float64{{0.3}}},
		"Bernoulli":       {bnn.Bernoulli{}, []float64{0.7, -1.9}, nil, [][]float64{{1, 1}}},
		"categorical":     {bnn.Categorical{Classes: 4}, []float64{0.7, -1.9, 0.1, 1.2}, nil, [][]float64{{2}}},
		"two classes":     {bnn.Categorical{Classes: 2}, []float64{0.7, -0.2}, nil, [][]float64{{0}}},
		"Poisson":         {bnn.Poisson{}, []float64{0.7, -1.9}, nil, [][]float64{{3, 0}}},
		"rate held":       {bnn.Poisson{}, []float64{31}, nil, [][]float64{{3}}},
	} {
		o := len(c.f)
		want, wantPhi := make([]float64, o*o), make([]float64, len(c.phi))
		const h = 1e-5
		for _, y := range c.ys {
			up, down, none := make([]float64, o), make([]float64, o), make([]float64, o)
			for j, old := range c.f {
				c.f[j] = old + h
				c.lik.LogProb(up, nil, c.f, c.phi, y)
				c.f[j] = old - h
				c.lik.LogProb(down, nil, c.f, c.phi, y)
				c.f[j] = old
				for i := range up {
					want[i*o+j] -= (up[i] - down[i]) / (2 * h) / float64(len(c.ys))
				}
			}
			for k, old := range c.phi {
				up, down := make([]float64, len(c.phi)), make([]float64, len(c.phi))
				c.phi[k] = old + h
				c.lik.LogProb(none, up, c.f, c.phi, y)
				c.phi[k] = old - h
				c.lik.LogProb(none, down, c.f, c.phi, y)
				c.phi[k] = old
				wantPhi[k] -= (up[k] - down[k]) / (2 * h)
			}
		}
		got, gotPhi := make([]float64, o*o), make([]float64, len(c.phi))
		for i := range gotPhi {
			gotPhi[i] = 5 // curvature of φ is added
		}
		c.lik.(bnn.Curved).Curvature(got, gotPhi, c.f, c.phi, c.ys[0])
		for i := range want {
			bnntest.Near(t, name+": ∂²/∂f²", got[i], want[i], 1e-8*math.Max(1, math.Abs(want[i])))
		}
		for k := range wantPhi {
			bnntest.Near(t, name+": ∂²/∂φ²", gotPhi[k], wantPhi[k]+5, 1e-7*math.Max(1, math.Abs(wantPhi[k])))
		}
	}
}

// The ability gives, for every layer to start from, the Jacobian by differences.
func TestJacobian(t *testing.T) {
	net := nn.New(2, nn.Dropout{}, nn.Dense{Out: 4}, nn.Tanh, nn.Dropout{}, nn.Dense{Out: 3}, nn.Softplus, nn.Dense{Out: 2})
	rng := newRand(3)
	set := &data.Set{Name: "two", X: normal(5, 2, rng), Y: normal(5, 2, rng), W: []float64{1, 2, 0.5, 0, 3}}
	p := (&bnn.Model{Net: net, Likelihood: bnn.GaussianNoise{SD: 0.5}}).On(set)
	if p.Err() != nil {
		t.Fatal(p.Err())
	}
	theta := make([]float64, net.Dim())
	for j := range theta {
		theta[j] = rng.NormFloat64()
	}
	tape := nn.NewTape[float64](net, 1)
	for _, b := range net.Blocks() {
		if b.Bias {
			continue
		}
		row := 0
		err := p.GaussNewton(nil, theta, b.Lo, func(j, c []float64) {
			x := set.X.RawRowView(row)
			width := net.Dim() - b.Lo
			for k := range width {
				const h = 1e-6
				old := theta[b.Lo+k]
				theta[b.Lo+k] = old + h
				up := append([]float64(nil), tape.Forward(theta, x, 1)...)
				theta[b.Lo+k] = old - h
				down := tape.Forward(theta, x, 1)
				for o := range up {
					bnntest.Near(t, "∂f/∂θ", j[o*width+k], (up[o]-down[o])/(2*h), 1e-7)
				}
				theta[b.Lo+k] = old
			}
			bnntest.Near(t, "weighted curvature", c[0], set.W[row]*4, 1e-12)
			row++
		})
		if err != nil || row != 5 {
			t.Errorf("%d rows, error %v", row, err)
		}
	}
	foreign := (&bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Likelihood: uncurved{bnn.Poisson{}}}).On(data.New("d", []float64{1}, []float64{1}))
	wantError(t, "no curvature", foreign.GaussNewton(nil, make([]float64, 2), 0, nil), "offers no curvature")
}

// uncurved hides the curvature of a likelihood.
type uncurved struct{ bnn.Likelihood }

// On logistic regression and every other likelihood that is the natural one, the
// Gauss–Newton matrix of a linear network is the exact second derivative of the
// negative log joint.
func TestGaussNewtonIsTheHessianOfLinearModels(t *testing.T) {
	for name, m := range map[string]*bnn.Model{
		"Bernoulli":   {Net: nn.MLP([]int{2, 1}, nn.Tanh), Likelihood: bnn.Bernoulli{}, Prior: bnn.Normal{SD: 0.7}},
		"categorical": {Net: nn.MLP([]int{2, 3}, nn.Tanh), Likelihood: bnn.Categorical{Classes: 3, Weights: []float64{1, 2, 0.5}}, Prior: bnn.Normal{SD: 0.7}},
		"Poisson":     {Net: nn.MLP([]int{2, 1}, nn.Tanh), Likelihood: bnn.Poisson{}, Prior: bnn.Normal{SD: 0.7}},
	} {
		rng := newRand(4)
		set := &data.Set{Name: name, X: normal(300, 2, rng), Y: normal(300, 1, rng)} // more rows than are gathered at once
		for i := range set.Y.RawMatrix().Data {
			set.Y.RawMatrix().Data[i] = float64(rng.IntN(2))
		}
		p := m.On(set)
		q := laplace(t, bnn.Laplace{}, p)
		up, down := make([]float64, p.Dim()), make([]float64, p.Dim())
		at := append([]float64(nil), q.Mode...)
		inverse := covariance(q)
		const h = 1e-5
		for j, old := range at {
			at[j] = old + h
			p.LogJoint(up, at, nil)
			at[j] = old - h
			p.LogJoint(down, at, nil)
			at[j] = old
			for k := range up { // column j of H · H⁻¹ must be that of I
				sum, want := 0.0, 0.0
				for i := range up {
					sum += inverse.At(k, i) * (down[i] - up[i]) / (2 * h)
				}
				if j == k {
					want = 1
				}
				bnntest.Near(t, name+": H⁻¹ H", sum, want, 1e-6)
			}
		}
	}
}

// normal returns an (n × k) matrix of standard normals.
func normal(n, k int, rng *rand.Rand) *mat.Dense {
	m := mat.NewDense(n, k, nil)
	for i := range m.RawMatrix().Data {
		m.RawMatrix().Data[i] = rng.NormFloat64()
	}
	return m
}
