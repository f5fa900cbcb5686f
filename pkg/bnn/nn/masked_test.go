package nn_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// maskedNets have sites before the first layer, between dense layers with and without
// activations, with a probability of their own, and in images.
func maskedNets() []nn.Net {
	return []nn.Net{
		nn.MLP([]int{3, 50, 41, 2}, nn.ReLU),
		nn.New(7, nn.Dropout{}, nn.Dense{Out: 20}, nn.Tanh, nn.Dense{Out: 9}, nn.Dropout{P: 0.7}, nn.Dense{Out: 30}, nn.Softplus, nn.Identity, nn.Dropout{}, nn.Dense{Out: 1}),
		nn.NewImage(nn.Shape{H: 8, W: 7, C: 3}, nn.Dropout{}, nn.Conv{Out: 6, Size: 3}, nn.ReLU, nn.Dropout{}, nn.Conv{Out: 5, Size: 2}, nn.ReLU,
			nn.MaxPool{Size: 2}, nn.Dropout{}, nn.Dense{Out: 12}, nn.ReLU, nn.Dropout{}, nn.Dense{Out: 4}),
	}
}

// A tape frozen under a mask is the network whose weights that leave each unit are
// multiplied by the mask, for all rows and all passes, until it is frozen again.
func TestFreezeMasked(t *testing.T) {
	const n = 33
	for _, net := range maskedNets() {
		for _, p := range []float64{0.1, 0.5, 0.999} { // at last all units of a layer go
			t.Run(fmt.Sprintf("%v at %v", net, p), func(t *testing.T) {
				rng := newRand(3)
				theta, x := normals[float32](net.Dim(), rng), normals[float32](n*net.In(), rng)
				tape, plain := nn.NewTape[float32](net, n), nn.NewTape[float32](net, n)
				for seed := range uint64(3) {
					seeds := newRand(seed)
					var stream kernels.Rand
					stream.Seed(seeds.Uint64(), seeds.Uint64())
					masked := slices.Clone(theta)
					for _, s := range net.Sites() {
						z, q := make([]float32, s.Units), p
						if s.P > 0 {
							q = s.P
						}
						kernels.Masks(&stream, z, q, 1/(1-q))
						for j := s.Lo; j < s.Hi; j++ {
							masked[j] *= z[(j-s.Lo)%s.Units]
						}
					}
					tape.FreezeMasked(theta, p, newRand(seed))
					for _, rows := range []int{n, 1, 5} {
						want := slices.Clone(plain.Forward(masked, x[:rows*net.In()], rows))
						got := tape.Forward(theta, x[:rows*net.In()], rows)
						top := 0.0
						for _, v := range want {
							top = max(top, math.Abs(float64(v)))
						}
						for i := range want {
							if !(math.Abs(float64(got[i]-want[i])) <= 1e-5*top) {
								t.Fatalf("seed %d, %d rows: output %d is %v, want %v", seed, rows, i, got[i], want[i])
							}
						}
					}
				}
				want := slices.Clone(plain.Forward(theta, x, n))
				tape.Freeze(theta)
				if got := tape.Forward(theta, x, n); !slices.Equal(got, want) {
					t.Error("after Freeze the tape is not the whole network")
				}
				tape.FreezeMasked(theta, 0, newRand(1))
				if got := tape.Forward(theta, x, n); !slices.Equal(got, want) {
					t.Error("p = 0 is a mask")
				}
			})
		}
	}
}

// What a frozen mask cannot do panics.
func TestFreezeMaskedRefuses(t *testing.T) {
	net := nn.MLP([]int{2, 5, 4, 1}, nn.ReLU)
	theta, x := make([]float64, net.Dim()), make([]float64, 2)
	tape := nn.NewTape[float64](net, 1)
	tape.FreezeMasked(theta, 0.5, newRand(1))
	tape.Forward(theta, x, 1)
	panics(t, map[string]func(){
		"noise":    func() { tape.ForwardNoisy(theta, x, 1, nn.Noise[float64]{Drop: 0.5, Rand: newRand(1)}) },
		"variance": func() { tape.ForwardNoisy(theta, x, 1, nn.Noise[float64]{Var: theta, Rand: newRand(1)}) },
		"backward": func() { tape.Backward(theta, nil, theta) },
		"p":        func() { tape.FreezeMasked(theta, 1, newRand(1)) },
		"short θ":  func() { tape.FreezeMasked(theta[1:], 0.5, newRand(1)) },
	})
}

// Products counts what a pass multiplies.
func TestProducts(t *testing.T) {
	if got := nn.MLP([]int{784, 400, 400, 10}, nn.ReLU).Products(); got != 784*400+400*400+400*10 {
		t.Errorf("%d products", got)
	}
	net := nn.NewImage(nn.Shape{H: 10, W: 9, C: 2}, nn.Conv{Out: 5, Size: 3}, nn.MaxPool{Size: 2}, nn.Dense{Out: 7})
	if got := net.Products(); got != 8*7*5*3*3*2+4*3*5*7 {
		t.Errorf("%d products with images", got)
	}
}
