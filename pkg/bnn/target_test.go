package bnn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// wave returns n points of sin 3x + noise on [−1, 1], with k target columns.
func wave(n, k int, seed uint64) *data.Set {
	rng := newRand(seed)
	x, y := mat.NewDense(n, 1, nil), mat.NewDense(n, k, nil)
	for i := range n {
		v := 2*rng.Float64() - 1
		x.Set(i, 0, v)
		for j := range k {
			y.Set(i, j, math.Sin(3*v)+float64(j)*v+0.2*rng.NormFloat64())
		}
	}
	return &data.Set{Name: "wave", X: x, Y: y}
}

// models are one of each likelihood and prior, with awkward constants.
func models() map[string]*bnn.Model {
	return map[string]*bnn.Model{
		"fixed noise":     {Net: nn.MLP([]int{1, 7, 5, 2}, nn.Tanh), Prior: bnn.Normal{SD: 0.7}, Likelihood: bnn.GaussianNoise{SD: 0.3}},
		"learned noise":   {Net: nn.MLP([]int{1, 7, 5, 2}, nn.Softplus), Prior: bnn.Normal{SD: 1.3, FanIn: true, Bias: 0.6}},
		"heteroscedastic": {Net: nn.MLP([]int{1, 7, 5, 4}, nn.Sigmoid), Prior: bnn.Normal{SD: 0.8, FanIn: true}, Likelihood: bnn.Heteroscedastic{}},
		"foreign prior":   {Net: nn.MLP([]int{1, 6, 2}, nn.Tanh), Prior: laplacian{0.6}},
	}
}

// laplacian is a prior that the package does not know: not Gaussian.
type laplacian struct{ scale float64 }

func (p laplacian) LogProb(grad, w []float64, _ []nn.Block) float64 {
	lp := 0.0
	for j, v := range w {
		lp -= math.Abs(v)/p.scale + math.Log(2*p.scale)
		if grad != nil {
			grad[j] -= math.Copysign(1/p.scale, v)
		}
	}
	return lp
}

func TestProblems(t *testing.T) {
	for name, m := range models() {
		t.Run(name, func(t *testing.T) {
			checkProblem(t, m.On(wave(300, 2, 1))) // more rows than go through the network at a time
		})
	}
	t.Run("one output", func(t *testing.T) { // whose likelihood is computed for many rows at once
		m := bnn.Model{Net: nn.MLP([]int{1, 7, 5, 1}, nn.Softplus), Prior: bnn.Normal{SD: 1.3, FanIn: true, Bias: 0.6}}
		checkProblem(t, m.On(wave(300, 1, 1)))
	})
}

// checkProblem holds a problem of 300 rows to everything that a target promises.
func checkProblem(t *testing.T, p *bnn.Problem) {
	t.Helper()
	if p.Err() != nil {
		t.Fatal(p.Err())
	}
	theta, rng := make([]float64, p.Dim()), newRand(2)
	p.Init(theta, rng)
	for j := range theta {
		theta[j] += 0.1 * rng.NormFloat64()
	}
	bnntest.Gradient(t, p, theta, nil)
	bnntest.Gradient(t, p, theta, []int{3, 141, 5, 92, 65, 35})
	bnntest.Unbiased(t, p, theta)
	singleAgrees(t, p, theta)
	partsAgree(t, p, theta)
}

// singleAgrees holds the float32 path to the float64 one, value and gradient.
func singleAgrees(t *testing.T, p *bnn.Problem, theta []float64) {
	t.Helper()
	g64, g32, th32 := make([]float64, len(theta)), make([]float32, len(theta)), make([]float32, len(theta))
	for j, v := range theta {
		th32[j] = float32(v)
	}
	rows := []int{1, 2, 3, 5, 8, 13}
	want, got := p.LogJoint(g64, theta, rows), p.Single().LogJoint(g32, th32, rows)
	bnntest.Near(t, "log joint in float32", got, want, 1e-5*math.Abs(want))
	scale := 0.0
	for _, g := range g64 {
		scale = math.Max(scale, math.Abs(g))
	}
	for j, g := range g64 {
		bnntest.Near(t, fmt.Sprintf("float32 gradient %d", j), float64(g32[j]), g, 1e-5*scale)
	}
}

// partsAgree checks log joint = log likelihood + log prior, and the prior against
// its definition.
func partsAgree(t *testing.T, p *bnn.Problem, theta []float64) {
	t.Helper()
	bnntest.Near(t, "likelihood + prior", p.LogLik(nil, theta, nil)+p.LogPrior(nil, theta), p.LogJoint(nil, theta, nil), 1e-9)
	mean, sd := p.PriorMoments()
	if sd == nil {
		return
	}
	want := 0.0
	for j, v := range theta {
		z := (v - mean[j]) / sd[j]
		want += -z*z/2 - math.Log(sd[j]*math.Sqrt(2*math.Pi))
	}
	bnntest.Near(t, "log prior", p.LogPrior(nil, theta), want, 1e-9*math.Abs(want))
}

// A likelihood in closed form: two rows, worked by hand.
func TestLikelihoodValues(t *testing.T) {
	normal := func(y, mean, sd float64) float64 {
		return -0.5*math.Pow((y-mean)/sd, 2) - math.Log(sd*math.Sqrt(2*math.Pi))
	}
	for _, c := range []struct {
		lik    bnn.Likelihood
		f, phi []float64
		want   float64
		mean   float64
		vari   float64
	}{
		{bnn.GaussianNoise{SD: 0.3}, []float64{1.2}, nil, normal(0.9, 1.2, 0.3), 1.2, 0.09},
		{bnn.GaussianNoise{}, []float64{1.2}, []float64{math.Log(0.4)}, normal(0.9, 1.2, 0.4), 1.2, 0.16},
		{bnn.Heteroscedastic{}, []float64{1.2, math.Log(0.25)}, nil, normal(0.9, 1.2, 0.5), 1.2, 0.25},
	} {
		bnntest.Near(t, fmt.Sprintf("%T log p", c.lik), c.lik.LogProb(nil, nil, c.f, c.phi, []float64{0.9}), c.want, 1e-12)
		mean, variance := make([]float64, 1), make([]float64, 1)
		c.lik.Moments(mean, variance, c.f, c.phi)
		bnntest.Near(t, fmt.Sprintf("%T mean", c.lik), mean[0], c.mean, 1e-12)
		bnntest.Near(t, fmt.Sprintf("%T variance", c.lik), variance[0], c.vari, 1e-12)
	}
}

func TestFanInPrior(t *testing.T) {
	net := nn.MLP([]int{4, 9, 1}, nn.ReLU)
	sd := make([]float64, net.Dim())
	bnn.Normal{SD: 1.4, FanIn: true, Bias: 0.5}.SDs(sd, net.Blocks())
	for j, want := range map[int]float64{0: 0.7, 35: 0.7, 36: 0.5, 44: 0.5, 45: 1.4 / 3, 53: 1.4 / 3, 54: 0.5} {
		bnntest.Near(t, fmt.Sprintf("sd[%d]", j), sd[j], want, 1e-12)
	}
}

func TestExactTargets(t *testing.T) {
	l := bnntest.NewLinear(1)
	p := l.Model().On(l.Set)
	bnntest.Gradient(t, p, []float64{0.3, -0.4}, nil)
	bnntest.Gradient(t, bnntest.Gauss{}, []float64{0.3, -0.4}, nil)
	// The log joint at the mean, minus the exact posterior's log density there, is
	// the log evidence: Bayes' rule read backwards.
	mean := l.Mean[:]
	det := l.Precision[0][0]*l.Precision[1][1] - l.Precision[0][1]*l.Precision[0][1]
	bnntest.Near(t, "log evidence", p.LogJoint(nil, mean, nil)-(math.Log(det)/2-math.Log(2*math.Pi)), l.LogEvidence, 1e-9)
	grad := make([]float64, 2)
	p.LogJoint(grad, mean, nil)
	bnntest.Near(t, "gradient at the exact mean", math.Hypot(grad[0], grad[1]), 0, 1e-9)
}
