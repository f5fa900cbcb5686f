package fromlinestonetworks

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, tol)
	}
}

func same(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
		return
	}
	for i := range got {
		near(t, what, got[i], want[i], tol)
	}
}

// TestExamples holds the numbers in the comments.
func TestExamples(t *testing.T) {
	x, w1, b1, w2 := []float64{1, 2}, [][]float64{{1, -1}, {0.5, 0.5}}, []float64{0, -0.5}, []float64{3, 2}
	h, f := Forward(x, w1, b1, w2, 1)
	same(t, "h", h, []float64{0, 1}, 0)
	near(t, "f", f, 3, 0)
	gw1, gb1, gw2, gb2 := Backward(x, 1, w1, b1, w2, 1)
	same(t, "gw1", slices.Concat(gw1...), []float64{0, 0, 4, 8}, 0)
	same(t, "gb1", gb1, []float64{0, 4}, 0)
	same(t, "gw2", gw2, []float64{0, 2}, 0)
	near(t, "gb2", gb2, 2, 0)
	same(t, "He", InitSDs([]int{2, 50, 1}, true), []float64{1, 0.2}, 1e-15)
	same(t, "Xavier", InitSDs([]int{2, 50, 1}, false), []float64{0.19612, 0.19803}, 5e-6)
	w1, b1, w2, b2 := Draw([]float64{1, -1, 2, 0, 0.5, 1, 0, -1, 2, 1, -2, 4, 3}, 1, 4, 2, 0.1)
	same(t, "w1", slices.Concat(w1...), []float64{2, -2, 4, 0}, 1e-15)
	same(t, "b1", b1, []float64{0.05, 0.1, 0, -0.1}, 1e-15)
	same(t, "w2", w2, []float64{2, 1, -2, 4}, 1e-15)
	near(t, "b2", b2, 0.3, 1e-15)
}

func normals(rng *rand.Rand, n int) []float64 {
	z := make([]float64, n)
	for i := range z {
		z[i] = rng.NormFloat64()
	}
	return z
}

// TestLibrary holds a drawn network, its output, its derivatives and its prior
// against the library's.
func TestLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 5))
	const d, k, sw, sb = 3, 7, 1.3, 0.6
	net := nn.MLP([]int{d, k, 1}, nn.ReLU)
	z, x, y := normals(rng, net.Dim()), normals(rng, d), 0.4

	sd, theta := make([]float64, net.Dim()), make([]float64, net.Dim())
	bnn.Normal{SD: sw, FanIn: true, Bias: sb}.SDs(sd, net.Blocks())
	for j := range theta {
		theta[j] = sd[j] * z[j] // in the same order
	}
	w1, b1, w2, b2 := Draw(z, d, k, sw, sb)
	same(t, "θ", slices.Concat(slices.Concat(w1...), b1, w2, []float64{b2}), theta, 1e-15)

	tape := nn.NewTape[float64](net, 1)
	_, f := Forward(x, w1, b1, w2, b2)
	near(t, "f", f, tape.Forward(theta, x, 1)[0], 1e-12)
	tape.OutGrad()[0] = f - y
	grad := make([]float64, net.Dim())
	tape.Backward(grad, nil, theta)
	gw1, gb1, gw2, gb2 := Backward(x, y, w1, b1, w2, b2)
	same(t, "gradient", slices.Concat(slices.Concat(gw1...), gb1, gw2, []float64{gb2}), grad, 1e-12)
}

// TestDifferences holds Backward against finite differences of the loss.
func TestDifferences(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 5))
	w1, b1, w2, b2 := Draw(normals(rng, 5*4+1), 2, 5, 1.5, 1)
	x, y := []float64{0.7, -1.2}, 0.3
	loss := func() float64 {
		_, f := Forward(x, w1, b1, w2, b2)
		return (f - y) * (f - y) / 2
	}
	gw1, gb1, gw2, gb2 := Backward(x, y, w1, b1, w2, b2)
	try := func(what string, at *float64, got float64) {
		const h = 1e-6
		was := *at
		*at = was + h
		up := loss()
		*at = was - h
		down := loss()
		*at = was
		near(t, what, got, (up-down)/(2*h), 1e-7)
	}
	try("b2", &b2, gb2)
	for k := range w2 {
		try("w2", &w2[k], gw2[k])
		try("b1", &b1[k], gb1[k])
		for j := range x {
			try("W1", &w1[k][j], gw1[k][j])
		}
	}
}

// TestLevel holds that the spread of functions is what theory says, for every
// width, and that He's rule keeps the mean square of a wide layer.
func TestLevel(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	z := make([][]float64, 4000)
	for s := range z {
		z[s] = normals(rng, 3*64+1)
	}
	const x, sw, sb = 1.4, 1.5, 0.8
	want := math.Sqrt(sb*sb + sw*sw*(sw*sw*x*x+sb*sb)/2)
	for _, sd := range SDByWidth(z, []int{1, 8, 64}, x, sw, sb) {
		near(t, "sd of f(x)", sd, want, 0.06*want)
	}

	const n = 400
	in, sum := normals(rng, n), 0.0
	sd := InitSDs([]int{n, n}, true)[0]
	for range n {
		a := 0.0
		for _, v := range in {
			a += sd * rng.NormFloat64() * v
		}
		sum += max(0, a) * max(0, a) / n
	}
	near(t, "mean square through a layer", sum, 1, 0.3)
}
