package nn_test

import (
	"slices"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A frozen tape gives the bits of one that is not, with and without noise, for dense
// layers and convolutions, and for another θ once it is frozen anew.
func TestFrozenPasses(t *testing.T) {
	image := nn.NewImage(nn.Shape{H: 7, W: 7, C: 3}, nn.Conv{Out: 9, Size: 3}, nn.ReLU, nn.Dropout{}, nn.Dense{Out: 4})
	for _, net := range []nn.Net{nn.MLP([]int{300, 90, 30, 2}, nn.ReLU), image} {
		const n = 33
		free, frozen := nn.NewTape[float32](net, n), nn.NewTape[float32](net, n)
		rng := newRand(8)
		for range 2 {
			theta, x := normals[float32](net.Dim(), rng), normals[float32](n*net.In(), rng)
			frozen.Freeze(theta)
			for _, drop := range []float64{0, 0.3} {
				for _, rows := range []int{1, 3, n} {
					in := x[:rows*net.In()]
					want := free.ForwardNoisy(theta, in, rows, nn.Noise[float32]{Drop: drop, Rand: newRand(9)})
					if got := frozen.ForwardNoisy(theta, in, rows, nn.Noise[float32]{Drop: drop, Rand: newRand(9)}); !slices.Equal(got, want) {
						t.Errorf("drop %v, %d rows: a frozen tape gives other bits", drop, rows)
					}
				}
			}
		}
	}
}
